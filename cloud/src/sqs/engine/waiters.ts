import type { Clock } from '../../kernel/index.ts'

/** Receives that wait for a message ("long polling"), by queue. */
export class Waiters {
  private readonly byQueue = new Map<string, Set<() => void>>()
  private readonly clock: Clock
  private ended = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Resolves when the queue's messages changed, `ms` have passed, or everything ends. */
  async wait(queue: string, ms: number): Promise<void> {
    if (this.ended) return
    const waiting = this.byQueue.get(queue) ?? new Set()
    this.byQueue.set(queue, waiting)
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel()
        waiting.delete(end)
        if (waiting.size === 0 && this.byQueue.get(queue) === waiting) this.byQueue.delete(queue)
        resolve()
      }
      const cancel = this.clock.after(ms, end)
      waiting.add(end)
    })
  }

  /** To be called after a commit that made messages of the queue visible, or took the queue away. */
  wake(queue: string): void {
    for (const end of this.byQueue.get(queue) ?? []) end()
  }

  /** Lets every wait end, now and later. */
  end(): void {
    this.ended = true
    for (const queue of this.byQueue.keys()) this.wake(queue)
  }

  get isEnded(): boolean {
    return this.ended
  }
}
