import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, Sending, TestCloud } from '../harness.ts'

let cloud: TestCloud
let token: string
beforeAll(async () => {
  cloud = await startCloud()
  token = await cloud.token()
})
afterAll(() => cloud.close())

const call = (method: string, path: string, sending?: Sending): Promise<Answer> =>
  send(method, `${cloud.frontDoor}/cargo${path}`, { token, ...sending })

type Line = { IdProducto: string; producto: string; precio: number; cantidad?: number }
const LINE: Line = { IdProducto: 'pk0004', producto: 'Pendrive', precio: 12, cantidad: 3 }

const orderOf = (pedido_id: string, changes: object = {}) => ({
  pedido_id,
  repartidor: { IdRepartidor: 101, Nombre: 'María López' },
  productos: [LINE],
  timestamp: new Date().toISOString(),
  ...changes,
})

type Monitor = {
  products_sales: { product_id: string; name: string; quantity: number }[]
  delivery_performance: {
    delivery_id: string
    name: string
    delivered_orders: number
    delivered_products: number
    total_money: string
  }[]
  deliveries_per_hour: { hour: string; delivery_id: string; name: string; orders: number }[]
  as_of: string
}

async function monitor(query = '?top=100&hours=168'): Promise<Monitor> {
  const { json } = await call('GET', `/monitor${query}`)
  return json as Monitor
}

/** What the monitor says of a courier, once it has counted so many orders of theirs. */
const counted = (courier: string, orders: number) =>
  vi.waitFor(
    async () => {
      const { delivery_performance: rows } = await monitor()
      const row = rows.find((candidate) => candidate.delivery_id === courier)
      expect(row?.delivered_orders).toBe(orders)
      return row
    },
    { timeout: 20_000, interval: 20 },
  )

describe('before the first order', () => {
  it('shows an empty monitor', async () => {
    const { status, json } = await call('GET', '/monitor')

    expect(status).toBe(200)
    expect(json).toEqual({
      products_sales: [],
      delivery_performance: [],
      deliveries_per_hour: [],
      as_of: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    })
  })
})

describe('POST /orders', () => {
  it('takes an order, and the same again without counting it twice', async () => {
    const order = orderOf('p-1', { repartidor: { IdRepartidor: 201, Nombre: 'Ana' } })

    const first = await call('POST', '/orders', { body: order })
    const again = await call('POST', '/orders', { body: order })
    const other = await call('POST', '/orders', {
      body: { ...order, productos: [{ ...LINE, cantidad: 4 }] },
    })
    const row = await counted('201', 1)

    const receipt = { order_id: 'p-1', timestamp: order.timestamp }
    expect([first.status, first.json]).toEqual([201, receipt])
    expect([again.status, again.json]).toEqual([200, receipt])
    expect(other.status).toBe(409)
    expect(other.json).toHaveProperty('error')
    expect(row).toMatchObject({ name: 'Ana', delivered_products: 3, total_money: '36.00' })
  })

  it('takes a slash at the end', async () => {
    expect((await call('POST', '/orders/', { body: orderOf('p-slash') })).status).toBe(201)
    expect((await call('GET', '/monitor/')).status).toBe(200)
  })

  it('takes the company’s own time, as UTC', async () => {
    const body = orderOf('p-time', { timestamp: '2026-11-21 10:12:44.123456' })

    const { status, json } = await call('POST', '/orders', { body })

    expect([status, json]).toEqual([
      201,
      { order_id: 'p-time', timestamp: '2026-11-21T10:12:44.123456Z' },
    ])
  })

  it.each([
    ['pedido_id', { pedido_id: '' }],
    ['pedido_id', { pedido_id: 'x'.repeat(65) }],
    ['repartidor', { repartidor: undefined }],
    ['repartidor.Nombre', { repartidor: { IdRepartidor: 1 } }],
    ['repartidor.IdRepartidor', { repartidor: { IdRepartidor: 1.5, Nombre: 'Ana' } }],
    ['productos', { productos: [] }],
    [
      'productos',
      { productos: Array.from({ length: 91 }, (_, n) => ({ ...LINE, IdProducto: `${n}` })) },
    ],
    ['productos.1.IdProducto', { productos: [LINE, LINE] }],
    ['productos.0.precio', { productos: [{ ...LINE, precio: -1 }] }],
    ['productos.0.precio', { productos: [{ ...LINE, precio: '12' }] }],
    ['productos.0.cantidad', { productos: [{ ...LINE, cantidad: 0 }] }],
    ['productos.0.cantidad', { productos: [{ ...LINE, cantidad: 10_001 }] }],
    ['timestamp', { timestamp: 'yesterday' }],
    ['timestamp', { timestamp: '2026-02-30T00:00:00Z' }],
  ])('refuses a wrong %s', async (path, changes) => {
    const { status, json } = await call('POST', '/orders', { body: orderOf('p-bad', changes) })

    expect(status).toBe(400)
    expect(json).toMatchObject({ error: expect.any(String) as unknown, issues: [{ path }] })
  })

  it('answers 400 to what is no JSON and 413 to what is too much', async () => {
    const malformed = await call('POST', '/orders', { body: '{"pedido_id":' })
    const large = await call('POST', '/orders', { body: orderOf('x'.repeat(300_000)) })

    expect([malformed.status, large.status]).toEqual([400, 413])
  })

  it('takes 90 products', async () => {
    const productos = Array.from({ length: 90 }, (_, n) => ({ ...LINE, IdProducto: `wide-${n}` }))
    const repartidor = { IdRepartidor: 202, Nombre: 'Juan' }

    const { status } = await call('POST', '/orders', {
      body: orderOf('p-wide', { productos, repartidor }),
    })

    expect(status).toBe(201)
    expect(await counted('202', 1)).toMatchObject({
      delivered_products: 270,
      total_money: '3240.00',
    })
  })
})

