import { list, optional, structure, text, map, type TypeOf } from '../../kernel/index.ts'

/** A message attribute as callers send it; binary values stay in base64. */
export const messageAttribute = structure({
  DataType: optional(text),
  StringValue: optional(text),
  BinaryValue: optional(text),
  StringListValues: optional(list(text)),
  BinaryListValues: optional(list(text)),
})
export const messageAttributes = map(messageAttribute)

export type MessageAttribute = TypeOf<typeof messageAttribute>
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>

/** A message as it is kept. */
export type StoredMessage = {
  readonly id: string
  /** Unique in its queue and growing with time: milliseconds of sending times 1,000, plus a count. */
  readonly serial: number
  readonly body: string
  readonly attributes?: MessageAttributes
  readonly systemAttributes?: MessageAttributes
  readonly groupId?: string
  readonly sentMs: number
  /** When it may be received: after its delay, or after the visibility timeout of its last receive. */
  readonly visibleMs: number
  readonly receives: number
  readonly firstReceivedMs?: number
  /** Of the last receive: what a receipt handle must name. */
  readonly receipt?: string
  /** The queue it was moved from after too many receives. */
  readonly sourceArn?: string
}

/** `serial:receipt` in base64: opaque to callers. */
export const receiptHandle = (serial: number, receipt: string): string =>
  Buffer.from(`${serial}:${receipt}`).toString('base64')

/** What a receipt handle names, or undefined when it is none of ours. */
export function readReceiptHandle(handle: string): { serial: number; receipt: string } | undefined {
  const match = /^(\d{1,16}):([0-9a-f-]{36})$/.exec(
    Buffer.from(handle, 'base64').toString('latin1'),
  )
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return { serial: Number(match[1]), receipt: match[2] }
}
