import type { Chat, ChatId, MessageRef } from '../domain/chat.ts'
import type { Draft } from '../domain/job.ts'
import { ALBUM_SECONDS, MESSAGE_MAP_SECONDS, UPDATE_SECONDS } from '../domain/limits.ts'
import { movedPairing, ownSide, peerSide } from '../domain/pairing.ts'
import type { Pairing, Side } from '../domain/pairing.ts'
import type { Issued } from './chats.ts'
import {
  albumKey,
  chatKey,
  issuedKey,
  jobKey,
  jobOrder,
  laneKey,
  messageKey,
  pairingKey,
  updateKey,
} from './layout.ts'
import type { Key } from './layout.ts'
import { secondsAfter } from './read-items.ts'
import { writeTogether } from './table.ts'
import type { BotTable, Write } from './table.ts'

/** What handling one update changes. Written all together, once. */
export type Change = {
  readonly chats?: readonly Chat[]
  readonly pairings?: readonly PairingChange[]
  readonly issued?: { readonly token: string; readonly by: Issued } | undefined
  readonly drafts?: readonly Draft[]
  /** A message that is on its way to another chat, so that an edit of it finds where to. */
  readonly underway?: {
    readonly source: MessageRef
    readonly chat: ChatId
    readonly token: string
    readonly file?: string | undefined
  }
  /** The album job of `drafts` that the album's next pieces join. */
  readonly album?: { readonly chat: ChatId; readonly group: string; readonly token: string }
  /** A piece for an album job that waits. */
  readonly piece?: {
    readonly lane: ChatId
    readonly key: string
    readonly message: number
    readonly dueAt: number
  }
}

export type PairingChange =
  | {
      /** `keep`: nothing changes, but the rest is only written while the pairing is as it was read. */
      readonly to: 'begin' | 'change' | 'keep' | 'end'
      readonly pairing: Pairing
    }
  /** One of its chats has another number now. */
  | {
      readonly to: 'move'
      readonly pairing: Pairing
      readonly from: ChatId
      readonly chat: ChatId
    }

export type Outcome = 'done' | 'handled before' | 'overtaken'

type Place = { readonly bot: number; readonly update: number; readonly nowMs: number }

/**
 * Writes what an update changes, with the mark that it was handled. `handled before`: another did so already;
 * `overtaken`: what the change was decided on is no longer so, and it must be decided anew.
 */
export async function commit(table: BotTable, place: Place, change: Change): Promise<Outcome> {
  const TableName = table.name
  const handled: Write = {
    Put: {
      TableName,
      Item: {
        ...updateKey(place.bot, place.update),
        expiresAt: secondsAfter(place.nowMs, UPDATE_SECONDS),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
  const writes = [
    handled,
    ...changeWrites(TableName, change),
    ...issuedWrites(TableName, change),
    ...jobWrites(TableName, place, change),
    ...mapWrites(TableName, place, change),
  ]
  const failed = await writeTogether(table, writes)
  if (failed.length === 0) return 'done'
  return failed.includes(0) ? 'handled before' : 'overtaken'
}

/** What a change does to chats and pairings. */
export const changeWrites = (TableName: string, change: Change): Write[] => [
  ...(change.chats ?? []).map((chat) => chatWrite(TableName, chat)),
  ...(change.pairings ?? []).flatMap((each) => pairingWrites(TableName, each)),
]

/** Puts what was read and changed, if nobody else changed it meanwhile. */
function chatWrite(TableName: string, chat: Chat): Write {
  return {
    Put: {
      TableName,
      Item: { ...chat, ...chatKey(chat.id), version: chat.version + 1 },
      ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
      ExpressionAttributeValues: { ':version': chat.version },
    },
  }
}

function pairingWrites(TableName: string, change: PairingChange): Write[] {
  const { to, pairing } = change
  const unchanged = {
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':version': pairing.version },
  }
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' }
  const keyOf = ({ chat }: Side): Key => pairingKey(chat, pairing.token)
  const put = (value: Pairing, side: Side, condition: Pick<Put, 'ConditionExpression'>): Write => ({
    Put: {
      TableName,
      Item: { ...value, version: pairing.version + 1, ...keyOf(side) },
      ...condition,
    },
  })
  const [first] = pairing.sides
  switch (to) {
    case 'keep':
      return [{ ConditionCheck: { TableName, Key: keyOf(first), ...unchanged } }]
    case 'begin':
      return pairing.sides.map((side) => put(pairing, side, isNew))
    case 'change':
      return pairing.sides.map((side) => put(pairing, side, unchanged))
    case 'end':
      return pairing.sides.map((side) => ({
        Delete: { TableName, Key: keyOf(side), ...unchanged },
      }))
    case 'move': {
      const moved = movedPairing(pairing, change.from, change.chat)
      return [
        { Delete: { TableName, Key: keyOf(ownSide(pairing, change.from)), ...unchanged } },
        put(moved, ownSide(moved, change.chat), isNew),
        put(moved, peerSide(moved, change.chat), unchanged),
      ]
    }
  }
}

type Put = NonNullable<Write['Put']>

function issuedWrites(TableName: string, { issued }: Change): Write[] {
  if (issued === undefined) return []
  return [{ Put: { TableName, Item: { ...issued.by, ...issuedKey(issued.token) } } }]
}

function jobWrites(TableName: string, place: Place, change: Change): Write[] {
  const drafts = change.drafts ?? []
  const jobs = drafts.map((draft, at) => ({ draft, key: jobOrder(place.update, at) }))
  const album = jobs.find(({ draft }) => draft.action.kind === 'album')
  return [
    ...jobs.map(({ draft, key }) => ({ Put: { TableName, Item: jobItem(draft, key) } })),
    ...[...new Set(drafts.map((draft) => draft.to))].map((lane) => laneWrite(TableName, lane)),
    ...(change.album === undefined || album === undefined
      ? []
      : [
          {
            Put: {
              TableName,
              Item: {
                ...albumKey(change.album.chat, change.album.group),
                lane: album.draft.to,
                job: album.key,
                token: change.album.token,
                expiresAt: secondsAfter(place.nowMs, ALBUM_SECONDS),
              },
            },
          },
        ]),
    ...(change.piece === undefined ? [] : [pieceWrite(TableName, change.piece)]),
  ]
}

/** A job as it is queued. */
export const jobItem = (draft: Draft, key: string): Record<string, unknown> => ({
  ...jobKey(draft.to, key),
  ...draft,
  key,
  attempts: 0,
})

/** Counts the lane's version up: whoever delivers sees that there is more, and the stream says so. */
export const laneWrite = (TableName: string, lane: ChatId): Write => ({
  Update: {
    TableName,
    Key: laneKey(lane),
    UpdateExpression: 'ADD version :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
})

const pieceWrite = (
  TableName: string,
  { lane, key, message, dueAt }: NonNullable<Change['piece']>,
): Write => ({
  Update: {
    TableName,
    Key: jobKey(lane, key),
    UpdateExpression:
      'SET #action.messages = list_append(#action.messages, :message), dueAt = :dueAt',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(sealed)',
    ExpressionAttributeNames: { '#action': 'action' },
    ExpressionAttributeValues: { ':message': [message], ':dueAt': dueAt },
  },
})

function mapWrites(TableName: string, { nowMs }: Place, { underway }: Change): Write[] {
  if (underway === undefined) return []
  const { source, ...rest } = underway
  const expiresAt = secondsAfter(nowMs, MESSAGE_MAP_SECONDS)
  return [{ Put: { TableName, Item: { ...messageKey(source), ...rest, messages: [], expiresAt } } }]
}
