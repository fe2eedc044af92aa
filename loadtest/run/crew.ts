import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { startGenerator, type Report } from '../engine/generator.ts'
import { loadScenario } from '../engine/load-scenario.ts'
import type { Plan } from '../engine/plan.ts'
import type { FromWorker, ToWorker, WorkerOrders } from './worker.ts'

/** Those who generate the load. */
export type Crew = {
  readonly size: number
  readonly stop: () => void
  /** Resolves when all have reported everything; rejects when one broke. */
  readonly done: Promise<unknown>
}

type OnReport = (worker: number, report: Report) => void

/** Generates the load in this very thread: for tests, and for the smallest machines. */
export async function soloCrew(plan: Plan, shared: unknown, onReport: OnReport): Promise<Crew> {
  const scenario = await loadScenario(plan.source)
  const seat = { worker: 0, workers: 1 }
  const { stop, done } = startGenerator(plan, seat, scenario, shared, (each) => onReport(0, each))
  return { size: 1, stop, done }
}

/** Generates the load in worker threads, each on a core of its own; all start together. */
export async function threadCrew(
  plan: Plan,
  size: number,
  shared: unknown,
  onReport: OnReport,
): Promise<Crew> {
  const file = workerFile()
  const workers = Array.from({ length: size }, (_, worker) => {
    const orders: WorkerOrders = { plan, seat: { worker, workers: size }, shared }
    return new Worker(file, { workerData: orders })
  })
  const order = (message: ToWorker): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, no window
    for (const worker of workers) worker.postMessage(message)
  }
  const ended = workers.map(
    (thread) =>
      new Promise<void>((resolve, reject) => {
        thread.once('error', reject)
        thread.once('exit', () => resolve())
      }),
  )
  const done = Promise.all(ended)
  done.catch(() => order('stop')) // reported to whoever awaits `done`
  const ready = workers.map(
    (thread, seat) =>
      new Promise<void>((resolve) => {
        thread.on('message', (message: FromWorker) => {
          if (message.kind === 'ready') resolve()
          else onReport(seat, message)
        })
      }),
  )
  await Promise.race([Promise.all(ready), done])
  order('go')
  return { size, stop: () => order('stop'), done }
}

const NAME = 'load-worker.mjs'

/** The bundle of worker.ts: beside the running bundle (also when that is a chunk of it), or in cloud/dist. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = ['.', '..', '../../cloud/dist'].map((folder) => join(here, folder, NAME))
  const found = candidates.find((file) => existsSync(file))
  if (found === undefined) throw new Error(`${NAME} is missing; run "npm run build".`)
  return found
}
