import { afterPrefix, keySpace, prefixRange } from '../../storage/index.ts'
import type { Reader, Writer } from '../../storage/index.ts'
import type { StoredMessage } from './message.ts'

/*
 * Keys (numbers are 8 bytes, big-endian, so that byte order is their order):
 *
 *     sqs/messages\0 <queue> \0 <serial>               → the message, JSON
 *     sqs/order\0    <queue> \0 <visibleMs> <serial>   → 1 byte: 1 when it was received before, else 0
 *
 * What can be received is the beginning of a queue's order; serials grow with the time of sending, so the
 * oldest messages are the beginning of its messages.
 */
const messageSpace = keySpace('sqs/messages')
const orderSpace = keySpace('sqs/order')

const ofQueue = (space: Buffer, queue: string): Buffer =>
  Buffer.concat([space, Buffer.from(`${queue}\0`, 'latin1')])

const messageKey = (queue: string, serial: number): Buffer =>
  Buffer.concat([ofQueue(messageSpace, queue), number(serial)])

const orderKey = (queue: string, message: StoredMessage): Buffer =>
  Buffer.concat([ofQueue(orderSpace, queue), number(message.visibleMs), number(message.serial)])

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

const numberFromEnd = (key: Buffer, fromEnd: number): number =>
  Number(key.readBigUInt64BE(key.length - fromEnd))

const parse = (value: Buffer): StoredMessage => JSON.parse(value.toString('utf8')) as StoredMessage // our own text

export function getMessage(
  reader: Reader,
  queue: string,
  serial: number,
): StoredMessage | undefined {
  const value = reader.get(messageKey(queue, serial))
  return value === undefined ? undefined : parse(value)
}

/** Adds a message; its serial is moved on if it is taken. */
export function addMessage(writer: Writer, queue: string, message: StoredMessage): void {
  let { serial } = message
  while (writer.get(messageKey(queue, serial)) !== undefined) serial++
  putMessage(writer, queue, { ...message, serial })
}

/** Replaces a message by a changed one of the same serial. */
export function changeMessage(
  writer: Writer,
  queue: string,
  before: StoredMessage,
  after: StoredMessage,
): void {
  writer.remove(orderKey(queue, before))
  putMessage(writer, queue, after)
}

function putMessage(writer: Writer, queue: string, message: StoredMessage): void {
  const received = Buffer.from([message.receives > 0 ? 1 : 0])
  writer.put(messageKey(queue, message.serial), Buffer.from(JSON.stringify(message), 'utf8'))
  writer.put(orderKey(queue, message), received)
}

export function removeMessage(writer: Writer, queue: string, message: StoredMessage): void {
  writer.remove(orderKey(queue, message))
  writer.remove(messageKey(queue, message.serial))
}

/** Up to `count` messages that can be received at `nowMs`, longest visible first. */
export function visibleMessages(
  reader: Reader,
  queue: string,
  nowMs: number,
  count: number,
): StoredMessage[] {
  const from = ofQueue(orderSpace, queue)
  const found: StoredMessage[] = []
  for (const { key } of reader.range({ from, to: Buffer.concat([from, number(nowMs + 1)]) })) {
    const message = getMessage(reader, queue, numberFromEnd(key, 8))
    if (message !== undefined) found.push(message)
    if (found.length >= count) break
  }
  return found
}

/** When the next message can be received; undefined when the queue is empty. */
export function nextVisibleMs(reader: Reader, queue: string): number | undefined {
  for (const { key } of reader.range(prefixRange(ofQueue(orderSpace, queue)))) {
    return numberFromEnd(key, 16)
  }
  return undefined
}

/** Up to `count` messages that were sent at `sentMs` or before, oldest first. */
export function oldMessages(
  reader: Reader,
  queue: string,
  sentMs: number,
  count: number,
): StoredMessage[] {
  const from = ofQueue(messageSpace, queue)
  const to = Buffer.concat([from, number(Math.max(0, (sentMs + 1) * 1000))])
  const found: StoredMessage[] = []
  for (const { value } of reader.range({ from, to })) {
    found.push(parse(value))
    if (found.length >= count) break
  }
  return found
}

export function removeAllMessages(writer: Writer, queue: string): void {
  for (const space of [messageSpace, orderSpace]) {
    const from = ofQueue(space, queue)
    const keys = [...writer.range({ from, to: afterPrefix(from) })].map((entry) => entry.key)
    for (const key of keys) writer.remove(key)
  }
}

export type MessageCounts = {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

export function countMessages(reader: Reader, queue: string, nowMs: number): MessageCounts {
  let visible = 0
  let inFlight = 0
  let delayed = 0
  for (const { key, value } of reader.range(prefixRange(ofQueue(orderSpace, queue)))) {
    if (numberFromEnd(key, 16) <= nowMs) visible++
    else if (value[0] === 1) inFlight++
    else delayed++
  }
  return { visible, inFlight, delayed }
}
