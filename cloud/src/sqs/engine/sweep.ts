import { sweepMessagesMax } from '../limits.ts'
import type { SqsContext } from './context.ts'
import { oldMessages, removeMessage } from './message-store.ts'
import { numberAttribute, queueRecords } from './queue.ts'

/** Removes the messages of all queues that are past their retention period. */
export async function sweepQueues(context: SqsContext): Promise<void> {
  const nowMs = context.environment.clock.now()
  const queues = [...queueRecords.list(context.store.reader)] // read before anything is written
  for (const [name, queue] of queues) {
    const sentMs = nowMs - numberAttribute(queue, 'MessageRetentionPeriod') * 1000
    for (;;) {
      const removed = await context.store.write((writer) => {
        const old = oldMessages(writer, name, sentMs, sweepMessagesMax)
        for (const message of old) removeMessage(writer, name, message)
        return old.length
      })
      if (removed < sweepMessagesMax) break
    }
  }
}
