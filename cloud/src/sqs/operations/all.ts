import { changeMessageVisibilityBatch } from './change-message-visibility-batch.ts'
import { changeMessageVisibility } from './change-message-visibility.ts'
import { createQueue } from './create-queue.ts'
import { deleteMessageBatch } from './delete-message-batch.ts'
import { deleteMessage } from './delete-message.ts'
import { deleteQueue } from './delete-queue.ts'
import { getQueueAttributes } from './get-queue-attributes.ts'
import { getQueueUrl } from './get-queue-url.ts'
import { listDeadLetterSourceQueues } from './list-dead-letter-source-queues.ts'
import { listQueueTags } from './list-queue-tags.ts'
import { listQueues } from './list-queues.ts'
import { purgeQueue } from './purge-queue.ts'
import { receiveMessage } from './receive-message.ts'
import { sendMessageBatch } from './send-message-batch.ts'
import { sendMessage } from './send-message.ts'
import { setQueueAttributes } from './set-queue-attributes.ts'
import { tagQueue } from './tag-queue.ts'
import { untagQueue } from './untag-queue.ts'

/** Every operation that is served: a new one is added here. */
export const operations = [
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueueTags,
  listQueues,
  purgeQueue,
  receiveMessage,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  tagQueue,
  untagQueue,
]
