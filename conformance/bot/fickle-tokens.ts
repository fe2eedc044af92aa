import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The token API behind something that can be told to fail. */
export type FickleTokens = {
  readonly url: string
  readonly fail: (
    how: 'no' | 'answers 503' | 'hangs up' | 'never answers' | 'loses its answers',
  ) => void
  readonly calls: () => readonly string[]
  readonly close: () => Promise<void>
}

export async function fickleTokens(behind: string): Promise<FickleTokens> {
  let failing: Parameters<FickleTokens['fail']>[0] = 'no'
  const calls: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      calls.push(`${request.method ?? ''} ${request.url ?? ''}`)
      const body = await bodyOf(request)
      if (failing === 'answers 503') return void response.writeHead(503).end('{"error":"down"}')
      if (failing === 'never answers') return
      if (failing === 'hangs up') return void request.socket.destroy()
      const answer = await fetch(`${behind}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: { 'content-type': 'application/json' },
        ...(body === '' ? {} : { body }),
      })
      const text = await answer.text()
      if (failing === 'loses its answers') return void request.socket.destroy()
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    fail(how) {
      failing = how
    },
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
