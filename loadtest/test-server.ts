import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Plan } from './engine/plan.ts'

/** A server on a free port for tests. */
export async function testServer(
  handle: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ readonly url: string; readonly close: () => void }> {
  let count = 0
  const server = createServer((request, response) => handle(request, response, ++count))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A plan with one user for a second, unless told otherwise. */
export const planFor = (base: string, rest: Partial<Plan>): Plan => ({
  source: { kind: 'shipped', name: 'tokens' },
  target: { base, services: {} },
  profile: { name: 'fixed', durationMs: 1000 },
  users: 1,
  delayMs: 0,
  stopOnFailure: false,
  timeoutMs: 5000,
  connectionsMax: 1000,
  seed: 1,
  runId: 'test',
  data: [],
  ...rest,
})
