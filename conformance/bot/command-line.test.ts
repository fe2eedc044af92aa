import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSimulator, liveEnvironment } from '@cloudlet/telegram-bot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { TestCloud } from '../harness.ts'
import { phones } from './bot-world.ts'

const repository = join(import.meta.dirname, '../..')
const command = join(repository, 'cloud/bin/cloudlet.mjs')

let cloud: TestCloud
let folder: string
const children = new Set<ChildProcess>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloudlet-bot-'))
  cloud = await startCloud()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })
})

function cloudlet(...words: string[]): ChildProcess {
  return cloudletWith({}, ...words)
}

function cloudletWith(variables: Record<string, string>, ...words: string[]): ChildProcess {
  const { TELEGRAM_TOKEN: _theirs, ...inherited } = process.env
  const env = { ...inherited, ...variables }
  const child = spawn(process.execPath, [command, ...words], { cwd: folder, env })
  children.add(child)
  return child
}

/** What the command wrote, and its exit code, once it has ended. */
async function ended(child: ChildProcess): Promise<{ code: unknown; errors: string }> {
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as unknown[]
  return { code, errors }
}

async function startSimulation(): Promise<{ child: ChildProcess; simulator: string }> {
  const ready = join(folder, 'ready.json')
  rmSync(ready, { force: true })
  const written = new Promise<void>((resolve) => {
    const watcher = watch(folder, () => {
      if (!existsSync(ready) || readFileSync(ready, 'utf8') === '') return
      watcher.close()
      resolve()
    })
  })
  const files = ['--ready-file', ready, '--data', join(folder, 'data')]
  const tokens = ['--token-api', `${cloud.frontDoor}/tokens`]
  const child = cloudlet('bot', '--simulate', '--sim-port', '0', ...files, ...tokens)
  await written
  const { simulator } = JSON.parse(readFileSync(ready, 'utf8')) as { simulator: string }
  return { child, simulator }
}

type Seen = { readonly from: string; readonly text: string; readonly date: string }

/** Waits for a message, told by the simulator's own events. */
async function gets(simulator: string, chat: number, pattern: RegExp): Promise<Seen> {
  const events = await fetch(`${simulator}/events`)
  const look = async (): Promise<Seen | undefined> => {
    const { json } = await send('GET', `${simulator}/chats/${chat}/messages`)
    return (json as Seen[]).find(({ from, text }) => from === 'bot' && pattern.test(text))
  }
  for await (const _change of events.body ?? []) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error('The simulator ended')
}

const says = (simulator: string, chat: number, text: string) =>
  send('POST', `${simulator}/chats/${chat}/messages`, { body: { text } })

describe('cloudlet bot --simulate', () => {
  it(
    'pairs two chats over HTTP, and keeps them paired over kill -9',
    { timeout: 90_000 },
    async () => {
      const first = await startSimulation()

      await says(first.simulator, 1, '/generateToken')
      const { text: token, date } = await gets(first.simulator, 1, /^[0-9a-f-]{36}$/)
      await says(first.simulator, 2, `/pair ${token}`)
      await gets(first.simulator, 1, /^Paired with Bruno/)
      await says(first.simulator, 1, 'before')
      await gets(first.simulator, 2, /^Ana: before$/)
      first.child.kill('SIGKILL')
      await once(first.child, 'close')
      const second = await startSimulation()
      await says(second.simulator, 2, 'after')
      await gets(second.simulator, 1, /^Bruno: after$/)
      const { json } = await send('GET', `${second.simulator}/chats/1/messages`)

      expect(Date.parse(date)).not.toBeNaN()
      expect((json as Seen[]).filter(({ text }) => text === 'Bruno: after')).toHaveLength(1)
      expect((json as Seen[]).map(({ text }) => text)).toContain('before')
      second.child.kill('SIGTERM')
      const [code] = (await once(second.child, 'close')) as unknown[]
      expect(code).toBe(0)
    },
  )
})

