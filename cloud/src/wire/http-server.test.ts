import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import {
  manualClock,
  seededIds,
  type Environment,
  type HttpHandler,
  type Report,
} from '../kernel/index.ts'
import { serveHttp, type HttpServer } from './http-server.ts'

const reports: Report[] = []
const clock = manualClock()
const environment: Environment = {
  clock,
  ids: seededIds(1),
  region: 'us-east-1',
  accountId: '000000000000',
  report: (event) => reports.push(event),
}

const open: HttpServer[] = []
afterEach(async () => {
  reports.length = 0
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function serve(
  handler: HttpHandler,
  options: Partial<Parameters<typeof serveHttp>[0]> = {},
): Promise<HttpServer> {
  const server = await serveHttp({
    environment,
    handler,
    port: 0,
    host: '127.0.0.1',
    bodyBytesMax: 1000,
    ...options,
  })
  open.push(server)
  return server
}

const echo: HttpHandler = ({ method, target, body }) => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: `${method} ${target} ${body.toString()}`,
})

/** Sends raw bytes and resolves with all that came back once the server closed the connection. */
function talk(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
    socket.setNoDelay(true)
    const next = (): void => {
      const piece = pieces.shift()
      if (piece !== undefined) socket.write(piece, () => setImmediate(next))
    }
    next()
  })
}

const bodies = (text: string): string[] => text.split(/HTTP\/1\.1 /).slice(1)
const status = (text: string): string => text.slice(9, 12)

