import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCloud, type Cloud, type CloudOptions } from 'cloudlet'
import { SMTPServer } from 'smtp-server'
import { manualClock } from '../../cloud/src/kernel/index.ts'

const run = promisify(execFile)
const bin = join(import.meta.dirname, '..', '..', 'cloud', 'bin', 'cloudlet.mjs')

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A cloud with a pool that sends a code to whoever signs up. */
async function start(options: Partial<CloudOptions> = {}) {
  const cloud: Cloud = await createCloud({
    port: 0,
    frontPort: 'none',
    data: 'memory',
    ...options,
  })
  closers.push(() => cloud.close())
  const client = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  closers.push(() => client.destroy())
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({ PoolName: 'people', AutoVerifiedAttributes: ['email'] }),
  )
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'app' }),
  )
  const ClientId = UserPoolClient?.ClientId ?? ''
  return {
    client,
    ClientId,
    port: new URL(cloud.endpoint).port,
    signUp: (Username: string) =>
      client.send(
        new SignUpCommand({
          ClientId,
          Username,
          Password: 'Correct-horse-7',
          UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
        }),
      ),
  }
}

type Received = { readonly to: string; readonly text: string }

/** An SMTP server that refuses the first `refusals` messages; `next` resolves with what arrives. */
async function mailServer(refusals = 0) {
  const arrived: Received[] = []
  const waiting: ((mail: Received) => void)[] = []
  let left = refusals
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (left-- > 0) return done(new Error('Not now'))
        const mail = {
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString('utf8'),
        }
        const wanted = waiting.shift()
        if (wanted === undefined) arrived.push(mail)
        else wanted(mail)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo // a TCP server's address is never text
  return {
    url: `smtp://127.0.0.1:${port}`,
    next: (): Promise<Received> => {
      const mail = arrived.shift()
      return mail === undefined
        ? new Promise((resolve) => void waiting.push(resolve))
        : Promise.resolve(mail)
    },
  }
}

describe('the outbox', () => {
  it('is shown by the command line, whose last code confirms a sign-up', async () => {
    const { client, ClientId, port, signUp } = await start()
    await signUp('ana')
    await signUp('ben')
    const outbox = (...words: string[]) => run('node', [bin, 'outbox', '--port', port, ...words])

    const all = await outbox()
    const code = (await outbox('--last-code', 'ana')).stdout.trim()
    const byAddress = (await outbox('--last-code', 'ben@example.com')).stdout.trim()
    const none = await outbox('--last-code', 'nobody').catch((error: { stderr: string }) => error)
    const newest = JSON.parse((await outbox('--json', '--limit', '1')).stdout) as object[]

    expect(all.stdout).toContain('EMAIL to ana at ana@example.com')
    expect(all.stdout).toContain(`Your confirmation code is ${code}.`)
    expect(code).toMatch(/^\d{6}$/)
    expect(byAddress).toMatch(/^\d{6}$/)
    expect(none.stderr).toContain('No code was sent to nobody.')
    expect(newest).toMatchObject([{ username: 'ben', medium: 'EMAIL', code: byAddress }])
    await client.send(
      new ConfirmSignUpCommand({ ClientId, Username: 'ana', ConfirmationCode: code }),
    )
  })

  it('is sent on by SMTP where a server is named', async () => {
    const server = await mailServer()
    const { signUp } = await start({ mail: { url: server.url, from: 'pool@example.com' } })

    await signUp('ana')
    const mail = await server.next()

    expect(mail.to).toBe('ana@example.com')
    expect(mail.text).toMatch(/^From: pool@example\.com/m)
    expect(mail.text).toMatch(/Your confirmation code is \d{6}\./)
  })

  it('asks an SMTP server again that would not take a message, and reports no code', async () => {
    const clock = manualClock()
    const server = await mailServer(1)
    const reports: string[] = []
    let reported = (): void => undefined
    const refused = new Promise<void>((resolve) => {
      reported = resolve
    })
    const { signUp } = await start({
      clock,
      mail: { url: server.url },
      report(event) {
        reports.push(JSON.stringify(event))
        reported()
      },
    })

    await signUp('ana')
    await refused
    clock.advance(1_000)
    const mail = await server.next()

    const code = /code is (\d{6})/.exec(mail.text)?.[1] ?? 'none'
    expect(mail.to).toBe('ana@example.com')
    expect(reports).toHaveLength(1)
    expect(reports[0]).toContain('ana@example.com')
    expect(reports.join()).not.toContain(code)
  })
})
