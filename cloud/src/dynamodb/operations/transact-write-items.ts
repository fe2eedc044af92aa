import {
  AwsError,
  list,
  optional,
  structure,
  text,
  textOf,
  type TypeOf,
} from '../../kernel/index.ts'
import { readUnits, TableConsumptions, transactionFactor } from '../engine/capacity.ts'
import {
  checkItemSize,
  ConditionFailed,
  planWrite,
  type ItemWrite,
  type PlannedWrite,
  type WriteOutcome,
} from '../engine/items/item-write.ts'
import type { WriteSession } from '../engine/items/write-session.ts'
import { readItem } from '../engine/reads/get.ts'
import type { Catalog } from '../engine/tables/catalog.ts'
import { Throttled } from '../engine/throttle.ts'
import { requestDigest, useToken } from '../engine/transactions/request-tokens.ts'
import { attributeMap, checkItem, type Item } from '../engine/values/index.ts'
import { clientRequestTokenLengthMax, transactActionsMax, transactBytesMax } from '../limits.ts'
import { collectionMetricsByTable, wireItem } from './answers.ts'
import {
  checkConditionParameters,
  checkUpdateParameters,
  conditionOf,
  updateRequest,
} from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import * as shape from './shapes.ts'
import {
  throttledReason,
  transactionCanceled,
  type CancellationReason,
} from './transaction-canceled.ts'

const conditional = {
  TableName: shape.tableName,
  ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
  ExpressionAttributeNames: shape.names,
  ExpressionAttributeValues: shape.values,
}

const transactItem = structure({
  ConditionCheck: optional(
    structure({ ...conditional, Key: attributeMap, ConditionExpression: text }),
  ),
  Put: optional(
    structure({ ...conditional, Item: attributeMap, ConditionExpression: shape.expression }),
  ),
  Delete: optional(
    structure({ ...conditional, Key: attributeMap, ConditionExpression: shape.expression }),
  ),
  Update: optional(
    structure({
      ...conditional,
      Key: attributeMap,
      UpdateExpression: text,
      ConditionExpression: shape.expression,
    }),
  ),
})

type Action = {
  readonly tableName: string
  readonly returnOnFailure: 'ALL_OLD' | 'NONE' | undefined
  readonly write: ItemWrite
}

/** Says that every reason is "None": there is nothing to complain of. */
const noReason: CancellationReason = { Code: 'None' }

export const transactWriteItems = operation('TransactWriteItems', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
    ClientRequestToken: optional(textOf({ min: 1, max: clientRequestTokenLengthMax })),
    TransactItems: list(transactItem, { min: 1, max: transactActionsMax }),
  },
  async run({ catalog, writes, store, environment }, input) {
    const token = input.ClientRequestToken
    const digest = token === undefined ? undefined : requestDigest(input.TransactItems)
    const actions = input.TransactItems.map(actionOf)
    const nowMs = environment.clock.now()
    const { plans, outcomes } = await writes.run(() => {
      const plans = plansOf(catalog, actions)
      return (session) => {
        if (token !== undefined && digest !== undefined) {
          const state = useToken(session.writer, token, digest, nowMs)
          if (state === 'mismatch') throw parameterMismatch()
          if (state === 'repeated') return { plans, outcomes: undefined }
        }
        return { plans, outcomes: runAll(session, actions, plans) }
      }
    }, transactionFactor)
    const used = new TableConsumptions()
    for (const [at, { place }] of plans.entries()) {
      const outcome = outcomes?.[at]
      if (outcome !== undefined) used.of(place.table).merge(outcome.used, transactionFactor)
      else {
        const found = readItem(store.reader, place.key)
        used.of(place.table).addTable(readUnits(found?.size ?? 0, 'transaction'))
      }
    }
    return {
      // A repeated request only reads ("Amazon DynamoDB Transactions: how it works", idempotency).
      ...used.member(input.ReturnConsumedCapacity, outcomes === undefined ? 'read' : 'write'),
      ...collectionMetricsByTable(
        input.ReturnItemCollectionMetrics,
        plans.map(({ place }, at) => ({ table: place.table, keyOf: keyOf(actions[at]?.write) })),
      ),
    }
  },
})

const keyOf = (write: ItemWrite | undefined): Item => {
  if (write === undefined) return {}
  return write.kind === 'put' ? write.item : write.key
}

type TransactItem = TypeOf<typeof transactItem>

function actionOf(item: TransactItem): Action {
  const given = [item.ConditionCheck, item.Put, item.Delete, item.Update].filter(
    (each) => each !== undefined,
  )
  const [only] = given
  if (only === undefined || given.length > 1) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete')
  }
  return {
    tableName: only.TableName,
    returnOnFailure: only.ReturnValuesOnConditionCheckFailure,
    write: writeOf(item),
  }
}

function writeOf(item: TransactItem): ItemWrite {
  const { ConditionCheck: check, Put: put, Delete: remove, Update: update } = item
  if (update !== undefined) {
    checkUpdateParameters(update)
    const key = checkItem(update.Key)
    return { kind: 'update', key, ...updateRequest(update) }
  }
  if (put !== undefined) {
    checkConditionParameters(put)
    const content = checkItem(put.Item)
    checkItemSize(content)
    return { kind: 'put', item: content, condition: conditionOf(put) }
  }
  const keyed = check ?? remove
  if (keyed === undefined) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete')
  }
  checkConditionParameters(keyed)
  const key = checkItem(keyed.Key)
  return { kind: check === undefined ? 'delete' : 'check', key, condition: conditionOf(keyed) }
}

function plansOf(catalog: Catalog, actions: readonly Action[]): PlannedWrite[] {
  const places = new Set<string>()
  return actions.map(({ tableName, write }) => {
    const plan = planWrite(catalog.get(tableName), write)
    const place = plan.place.key.toString('latin1')
    if (places.has(place)) {
      throw invalid('Transaction request cannot include multiple operations on one item')
    }
    places.add(place)
    return plan
  })
}

/** Runs every action, so that each gets its reason; one failure takes all back. */
function runAll(
  session: WriteSession,
  actions: readonly Action[],
  plans: readonly PlannedWrite[],
): WriteOutcome[] {
  const outcomes: WriteOutcome[] = []
  const reasons = plans.map((plan, at): CancellationReason => {
    try {
      outcomes.push(plan.run(session))
      return noReason
    } catch (error) {
      return reasonOf(error, actions[at]?.returnOnFailure === 'ALL_OLD')
    }
  })
  if (reasons.some((reason) => reason !== noReason)) throw transactionCanceled(reasons)
  let bytes = 0
  for (const { before, after } of outcomes) bytes += (after ?? before)?.size ?? 0
  if (bytes > transactBytesMax) {
    throw invalid('The aggregate size of the items in the transaction exceeds 4 MB')
  }
  return outcomes
}

function reasonOf(error: unknown, withItem: boolean): CancellationReason {
  if (error instanceof Throttled) return throttledReason(error)
  if (error instanceof ConditionFailed) {
    return {
      Code: 'ConditionalCheckFailed',
      Message: error.message,
      ...(withItem && error.found !== undefined ? { Item: wireItem(error.found) } : {}),
    }
  }
  if (error instanceof AwsError && error.code === 'ValidationException') {
    return { Code: 'ValidationError', Message: error.message }
  }
  throw error
}

const parameterMismatch = (): AwsError =>
  new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request',
  )
