import { afterEach, describe, expect, test } from 'vitest'
import type { FunctionDefinition } from './index.ts'
import { startLambda, type TestLambda, type TestLambdaOptions } from './test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options: TestLambdaOptions = { realTime: true }): TestLambda {
  open = startLambda(options)
  return open
}

/** Deploys, invokes once, and returns the error's payload. */
async function failureOf(
  code: string | Record<string, string>,
  changes: Partial<FunctionDefinition> = {},
) {
  const { lambda, deploy } = start()
  deploy(code, changes)
  const answer = await lambda.invoke('fn', '{}')
  expect(answer.functionError).toBe('Unhandled')
  return {
    requestId: answer.requestId,
    error: JSON.parse(answer.payload) as Record<string, unknown>,
  }
}

describe('a function that fails', () => {
  test.each([
    [
      'by throwing',
      'exports.handler = async () => { throw new RangeError("far") }',
      'RangeError',
      'far',
    ],
    ['by throwing a text', 'exports.handler = async () => { throw "text" }', 'string', 'text'],
    [
      'by an uncaught exception',
      'exports.handler = () => { setTimeout(() => { throw new TypeError("late") }) }',
      'TypeError',
      'late',
    ],
    [
      'by an unhandled rejection',
      'exports.handler = () => { void Promise.reject(new Error("lost")) }',
      'Runtime.UnhandledPromiseRejection',
      'Error: lost',
    ],
    [
      'by a result with a BigInt',
      'exports.handler = async () => 1n',
      'Runtime.MarshalError',
      'Unable to stringify response body',
    ],
    [
      'by a circular result',
      'exports.handler = async () => { const a = {}; a.a = a; return a }',
      'Runtime.MarshalError',
      'Unable to stringify response body',
    ],
    [
      'by a result over 6 MB',
      'exports.handler = async () => "x".repeat(7e6)',
      'Function.ResponseSizeTooLarge',
      'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    ],
    ['while it loads', 'throw new Error("broken")', 'Error', 'broken'],
    ['by its syntax', 'exports.handler = (', 'Runtime.UserCodeSyntaxError', 'SyntaxError'],
    [
      'by a missing module',
      'require("no-such-module")',
      'Runtime.ImportModuleError',
      "Cannot find module 'no-such-module'",
    ],
    [
      'by a missing handler',
      'exports.other = 1',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
  ])('%s', async (_, code, errorType, message) => {
    const { error } = await failureOf(code)

    expect(error['errorType']).toBe(errorType)
    expect(error['errorMessage']).toContain(message)
  })

  test('by a missing file', async () => {
    const { error } = await failureOf('', { handler: 'missing.handler' })

    expect(error).toMatchObject({ errorType: 'Runtime.ImportModuleError' })
  })

  test.each([
    ['process.abort()', 134],
    ['process.kill(process.pid)', 137],
    ['process.kill(process.ppid, "SIGKILL")', 137],
    ['process.kill(0)', 137],
  ])('by %s: nothing but its environment ends', async (statement, status) => {
    const { error } = await failureOf(`exports.handler = () => { ${statement} }`)

    expect(error['errorType']).toBe(status === 137 ? 'Runtime.OutOfMemory' : 'Runtime.ExitError')
    expect(error['errorMessage']).toContain(
      status === 137 ? 'signal: killed' : `exit status ${status}`,
    )
  })

  test('by ending its process', async () => {
    const { error, requestId } = await failureOf('exports.handler = () => process.exit(3)')

    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`,
    })
  })

  test.each([
    ['objects', 'const all = []; exports.handler = () => { for (;;) all.push({ a: [1, 2, 3] }) }'],
    [
      'texts',
      'exports.handler = () => { let s = "x"; const all = []; for (;;) all.push(s + all.length) }',
    ],
    [
      'buffers',
      'const all = []; exports.handler = async () => { for (let i = 0; i < 40; i++) all.push(Buffer.alloc(1e7, 1)) }',
    ],
  ])('by filling its memory with %s: it dies alone', async (_, code) => {
    const { error, requestId } = await failureOf(code, { timeoutMs: 60_000 })

    expect(error).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    })
  })

  test.each([
    ['a loop for ever', 'exports.handler = () => { console.log("in"); for (;;); }'],
    [
      'an endless wait',
      'exports.handler = async () => { console.log("in"); setInterval(() => {}, 1e6); await new Promise(() => {}) }',
    ],
  ])('by %s: it is stopped when its time is over, and its log is kept', async (_, code) => {
    const { lambda, deploy, lines } = start()
    deploy(code, { timeoutMs: 300 })

    const { requestId, payload, functionError } = await lambda.invoke('fn', '{}')
    const log = lines().join('')

    expect(functionError).toBe('Unhandled')
    expect(JSON.parse(payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 0.30 seconds`,
    })
    expect(log).toContain(`${requestId}\tINFO\tin\n`)
    expect(log).toContain(`${requestId} Task timed out after 0.30 seconds`)
    expect(log).toMatch(/REPORT RequestId: .*Duration: 300.00 ms.*Status: timeout/)
  })

  test('leaves the next request a fresh environment, and other functions alone', async () => {
    const { lambda, deploy } = start()
    deploy(
      'let n = 0; exports.handler = async (event) => { n++; if (event.die) process.kill(process.pid); return n }',
    )
    deploy('exports.handler = async () => "well"', { name: 'other' })

    const before = await lambda.invoke('fn', '{}')
    const [dead, other] = await Promise.all([
      lambda.invoke('fn', '{"die":true}'),
      lambda.invoke('other', '{}'),
    ])
    const after = await lambda.invoke('fn', '{}')

    expect(before.payload).toBe('1')
    expect(dead.functionError).toBe('Unhandled')
    expect(other.payload).toBe('"well"')
    expect(after.payload).toBe('1')
  })

  test('does not take the requests along that were handed over ahead', async () => {
    const { lambda, deploy } = start()
    deploy('exports.handler = async (event) => { if (event.die) process.exit(1); return event.n }')
    await lambda.invoke('fn', '{}')

    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, n) =>
        lambda.invoke('fn', JSON.stringify({ n, die: n % 10 === 3 })),
      ),
    )

    const outcomes = answers.map((each) => each.functionError ?? Number(each.payload))
    expect(outcomes).toEqual(outcomes.map((_, n) => (n % 10 === 3 ? 'Unhandled' : n)))
  })
})
