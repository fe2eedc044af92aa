import { AwsError, manualClock, seededIds, writeJson, type ManualClock } from '../kernel/index.ts'
import { openMemoryStore } from '../storage/index.ts'
import { createDynamoDB, type DynamoDB } from './index.ts'

export type TestEngine = {
  readonly db: DynamoDB
  readonly clock: ManualClock
  /** Calls an operation; answers as a client would see it. */
  readonly call: (operation: string, input: unknown) => Promise<unknown>
  /** As `call` for a request that is refused: `Code: sentence`. */
  readonly refusal: (operation: string, input: unknown) => Promise<string>
}

/** An engine in memory with a clock of its own, for tests. */
export function testEngine(options: { readonly throttle?: boolean } = {}): TestEngine {
  const clock = manualClock()
  const db = createDynamoDB({
    environment: {
      clock,
      ids: seededIds(1),
      region: 'us-east-1',
      accountId: '000000000000',
      report: (event) => {
        throw event.cause instanceof Error ? event.cause : new Error(event.message)
      },
    },
    store: openMemoryStore(),
    ...options,
  })
  const call = async (operation: string, input: unknown): Promise<unknown> => {
    const run = db.operations.get(operation)
    if (run === undefined) throw new Error(`There is no operation ${operation}`)
    return JSON.parse(writeJson(await run(input)).toString())
  }
  return {
    db,
    clock,
    call,
    async refusal(operation, input) {
      try {
        await call(operation, input)
      } catch (error) {
        if (error instanceof AwsError) return `${error.code}: ${error.message}`
        throw error
      }
      return 'answered'
    },
  }
}
