import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  manualClock,
  seededIds,
  systemClock,
  type Clock,
  type HttpHandler,
  type RestAnswer,
} from '../kernel/index.ts'
import type { Pressure } from './environments/pressure.ts'
import { createLambda, type FunctionDefinition, type Lambda, type LambdaLimits } from './index.ts'

/** A Lambda for tests, with bundles in a temporary folder and everything it says at hand. */
export type TestLambda = {
  readonly lambda: Lambda
  readonly clock: ReturnType<typeof manualClock>
  readonly logs: LoggedEvent[]
  /** Lines logged so far, one text each. */
  readonly lines: () => string[]
  /** Bodies sent to destinations. */
  readonly sent: { readonly arn: string; readonly body: string }[]
  /** Writes the files as a bundle and deploys it. */
  readonly deploy: (
    files: string | Readonly<Record<string, string>>,
    changes?: Partial<FunctionDefinition>,
  ) => FunctionDefinition
  /** Calls a route of the Lambda API, as `wire` does. */
  readonly call: (
    operation: string,
    call?: {
      parameters?: Record<string, string>
      query?: Record<string, string>
      headers?: Record<string, string>
      body?: string
    },
  ) => Promise<RestAnswer>
  readonly close: () => Promise<void>
}

type LoggedEvent = { group: string; stream: string; timestamp: number; message: string }

export type TestLambdaOptions = {
  readonly handle?: HttpHandler
  readonly limits?: Partial<LambdaLimits>
  /** The machine's clock instead of one that stands still. */
  readonly realTime?: boolean
  readonly cpuScale?: boolean
  readonly pressure?: Pressure
}

export function startLambda(options: TestLambdaOptions = {}): TestLambda {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudlet-lambda-'))
  const clock = manualClock()
  const logs: LoggedEvent[] = []
  const sent: { arn: string; body: string }[] = []
  const usedClock: Clock = options.realTime === true ? systemClock : clock
  const checkpoints = new Map<string, string>()
  const lambda = createLambda({
    environment: {
      clock: usedClock,
      ids: seededIds(7),
      region: 'us-east-1',
      accountId: '000000000000',
      report() {},
    },
    logs: {
      write: (group, stream, events) =>
        void logs.push(...events.map((event) => ({ group, stream, ...event }))),
    },
    cloud: {
      endpoint: () => 'http://localhost:4566',
      handle: options.handle ?? (() => ({ status: 404, headers: {}, body: '' })),
    },
    streams: {
      shards: () => undefined,
      read: () => ({ records: [], ended: false }),
      latest: () => undefined,
      subscribe: () => () => {},
    },
    checkpoints: {
      get: (id) => checkpoints.get(id),
      put: async (id, value) => void checkpoints.set(id, value),
      remove: async (id) => void checkpoints.delete(id),
    },
    destinations: async (arn, body) => void sent.push({ arn, body }),
    cpuScale: options.cpuScale === true,
    ...(options.pressure === undefined ? {} : { pressure: options.pressure }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  return {
    lambda,
    clock,
    logs,
    lines: () => logs.map((each) => each.message),
    sent,
    deploy(files, changes = {}) {
      const definition = functionDefinition(writeBundle(folder, files), changes)
      lambda.functions.put(definition)
      return definition
    },
    call: async (operation, call = {}) => callRoute(lambda, operation, call),
    async close() {
      await lambda.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writeBundle(folder: string, files: string | Readonly<Record<string, string>>): string {
  const codeFolder = mkdtempSync(path.join(folder, 'bundle-'))
  const all = typeof files === 'string' ? { 'index.js': files } : files
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(codeFolder, name)), { recursive: true })
    writeFileSync(path.join(codeFolder, name), text)
  }
  return codeFolder
}

export const functionDefinition = (
  codeFolder: string,
  changes: Partial<FunctionDefinition>,
): FunctionDefinition => ({
  name: 'fn',
  arn: `arn:aws:lambda:us-east-1:000000000000:function:${changes.name ?? 'fn'}`,
  runtime: 'nodejs20.x',
  handler: 'index.handler',
  codeFolder,
  codeSha256: '',
  environment: {},
  memoryMb: 128,
  timeoutMs: 3_000,
  role: 'arn:aws:iam::000000000000:role/fn',
  lastModified: '2026-01-01T00:00:00.000Z',
  logGroup: `/aws/lambda/${changes.name ?? 'fn'}`,
  tracing: 'PassThrough',
  architectures: ['x86_64'],
  tags: {},
  ...changes,
})

async function callRoute(
  lambda: Lambda,
  operation: string,
  call: NonNullable<Parameters<TestLambda['call']>[1]>,
): Promise<RestAnswer> {
  const [service] = lambda.services
  if (service?.kind !== 'rest') throw new Error('Lambda serves REST routes')
  const route = service.routes.find((each) => each.operation === operation)
  if (route === undefined) throw new Error(`No route for ${operation}`)
  return route.run({
    parameters: call.parameters ?? { FunctionName: 'fn' },
    query: new URLSearchParams(call.query),
    headers: call.headers ?? {},
    body: Buffer.from(call.body ?? ''),
  })
}
