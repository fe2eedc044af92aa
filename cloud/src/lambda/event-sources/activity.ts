/**
 * Counts what is under way, so that one can wait for rest. Waiting for the clock does not count: time may have
 * to be moved on by whoever waits.
 */
export class Activity {
  private running = 0
  private waiting: (() => void)[] = []

  begin(): void {
    this.running++
  }

  end(): void {
    this.running--
    if (this.running > 0) return
    const waiting = this.waiting
    this.waiting = []
    for (const resume of waiting) resume()
  }

  /** Runs `work` as something that is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.begin()
    try {
      return await work()
    } finally {
      this.end()
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.running > 0) await new Promise<void>((resume) => this.waiting.push(resume))
  }
}
