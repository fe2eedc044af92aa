import { prices, quotas } from './prices.ts'

/** What is expected of the business. */
export type Demand = {
  readonly ordersPerDay: number
  /** Of a day's orders, those of its busiest hour. */
  readonly peakHourShare: number
  /** Dashboards open during the working day, and how often each asks. */
  readonly dashboards: number
  readonly dashboardHours: number
  readonly dashboardEverySeconds: number
  readonly couriers: number
  readonly products: number
  readonly productsPerOrder: number
  /** Orders kept, in months. */
  readonly monthsKept: number
}

export const today: Demand = {
  ordersPerDay: 320,
  peakHourShare: 0.2,
  dashboards: 2,
  dashboardHours: 10,
  dashboardEverySeconds: 5,
  couriers: 10,
  products: 10,
  productsPerOrder: 3,
  monthsKept: 12,
}

const DAYS_PER_MONTH = 30.4
const KB = 1 / 1024 ** 2 // in GB

const MEMORY_GB = 0.5
/**
 * The functions' own time: the average of their REPORT lines with the processor share of 512 MB (`npm run bench --
 * headroom`, 21 November 2026: 4.8, 5.4 and 8.1 ms), rounded up.
 */
const OWN_MS = { order: 5, projector: 6, monitor: 9 } as const
/** What DynamoDB takes on AWS beyond the local engine: it promises single-digit milliseconds; a transaction is two rounds. */
const DYNAMODB_MS = { order: 10, projector: 20, monitor: 10 } as const
const billedMs = (name: keyof typeof OWN_MS): number => OWN_MS[name] + DYNAMODB_MS[name]
const LOG_KB_PER_INVOCATION = 1
const ORDER_KB = 0.9 // the order (0.6), its mark and its share of indexes
const MONITOR_READ_UNITS = 4 // products 0.5, couriers 0.5, a day of hours of ten couriers 3
const ANSWER_KB = { order: 0.5, monitor: 6 } as const
/** The projector takes what has come in since its last batch. */
const PROJECTOR_CYCLE_S = 0.05
const BATCH_MAX = 30 // orders that fit one transaction, with ten products and ten couriers

export type Peak = {
  readonly ordersPerSecond: number
  /** Orders that the projector counts in one transaction. */
  readonly batch: number
  readonly requestsPerSecond: number
  readonly lambdaConcurrency: number
  /** Write units a second of the table and of the one partition that take most. */
  readonly tableWriteUnits: number
  readonly hottestPartitionWriteUnits: number
}

export type Bill = Readonly<
  Record<'API Gateway' | 'Lambda' | 'DynamoDB' | 'Logs' | 'Transfer', number>
>

/** How many different ones of `kinds` are among `draws` at random. */
const distinct = (kinds: number, draws: number): number => kinds * (1 - (1 - 1 / kinds) ** draws)

/** Things that a batch of orders changes. */
const touchedBy = (demand: Demand, batch: number) => ({
  products: distinct(demand.products, batch * demand.productsPerOrder),
  couriers: distinct(demand.couriers, batch),
})

const batchAt = (ordersPerSecond: number): number =>
  Math.min(BATCH_MAX, Math.max(1, ordersPerSecond * PROJECTOR_CYCLE_S))

/** Write units that an order takes: the order, its mark (in a transaction: twice), and its share of the batch's sums. */
function writeUnitsOf(demand: Demand, batch: number): number {
  const { products, couriers } = touchedBy(demand, batch)
  const sums = 2 * (products + couriers + couriers) // products, couriers, and couriers by the hour
  const ranking = 2 * (products + couriers) // another place in the ranking: one entry out, one in
  return 1 + 2 + (sums + ranking) / batch
}

/** The busiest second of an ordinary day's busiest hour. */
export function peakOf(demand: Demand): Peak {
  const ordersPerSecond = (demand.ordersPerDay * demand.peakHourShare) / 3600
  const monitorsPerSecond = demand.dashboards / demand.dashboardEverySeconds
  const batch = batchAt(ordersPerSecond)
  const batches = ordersPerSecond / batch
  const { products } = touchedBy(demand, batch)
  return {
    ordersPerSecond,
    batch,
    requestsPerSecond: ordersPerSecond + monitorsPerSecond,
    lambdaConcurrency:
      (ordersPerSecond * billedMs('order') +
        batches * billedMs('projector') +
        monitorsPerSecond * billedMs('monitor')) /
      1000,
    tableWriteUnits: batches * 2 * products,
    // The index `ranked` of products has all entries under one key.
    hottestPartitionWriteUnits: batches * 2 * products,
  }
}

/** A month's bill in USD. */
export function billOf(demand: Demand): Bill {
  const orders = demand.ordersPerDay * DAYS_PER_MONTH
  const monitors =
    ((demand.dashboards * demand.dashboardHours * 3600) / demand.dashboardEverySeconds) *
    DAYS_PER_MONTH
  const { batch } = peakOf(demand)
  const batches = orders / batch
  const invocations = orders + batches + monitors
  const gbSeconds =
    ((orders * billedMs('order') +
      batches * billedMs('projector') +
      monitors * billedMs('monitor')) /
      1000) *
    MEMORY_GB
  const storedGb = orders * demand.monthsKept * ORDER_KB * KB
  return {
    'API Gateway': (orders + monitors) * prices.httpApiRequest,
    Lambda: invocations * prices.invocation + gbSeconds * prices.gbSecond,
    DynamoDB:
      orders * writeUnitsOf(demand, batch) * prices.writeUnit +
      monitors * MONITOR_READ_UNITS * prices.readUnit +
      storedGb * prices.storageGbMonth,
    Logs: invocations * LOG_KB_PER_INVOCATION * KB * prices.logsGb,
    Transfer: (orders * ANSWER_KB.order + monitors * ANSWER_KB.monitor) * KB * prices.transferOutGb,
  }
}

export const totalOf = (bill: Bill): number =>
  Object.values(bill).reduce((sum, each) => sum + each, 0)

/** Of each limit, how much the peak uses: 1 is all. The first to reach 1 is what saturates first. */
export function usesOf(
  peak: Peak,
  figureShards = 1,
): readonly (readonly [limit: string, share: number])[] {
  const uses: (readonly [string, number])[] = [
    [
      'API Gateway: requests a second of the account',
      peak.requestsPerSecond / quotas.apiRequestsPerSecond,
    ],
    ['Lambda: concurrent executions', peak.lambdaConcurrency / quotas.lambdaConcurrency],
    ['DynamoDB: write units of one table', peak.tableWriteUnits / quotas.tableWriteUnitsPerSecond],
    [
      'DynamoDB: one partition (the ranking of products)',
      peak.hottestPartitionWriteUnits / figureShards / quotas.partitionWriteUnitsPerSecond,
    ],
  ]
  return uses.toSorted(([, a], [, b]) => b - a)
}
