import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudlet, endAll, startCloudlet } from './cloudlet-process.ts'
import { greetingTemplate, smallApp } from './small-app.ts'

const app = smallApp()
afterAll(() => {
  endAll()
  app.remove()
})
const run = (...words: string[]) => cloudlet(words, { cwd: app.folder })

const COMMANDS = ['up', 'dynamodb', 'invoke', 'logs', 'token', 'outbox', 'status']

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout } = await run('--help')

    expect(code).toBe(0)
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  })

  it.each(COMMANDS)('of %s lists its options', async (name) => {
    const { code, stdout, stderr } = await run(name, '--help')

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: cloudlet ${name} `))
    expect(stdout).toContain('--port <port>')
  })

  it('names the version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' })
  })
})

describe('wrong use ends with 2 and says what was wrong', () => {
  it.each([
    ['an unknown command', ['fly'], "unknown command 'fly'"],
    ['an unknown option', ['up', '--fast'], "unknown option '--fast'"],
    ['no argument', ['invoke'], "missing required argument 'function'"],
    ['one argument too many', ['status', 'all'], 'too many arguments'],
    ['a port that is none', ['up', '--port', '70000'], 'a port is a whole number from 0 to 65535'],
    ['a port in words', ['dynamodb', '--port', 'x'], 'a port is a whole number from 0 to 65535'],
    ['an unknown durability', ['up', '--durability', 'x'], '--durability is "process" or "flush"'],
    ['minutes that are none', ['logs', 'f', '--since', 'x'], 'a whole number of at least 1'],
    ['an event that is missing', ['invoke', 'f', '--event', 'no.json'], 'could not be read'],
    ['--watch alone', ['up', '--memory', '--watch'], '--watch needs --app or --template'],
    ['--sources alone', ['up', '--memory', '--sources', '.'], '--sources needs --app or --watch'],
  ])('%s', async (_case, words, sentence) => {
    const { code, stdout, stderr } = await run(...words)

    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('no command shows the help', async () => {
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') })
  })
})

describe('work that fails ends with 1, without a stack trace', () => {
  const busy = createServer()
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
    port = (busy.address() as AddressInfo).port // a TCP server's address is never a text
    app.source(greetingTemplate('Hello'))
    app.write('broken.json', '{ "Resources": ')
    app.write('refused.json', JSON.stringify({ Resources: { B: { Type: 'AWS::S3::Bucket' } } }))
    app.write('event.txt', 'no JSON')
  })
  afterAll(() => void busy.close())

  async function failure(...words: string[]): Promise<string> {
    const { code, stderr } = await run(...words)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error /)
    expect(stderr).not.toMatch(/^\s+at /m)
    return stderr
  }

  it('a busy port of the AWS endpoint is named, with the option that changes it', async () => {
    const sentence = await failure('up', '--memory', '--port', String(port), '--front-port', '0')

    expect(sentence).toContain(`${port}`)
    expect(sentence).toContain('--port')
  })

  it('so is one of the front door', async () => {
    const sentence = await failure('up', '--memory', '--port', '0', '--front-port', String(port))

    expect(sentence).toContain(`${port}`)
    expect(sentence).toContain('--front-port')
  })

  it('so is one of the engine alone', async () => {
    expect(await failure('dynamodb', '--memory', '--port', String(port))).toContain(`${port}`)
  })

  it('no cloud on the port', async () => {
    for (const words of [['status'], ['token'], ['logs', 'f'], ['invoke', 'f'], ['outbox']]) {
      const sentence = await failure(...words, '--port', '1')
      expect(sentence).toContain('No cloud answers on port 1')
    }
  })

  it('a template that is missing, broken or not simulated', async () => {
    const up = (file: string): Promise<string> =>
      failure('up', '--memory', '--port', '0', '--front-port', '0', '--template', file)

    expect(await up('missing.json')).toContain('missing.json')
    expect(await up('broken.json')).toContain('broken.json')
    expect(await up('refused.json')).toContain('AWS::S3::Bucket is not simulated')
  })

  it('a ready file that cannot be written', async () => {
    const words = ['up', '--memory', '--port', '0', '--front-port', '0']

    expect(await failure(...words, '--ready-file', 'no/such/ready.json')).toContain('no/such')
  })

  it('an app that fails, or writes no assembly', async () => {
    const up = (command: string): Promise<string> =>
      failure('up', '--memory', '--port', '0', '--front-port', '0', '--app', command)

    expect(await up('node -e "console.error(\'what went wrong\'); process.exit(3)"')).toMatch(
      /exit code 3[^]*what went wrong/,
    )
    expect(await up('node -e 0')).toContain('wrote no cloud assembly')
  })

  it('a data folder that another process has', async () => {
    const words = ['up', '--port', '0', '--front-port', '0', '--data', 'taken']
    const first = startCloudlet(words, { cwd: app.folder })
    await first.printed(/is ready/)

    const sentence = await failure(...words)
    const alone = await failure('dynamodb', '--port', '0', '--data', 'taken')
    const { code } = await first.stop()

    expect(sentence).toMatch(/taken is in use by process \d+/)
    expect(alone).toMatch(/taken is in use by process \d+/)
    expect(code).toBe(0)
  })
})
