export type MonitorAnswer = {
  readonly products_sales: readonly ProductRow[]
  readonly delivery_performance: readonly CourierRow[]
  readonly deliveries_per_hour: readonly HourRow[]
  readonly as_of: string
}
export type ProductRow = {
  readonly product_id: string
  readonly name: string
  readonly quantity: number
}
export type CourierRow = {
  readonly delivery_id: string
  readonly name: string
  readonly delivered_orders: number
  readonly delivered_products: number
  readonly total_money: string
}
export type HourRow = {
  readonly hour: string
  readonly delivery_id: string
  readonly name: string
  readonly orders: number
}

const ATTEMPTS_MAX = 4
const WAIT_MS = 200

/** The cargo API over HTTP. Answers that may pass (429, 5xx, no connection) are asked for again: posting is idempotent. */
export function cargoApi(frontDoor: string, token: string) {
  async function ask(method: string, path: string, body?: unknown): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${frontDoor}/cargo${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        if (attempt >= ATTEMPTS_MAX) throw unreachable(frontDoor, error)
      })
      const mayPass = response === undefined || response.status === 429 || response.status >= 500
      if (response !== undefined && (!mayPass || attempt >= ATTEMPTS_MAX)) return response
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt))
    }
  }

  return {
    /** The answer's status: 201 for a new order. */
    post: async (order: unknown): Promise<number> => {
      const response = await ask('POST', '/orders', order)
      await response.arrayBuffer()
      return response.status
    },

    monitor: async (): Promise<MonitorAnswer> => {
      const response = await ask('GET', '/monitor?top=100')
      if (!response.ok) {
        throw new Error(`The monitor answered ${response.status}: ${await response.text()}`)
      }
      // The contract of GET /monitor.
      return (await response.json()) as MonitorAnswer
    },
  }
}

const unreachable = (frontDoor: string, cause: unknown): Error =>
  new Error(`No answer at ${frontDoor}. Is the cloud running? Start it with: npm start`, { cause })
