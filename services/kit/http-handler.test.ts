import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { ok } from './answer.ts'
import type { HttpEvent } from './http-event.ts'
import { httpHandler } from './http-handler.ts'
import { conflict } from './problem.ts'
import { shortText } from './validate.ts'

const Body = z.object({ name: shortText(5), inner: z.optional(z.object({ n: z.number() })) })

const v1 = (body: string): HttpEvent => ({
  httpMethod: 'POST',
  headers: { Accept: 'text/plain' },
  pathParameters: { id: '1' },
  multiValueQueryStringParameters: { a: ['1', '2'] },
  body,
  requestContext: { requestId: 'r1' },
})
const v2 = (body: string): HttpEvent => ({
  version: '2.0',
  headers: { accept: 'text/plain' },
  pathParameters: { id: '1' },
  queryStringParameters: { a: '1,2' },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
  requestContext: { requestId: 'r1', http: { method: 'POST' } },
})

describe.each([
  ['1.0', v1],
  ['2.0', v2],
])('an event of payload version %s', (_, event) => {
  it('reaches the handler in one form', async () => {
    const handler = httpHandler({ body: Body }, ({ body, method, path, query, headers }) =>
      ok({ body, method, path, query, accept: headers['accept'] }),
    )

    const result = await handler(event('{"name":"é"}'))

    expect(JSON.parse(result.body)).toEqual({
      body: { name: 'é' },
      method: 'POST',
      path: { id: '1' },
      query: { a: '1,2' },
      accept: 'text/plain',
    })
    expect(result.headers['content-type']).toBe('application/json')
  })

  it.each(['', '{', 'null,', '[1,]', '[1,2', '{"a":01}'])(
    'answers 400 to the malformed body %j',
    async (body) => {
      const result = await httpHandler({ body: Body }, () => ok(1))(event(body))

      expect(result.statusCode).toBe(400)
      expect(JSON.parse(result.body)).toEqual({ error: 'The body is not valid JSON.' })
    },
  )

  it('answers 413 to more than 256 KB, counted in bytes', async () => {
    const handler = httpHandler({}, () => ok(1))

    const largest = await handler(event('é'.repeat(128 * 1024)))
    const larger = await handler(event(`${'é'.repeat(128 * 1024)}x`))

    expect([largest.statusCode, larger.statusCode]).toEqual([200, 413])
  })

  it('lists what is wrong with a body', async () => {
    const result = await httpHandler({ body: Body }, () => ok(1))(
      event('{"name":"too long","inner":{"n":"x"}}'),
    )

    expect(result.statusCode).toBe(400)
    expect(JSON.parse(result.body)).toEqual({
      error: 'name must have at most 5 characters (and 1 more, see issues)',
      issues: [
        { path: 'name', message: 'must have at most 5 characters' },
        { path: 'inner.n', message: 'must be a number' },
      ],
    })
  })
})

describe('what a handler throws', () => {
  const answerTo = (error: unknown) =>
    httpHandler({}, () => {
      throw error
    })(v2(''))

  it('is answered as it says, where it is a problem', async () => {
    const result = await answerTo(conflict('Taken'))

    expect([result.statusCode, result.body]).toEqual([409, '{"error":"Taken"}'])
  })

  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['a time-out', Object.assign(new Error('late'), { name: 'TimeoutError' })],
    [
      'an AWS error',
      Object.assign(new Error('slow'), { name: 'ThrottlingException', $metadata: {} }),
    ],
  ])('is a 503 for %s', async (_, error) => {
    const log = vi.spyOn(console, 'warn').mockImplementation(() => {})

    const result = await answerTo(error)

    expect(result.statusCode).toBe(503)
    expect(result.headers).toMatchObject({ 'retry-after': '1' })
    log.mockRestore()
  })

  it('is a neutral 500 for a bug, whole in the log alone', async () => {
    const lines: string[] = []
    const log = vi.spyOn(console, 'error').mockImplementation((line: string) => lines.push(line))

    const result = await answerTo(new TypeError('secret', { cause: new Error('deeper') }))

    expect(result.statusCode).toBe(500)
    expect(result.body).not.toContain('secret')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'ERROR',
      requestId: 'r1',
      error: { name: 'TypeError', message: 'secret', cause: { message: 'deeper' } },
    })
    log.mockRestore()
  })
})
