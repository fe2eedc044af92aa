import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCloud } from '../harness.ts'
import type { TestCloud } from '../harness.ts'

const program = join(import.meta.dirname, '..', '..', 'cloud', 'bin', 'cloudlet.mjs')
const folder = mkdtempSync(join(tmpdir(), 'cloudlet-load-'))
let cloud: TestCloud

beforeAll(async () => {
  cloud = await startCloud()
}, 60_000)
afterAll(async () => {
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs `cloudlet load` as a person does. */
function load(...words: readonly string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn('node', [program, 'load', ...words], { cwd: folder })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, text }))
  })
}

/** Runs it where it must end well; what it printed is the failure's message otherwise. */
async function loaded(...words: readonly string[]): Promise<string> {
  const { code, text } = await load(...words)
  if (code !== 0) throw new Error(`It ended with ${code}:\n${text}`)
  return text
}

const port = (): readonly string[] => ['--port', new URL(cloud.endpoint).port]

type Run = {
  readonly id: string
  readonly all: { readonly count: number; readonly errorRate: number; readonly averageMs: number }
  readonly requests: Readonly<Record<string, { readonly count: number }>>
}
const runIn = (out: string): Run =>
  JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8')) as Run

describe('cloudlet load', () => {
  it('runs every shipped scenario against the services without an error', async () => {
    for (const scenario of ['mixed', 'identity']) {
      await loaded(scenario, '--vus', '4', '--runs', '5', ...port(), '--out', scenario)
      expect(runIn(scenario).all.errorRate).toBe(0)
      expect(runIn(scenario).all.count).toBeGreaterThanOrEqual(20)
    }
    expect(Object.keys(runIn('mixed').requests)).toContain('cargo: POST /orders')
  })

  it('keeps the run, judges it, and tells by its exit code', async () => {
    const words = ['tokens', '--vus', '2', '--runs', '5', ...port()]

    const good = await loaded(...words, '--pass-if', 'error_rate<1%', '--out', 'good')
    const bad = await load(...words, '--pass-if', 'p95<0.001', '--out', 'bad')

    expect(good).toContain('Average response time')
    expect(bad.code).toBe(1)
    expect(runIn('good').all.count).toBe(
      runIn('good').requests['POST /create']?.count === 10 ? 30 : -1,
    )
    for (const file of ['seconds.csv', 'seconds.json', 'report.html']) {
      expect(existsSync(join(folder, 'good', file))).toBe(true)
    }
    expect(readFileSync(join(folder, 'good', 'report.html'), 'utf8')).not.toMatch(
      /NaN|undefined|https?:\/\/(?!127)/,
    )
  })

  it('compares two runs', async () => {
    await load('directory', '--duration', '2s', '--vus', '2', ...port(), '--out', 'a')
    await load('directory', '--duration', '2s', '--vus', '2', ...port(), '--out', 'b')

    const text = await loaded('compare', 'a', 'b', '--out', 'compared.html')
    expect(text).toMatch(/p95 .*(better|worse|no difference seen)/)
    expect(readFileSync(join(folder, 'compared.html'), 'utf8')).toContain('Two runs compared')
  })

  it('runs one step once, arrivals by a rate, and a module on several threads', async () => {
    const module = join(folder, 'mine.ts')
    writeFileSync(
      module,
      `type User = { url: (service: string) => string; send: (...call: unknown[]) => Promise<unknown> }
       export default { name: 'mine', description: '', steps: [{ name: 'go', weight: 1, run: async (user: User) => {
         await user.send('GET nobody', 'GET', user.url('directory') + '/users/nobody', { expect: [404] }) } }] }`,
    )

    await load('tokens', '--single', 'pair', ...port(), '--out', 'single')
    await load('cargo', '--rate', '20', '--duration', '1s', ...port(), '--out', 'open')
    await loaded(module, '--workers', '2', '--runs', '3', '--vus', '4', ...port(), '--out', 'mine')

    expect(runIn('single').all.count).toBe(3)
    expect(runIn('open').all.count).toBeGreaterThanOrEqual(20)
    expect(runIn('mine').all).toMatchObject({ count: 12, errorRate: 0 })
  })

  it('runs a Postman collection', async () => {
    const collection = join(folder, 'directory.json')
    const item = [
      {
        name: 'write',
        request: {
          method: 'POST',
          url: '{{baseUrl}}/directory/users',
          body: { mode: 'raw', raw: '{"userId":"{{user}}","name":"Ana {{$randomInt}}"}' },
        },
      },
      { name: 'read', request: { url: { raw: '{{baseUrl}}/directory/users/{{user}}' } } },
    ]
    writeFileSync(collection, JSON.stringify({ info: { name: 'Directory' }, item }))

    await loaded(
      collection,
      '--var',
      'user=u1',
      '--runs',
      '2',
      '--vus',
      '2',
      ...port(),
      '--out',
      'postman',
    )
    expect(runIn('postman').requests).toMatchObject({ write: { count: 4 }, read: { count: 4 } })
  })

  it.each([
    [['nothing'], 'There are: tokens'],
    [['tokens', '--single', 'nothing'], 'It has: pair, delete'],
    [['tokens', '--profile', 'steep'], '--profile is one of'],
    [['tokens', '--duration', 'long'], '--duration is a time'],
    [['tokens', '--pass-if', 'p95'], 'is no condition'],
    [['tokens', '--target', 'here'], 'wants an http address'],
    [['compare', 'x', 'y'], 'There is no run x'],
  ])('says what is wrong with %j', async (words, sentence) => {
    const { code, text } = await load(...words, ...(words[0] === 'compare' ? [] : port()))

    expect(text).toContain(sentence)
    expect(code).toBe(words[0] === 'compare' ? 1 : 2)
  })
})
