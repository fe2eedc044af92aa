import { Duration } from 'aws-cdk-lib'
import type { App, Stack } from 'aws-cdk-lib'
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb'
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb'
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import {
  acknowledge,
  allow,
  jsonHttpApi,
  physicalName,
  serviceFunction,
  serviceStack,
  serviceTable,
} from '@cloudlet/infra'
import type { ServiceStackProps, Stage } from '@cloudlet/infra'
import { readShards } from './domain/shards.ts'
import { RANKED_INDEX } from './store/figures.ts'

const PROJECTOR_TIMEOUT = Duration.seconds(60)
const BATCH_RECORDS_MAX = 100
/**
 * Few, so that a record which always fails does not hold its shard for long: the projector itself waits for what
 * may pass (store/count-tally.ts).
 */
const RETRIES_MAX = 5

/** Orders in, figures out: an HTTP API for the users of the pool, and a projector behind the orders' stream. */
export function cargoStack(app: App, { stage, bundles, users }: ServiceStackProps): void {
  const stack = serviceStack(app, 'cargo', stage, 'Delivered orders and their monitoring')
  const tables = cargoTables(stack, stage)
  const api = jsonHttpApi(stack, {
    stage,
    basePath: 'cargo',
    description: 'Orders and monitor of Cargo Express',
    authorizer: new HttpUserPoolAuthorizer('Users', users.userPool, {
      userPoolClients: [users.client],
    }),
  })
  const common = { stage, bundles }
  const ordersTable = { ORDERS_TABLE: tables.orders.tableName }
  const figureTables = {
    PRODUCTS_TABLE: tables.products.tableName,
    DELIVERIES_TABLE: tables.deliveries.tableName,
    HOURS_TABLE: tables.hours.tableName,
    // In how many parts sums are kept; raise it when projectors get in each other's way (docs/capacity.md).
    FIGURE_SHARDS: String(readShards(process.env['FIGURE_SHARDS'] ?? '1')),
  }

  const orders = serviceFunction(stack, 'Orders', {
    ...common,
    handler: 'cargo/orders',
    description: 'Takes a delivered order',
    environment: ordersTable,
  })
  allow(orders, ['dynamodb:PutItem'], [tables.orders.tableArn])
  addRoute(api, HttpMethod.POST, '/orders', orders, { trailingSlash: true })

  const order = serviceFunction(stack, 'Order', {
    ...common,
    handler: 'cargo/order',
    description: 'Shows an order',
    environment: ordersTable,
  })
  allow(order, ['dynamodb:GetItem'], [tables.orders.tableArn])
  addRoute(api, HttpMethod.GET, '/orders/{order_id}', order)

  const monitor = serviceFunction(stack, 'Monitor', {
    ...common,
    handler: 'cargo/monitor',
    description: 'Shows sales and deliveries',
    environment: figureTables,
  })
  allow(monitor, ['dynamodb:Query'], [...tables.ranked.map(indexArn), tables.hours.tableArn])
  addRoute(api, HttpMethod.GET, '/monitor', monitor, { trailingSlash: true })

  const projector = serviceFunction(stack, 'Projector', {
    ...common,
    handler: 'cargo/projector',
    description: 'Counts each order once',
    environment: { ...figureTables, COUNTED_TABLE: tables.counted.tableName },
    timeout: PROJECTOR_TIMEOUT,
  })
  allow(projector, ['dynamodb:PutItem'], [tables.counted.tableArn])
  const figures = [...tables.ranked, tables.hours].map((table) => table.tableArn)
  allow(projector, ['dynamodb:UpdateItem'], figures)
  project(stack, stage, tables.orders, projector)

  acknowledge(projector.role ?? projector, {
    'AwsSolutions-IAM5[Resource::*]':
      'dynamodb:ListStreams, which reading a stream takes, knows no narrower resource.',
  })
}

function cargoTables(stack: Stack, stage: Stage) {
  const orders = serviceTable(stack, 'OrdersTable', {
    stage,
    name: 'orders',
    partitionKey: 'order_id',
    stream: StreamViewType.NEW_IMAGE,
  })
  const counted = serviceTable(stack, 'Counted', {
    stage,
    name: 'counted_orders',
    partitionKey: 'order_id',
  })
  const products = ranked(
    serviceTable(stack, 'Products', { stage, name: 'products', partitionKey: 'product_id' }),
    'quantity',
  )
  const deliveries = ranked(
    serviceTable(stack, 'Deliveries', { stage, name: 'deliveries', partitionKey: 'delivery_id' }),
    'total_money',
  )
  const hours = serviceTable(stack, 'DeliveriesPerHour', {
    stage,
    name: 'deliveries_per_hour',
    partitionKey: 'day',
    sortKey: 'slot',
  })
  return { orders, counted, products, deliveries, hours, ranked: [products, deliveries] }
}

const indexArn = (table: Table): string => `${table.tableArn}/index/${RANKED_INDEX}`

/** Adds the index that store/figures.ts reads the top of a table from. */
function ranked(table: Table, by: string): Table {
  table.addGlobalSecondaryIndex({
    indexName: RANKED_INDEX,
    partitionKey: { name: 'ranking', type: AttributeType.STRING },
    sortKey: { name: by, type: AttributeType.NUMBER },
  })
  return table
}

function addRoute(
  api: HttpApi,
  method: HttpMethod,
  path: string,
  fn: IFunction,
  { trailingSlash = false } = {},
): void {
  const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn)
  api.addRoutes({ path, methods: [method], integration })
  // Routes cannot end in a slash; a greedy one takes the request that does (requireNoSubpath refuses the rest).
  if (trailingSlash) api.addRoutes({ path: `${path}/{proxy+}`, methods: [method], integration })
}

/** Feeds the projector from the orders' stream; what it never can count ends in a queue. */
function project(stack: Stack, stage: Stage, orders: Table, projector: IFunction): void {
  const uncounted = new Queue(stack, 'Uncounted', {
    queueName: physicalName(stage, 'cargo-uncounted'),
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
  })
  projector.addEventSource(
    // A cast, because the library's own types differ under exactOptionalPropertyTypes.
    new DynamoEventSource(orders as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_RECORDS_MAX,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES_MAX,
      onFailure: new SqsDlq(uncounted),
    }),
  )
  acknowledge(uncounted, { 'AwsSolutions-SQS3': 'It is itself the queue of what failed.' })
}
