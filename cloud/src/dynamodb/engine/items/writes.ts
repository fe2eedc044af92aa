import type { Environment } from '../../../kernel/index.ts'
import type { Store } from '../../../storage/index.ts'
import type { Streams } from '../streams/streams.ts'
import type { Catalog } from '../tables/catalog.ts'
import type { Throttle } from '../throttle.ts'
import { DefinitionChanged, WriteSession } from './write-session.ts'

/** How often a write is prepared anew because table changes overtook it, before it gives up. */
const attemptsMax = 5

/** Runs item writes: prepared outside the transaction, done inside it, told to stream readers after it. */
export class Writes {
  private readonly environment: Environment
  private readonly store: Store
  private readonly catalog: Catalog
  private readonly streams: Streams
  private readonly throttle: Throttle | undefined

  constructor(
    environment: Environment,
    store: Store,
    catalog: Catalog,
    streams: Streams,
    throttle?: Throttle,
  ) {
    this.environment = environment
    this.store = store
    this.catalog = catalog
    this.streams = streams
    this.throttle = throttle
  }

  /**
   * @param prepare looks tables up and checks the request against them, outside the transaction; what it answers
   *   runs inside. Both run again when a table's definition changed in between.
   * @param factor how many times the usual capacity it takes: transactions 2
   * @throws what either throws
   */
  async run<T>(prepare: () => (session: WriteSession) => T, factor = 1): Promise<T> {
    const capacity = this.throttle && { throttle: this.throttle, factor }
    for (let attempt = 1; ; attempt++) {
      const work = prepare()
      const nowMs = this.environment.clock.now()
      try {
        const { result, streams } = await this.store.write((writer) => {
          const session = new WriteSession(writer, nowMs, this.environment.region, capacity)
          const result = work(session)
          session.finish()
          return { result, streams: session.streams }
        })
        for (const streamArn of streams) this.streams.announce(streamArn)
        return result
      } catch (error) {
        if (!(error instanceof DefinitionChanged) || attempt === attemptsMax) throw error
        this.catalog.refresh(error.tableName)
      }
    }
  }
}
