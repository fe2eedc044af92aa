import { hash } from 'node:crypto'
import type { StoredItem } from '../stored-item.ts'
import type { StreamViewType } from '../tables/definition.ts'
import { itemSize, type Item } from '../values/index.ts'
import { sequenceText } from './stream.ts'

/** Who made a change, when it was DynamoDB itself: TTL. */
export type UserIdentity = { readonly PrincipalId: string; readonly Type: 'Service' }

export type RecordInput = {
  readonly streamArn: string
  readonly region: string
  readonly sequence: number
  readonly nowMs: number
  readonly viewType: StreamViewType
  readonly keys: Item
  readonly before: StoredItem | undefined
  readonly after: StoredItem | undefined
  readonly userIdentity?: UserIdentity
}

/**
 * A stream record as it lies in the store:
 *
 *     written u48   ms since the epoch: when it may be trimmed
 *     text …        the record as GetRecords answers it, in UTF-8 JSON
 *
 * The images are the stored items' own text: nothing is parsed to write a record.
 */
export function storedRecord(input: RecordInput): Buffer {
  const text = recordText(input)
  const bytes = Buffer.allocUnsafe(headerBytes + Buffer.byteLength(text))
  bytes.writeUIntBE(input.nowMs, 0, headerBytes)
  bytes.write(text, headerBytes, 'utf8')
  return bytes
}

const headerBytes = 6
export const recordWrittenMs = (bytes: Buffer): number => bytes.readUIntBE(0, headerBytes)
export const recordTextOf = (bytes: Buffer): string => bytes.toString('utf8', headerBytes)

function recordText(input: RecordInput): string {
  const { before, after, viewType } = input
  const number = sequenceText(input.sequence)
  const showNew = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES'
  const showOld = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES'
  let size = itemSize(input.keys)
  let images = ''
  if (showNew && after !== undefined) {
    size += after.size
    images += `"NewImage":${after.text},`
  }
  if (showOld && before !== undefined) {
    size += before.size
    images += `"OldImage":${before.text},`
  }
  const eventId = hash('md5', `${input.streamArn}/${number}`, 'hex')
  const eventName = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY'
  const identity =
    input.userIdentity === undefined ? '' : `,"userIdentity":${JSON.stringify(input.userIdentity)}`
  return (
    `{"eventID":"${eventId}","eventName":"${eventName}","eventVersion":"1.1","eventSource":"aws:dynamodb",` +
    `"awsRegion":"${input.region}","dynamodb":{` +
    `"ApproximateCreationDateTime":${Math.floor(input.nowMs / 1000)},` +
    `"Keys":${JSON.stringify(input.keys)},${images}` +
    `"SequenceNumber":"${number}","SizeBytes":${size},"StreamViewType":"${viewType}"}${identity}}`
  )
}
