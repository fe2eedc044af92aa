import type { Environment } from '../../kernel/index.ts'
import { sweepMs } from '../limits.ts'

/** A piece of work that is done in small transactions: true when more is left. */
export type Task = () => Promise<boolean>

/**
 * Work beside the requests: filling indexes and clearing deleted tables as soon as possible, sweeping expired
 * items, records and tokens at intervals. One piece at a time; a failure is reported and tried again at the next sweep.
 */
export class Background {
  private readonly environment: Environment
  private readonly sweeps: readonly Task[]
  private readonly tasks = new Map<string, Task>()
  /** To be tried again at the next sweep. */
  private readonly failed = new Map<string, Task>()
  private cancelTimer: (() => void) | undefined
  private running: Promise<void> | undefined
  private closed = false

  constructor(environment: Environment, sweeps: readonly Task[]) {
    this.environment = environment
    this.sweeps = sweeps
  }

  /** Begins to sweep at intervals of the environment's clock. */
  start(): void {
    this.closed = false
    const next = (): void => {
      this.cancelTimer = this.environment.clock.after(sweepMs, () => {
        next()
        void this.sweep()
      })
    }
    next()
  }

  close(): void {
    this.closed = true
    this.cancelTimer?.()
  }

  /** Adds a task, once for each name, and begins with it. */
  add(name: string, task: Task): void {
    this.tasks.set(name, task)
    void this.work()
  }

  /** Runs all sweeps now, and tasks that failed before; resolves when they are done. */
  async sweep(): Promise<void> {
    for (const [name, task] of this.failed) this.tasks.set(name, task)
    this.failed.clear()
    for (const [at, task] of this.sweeps.entries()) this.tasks.set(`sweep ${at}`, task)
    await this.work()
  }

  /** Resolves when no task is left. */
  work(): Promise<void> {
    this.running ??= this.runTasks().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async runTasks(): Promise<void> {
    for (let next = this.first(); next !== undefined && !this.closed; next = this.first()) {
      const [name, task] = next
      this.tasks.delete(name)
      try {
        // A task that has more to do waits behind the others.
        if ((await task()) && !this.tasks.has(name)) this.tasks.set(name, task)
      } catch (error) {
        if (this.closed) return
        this.failed.set(name, task)
        this.environment.report({
          level: 'error',
          part: 'dynamodb',
          message: `${name} failed; it is tried again`,
          cause: error,
        })
      }
    }
  }

  private first(): [string, Task] | undefined {
    for (const entry of this.tasks) return entry
    return undefined
  }
}
