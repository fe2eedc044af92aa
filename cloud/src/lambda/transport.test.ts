import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import { startLambda, type TestLambda, type TestLambdaOptions } from './test-lambda.ts'

let open: TestLambda | undefined
afterEach(async () => open?.close())
function start(options?: TestLambdaOptions): TestLambda {
  open = startLambda(options)
  return open
}

/** A bundle as it would be deployed, with the AWS SDK inlined. */
async function bundle(code: string, format: 'cjs' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: path.resolve('conformance') },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    write: false,
    logLevel: 'error',
    ...(format === 'cjs'
      ? {}
      : {
          banner: {
            js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
          },
        }),
  })
  return outputFiles[0]?.text ?? ''
}

const SDK_FUNCTION = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
  const client = new DynamoDBClient({ maxAttempts: 1 })
  export const handler = async ({ key, abort }) => {
    try {
      const options = abort ? { abortSignal: AbortSignal.timeout(20) } : {}
      const { Item } = await client.send(
        new GetItemCommand({ TableName: 't', Key: { id: { S: key } } }), options)
      return Item
    } catch (error) {
      return { name: error.name, message: error.message }
    }
  }`

describe('a function’s calls to the cloud', () => {
  let bundles: { cjs: string; esm: string }
  beforeAll(async () => {
    const [cjs, esm] = await Promise.all([bundle(SDK_FUNCTION, 'cjs'), bundle(SDK_FUNCTION, 'esm')])
    bundles = { cjs, esm }
  })

  const seen: HttpRequest[] = []
  function handle(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    seen.push(request)
    const headers = { 'content-type': 'application/x-amz-json-1.0' }
    if (request.body.includes('"never"')) return new Promise(() => {})
    if (request.body.includes('"bad"')) {
      const body =
        '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"none"}'
      return { status: 400, headers, body }
    }
    const body = '{"Item":{"id":{"S":"é"},"n":{"N":"1"}}}'
    return request.body.includes('"later"')
      ? Promise.resolve({ status: 200, headers, body: Buffer.from(body) })
      : { status: 200, headers, body }
  }

  test.each(['cjs', 'esm'] as const)(
    'go by message when the AWS SDK (%s) makes them',
    async (format) => {
      const { lambda, deploy } = start({ handle })
      deploy({ [format === 'cjs' ? 'index.js' : 'index.mjs']: bundles[format] }, { memoryMb: 256 })
      seen.length = 0

      const answers: string[] = []
      for (const event of [
        { key: 'now' },
        { key: 'later' },
        { key: 'bad' },
        { key: 'never', abort: true },
      ]) {
        // oxlint-disable-next-line no-await-in-loop -- in order, to compare
        answers.push((await lambda.invoke('fn', JSON.stringify(event))).payload)
      }

      const item = '{"id":{"S":"é"},"n":{"N":"1"}}'
      expect(answers.slice(0, 2)).toEqual([item, item])
      expect(JSON.parse(answers[2] ?? '')).toEqual({
        name: 'ResourceNotFoundException',
        message: 'none',
      })
      expect(JSON.parse(answers[3] ?? '')).toMatchObject({ name: 'AbortError' })
      expect(seen).toHaveLength(4)
      expect(seen[0]).toMatchObject({ method: 'POST', target: '/', remoteAddress: '127.0.0.1' })
      expect(seen[0]?.headers).toMatchObject({
        host: 'localhost:4566',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
      })
      expect(seen[0]?.headers['authorization']).toContain('AWS4-HMAC-SHA256')
      expect(seen[0]?.body.toString()).toBe('{"TableName":"t","Key":{"id":{"S":"now"}}}')
    },
  )

  test('go by message from node:http and fetch, to every loopback name', async () => {
    const { lambda, deploy } = start({
      handle: ({ method, target, headers, body }) => ({
        status: 201,
        headers: { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] },
        body: JSON.stringify({
          method,
          target,
          type: headers['content-type'],
          body: body.toString(),
        }),
      }),
    })
    deploy(`
      const http = require('node:http')
      const { pipeline } = require('node:stream/promises')
      const byHttp = (url, options, chunks) => new Promise((resolve, reject) => {
        const request = http.request(url, options, async (response) => {
          let text = ''
          response.setEncoding('utf8')
          for await (const chunk of response) text += chunk
          resolve([response.statusCode, response.headers['set-cookie'], response instanceof http.IncomingMessage, JSON.parse(text)])
        })
        request.on('error', reject)
        request.setTimeout(1000)
        for (const chunk of chunks) request.write(chunk)
        request.end()
      })
      exports.handler = async () => {
        const fetched = await fetch('http://127.0.0.1:4566/f?q=1', { method: 'PUT', body: 'ü', headers: { 'content-type': 'text/plain' } })
        return [
          await byHttp('http://localhost:4566/a?b=%20', { method: 'POST' }, ['on', Buffer.from('e')]),
          await byHttp({ hostname: '::1', port: 4566, path: '/c' }, {}, []).catch((e) => e.message),
          [fetched.status, fetched.headers.get('x-one'), await fetched.json()],
        ]
      }`)

    const { payload } = await lambda.invoke('fn', '{}')

    expect(JSON.parse(payload)).toEqual([
      [201, ['a=1', 'b=2'], true, { method: 'POST', target: '/a?b=%20', body: 'one' }],
      [201, ['a=1', 'b=2'], true, { method: 'GET', target: '/c', body: '' }],
      [201, '1', { method: 'PUT', target: '/f?q=1', type: 'text/plain', body: 'ü' }],
    ])
  })

  test('to other hosts go the normal way', async () => {
    const server = createServer((_, response) => response.end('"elsewhere"')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { lambda, deploy } = start()
    deploy(`exports.handler = async (url) => {
      const fetched = await (await fetch(url)).json()
      const got = await new Promise((resolve) => require('http').get(url, (r) => r.on('data', (d) => resolve(JSON.parse(d)))))
      return [fetched, got]
    }`)

    const { payload } = await lambda.invoke('fn', JSON.stringify(`http://127.0.0.1:${port}/`))
    server.closeAllConnections()
    server.close()

    expect(JSON.parse(payload)).toEqual(['elsewhere', 'elsewhere'])
  })
})
