import { integer, optional, text } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import { queueRecords } from '../engine/queue.ts'
import { inRange, invalidParameter } from '../errors.ts'
import { listQueuesMax } from '../limits.ts'

/** A token is only given when MaxResults was: without it AWS answers up to 1,000 queues. */
export const listQueues = operation('ListQueues', {
  input: {
    QueueNamePrefix: optional(text),
    NextToken: optional(text),
    MaxResults: optional(integer),
  },
  run(context, input) {
    const count = inRange('MaxResults', input.MaxResults ?? listQueuesMax, 1, listQueuesMax)
    const prefix = input.QueueNamePrefix ?? ''
    if (prefix.includes('\0')) throw invalidParameter('QueueNamePrefix', prefix, 'No such name.')
    const after =
      input.NextToken === undefined
        ? {}
        : { after: Buffer.from(input.NextToken, 'base64').toString() }
    const names: string[] = []
    let more = false
    for (const [name] of queueRecords.list(context.store.reader, { prefix, ...after })) {
      more = names.length === count
      if (more) break
      names.push(name)
    }
    const last = names.at(-1)
    return {
      ...(names.length > 0 && { QueueUrls: names.map(context.queueUrl) }),
      ...(more &&
        input.MaxResults !== undefined && {
          NextToken: Buffer.from(last ?? '').toString('base64'),
        }),
    }
  },
})
