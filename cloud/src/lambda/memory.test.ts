import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'

const HOG_MS_MAX = 120_000

type HogReport = {
  readonly answer: { readonly payload: string; readonly requestId: string }
  readonly others: number
  readonly after: string
  readonly report: string
}

/** Runs a handler's body in a cloud of its own, so that the end of that process is seen. */
async function runHog(body: string): Promise<HogReport> {
  const file = path.join(import.meta.dirname, 'test-memory-hog.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', '-C', 'source', file, body])
  let errors = ''
  child.stderr.on('data', (data) => (errors += String(data)))
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new Error(`The cloud has ended: ${code ?? signal}\n${errors}`)
  })
  const reported = once(createInterface(child.stdout), 'line')
  try {
    const [line] = await Promise.race([reported, ended])
    return JSON.parse(String(line)) as HogReport // written by test-memory-hog.ts
  } finally {
    child.kill('SIGKILL')
    await ended.catch(() => {})
  }
}

describe('a function that fills its memory dies alone', () => {
  test.each([
    ['numbers', 'const all = []; for (let i = 0; ; i++) all.push(i)'],
    ['objects', 'const all = []; for (;;) all.push({ a: [1, 2, 3] })'],
    ['texts', 'const all = []; for (let i = 0; ; i++) all.push("x" + i)'],
    ['properties', 'const all = {}; for (let i = 0; ; i++) all["k" + i] = i'],
    ['sparse elements', 'const all = {}; for (let i = 0; ; i++) all[i * 1000] = i'],
    [
      'maps',
      'const all = []; for (;;) all.push(new Map(Array.from({ length: 1e4 }, (_, i) => [i, i])))',
    ],
    ['spread arrays', 'let all = [1]; for (;;) all = [...all, ...all]'],
    ['one huge array', 'return new Array(5e7).fill({}).length'],
    ['one array-like', 'return Array.from({ length: 2e8 }).length'],
    ['a split text', 'return "a,".repeat(2e8).split(",").length'],
    ['a parsed text', `return JSON.parse('[' + '{"a":1},'.repeat(3e7) + '1]').length`],
    [
      'flat texts',
      'const all = []; for (;;) { const s = "x".repeat(2 ** 28) + all.length; all.push(s); /y/.test(s) }',
    ],
    ['buffers', 'const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))'],
    ['one huge buffer', 'const all = [Buffer.alloc(1e9, 1)]; for (;;) all.push({})'],
    [
      'its stack',
      'const deep = (n) => { const a = new Array(1000).fill(n); return deep([n]) + a[0] }; return deep(0)',
    ],
  ])(
    'with %s',
    async (_, body) => {
      const { answer, others, after, report } = await runHog(body)

      expect(JSON.parse(answer.payload)).toEqual({
        errorType: 'Runtime.OutOfMemory',
        errorMessage: `RequestId: ${answer.requestId} Error: Runtime exited with error: signal: killed`,
      })
      expect(report).toContain('Status: error\tError Type: Runtime.OutOfMemory')
      expect(others).toBeGreaterThan(0)
      expect(after).toBe('"well"')
    },
    HOG_MS_MAX,
  )

  test(
    'but garbage alone ends nobody',
    async () => {
      const { answer } = await runHog(
        'const live = []; for (let i = 0; i < 3e6; i++) live[i % 20000] = { last: [i, i, i], text: "x" + i }; return live[19999].text',
      )

      expect(answer.payload).toBe('"x2999999"')
    },
    HOG_MS_MAX,
  )
})
