import { invalidParameter } from '../errors.ts'

/** A deduplication id is for FIFO queues; a group id is taken by standard queues too ("fair queues"). */
export function refuseFifoMembers(input: { MessageDeduplicationId?: string | undefined }): void {
  if (input.MessageDeduplicationId === undefined) return
  throw invalidParameter(
    'MessageDeduplicationId',
    input.MessageDeduplicationId,
    'The request includes a parameter that is not valid for this queue type.',
  )
}