describe('serveHttp', () => {
  it('answers fetch with the length, the date and the body', async () => {
    const { port } = await serve(echo)

    const response = await fetch(`http://127.0.0.1:${port}/a%20b?c=d`, {
      method: 'POST',
      body: 'é',
    })

    expect(await response.text()).toBe('POST /a%20b?c=d é')
    expect(response.headers.get('content-length')).toBe('18')
    expect(response.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
  })

  it('keeps the answers of a client that reads them late, while it uses the memory of others again', async () => {
    let done = 0
    const { port } = await serve(({ target }) => ({
      status: 200,
      headers: {},
      body: Buffer.alloc(60_000, target.slice(1)),
      done: () => (done += 1),
    }))
    const request = (name: string, last: boolean): string =>
      `GET /${name} HTTP/1.1\r\nhost: localhost\r\n${last ? 'connection: close\r\n' : ''}\r\n`
    const slow = connect(port, '127.0.0.1')
    slow.pause()
    const names = Array.from({ length: 300 }, (_, n) => (n % 2 === 0 ? 'a' : 'b'))
    slow.write(names.map((name, n) => request(name, n === names.length - 1)).join(''))
    const ask = (): Promise<string> => talk(port, request('c', false), request('d', true))
    let before: number
    do {
      before = done
      await ask()
    } while (done > before + 2) // until nothing more goes to the slow one
    const others = await Promise.all(Array.from({ length: 50 }, ask))
    const late = await new Promise<string>((resolve) => {
      let text = ''
      slow.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      slow.on('close', () => resolve(text))
      slow.resume()
    })

    const given = (text: string): string[] =>
      text.split(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n/).slice(1)
    const body = (name: string): string => name.repeat(60_000)
    expect(given(late).length).toBe(names.length)
    expect(given(late).every((each, n) => each === body(names[n] ?? ''))).toBe(true)
    for (const text of others) {
      expect(given(text).every((each, n) => each === body('cd'.charAt(n)))).toBe(true)
      expect(given(text).length).toBe(2)
    }
  })

  it('answers pipelined requests in order, also when the first takes longer', async () => {
    const { port } = await serve((request) =>
      request.target === '/slow'
        ? new Promise((resolve) => setImmediate(() => resolve(echo(request))))
        : echo(request),
    )

    const text = await talk(
      port,
      'GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\nGET /fast HTTP/1.1\r\nhost: localhost\r\n\r\n' +
        'POST /last HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi',
    )

    expect(bodies(text).map((each) => each.split('\r\n\r\n')[1])).toEqual([
      'GET /slow ',
      'GET /fast ',
      'POST /last hi',
    ])
  })

  it('reads a request that comes byte by byte, its body in chunks', async () => {
    const { port } = await serve(echo)
    const request =
      'POST /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '3;name=value\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n'

    const text = await talk(port, ...Array.from(request))

    expect(text).toContain('POST /x abc0123456789')
  })

  it('answers HEAD with the length and no body, and 204 with neither', async () => {
    const { port } = await serve(({ method }) =>
      method === 'HEAD'
        ? { status: 200, headers: {}, body: 'abc' }
        : { status: 204, headers: {}, body: '' },
    )

    const head = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' })
    const empty = await fetch(`http://127.0.0.1:${port}/`)

    expect(head.headers.get('content-length')).toBe('3')
    expect([empty.status, empty.headers.get('content-length')]).toEqual([204, null])
  })

  it('asks for a body that is announced with Expect, not for one that is too long', async () => {
    const { port } = await serve(echo)
    const head =
      'POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\nconnection: close\r\n'

    const taken = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.endsWith('Continue\r\n\r\n')) socket.write('hi')
      })
      socket.on('close', () => resolve(text))
      socket.write(`${head}content-length: 2\r\n\r\n`)
    })
    const refused = await talk(port, `${head}content-length: 2000\r\n\r\n`)

    expect(taken).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*POST \/ hi$/)
    expect(status(refused)).toBe('413')
  })

  it('answers 413 to long bodies without keeping them, announced or in chunks', async () => {
    const { port } = await serve(echo)

    const announced = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: 'x'.repeat(1001),
    })
    const chunked = await talk(
      port,
      `POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n${'x'.repeat(1001)}`,
    )

    expect(announced.status).toBe(413)
    expect(status(chunked)).toBe('413')
  })

  it('inflates gzip and deflate bodies up to the limit', async () => {
    const { port } = await serve(echo, { inflate: true })
    const post = (body: Buffer, encoding: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-encoding': encoding },
      })

    const plain = await post(gzipSync('hello'), 'gzip')
    const bomb = await post(gzipSync('x'.repeat(100_000)), 'gzip')
    const cut = await post(gzipSync('hello').subarray(0, 15), 'gzip')
    const unknown = await post(Buffer.from('x'), 'br')

    expect(await plain.text()).toBe('POST / hello')
    expect([bomb.status, cut.status, unknown.status]).toEqual([413, 400, 415])
  })

  it('answers a failing handler with a neutral 500 and reports it', async () => {
    const { port } = await serve(({ target }) => {
      if (target === '/now') throw new Error('secret')
      return target === '/later'
        ? Promise.reject(new Error('secret'))
        : { status: 200, headers: { 'x-bad': 'a\r\nb' }, body: '' }
    })

    const answers = await Promise.all(
      ['/now', '/later', '/header'].map((path) => fetch(`http://127.0.0.1:${port}${path}`)),
    )

    expect(answers.map((each) => each.status)).toEqual([500, 500, 500])
    expect(await answers[0]?.text()).not.toContain('secret')
    expect(reports).toHaveLength(3)
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
    ['two hosts', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n', '400'],
    ['a folded line', 'GET / HTTP/1.1\r\nhost: a\r\n b\r\n\r\n', '400'],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nhost : a\r\n\r\n', '400'],
    ['a bare line feed', 'GET / HTTP/1.1\r\nhost: a\nx: y\r\n\r\n', '400'],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      '400',
    ],
    [
      'a length and chunks',
      'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      '400',
    ],
    ['a negative length', 'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n', '400'],
    ['an unknown coding', 'GET / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n', '501'],
    ['a bad chunk', 'GET / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', '400'],
    ['another version', 'GET / HTTP/2.0\r\nhost: a\r\n\r\n', '505'],
    ['another expectation', 'GET / HTTP/1.1\r\nhost: a\r\nexpect: cake\r\n\r\n', '417'],
    ['endless headers', `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}`, '431'],
  ])('refuses %s', async (_name, sent, wanted) => {
    const { port } = await serve(echo)

    const text = await talk(port, sent)

    expect(status(text)).toBe(wanted)
    expect(text).toContain('connection: close')
  })

  it('cuts off a client that never completes its request', async () => {
    const { port } = await serve(echo)
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('GET / HTTP/1.1\r\nhost: ')
    // Once the server has answered another client it has read these bytes too.
    await fetch(`http://127.0.0.1:${port}/`)

    clock.advance(20_000)

    await closed
    expect(status(text)).toBe('408')
  })

  it('keeps HTTP/1.0 connections only when asked to', async () => {
    const { port } = await serve(echo)

    const once = await talk(port, 'GET /1 HTTP/1.0\r\n\r\n')
    const kept = await talk(
      port,
      'GET /1 HTTP/1.0\r\nconnection: keep-alive\r\n\r\n',
      'GET /2 HTTP/1.0\r\n\r\n',
    )

    expect(once).toMatch(/connection: close[^]*GET \/1 $/)
    expect(kept).toMatch(/connection: keep-alive[^]*GET \/1 HTTP[^]*connection: close[^]*GET \/2 $/)
  })

  it('names a busy port and how to choose another', async () => {
    const { port } = await serve(echo)

    const second = serve(echo, { port, portOption: '--front-port' })

    await expect(second).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program. Choose another with --front-port`,
    )
  })

  it('lets a request under way finish when it closes', async () => {
    let release = (): void => {}
    const started = new Promise<void>((resolve) => {
      release = resolve
    })
    let finish = (): void => {}
    const server = await serve((request) => {
      release()
      return new Promise((resolve) => {
        finish = () => resolve(echo(request))
      })
    })
    const answer = fetch(`http://127.0.0.1:${server.port}/x`)
    await started

    let isClosed = false
    const closing = Promise.all([server.close(), server.close()]).then(() => (isClosed = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isClosed).toBe(false)
    finish()

    expect(await (await answer).text()).toBe('GET /x ')
    await closing
  })
})
