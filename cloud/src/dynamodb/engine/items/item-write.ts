import { AwsError } from '../../../kernel/index.ts'
import { itemBytesMax } from '../../limits.ts'
import type { Consumption } from '../capacity.ts'
import {
  applyUpdate,
  evaluateCondition,
  type Condition,
  type Path,
  type Update,
} from '../expressions/index.ts'
import { checkKeyPaths } from '../key-paths.ts'
import { checkIndexKeys, checkItemKeys, checkKey } from '../keys.ts'
import { pathsOf } from '../reads/filter-paths.ts'
import { storedItem, type StoredItem } from '../stored-item.ts'
import type { Table } from '../tables/table.ts'
import { itemSize, type Item } from '../values/index.ts'
import { placeOf, type ItemPlace, type WriteSession } from './write-session.ts'

/** What a request wants done to one item; its values are checked, its expressions parsed. */
export type ItemWrite = { readonly condition?: Condition | undefined } & (
  | {
      readonly kind: 'put'
      readonly item: StoredItem
      /** The item that was there is to be told in the outcome. */
      readonly wantsOld: boolean
    }
  | { readonly kind: 'delete' | 'check'; readonly key: Item }
  | {
      readonly kind: 'update'
      readonly key: Item
      readonly update: Update | undefined
      /** No string in the request needs an escape in JSON. */
      readonly isPlain: boolean
    }
)

export type WriteOutcome = {
  /** The item that was there; not told of a put that did not want it. */
  readonly before: StoredItem | undefined
  readonly after: StoredItem | undefined
  /** What an update changed. */
  readonly touched: readonly Path[]
  readonly used: Consumption
}

/** A write that is checked against its table and ready to be run in a transaction. */
export type PlannedWrite = {
  readonly place: ItemPlace
  /** @throws ConditionFailed; AwsError when an update cannot be applied to the item found */
  readonly run: (session: WriteSession) => WriteOutcome
}

/** A condition did not hold. Operations turn it into their own error. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed'
  readonly found: StoredItem | undefined
  constructor(found: StoredItem | undefined) {
    super('The conditional request failed')
    this.found = found
  }
}

/** @throws AwsError ValidationException when keys do not fit the table, or an item is too large */
export function planWrite(table: Table, write: ItemWrite): PlannedWrite {
  if (write.condition !== undefined) checkKeyPaths(table, pathsOf(write.condition))
  switch (write.kind) {
    case 'put':
      return planPut(table, write)
    case 'update':
      return planUpdate(table, write)
    case 'delete':
    case 'check':
      return planRemoval(table, write.kind, write.key, write.condition)
  }
}

const nothing: readonly Path[] = []

/** The item found there, when the condition holds for it. */
function readIf(
  session: WriteSession,
  place: ItemPlace,
  condition: Condition | undefined,
): StoredItem | undefined {
  session.admit(place)
  const found = session.read(place)
  if (condition !== undefined && !evaluateCondition(condition, found?.item)) {
    session.look(place, found)
    throw new ConditionFailed(found)
  }
  return found
}

function planPut(
  table: Table,
  { item: after, condition, wantsOld }: Extract<ItemWrite, { kind: 'put' }>,
): PlannedWrite {
  checkItemKeys(table, after.item)
  const place = placeOf(table, after.item)
  const isBlind = table.isBare && condition === undefined && !wantsOld
  return {
    place,
    run(session) {
      if (isBlind) {
        session.admit(place)
        const used = session.replace(place, after)
        return { before: undefined, after, touched: nothing, used }
      }
      const before = readIf(session, place, condition)
      return { before, after, touched: nothing, used: session.write(place, before, after) }
    },
  }
}

function planRemoval(
  table: Table,
  kind: 'delete' | 'check',
  key: Item,
  condition: Condition | undefined,
): PlannedWrite {
  const place = placeOf(table, checkKey(table, key))
  return {
    place,
    run(session) {
      const before = readIf(session, place, condition)
      const after = kind === 'check' ? before : undefined
      const used =
        kind === 'check' ? session.look(place, before) : session.write(place, before, undefined)
      return { before, after, touched: nothing, used }
    },
  }
}

function planUpdate(
  table: Table,
  { key, update, condition, isPlain }: Extract<ItemWrite, { kind: 'update' }>,
): PlannedWrite {
  const place = placeOf(table, checkKey(table, key))
  for (const part of table.key.parts) {
    if (update?.attributes.has(part.name) === true) {
      throw new AwsError(
        'ValidationException',
        `One or more parameter values were invalid: Cannot update attribute ${part.name}. This attribute is part of the key`,
      )
    }
  }
  checkKeyPaths(table, update?.actions.map(({ path }) => path) ?? [])
  return {
    place,
    run(session) {
      const before = readIf(session, place, condition)
      const { item, touched } =
        update === undefined
          ? { item: before?.item ?? key, touched: nothing }
          : applyUpdate(update, before?.item ?? key)
      checkIndexKeys(table, item)
      const size = itemSize(item)
      if (size > itemBytesMax) {
        throw new AwsError(
          'ValidationException',
          'Item size to update has exceeded the maximum allowed size',
        )
      }
      const after = storedItem(item, size, isPlain && before?.isPlain !== false)
      return { before, after, touched, used: session.write(place, before, after) }
    },
  }
}

/**
 * A checked item as it will lie in the store.
 *
 * @param isPlain no string in it needs an escape in JSON
 * @throws AwsError ValidationException when it is over 400 KB
 */
export function newItem(item: Item, isPlain: boolean): StoredItem {
  const size = itemSize(item)
  if (size > itemBytesMax) {
    throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size')
  }
  return storedItem(item, size, isPlain)
}

/** The attributes that name the item, and perhaps more. */
export const keyedItem = (write: ItemWrite): Item =>
  write.kind === 'put' ? write.item.item : write.key
