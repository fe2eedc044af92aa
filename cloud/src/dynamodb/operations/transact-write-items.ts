import {
  isPlainInput,
  list,
  optional,
  structure,
  text,
  textOf,
  type TypeOf,
} from '../../kernel/index.ts'
import {
  keyedItem,
  newItem,
  planWrite,
  type ItemWrite,
  type PlannedWrite,
} from '../engine/items/item-write.ts'
import type { Catalog } from '../engine/tables/catalog.ts'
import { attributeMap, checkItem, type Item } from '../engine/values/index.ts'
import { clientRequestTokenLengthMax, transactActionsMax } from '../limits.ts'
import { collectionMetricsByTable } from './answers.ts'
import {
  checkConditionParameters,
  checkUpdateParameters,
  conditionOf,
  updateRequest,
} from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import * as shape from './shapes.ts'
import { conditionReason, twiceOnOneItem, writeTransaction } from './write-transaction.ts'

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

export const transactWriteItems = operation('TransactWriteItems', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
    ClientRequestToken: optional(textOf({ min: 1, max: clientRequestTokenLengthMax })),
    TransactItems: list(transactItem, { min: 1, max: transactActionsMax }),
  },
  async run(context, input) {
    const isPlain = isPlainInput(input)
    const actions = input.TransactItems.map((each) => actionOf(each, isPlain))
    const { plans, used, repeated } = await writeTransaction(context, {
      plan: () => plansOf(context.catalog, actions),
      reasonOfCondition: (failure, at) => conditionReason(failure, actions[at]?.returnOnFailure),
      token: input.ClientRequestToken,
      subject: input.TransactItems,
    })
    return {
      // A repeated request only reads ("Amazon DynamoDB Transactions: how it works", idempotency).
      ...used.member(input.ReturnConsumedCapacity, repeated ? 'read' : 'write'),
      ...collectionMetricsByTable(input.ReturnItemCollectionMetrics, () =>
        plans.map(({ place }, at) => ({ table: place.table, keyOf: keyOf(actions[at]?.write) })),
      ),
    }
  },
})

const keyOf = (write: ItemWrite | undefined): Item => (write === undefined ? {} : keyedItem(write))

type TransactItem = TypeOf<typeof transactItem>

function actionOf(item: TransactItem, isPlain: boolean): Action {
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
    write: writeOf(item, isPlain),
  }
}

function writeOf(item: TransactItem, isPlain: boolean): ItemWrite {
  const { ConditionCheck: check, Put: put, Delete: remove, Update: update } = item
  if (update !== undefined) {
    checkUpdateParameters(update)
    const key = checkItem(update.Key)
    return { kind: 'update', key, ...updateRequest(update), isPlain }
  }
  if (put !== undefined) {
    checkConditionParameters(put)
    const stored = newItem(checkItem(put.Item), isPlain)
    return { kind: 'put', item: stored, condition: conditionOf(put), wantsOld: false }
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
    if (places.has(place)) throw invalid(twiceOnOneItem)
    places.add(place)
    return plan
  })
}
