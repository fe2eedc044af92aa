import type { Environment } from '../../../kernel/index.ts'
import type { Store } from '../../../storage/index.ts'
import type { Streams } from '../streams/streams.ts'
import type { Catalog } from '../tables/catalog.ts'
import { DefinitionChanged, WriteSession } from './write-session.ts'

/** How often a write is prepared anew because table changes overtook it, before it gives up. */
const attemptsMax = 5

/** Runs item writes: prepared outside the transaction, done inside it, told to stream readers after it. */
export class Writes {
  private readonly environment: Environment
  private readonly store: Store
  private readonly catalog: Catalog
  private readonly streams: Streams

  constructor(environment: Environment, store: Store, catalog: Catalog, streams: Streams) {
    this.environment = environment
    this.store = store
    this.catalog = catalog
    this.streams = streams
  }

  /**
   * @param prepare looks tables up and checks the request against them, outside the transaction; what it answers
   *   runs inside. Both run again when a table's definition changed in between.
   * @throws what either throws
   */
  async run<T>(prepare: () => (session: WriteSession) => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const work = prepare()
      const nowMs = this.environment.clock.now()
      try {
        const { result, streams } = await this.store.write((writer) => {
          const session = new WriteSession(writer, nowMs, this.environment.region)
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
