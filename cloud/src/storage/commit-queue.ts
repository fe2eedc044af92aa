import type { OrderedMap } from './transactions.ts'

/** A transaction that waits for its turn. */
export type Pending = {
  readonly run: () => void
  readonly settle: (failure?: unknown) => void
}

/** Runs transactions in their order, and commits together those of one turn of the event loop. */
export class CommitQueue {
  private readonly map: OrderedMap
  private readonly queue: Pending[] = []
  private scheduled = false
  private whenIdle: (() => void) | undefined

  constructor(map: OrderedMap) {
    this.map = map
  }

  add(pending: Pending): void {
    this.queue.push(pending)
    if (this.scheduled) return
    this.scheduled = true
    setImmediate(() => this.commitAll())
  }

  /** Resolves when nothing waits. To be asked once, after the last `add`. */
  idle(): Promise<void> {
    if (!this.scheduled) return Promise.resolve()
    return new Promise((resolve) => {
      this.whenIdle = resolve
    })
  }

  private commitAll(): void {
    while (this.queue.length > 0) {
      const room = this.map.makeRoom()
      if (room !== undefined) {
        const goOn = (): void => this.commitAll()
        room.catch((error: unknown) => this.settleAll(error)).then(goOn, goOn)
        return
      }
      this.commitSome()
    }
    this.scheduled = false
    this.whenIdle?.()
  }

  private commitSome(): void {
    const { map, queue } = this
    let count = 0
    try {
      map.commit(() => {
        for (const pending of queue) {
          pending.run()
          count += 1
          if (map.isFull) break
        }
      })
    } catch (error) {
      this.settleAll(error)
      return
    }
    for (const pending of queue.splice(0, count)) pending.settle()
  }

  private settleAll(failure: unknown): void {
    for (const pending of this.queue.splice(0)) pending.settle(failure)
  }
}
