import { parentPort, workerData } from 'node:worker_threads'
import { startGenerator, type Report } from '../engine/generator.ts'
import { loadScenario } from '../engine/load-scenario.ts'
import type { Plan, Seat } from '../engine/plan.ts'

/** What a worker is started with. */
export type WorkerOrders = {
  readonly plan: Plan
  readonly seat: Seat
  readonly shared: unknown
}

export type FromWorker = { readonly kind: 'ready' } | Report
export type ToWorker = 'go' | 'stop'

// The file that worker threads run: waits until all are ready, so that they start together.
if (parentPort !== null) {
  const port = parentPort
  const { plan, seat, shared } = workerData as WorkerOrders
  const scenario = await loadScenario(plan.source)
  const tell = (message: FromWorker): void => port.postMessage(message)
  let stop = (): void => port.close()
  port.on('message', (message: ToWorker) => {
    if (message === 'stop') return stop()
    const generator = startGenerator(plan, seat, scenario, shared, tell)
    stop = generator.stop
    void generator.done.then(() => port.close())
  })
  tell({ kind: 'ready' })
}
