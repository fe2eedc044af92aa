import { existsSync, mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { startUserPools, type UserPools } from '../cognito/user-pools.ts'
import { codeOf } from './authenticator.ts'
import { contrastProblems, unlabelledFields } from './contrast.ts'
import { chosenPassword, poolWithPages, temporaryPassword } from './pool-with-pages.ts'

/** Debian's browser; without it these tests are skipped, and counted as skipped. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath)
if (!hasBrowser) {
  console.warn(
    `Skipped: no browser at ${executablePath}. Install chromium, or name one in CHROMIUM.`,
  )
}

const folder = join(import.meta.dirname, '../../node_modules/.cache/cloudlet-conformance/hosted-ui')
const schemes = ['light', 'dark'] as const

describe.skipIf(!hasBrowser)('the sign-in pages in a browser', () => {
  let pools: UserPools
  let browser: Browser
  let application: Server
  let callback: string
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    pools = await startUserPools({ issuer: 'aws' })
    // A team's own page: all that it does is be there.
    application = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<title>Parcel desk</title>Welcome')
    })
    await new Promise<void>((done) => application.listen(0, '127.0.0.1', done))
    callback = `http://localhost:${(application.address() as AddressInfo).port}/callback`
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    application.close()
    await pools.stop()
  })

  async function opened(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 820 }, ...options })
    return context.newPage()
  }

  const shot = (page: Page, name: string) =>
    page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })

  for (const scheme of schemes) {
    it(`lead through the nine steps without scripts and by keyboard alone (${scheme})`, async () => {
      // Steps 1 to 5: pool, app client, domain, callback, a user with a temporary password.
      const made = await poolWithPages(pools, { domain: `steps-${scheme}`, callback })
      const page = await opened({ javaScriptEnabled: false, colorScheme: scheme, locale: 'en-US' })
      const login = new URLSearchParams({
        client_id: made.ClientId,
        response_type: 'token',
        scope: 'openid email',
        redirect_uri: callback,
        state: 'kept',
      })

      // Step 7: sign in, once wrongly.
      await page.goto(`${made.pages}/login?${login.toString()}`)
      await shot(page, `${scheme}-1-sign-in`)
      await page.keyboard.type('ana')
      await page.keyboard.press('Tab')
      await page.keyboard.type('a wrong one')
      await page.keyboard.press('Enter')
      expect(await page.getByRole('alert').textContent()).toContain(
        'Incorrect user name or password',
      )
      await shot(page, `${scheme}-2-refused`)
      await page.keyboard.type(temporaryPassword)
      await page.keyboard.press('Enter')

      // Step 8: choose a password, once against the policy.
      await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
      await shot(page, `${scheme}-3-new-password`)
      await page.keyboard.type('weak')
      await page.keyboard.press('Tab')
      await page.keyboard.type('weak')
      await page.keyboard.press('Enter')
      expect(await page.getByRole('alert').textContent()).toContain('does not meet the rules')
      await shot(page, `${scheme}-4-policy`)
      await page.getByLabel('New password').fill(chosenPassword)
      await page.getByLabel('Repeat the password').fill(chosenPassword)
      await page.getByRole('button', { name: 'Save and continue' }).click()

      // Step 9: the callback, with the tokens in the fragment.
      await page.waitForURL(`${callback}#**`)
      expect(await page.title()).toBe('Parcel desk')
      const told = new URLSearchParams(new URL(page.url()).hash.slice(1))
      expect(told.get('state')).toBe('kept')
      // Step 6, an authorizer, takes the token by the same keys as this verifier.
      const verifier = CognitoJwtVerifier.create({
        userPoolId: made.UserPoolId,
        clientId: made.ClientId,
        tokenUse: 'id',
      })
      verifier.cacheJwks(
        (await (await fetch(`${made.issuer}/.well-known/jwks.json`)).json()) as Jwks,
      )
      const claims = await verifier.verify(told.get('id_token') ?? '')
      expect(claims['cognito:username']).toBe('ana')

      // Signed in for the next hour: the code grant asks nothing more.
      login.set('response_type', 'code')
      await page.goto(`${made.pages}/oauth2/authorize?${login.toString()}`)
      expect(new URL(page.url()).searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/)
      await page.goto(
        `${made.pages}/logout?client_id=${made.ClientId}&logout_uri=${encodeURIComponent(`${callback}/bye`)}`,
      )
      expect(page.url()).toBe(`${callback}/bye`)
      await page.goto(`${made.pages}/oauth2/authorize?${login.toString()}`)
      expect(await page.getByRole('heading').textContent()).toBe('Sign in')
      await page.context().close()
    })
  }

  it('let a person sign up with a code, and choose a forgotten password anew, in Spanish on a telephone', async () => {
    const made = await poolWithPages(pools, {
      domain: 'telephone',
      callback,
      pool: { AutoVerifiedAttributes: ['email'] },
    })
    const page = await opened({
      javaScriptEnabled: false,
      colorScheme: 'dark',
      locale: 'es-ES',
      viewport: { width: 390, height: 844 },
    })
    const login = new URLSearchParams({
      client_id: made.ClientId,
      response_type: 'code',
      redirect_uri: callback,
    })
    await page.goto(`${made.pages}/login?${login.toString()}`)
    await shot(page, 'telephone-1-sign-in')
    await page.getByRole('link', { name: 'Crea una cuenta' }).click()
    await shot(page, 'telephone-2-sign-up')
    await page.getByLabel('Nombre de usuario').fill('benito')
    await page.getByLabel('Correo electrónico').fill('benito@example.com')
    await page.getByLabel('Contraseña', { exact: true }).fill(chosenPassword)
    await page.getByLabel('Repite la contraseña').fill(chosenPassword)
    await page.getByRole('button', { name: 'Crear cuenta' }).click()
    await shot(page, 'telephone-3-confirm')
    await page.getByLabel('Código').fill(pools.outbox.lastCode('benito') ?? '')
    await page.getByRole('button', { name: 'Confirmar' }).click()
    expect(await page.getByRole('status').textContent()).toContain('Tu cuenta está confirmada')
    await shot(page, 'telephone-4-confirmed')

    await page.getByRole('link', { name: '¿Olvidaste tu contraseña?' }).click()
    await page.getByLabel('Nombre de usuario').fill('benito')
    await page.getByRole('button', { name: 'Enviar código' }).click()
    await shot(page, 'telephone-5-reset')
    await page.getByLabel('Código').fill(pools.outbox.lastCode('benito') ?? '')
    await page.getByLabel('Contraseña nueva').fill(`${chosenPassword}3`)
    await page.getByLabel('Repite la contraseña').fill(`${chosenPassword}3`)
    await page.getByRole('button', { name: 'Cambiar contraseña' }).click()
    await page.getByLabel('Contraseña', { exact: true }).fill(`${chosenPassword}3`)
    await page.getByRole('button', { name: 'Iniciar sesión' }).click()
    await page.waitForURL(`${callback}?code=**`)
    await page.context().close()
  })

  it('set an authenticator app up while signing in', async () => {
    const made = await poolWithPages(pools, { domain: 'second-factor', callback })
    await pools.client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: made.UserPoolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    )
    const page = await opened({ javaScriptEnabled: false, colorScheme: 'light', locale: 'en-US' })
    const login = new URLSearchParams({
      client_id: made.ClientId,
      response_type: 'code',
      redirect_uri: callback,
    })
    await page.goto(`${made.pages}/login?${login.toString()}`)
    await page.getByLabel('User name').fill('ana')
    await page.getByLabel('Password').fill(temporaryPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('New password').fill(chosenPassword)
    await page.getByLabel('Repeat the password').fill(chosenPassword)
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor()
    await shot(page, 'light-6-authenticator')
    const secret = await page.locator('input[name=secret]').inputValue()
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, Date.now()))
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.waitForURL(`${callback}?code=**`)

    await page.context().clearCookies()
    await page.goto(`${made.pages}/login?${login.toString()}`)
    await page.getByLabel('User name').fill('ana')
    await page.getByLabel('Password').fill(chosenPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
    await shot(page, 'light-7-code')
    // A code counts once; the next one may be a step ahead of the clock.
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, Date.now() + 30_000))
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.waitForURL(`${callback}?code=**`)
    expect(await page.title()).toBe('Parcel desk')
    await page.context().close()
  })

  it.each(schemes)('have labels, enough contrast and no script (%s)', async (colorScheme) => {
    const made = await poolWithPages(pools, { domain: `looks-${colorScheme}`, callback })
    const query = new URLSearchParams({
      client_id: made.ClientId,
      response_type: 'code',
      redirect_uri: callback,
      state: `"><script>document.title='taken'</script>`,
    })
    const page = await opened({ colorScheme })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    for (const path of ['/login', '/signup', '/forgotPassword', '/confirm', '/nowhere']) {
      await page.goto(`${made.pages}${path}?${query.toString()}`)
      expect([path, await page.evaluate(contrastProblems)]).toEqual([path, []])
      expect([path, await page.evaluate(unlabelledFields)]).toEqual([path, []])
      expect(await page.title()).not.toBe('taken')
    }
    await page.goto(`${made.pages}/login?client_id=unknown`)
    await shot(page, `${colorScheme}-5-error`)
    expect(complaints.filter((each) => /Content.Security.Policy/i.test(each))).toEqual([])
    await page.context().close()
  })
})
