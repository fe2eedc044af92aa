import { afterEach, describe, expect, test } from 'vitest'
import { startLambda, type TestLambda, type TestLambdaOptions } from './test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options?: TestLambdaOptions): TestLambda {
  open = startLambda(options)
  return open
}
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

describe('a function', () => {
  test('gets the event and answers', async () => {
    const { lambda, deploy } = start()
    deploy('exports.handler = async (event) => ({ hello: event.name })')

    const answer = await lambda.invoke('fn', '{"name":"Ada"}')

    expect(answer.payload).toBe('{"hello":"Ada"}')
    expect(answer.functionError).toBeUndefined()
  })

  test('keeps its state while warm, and runs one request at a time', async () => {
    const { lambda, deploy } = start()
    deploy(`
      let count = 0, running = 0, most = 0
      exports.handler = async () => {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setImmediate(resolve))
        running--
        return { count: ++count, most }
      }`)

    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => json((await lambda.invoke('fn', '{}')).payload)),
    )

    expect(answers.map((each) => each['count'])).toEqual(answers.map((_, index) => index + 1))
    expect(answers.at(-1)?.['most']).toBe(1)
  })

  test.each([
    ['module.mjs', { 'module.mjs': 'export const run = async () => import.meta.url.slice(-10)' }],
    [
      'module.js under "type": "module"',
      {
        'package.json': '{"type":"module"}',
        'module.js': 'export const run = async () => import.meta.url.slice(-9)',
      },
    ],
    ['module.cjs', { 'module.cjs': 'exports.run = async () => __filename.slice(-10)' }],
  ])('may be in %s', async (_, files) => {
    const { lambda, deploy } = start()
    deploy(files, { handler: 'module.run' })

    const answer = await lambda.invoke('fn', '{}')

    expect(answer.payload).toMatch(/^"module\.[cm]?js"$/)
  })

  test('may answer by callback, by context, or not at all', async () => {
    const { lambda, deploy } = start()
    deploy(
      `exports.handler = (event, context, callback) => {
         if (event === 1) callback(null, 'callback')
         if (event === 2) { setTimeout(() => callback(null, 'later'), 1) }
         if (event === 3) context.succeed('succeed')
         if (event === 4) callback(new TypeError('no'))
         if (event === 6) {
           context.callbackWaitsForEmptyEventLoop = false
           setTimeout(() => {}, 60_000)
           callback(null, 'at once')
         }
       }`,
    )

    const payloads: string[] = []
    for (let event = 1; event <= 6; event++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each waits for its own loop
      payloads.push((await lambda.invoke('fn', String(event))).payload)
    }
    deploy('exports.handler = async () => new Promise(() => {})', { name: 'never' })
    const never = await lambda.invoke('never', '{}')

    expect(payloads.slice(0, 3)).toEqual(['"callback"', '"later"', '"succeed"'])
    expect(json(payloads[3] ?? '')).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' })
    expect(payloads.slice(4)).toEqual(['null', '"at once"'])
    expect(never.payload).toBe('null')
  })
})
