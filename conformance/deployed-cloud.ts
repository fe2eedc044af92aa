import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCloud, type Cloud } from 'cloudlet'
import { systemClock } from '../cloud/src/kernel/index.ts'

export type Json = Readonly<Record<string, unknown>>

/** A function from inline code. */
export const inlineFunction = (code: string, properties: Json = {}): Json => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: code },
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: 'arn:aws:iam::000000000000:role/test',
    ...properties,
  },
})

/** A table with the key `id`. */
export const table = (properties: Json = {}): Json => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...properties,
  },
})

/** Settings of an AWS SDK client for the cloud. */
export const clientSettings = (cloud: Pick<Cloud, 'endpoint'>) => ({
  endpoint: cloud.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
})

/** A cloud on free ports whose clock can be moved on, and templates deployed to it. */
export async function startDeployedCloud(data: 'memory' | 'folder' = 'memory') {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-conformance-'))
  const reports: string[] = []
  const time = { aheadMs: 0 }
  const open = (): Promise<Cloud> =>
    createCloud({
      port: 0,
      frontPort: 0,
      data: data === 'memory' ? 'memory' : { folder: join(folder, 'data') },
      clock: { now: () => systemClock.now() + time.aheadMs, after: systemClock.after },
      report({ level, message }) {
        if (level === 'warn' || level === 'error') reports.push(message)
      },
    })
  let cloud = await open()
  return {
    get cloud() {
      return cloud
    },
    get settings() {
      return clientSettings(cloud)
    },
    /** Warnings and errors that the cloud has reported. */
    reports,
    /** Moves the cloud's clock on; timers that run are not hurried. */
    advance(ms: number): void {
      time.aheadMs += ms
    },
    /** Deploys resources as the stack of that name; gives the physical id of each. */
    async deploy(name: string, Resources: Json): Promise<(logicalId: string) => string> {
      const file = join(folder, `${name}.json`)
      const Outputs = Object.fromEntries(
        Object.keys(Resources).map((each) => [each, { Value: { Ref: each } }]),
      )
      writeFileSync(file, JSON.stringify({ Resources, Outputs }))
      const { stack } = await cloud.deployTemplate(file)
      const ids = new Map(stack.outputs.map((output) => [output.name, output.value]))
      return (logicalId) => ids.get(logicalId) ?? ''
    },
    async restart(): Promise<void> {
      await cloud.close()
      cloud = await open()
    },
    async stop(): Promise<void> {
      await cloud.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type DeployedCloud = Awaited<ReturnType<typeof startDeployedCloud>>

/** A refused call: the error's name and message, and its HTTP status. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } } // as the SDK's errors have
    return `${$metadata?.httpStatusCode} ${error.name}: ${error.message}`
  }
  return 'no error'
}

/** Asks again until the answer is there: for what happens behind the caller's back, on a thread of its own. */
export async function eventually<Result>(
  ask: () => Promise<Result | undefined>,
  withinMs = 15_000,
): Promise<Result> {
  const endMs = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > endMs) throw new Error(`Nothing came within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
