import { describe, expect, it } from 'vitest'
import { stepOf, totpAt } from '../passwords/totp.ts'
import { password, testCognito, type Answer } from '../test-cognito.ts'
import { callback, formIn, origin, testPages, type TestPages } from './test-pages.ts'

const base = '/_cognito/people'
const another = 'Another-horse-8'

async function loginPage(pages: TestPages) {
  const browser = pages.browser()
  return { browser, page: await browser.get(`${base}/login?${pages.query()}`) }
}

describe('every page', () => {
  it('is sent without scripts, frames, caches or foreign content', async () => {
    const pages = await testPages()
    const { page } = await loginPage(pages)

    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'content-language': 'en',
    })
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self' https:\/\/app\.example\.com myapp:; frame-ancestors 'none'; base-uri 'none'$/,
    )
    expect(page.text).not.toMatch(/<script|\son\w+=|style="/)
  })

  it('shows nothing of its address as HTML', async () => {
    const pages = await testPages()
    const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\``
    const hostile = {
      state: attack,
      nonce: attack,
      login_hint: attack,
      lang: attack,
      error: attack,
    }
    for (const path of [
      '/login',
      '/signup',
      '/confirm',
      '/forgotPassword',
      '/logout',
      `/${attack}`,
    ]) {
      for (const changes of [hostile, { ...hostile, redirect_uri: attack, logout_uri: attack }]) {
        const target = `${base}${encodeURI(path)}?${pages.query(changes)}`
        const { text } = await pages.send({ target })

        expect([path, /<script|<img/.exec(text)]).toEqual([path, null])
      }
    }
    const { browser, page } = await loginPage(pages)
    const refused = await browser.submit(page, { username: attack, password: attack })
    expect(refused.text).not.toContain('<script>')
    expect(formIn(refused.text).values['username']).toBe(attack)
  })

  it('is not there for domains, paths and methods that do not exist', async () => {
    const pages = await testPages()
    const status = async (target: string, method = 'GET') =>
      (await pages.send({ target, method })).status

    expect(await status('/_cognito/nobody/login')).toBe(404)
    expect(await status(`${base}/constructor`)).toBe(404)
    expect(await status(`${base}/`)).toBe(404)
    expect(await status(`${base}/oauth2/authorize?${pages.query()}`, 'POST')).toBe(405)
    expect(await status(`${base}/login?${pages.query()}`, 'DELETE')).toBe(405)
  })
})

describe('a form', () => {
  it('is taken from the browser and the host that it was made for', async () => {
    const pages = await testPages()
    const { browser, page } = await loginPage(pages)
    const { action, values } = formIn(page.text)
    const filled = { ...values, username: 'ana', password }
    const without = { ...filled, _csrf: '' }
    const stranger = pages.browser()
    await stranger.get(`${base}/login?${pages.query()}`)

    const outcomes = {
      withoutToken: await browser.post(action, without),
      withoutCookie: await pages.browser().post(action, filled),
      ofAnother: await stranger.post(action, filled),
      fromElsewhere: await browser.post(action, filled, { origin: 'https://evil.example' }),
      fromNowhere: await browser.post(action, filled, { origin: 'null' }),
      crossSite: await browser.post(action, filled, { 'sec-fetch-site': 'cross-site' }),
      asJson: await browser.go({
        target: action,
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: Buffer.from(JSON.stringify(filled)),
      }),
    }
    for (const [name, { status, location }] of Object.entries(outcomes)) {
      expect([name, status, location]).toEqual([name, 403, ''])
    }
    expect((await browser.post(action, filled)).status).toBe(302)
  })

  it('may be sent so many times a second, and be so large', async () => {
    const pages = await testPages()
    const { browser, page } = await loginPage(pages)
    const { action } = formIn(page.text)
    const statuses: number[] = []
    for (let count = 0; count < 41; count++) statuses.push((await browser.post(action, {})).status)

    expect(statuses.slice(39)).toEqual([403, 429])
    pages.test.clock.advance(1000)
    expect((await browser.post(action, {})).status).toBe(403)
    expect((await browser.post(action, { username: 'x'.repeat(70_000) })).status).toBe(413)
  })
})

