import { DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb'
import type { Row } from './report.ts'

/**
 * How hot the hottest keys of the figures are: of all pieces that were counted, the share that was added to one item of
 * `products`, and the share that went into one partition of the index that ranks them. The same shares of DynamoDB's
 * writes meet there on AWS. And whether the totals are exact: all pieces of all orders, in the orders and in the figures.
 */
export async function hotKeys(endpoint: string, shards: number): Promise<Row> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const products = await settled(client)
  const ordered = await piecesOrdered(client)
  client.destroy()
  const counted = sum(products.map((each) => each.quantity))
  const partitions = new Map<string, number>()
  for (const { ranking, quantity } of products) {
    partitions.set(ranking, (partitions.get(ranking) ?? 0) + quantity)
  }
  const shareOf = (most: number): string => `${((most / counted) * 100).toFixed(1)} %`
  return {
    'figure shards': shards,
    items: products.length,
    'in the busiest item': shareOf(Math.max(...products.map((each) => each.quantity))),
    'in the busiest partition': shareOf(Math.max(...partitions.values())),
    'pieces ordered': ordered,
    'pieces counted': counted,
  }
}

type Product = { readonly ranking: string; readonly quantity: number }

/** The figures once the projector has nothing left to count. */
async function settled(client: DynamoDBClient): Promise<readonly Product[]> {
  for (let before = -1; ;) {
    const products: Product[] = []
    for await (const item of scanned(client, 'products')) {
      products.push({
        ranking: item['ranking']?.S ?? '',
        quantity: Number(item['quantity']?.N ?? 0),
      })
    }
    const counted = sum(products.map((each) => each.quantity))
    if (counted === before) return products
    before = counted
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

async function piecesOrdered(client: DynamoDBClient): Promise<number> {
  let pieces = 0
  for await (const { productos } of scanned(client, 'orders')) {
    for (const { M } of productos?.L ?? []) pieces += Number(M?.['cantidad']?.N ?? 1)
  }
  return pieces
}

async function* scanned(client: DynamoDBClient, TableName: string) {
  let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey']
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName, ExclusiveStartKey }),
    )
    yield* page.Items ?? []
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey !== undefined)
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)
