import type { Clock } from '../../kernel/index.ts'

/** Numbers that grow with time, also over restarts: milliseconds times 1,000, plus a count. */
export class Serials {
  private last = 0
  private readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** The first of `count` numbers that nobody else gets. */
  take(count: number): number {
    const first = Math.max(this.last + 1, this.clock.now() * 1000)
    this.last = first + count - 1
    return first
  }
}
