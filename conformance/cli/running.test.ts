import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../harness.ts'
import { cloudlet, endAll, startCloudlet, type Ended } from './cloudlet-process.ts'
import { inlineFunction } from '../deployed-cloud.ts'
import { greetingTemplate, smallApp } from './small-app.ts'

const app = smallApp()
let port = ''
let greetUrl = ''

beforeAll(async () => {
  const { Resources } = greetingTemplate('Hello')
  app.source({ Resources: { ...Resources, Quiet: inlineFunction('', { FunctionName: 'quiet' }) } })
  const words = ['up', '--memory', '--port', '0', '--front-port', '0', '--app', 'node app.mjs']
  const up = startCloudlet([...words, '--ready-file', 'ready.json'], { cwd: app.folder })
  await up.printed(/is ready/)
  const ready = app.json('ready.json') as { endpoint: string; services: { hello: string } }
  port = new URL(ready.endpoint).port
  greetUrl = ready.services.hello
})
afterAll(() => {
  endAll()
  app.remove()
})

const run = (words: readonly string[], input = ''): Promise<Ended> =>
  cloudlet([...words, '--port', port], { cwd: app.folder, input })

const claims = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe('cloudlet invoke', () => {
  it('takes the event from a file, from standard input, or takes none', async () => {
    app.write('event.json', '{"n":1}')

    const fromFile = await run(['invoke', 'greet', '--event', 'event.json'])
    const fromInput = await run(['invoke', 'greet', '--event', '-'], '{"n":2}\n')
    const none = await run(['invoke', 'arn:aws:lambda:us-east-1:000000000000:function:greet'])

    expect(fromFile).toEqual({ code: 0, stdout: '{"word":"Hello","event":{"n":1}}\n', stderr: '' })
    expect(fromInput.stdout).toBe('{"word":"Hello","event":{"n":2}}\n')
    expect(none.stdout).toBe('{"word":"Hello","event":{}}\n')
  })

  it('prints the log beside the answer when asked', async () => {
    const { stdout, stderr } = await run(['invoke', 'greet', '--logs'])

    expect(stdout).toBe('{"word":"Hello","event":{}}\n')
    expect(stderr).toMatch(/^START RequestId: [^]*asked for \{\}\nEND [^]*REPORT /)
  })

  it('ends with 1 when the function fails, and shows what it threw', async () => {
    const { code, stdout, stderr } = await run(['invoke', 'greet', '--event', '-'], '{"fail":true}')

    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ errorType: 'TypeError', errorMessage: 'as asked' })
    expect(stderr).toContain('The function failed')
  })

  it('names what is wrong with a function or an event', async () => {
    const unknown = await run(['invoke', 'nobody'])
    const broken = await run(['invoke', 'greet', '--event', '-'], '{')

    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody') })
    expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('is not JSON') })
  })
})

describe('cloudlet token', () => {
  it('prints a token and nothing else: access, or id', async () => {
    const access = await run(['token'])
    const id = await run(['token', '--id'])

    expect(access).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+\n$/), stderr: '' })
    expect(id).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+\n$/), stderr: '' })
    expect(claims(access.stdout)).toMatchObject({ token_use: 'access', username: 'demo' })
    expect(claims(id.stdout)).toMatchObject({ token_use: 'id', 'cognito:username': 'demo' })
  })
})

describe('cloudlet logs', () => {
  it('prints what a function wrote, filtered', async () => {
    await send('GET', `${greetUrl}/filtered`)

    const all = await run(['logs', 'greet'])
    const some = await run(['logs', '/aws/lambda/greet', '--filter', '"/filtered"'])

    expect(all.stdout).toMatch(/^\S+Z INIT_START [^]*\n\S+Z START RequestId: /)
    expect(some.stdout).toMatch(/^\S+Z \S+\t\S+\tINFO\tasked for "\/filtered"\n$/)
  })

  it('--follow goes on printing until it is stopped', async () => {
    const words = ['logs', 'greet', '--follow', '--port', port]
    const following = startCloudlet(words, { cwd: app.folder })
    await send('GET', `${greetUrl}/first`)
    await following.printed(/"\/first"/)

    await send('GET', `${greetUrl}/second`)
    await following.printed(/"\/second"/)
    const { code, stdout } = await following.stop()

    expect(code).toBe(0)
    expect(stdout.match(/"\/second"/g)).toHaveLength(1)
  })

  it('ends quietly when its reader does', async () => {
    const words = ['logs', 'greet', '--follow', '--port', port]
    const following = startCloudlet(words, { cwd: app.folder })
    await send('GET', `${greetUrl}/read`)
    await following.printed(/"\/read"/)

    following.hangUp()
    await send('GET', `${greetUrl}/unread`)
    const { code, stderr } = await following.ended

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('knows a function that has not logged yet from none', async () => {
    expect(await run(['logs', 'quiet'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await run(['logs', 'nobody'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody'),
    })
  })
})

describe('cloudlet status', () => {
  it('tells a person what runs', async () => {
    const { code, stdout } = await run(['status'])

    expect(code).toBe(0)
    expect(stdout).toContain(`at http://localhost:${port}`)
    expect(stdout).toMatch(/^ {2}greet +nodejs22\.x +128 MB$/m)
    expect(stdout).toMatch(/^ {2}kept$/m)
  })

  it('tells a program, without secrets', async () => {
    const { stdout } = await run(['status', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      endpoint: `http://localhost:${port}`,
      services: { hello: greetUrl },
      demoUser: 'demo',
      stacks: [{ name: 'app', status: 'CREATE_COMPLETE' }],
      functions: [{ name: 'greet', runtime: 'nodejs22.x', memoryMb: 128 }, { name: 'quiet' }],
      tables: ['kept'],
    })
    expect(stdout).not.toMatch(/password/i)
  })
})