describe('the sign-in page', () => {
  it('tells a wrong name, a wrong password and an unknown user alike, and locks as the API does', async () => {
    const pages = await testPages()
    const { browser, page } = await loginPage(pages)
    const told = async (username: string, secret: string) => {
      const { text } = await browser.submit(page, { username, password: secret })
      return /role="alert" id="problem">([^<]*)</.exec(text)?.[1]
    }

    expect(await told('ana', 'wrong')).toBe('Incorrect user name or password.')
    expect(await told('nobody', 'wrong')).toBe('Incorrect user name or password.')
    expect(await told('', '')).toBe('Incorrect user name or password.')
    for (let count = 0; count < 4; count++) await told('ana', 'wrong')
    expect(await told('ana', password)).toContain('Too many attempts')
    pages.test.clock.advance(1000)
    expect(await told('ana', password)).toBeUndefined()
  })

  it('asks for a new password after a temporary one; the session works once, for three minutes', async () => {
    const pages = await testPages()
    const temporary = 'Temporary-pass-1'
    for (const Username of ['berta', 'carla']) {
      await pages.test.call('AdminCreateUser', {
        UserPoolId: pages.poolId,
        Username,
        TemporaryPassword: temporary,
        MessageAction: 'SUPPRESS',
      })
    }
    const { browser, page } = await loginPage(pages)
    const choose = await browser.submit(page, { username: 'berta', password: temporary })
    const chosen = { password: another, repeat: another }

    const different = await browser.submit(choose, { password: another, repeat: 'x' })
    const weak = await browser.submit(different, { password: 'weak', repeat: 'weak' })
    const other = await browser.submit(weak, { ...chosen, username: 'carla' })
    const landed = await browser.submit(weak, chosen)
    const replayed = await browser.submit(weak, chosen)

    expect(different.text).toContain('The two passwords are not the same.')
    expect(weak.text).toContain('The password does not meet the rules below.')
    expect(other.text).toContain('That took too long. Please sign in again.')
    expect(landed.location).toContain(`${callback}?code=`)
    expect(replayed.location).toBe('')
    expect(replayed.text).toContain('That took too long. Please sign in again.')

    const again = await browser.get(`${base}/login?${pages.query()}`)
    const late = await browser.submit(again, { username: 'carla', password: temporary })
    pages.test.clock.advance(180_000)
    expect((await browser.submit(late, chosen)).text).toContain('That took too long')
  })

  it('lets the pool’s functions refuse, and tells the token trigger of the hosted pages', async () => {
    const seen: Answer[] = []
    const test = testCognito({
      triggers: {
        'arn:aws:lambda:us-east-1:000000000000:function:pre': (event) => {
          if (seen.length > 1) throw new Error('Closed on Sundays.')
          seen.push(event)
          return event
        },
        'arn:aws:lambda:us-east-1:000000000000:function:claims': (event) => {
          seen.push(event)
          return event
        },
      },
    })
    const pages = await testPages({
      test,
      pool: {
        LambdaConfig: {
          PreAuthentication: 'arn:aws:lambda:us-east-1:000000000000:function:pre',
          PreTokenGeneration: 'arn:aws:lambda:us-east-1:000000000000:function:claims',
        },
      },
    })

    const landed = await pages.signedIn({ response_type: 'token' })
    const { browser, page } = await loginPage(pages)
    const refused = await browser.submit(page, { username: 'ana', password })

    expect(landed.hash).toContain('id_token=')
    expect(seen.map(({ triggerSource }) => triggerSource)).toEqual([
      'PreAuthentication_Authentication',
      'TokenGeneration_HostedAuth',
    ])
    expect(refused.text).toContain('PreAuthentication failed with error Closed on Sundays.')
  })
})

