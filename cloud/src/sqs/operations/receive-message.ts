import { integer, list, optional, text } from '../../kernel/index.ts'
import { operation, queueOf, type SqsContext } from '../engine/context.ts'
import { nextVisibleMs } from '../engine/message-store.ts'
import type { StoredMessage } from '../engine/message.ts'
import { numberAttribute } from '../engine/queue.ts'
import { takeMessages } from '../engine/receive.ts'
import { shownMessage } from '../engine/shown-message.ts'
import { inRange } from '../errors.ts'
import { receiveMessagesMax, visibilitySecondsMax, waitSecondsMax } from '../limits.ts'

export const receiveMessage = operation('ReceiveMessage', {
  input: {
    QueueUrl: optional(text),
    AttributeNames: optional(list(text)),
    MessageSystemAttributeNames: optional(list(text)),
    MessageAttributeNames: optional(list(text)),
    MaxNumberOfMessages: optional(integer),
    VisibilityTimeout: optional(integer),
    WaitTimeSeconds: optional(integer),
    ReceiveRequestAttemptId: optional(text),
  },
  async run(context, input) {
    const queue = queueOf(context, input.QueueUrl)
    const count = inRange(
      'MaxNumberOfMessages',
      input.MaxNumberOfMessages ?? 1,
      1,
      receiveMessagesMax,
    )
    const visibilitySeconds =
      input.VisibilityTimeout === undefined
        ? undefined
        : inRange('VisibilityTimeout', input.VisibilityTimeout, 0, visibilitySecondsMax)
    const waitSeconds =
      input.WaitTimeSeconds === undefined
        ? numberAttribute(queue, 'ReceiveMessageWaitTimeSeconds')
        : inRange('WaitTimeSeconds', input.WaitTimeSeconds, 0, waitSecondsMax)
    const untilMs = context.environment.clock.now() + waitSeconds * 1000
    const messages = await waitForMessages(context, queue.name, untilMs, {
      count,
      visibilitySeconds,
    })
    if (messages.length === 0) return {}
    const systemNames = [
      ...(input.AttributeNames ?? []),
      ...(input.MessageSystemAttributeNames ?? []),
    ]
    return {
      Messages: messages.map((message) =>
        shownMessage(context, message, {
          systemNames,
          attributeNames: input.MessageAttributeNames ?? [],
        }),
      ),
    }
  },
})

/** Looks, and until `untilMs` looks again whenever a message comes or one may be received again. */
async function waitForMessages(
  context: SqsContext,
  queue: string,
  untilMs: number,
  options: { count: number; visibilitySeconds: number | undefined },
): Promise<readonly StoredMessage[]> {
  const { clock } = context.environment
  for (;;) {
    const nowMs = clock.now()
    const nextMs = nextVisibleMs(context.store.reader, queue) ?? Infinity
    if (nextMs <= nowMs) {
      const { messages, moved } = await context.store.write((writer) =>
        takeMessages(context, writer, queue, { ...options, nowMs }),
      )
      for (const target of moved) context.waiters.wake(target)
      if (messages.length > 0) return messages
    } else {
      if (nowMs >= untilMs || context.waiters.isEnded) return []
      await context.waiters.wait(queue, Math.min(untilMs, nextMs) - nowMs)
      queueOf(context, queue) // it may have been deleted meanwhile
    }
  }
}