describe('GET /orders/{order_id}', () => {
  it('answers the stored order with its total', async () => {
    const body = orderOf('p-stored', {
      productos: [
        { ...LINE, precio: 0.1 },
        { ...LINE, IdProducto: 'b', precio: 0.2 },
      ],
    })
    await call('POST', '/orders', { body })

    const { status, json } = await call('GET', '/orders/p-stored')

    expect(status).toBe(200)
    expect(json).toMatchObject({ order_id: 'p-stored', ...body, total: '0.90' })
  })

  it.each(['nobody', 'x'.repeat(300), '%F0%9F%99%82', 'constructor'])('finds no %s', async (id) => {
    const { status, json } = await call('GET', `/orders/${id}`)

    expect(status).toBe(404)
    expect(json).toHaveProperty('error')
  })
})

describe('GET /monitor', () => {
  it('counts every order once, exactly, whatever comes in at the same time', async () => {
    const courier = { IdRepartidor: 301, Nombre: 'Laura Sánchez' }
    const orders = Array.from({ length: 150 }, (_, n) =>
      orderOf(`race-${n}`, {
        repartidor: courier,
        productos: [{ IdProducto: 'race', producto: 'Clip', precio: 0.2, cantidad: 1 + (n % 3) }],
      }),
    )

    // Every order is posted twice at the same time.
    const answers = await Promise.all(
      [...orders, ...orders].map((body) => call('POST', '/orders', { body })),
    )
    const row = await counted('301', 150)
    const { products_sales: products, deliveries_per_hour: hours } = await monitor()

    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(150)
    expect(statuses.filter((status) => status === 200)).toHaveLength(150)
    expect(row).toMatchObject({ delivered_products: 300, total_money: '60.00' })
    expect(products.find((product) => product.product_id === 'race')?.quantity).toBe(300)
    const perHour = hours.filter((hour) => hour.delivery_id === '301')
    expect(perHour.reduce((sum, hour) => sum + hour.orders, 0)).toBe(150)
  })

  it('sorts products by quantity, couriers by money and hours newest first', async () => {
    const { products_sales, delivery_performance, deliveries_per_hour } = await monitor()

    const descending = (a: number, b: number): number => b - a
    const quantities = products_sales.map((product) => product.quantity)
    const money = delivery_performance.map((courier) => Number(courier.total_money))
    const hours = deliveries_per_hour.map((hour) => hour.hour)
    expect(quantities).toEqual(quantities.toSorted(descending))
    expect(money).toEqual(money.toSorted(descending))
    expect(hours).toEqual(hours.toSorted((a, b) => (a < b ? 1 : -1)))
    expect(hours[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/)
  })

  it('looks back as many hours as asked for', async () => {
    const timestamp = new Date(Date.now() - 30 * 3_600_000).toISOString()
    await call('POST', '/orders', {
      body: orderOf('p-old', { timestamp, repartidor: { IdRepartidor: 401, Nombre: 'Pedro' } }),
    })
    await counted('401', 1)

    const day = await monitor('?hours=24')
    const week = await monitor('?hours=168&top=1')

    const isOld = (row: { delivery_id: string }): boolean => row.delivery_id === '401'
    expect(day.deliveries_per_hour.some(isOld)).toBe(false)
    expect(week.deliveries_per_hour.some(isOld)).toBe(true)
    expect(week.products_sales).toHaveLength(1)
    expect(week.delivery_performance).toHaveLength(1)
  })

  it.each([
    'top=0',
    'top=101',
    'top=x',
    'hours=0',
    'hours=169',
    'hours=1.5',
    'top=',
    'top=1&top=2',
  ])('refuses ?%s', async (query) => {
    const { status, json } = await call('GET', `/monitor?${query}`)

    expect(status).toBe(400)
    expect(json).toMatchObject({ issues: [{ path: query.split('=')[0] }] })
  })
})

describe('a record that never can be counted', () => {
  it('goes to the queue alone and does not stop the shard', async () => {
    const settings = {
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings))
    const sqs = new SQSClient(settings)

    await client.send(new PutCommand({ TableName: 'orders', Item: { order_id: 'poison' } }))
    const repartidor = { IdRepartidor: 501, Nombre: 'Elena' }
    await call('POST', '/orders', { body: orderOf('p-after', { repartidor }) })

    await counted('501', 1)
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'cargo-uncounted' }))
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }),
    )
    expect(Messages).toHaveLength(1)
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
      DDBStreamBatchInfo: { batchSize: 1 },
    })
    sqs.destroy()
    client.destroy()
  })
})

describe('who may call', () => {
  it.each([undefined, 'x.y.z', ''])('refuses the token %j', async (wrong) => {
    const { status, json } = await send('GET', `${cloud.frontDoor}/cargo/monitor`, { token: wrong })

    expect([status, json]).toEqual([401, { message: 'Unauthorized' }])
  })

  it('takes the id token, too', async () => {
    expect((await call('GET', '/monitor', { token: await cloud.token('id') })).status).toBe(200)
  })

  it.each([
    ['GET', '/nowhere'],
    ['DELETE', '/orders'],
    ['GET', '/'],
  ])('answers 404 to %s %s', async (method, path) => {
    const { status, json } = await call(method, path)

    expect([status, json]).toEqual([404, { message: 'Not Found' }])
  })

  it('answers preflights of web pages without a token', async () => {
    const { status, headers } = await send('OPTIONS', `${cloud.frontDoor}/cargo/orders`, {
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    })

    expect(status).toBeLessThan(300)
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})