describe('cloudlet bot', () => {
  it('says how to get a token where there is none, and never shows one', async () => {
    const none = await ended(cloudlet('bot'))

    expect(none.code).toBe(2)
    expect(none.errors).toContain('No bot token')
    expect(none.errors).toContain('--simulate')
  })

  it.each([
    ['no-token', 'is no bot token'],
    ['123:abcdefgh', 'Telegram does not know this bot token'],
  ])('says that %s is wrong, without showing it', async (token, told) => {
    const simulator = createSimulator({ environment: liveEnvironment })
    const root = await simulator.listen({ port: 0 })

    const bot = cloudletWith({ TELEGRAM_TOKEN: token }, 'bot', '--memory', '--api-root', root)
    const { code, errors } = await ended(bot)
    await simulator.close()

    expect(code).not.toBe(0)
    expect(errors).toContain(told)
    expect(errors).not.toContain(token)
  })

  it('takes the token of .env', async () => {
    const simulator = createSimulator({ environment: liveEnvironment })
    const root = await simulator.listen({ port: 0 })
    writeFileSync(join(folder, '.env'), `TELEGRAM_TOKEN="${simulator.token}"\n`)

    const { code, errors } = await ended(cloudlet('bot', 'delete-webhook', '--api-root', root))
    rmSync(join(folder, '.env'))
    await simulator.close()

    expect({ code, errors }).toEqual({ code: 0, errors: '' })
  })

  it.each([
    ['an address that is none', ['--simulate', '--token-api', 'tokens'], 2, 'http://'],
    ['a port that is none', ['--simulate', '--sim-port', 'x'], 2, '0 to 65535'],
    ['--no-bot with Telegram', ['--no-bot'], 2, '--no-bot goes with --simulate'],
    [
      'a table that there is not',
      ['--simulate', '--memory', '--sim-port', '0', '--table', 'nothing'],
      1,
      'The table nothing cannot be used',
    ],
    [
      'a ready file that cannot be written',
      ['--simulate', '--memory', '--sim-port', '0', '--ready-file', 'no/such/ready.json'],
      1,
      'no/such',
    ],
  ])('refuses %s', async (_case, words, exit, told) => {
    const { code, errors } = await ended(cloudlet('bot', ...words))

    expect(code).toBe(exit)
    expect(errors).toContain(told)
    expect(errors).not.toMatch(/^\s+at /m)
  })

  it('names a busy port, and the option that changes it', async () => {
    const simulator = createSimulator({ environment: liveEnvironment })
    const { port } = new URL(await simulator.listen({ port: 0 }))

    const { code, errors } = await ended(
      cloudlet('bot', '--simulate', '--memory', '--sim-port', port),
    )
    await simulator.close()

    expect(code).toBe(1)
    expect(errors).toContain(`Port ${port} is taken`)
    expect(errors).toContain('--sim-port')
  })

  it('sets the webhook that the stack has, with its secret, and deletes it', async () => {
    const simulator = createSimulator({ environment: liveEnvironment })
    const root = await simulator.listen({ port: 0 })
    const variables = {
      TELEGRAM_TOKEN: simulator.token,
      AWS_ENDPOINT_URL: cloud.endpoint,
    }
    const info = async () =>
      (await send('GET', `${root}/bot${simulator.token}/getWebhookInfo`)).json as {
        result: { url: string; max_connections?: number }
      }

    await cloud.redeploy('telegram-bot', { TelegramToken: simulator.token, TelegramApiRoot: root })

    const set = await ended(
      cloudletWith(variables, 'bot', 'set-webhook', '--stage', 'dev', '--api-root', root),
    )
    const there = await info()
    const ana = phones(simulator)(1, 'Ana')
    ana.says('/start')
    await ana.gets('I pair two chats')
    const removed = await ended(
      cloudletWith(variables, 'bot', 'delete-webhook', '--api-root', root),
    )
    const gone = await info()
    const nowhere = await ended(
      cloudletWith(variables, 'bot', 'set-webhook', '--stage', 'staging', '--api-root', root),
    )
    await simulator.close()

    expect(set.errors).toBe('')
    expect([set.code, removed.code, nowhere.code]).toEqual([0, 0, 1])
    expect(there.result.url).toMatch(/\/_aws\/execute-api\/\w+\/webhook$/)
    expect(there.result.url).toContain(cloud.endpoint)
    expect(there.result.max_connections).toBe(1)
    expect(gone.result.url).toBe('')
    expect(nowhere.errors).toContain('staging-telegram-bot')
  })
})
