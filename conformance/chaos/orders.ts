import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'

/** What must hold after every fault: each line is empty when it does. */
export type Findings = {
  readonly acknowledged: number
  readonly stored: number
  readonly lost: readonly string[]
  readonly differences: readonly string[]
}

export type Order = { readonly id: string; readonly body: string }

/** The same order for the same number. */
export function makeOrder(serial: number): Order {
  const id = `chaos-${serial}`
  const product = (offset: number): object => ({
    IdProducto: `pk${String((serial * 7 + offset) % 10).padStart(4, '0')}`,
    producto: `Producto ${(serial * 7 + offset) % 10}`,
    precio: ((serial % 5) + 1) / 10,
    cantidad: (serial % 3) + 1,
  })
  const body = JSON.stringify({
    pedido_id: id,
    repartidor: { IdRepartidor: 101 + (serial % 10), Nombre: `Repartidor ${serial % 10}` },
    productos: [product(0), product(1), product(3)],
    timestamp: new Date(Date.UTC(2026, 10, 21, serial % 24, 30)).toISOString(),
  })
  return { id, body }
}

type Row = Readonly<Record<string, unknown>>

/**
 * Compares the figures with the sums of the orders table, exactly; waits a while for the projector, and no longer
 * than 20 s.
 */
export async function countedOnce(
  cloud: { readonly endpoint: string },
  acknowledged: ReadonlySet<string>,
): Promise<Findings> {
  const client = new DynamoDBClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const tables = (await client.send(new ListTablesCommand({}))).TableNames ?? []
  const documents = DynamoDBDocumentClient.from(client)
  async function rows(wanted: string): Promise<Row[]> {
    const table = tables.find((name) => name === wanted)
    if (table === undefined) throw new Error(`No table ${wanted} among ${tables.join(', ')}.`)
    const found: Row[] = []
    for await (const page of paginateScan(
      { client: documents },
      { TableName: table, ConsistentRead: true },
    )) {
      found.push(...(page.Items ?? []))
    }
    return found
  }
  const stored = await rows('orders')
  const wanted = sums(stored)
  const until = Date.now() + 20_000
  let differences: string[]
  do {
    const found = {
      products: new Map(
        (await rows('products')).map((r) => [String(r['product_id']), Number(r['quantity'])]),
      ),
      deliveries: new Map(
        (await rows('deliveries')).map((r) => [
          String(r['delivery_id']),
          Number(r['delivered_orders']),
        ]),
      ),
      hours: new Map(
        (await rows('deliveries_per_hour')).map((r) => [
          `${String(r['hour'])} ${String(r['delivery_id'])}`,
          Number(r['orders']),
        ]),
      ),
    }
    differences = (['products', 'deliveries', 'hours'] as const).flatMap((kind) =>
      differenceOf(kind, wanted[kind], found[kind]),
    )
  } while (differences.length > 0 && Date.now() < until)
  client.destroy()
  const ids = new Set(stored.map((row) => String(row['order_id'])))
  return {
    acknowledged: acknowledged.size,
    stored: ids.size,
    lost: [...acknowledged].filter((id) => !ids.has(id)),
    differences,
  }
}

type Sums = Readonly<Record<'products' | 'deliveries' | 'hours', ReadonlyMap<string, number>>>

function sums(stored: readonly Row[]): Sums {
  const products = new Map<string, number>()
  const deliveries = new Map<string, number>()
  const hours = new Map<string, number>()
  const add = (to: Map<string, number>, key: string, count: number): void =>
    void to.set(key, (to.get(key) ?? 0) + count)
  for (const row of stored) {
    const serial = Number(String(row['order_id']).slice('chaos-'.length))
    const order = JSON.parse(makeOrder(serial).body) as {
      repartidor: { IdRepartidor: number }
      productos: { IdProducto: string; cantidad: number }[]
      timestamp: string
    }
    const courier = String(order.repartidor.IdRepartidor)
    for (const product of order.productos) add(products, product.IdProducto, product.cantidad)
    add(deliveries, courier, 1)
    add(hours, `${order.timestamp.slice(0, 13)}:00:00Z ${courier}`, 1)
  }
  return { products, deliveries, hours }
}

function differenceOf(
  kind: string,
  wanted: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
): string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => wanted.get(key) !== found.get(key))
    .map((key) => `${kind} ${key}: ${found.get(key)} counted, ${wanted.get(key)} ordered`)
}
