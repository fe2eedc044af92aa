import { AwsError } from '../../kernel/index.ts'
import type { Writer } from '../../storage/index.ts'
import { inRange, invalidParameter, required } from '../errors.ts'
import { visibilitySecondsMax } from '../limits.ts'
import { changeMessage, getMessage, removeMessage } from './message-store.ts'
import { readReceiptHandle } from './message.ts'

/**
 * Deletes the message a receipt handle names. A handle that a later receive has replaced deletes nothing, and
 * is no error: "the message might not be deleted" (DeleteMessage).
 *
 * @throws AwsError ReceiptHandleIsInvalid
 */
export function deleteReceived(writer: Writer, queue: string, handle: string | undefined): void {
  const receipt = receiptOf(handle)
  const message = getMessage(writer, queue, receipt.serial)
  if (message?.receipt === receipt.receipt) removeMessage(writer, queue, message)
}

/**
 * Lets a received message stay invisible for `seconds` from now; 0 makes it visible.
 *
 * @throws AwsError ReceiptHandleIsInvalid; InvalidParameterValue; MessageNotInflight
 */
export function changeVisibility(
  writer: Writer,
  queue: string,
  handle: string | undefined,
  seconds: number | undefined,
  nowMs: number,
): void {
  const receipt = receiptOf(handle)
  inRange('VisibilityTimeout', required(seconds, 'VisibilityTimeout'), 0, visibilitySecondsMax)
  const message = getMessage(writer, queue, receipt.serial)
  if (message?.receipt !== receipt.receipt) {
    throw invalidParameter(
      'ReceiptHandle',
      handle,
      'Message does not exist or is not available for visibility timeout change.',
    )
  }
  if (message.visibleMs <= nowMs) {
    throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.')
  }
  const visibleMs = nowMs + (seconds ?? 0) * 1000
  changeMessage(writer, queue, message, { ...message, visibleMs })
}

function receiptOf(handle: string | undefined): { serial: number; receipt: string } {
  const receipt = readReceiptHandle(required(handle, 'ReceiptHandle'))
  if (receipt !== undefined) return receipt
  throw new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  )
}
