import { optional, text } from '../../kernel/index.ts'
import { operation, queueNamed } from '../engine/context.ts'
import { queueDoesNotExist, required } from '../errors.ts'

export const getQueueUrl = operation('GetQueueUrl', {
  input: { QueueName: optional(text), QueueOwnerAWSAccountId: optional(text) },
  run(context, input) {
    const owner = input.QueueOwnerAWSAccountId
    if (owner !== undefined && owner !== context.environment.accountId) throw queueDoesNotExist()
    const { name } = queueNamed(context, required(input.QueueName, 'QueueName'))
    return { QueueUrl: context.queueUrl(name) }
  },
})