describe('second factors', () => {
  const appCode = (pages: TestPages, secret: string): string => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const bits = Array.from(secret, (each) => alphabet.indexOf(each).toString(2).padStart(5, '0'))
    const bytes = bits.join('').match(/.{8}/g) ?? []
    const raw = Buffer.from(bytes.map((each) => Number.parseInt(each, 2)))
    return totpAt(raw, stepOf(pages.test.clock.now()))
  }

  it('are set up while signing in, asked for afterwards, and wrong codes refused', async () => {
    const pages = await testPages()
    await pages.test.call('SetUserPoolMfaConfig', {
      UserPoolId: pages.poolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    const { browser, page } = await loginPage(pages)

    const setup = await browser.submit(page, { username: 'ana', password })
    const secret = formIn(setup.text).values['secret'] ?? ''
    const mistyped = await browser.submit(setup, { code: '12' })
    const done = await browser.submit(mistyped, { code: appCode(pages, secret) })

    expect(setup.text).toContain('otpauth://totp/')
    expect(mistyped.text).toContain('That code is not right')
    expect(done.location).toContain('code=')

    pages.test.clock.advance(60_000)
    const asked = await browser.submit(page, { username: 'ana', password })
    const wrong = await browser.submit(asked, { code: '000000' })
    const code = appCode(pages, secret)
    const right = await browser.submit(wrong, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    const twice = await browser.submit(wrong, { code })

    expect(asked.text).toContain('authenticator app')
    expect(wrong.status).toBe(400)
    expect(right.location).toContain('code=')
    expect(twice.location).toBe('')
  })

  it('come by e-mail, or as the user chooses', async () => {
    const pages = await testPages()
    await pages.test.call('SetUserPoolMfaConfig', {
      UserPoolId: pages.poolId,
      MfaConfiguration: 'ON',
      EmailMfaConfiguration: {},
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
      },
    })
    await pages.test.call('AdminUpdateUserAttributes', {
      UserPoolId: pages.poolId,
      Username: 'ana',
      UserAttributes: [{ Name: 'phone_number', Value: '+15550100' }],
    })
    const { browser, page } = await loginPage(pages)

    const choice = await browser.submit(page, { username: 'ana', password })
    const asked = await browser.submit(choice, { answer: 'EMAIL_OTP' })
    const code = pages.test.cognito.outbox.lastCode('ana') ?? ''
    const landed = await browser.submit(asked, { code })

    expect(choice.text).toContain('How do you want to verify it is you?')
    expect(asked.text).toContain('We sent a code to a***@e***.')
    expect(landed.location).toContain('code=')
  })
})

describe('sign-up and forgotten passwords', () => {
  it('go through a code, and do not tell who exists', async () => {
    const pages = await testPages({ pool: { AutoVerifiedAttributes: ['email'] } })
    const outbox = pages.test.cognito.outbox
    const browser = pages.browser()
    const form = await browser.get(`${base}/signup?${pages.query()}`)
    const person = { username: 'dora', 'attribute.email': 'dora@example.com' }

    const incomplete = await browser.submit(form, { ...person, 'attribute.email': ' ' })
    const confirm = await browser.submit(form, { ...person, password: another, repeat: another })
    const unconfirmed = await browser.submit(await browser.get(`${base}/login?${pages.query()}`), {
      username: 'dora',
      password: another,
    })
    const wrong = await browser.submit(confirm, { code: '1' })
    const confirmed = await browser.submit(wrong, { code: outbox.lastCode('dora') ?? '' })
    const signedIn = await browser.submit(confirmed, { username: 'dora', password: another })

    expect(incomplete.text).toContain('Enter: E-mail.')
    expect(confirm.text).toContain('We sent a code to d***@e***.')
    expect(unconfirmed.text).toContain('Confirm your account')
    expect(wrong.text).toContain('That code is not right')
    expect(confirmed.text).toContain('Your account is confirmed.')
    expect(signedIn.location).toContain('code=')

    const forgot = await browser.get(`${base}/forgotPassword?${pages.query()}`)
    const known = await browser.submit(forgot, { username: 'dora' })
    const code = outbox.lastCode('dora') ?? ''
    const unknown = await browser.submit(forgot, { username: 'nobody' })
    const plain = (text: string) =>
      text.replace(/[a-z]\*\*\*@[a-z]\*\*\*/, '…').replaceAll('nobody', 'dora')
    expect(plain(unknown.text)).toBe(plain(known.text))

    const chosen = { code: '000000', password, repeat: password }
    const guessed = [await browser.submit(known, chosen), await browser.submit(unknown, chosen)]
    expect(plain(guessed[1]?.text ?? '')).toBe(plain(guessed[0]?.text ?? 'none'))
    const weak = [
      await browser.submit(known, { ...chosen, password: 'a' }),
      await browser.submit(unknown, { ...chosen, password: 'a' }),
    ]
    expect(plain(weak[1]?.text ?? '')).toBe(plain(weak[0]?.text ?? 'none'))
    const changed = await browser.submit(known, { ...chosen, code })
    expect(changed.text).toContain('Your password is changed.')
  })

  it('work for clients with a secret, which the pages keep to themselves', async () => {
    const pages = await testPages({
      client: { GenerateSecret: true },
      pool: { AutoVerifiedAttributes: ['email'] },
    })
    const browser = pages.browser()
    const form = await browser.get(`${base}/signup?${pages.query()}`)
    const confirm = await browser.submit(form, {
      username: 'dora',
      'attribute.email': 'dora@example.com',
      password: another,
      repeat: another,
    })

    expect(confirm.text).toContain('We sent a code to')
    for (const page of [form, confirm]) expect(page.text).not.toContain(pages.client.ClientSecret)
  })

  it('are closed where only administrators create users', async () => {
    const pages = await testPages({
      pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    })
    const { browser, page } = await loginPage(pages)

    const form = await browser.get(`${base}/signup?${pages.query()}`)
    const sent = await browser.post(`${base}/signup?${pages.query()}`, formIn(page.text).values)

    expect(page.text).not.toContain('Create an account')
    expect([form.status, sent.status]).toEqual([403, 403])
  })
})
