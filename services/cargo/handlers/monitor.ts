import { documentClient, env, httpHandler, ok, requireNoSubpath } from '@cloudlet/kit'
import { monitorView } from '../domain/monitor.ts'
import { MonitorQuery } from '../domain/requests.ts'
import { readShards } from '../domain/shards.ts'
import { hourWindow } from '../domain/timestamp.ts'
import { figureStore } from '../store/figures.ts'

const figures = figureStore(
  documentClient(),
  {
    products: env('PRODUCTS_TABLE'),
    couriers: env('DELIVERIES_TABLE'),
    hours: env('HOURS_TABLE'),
  },
  readShards(env('FIGURE_SHARDS')),
)

/** GET /monitor */
export const handler = httpHandler({ query: MonitorQuery }, async ({ query, path, now }) => {
  requireNoSubpath(path)
  const { top, hours } = query
  return ok(monitorView(await figures.read(top, hourWindow(now, hours)), top, now))
})
