import { integer, optional, text } from '../../kernel/index.ts'
import { operation, queueOf } from '../engine/context.ts'
import { queueRecords, redrivePolicy } from '../engine/queue.ts'
import { inRange } from '../errors.ts'
import { listQueuesMax } from '../limits.ts'

export const listDeadLetterSourceQueues = operation('ListDeadLetterSourceQueues', {
  input: { QueueUrl: optional(text), NextToken: optional(text), MaxResults: optional(integer) },
  run(context, input) {
    const { name } = queueOf(context, input.QueueUrl)
    const count = inRange('MaxResults', input.MaxResults ?? listQueuesMax, 1, listQueuesMax)
    const after =
      input.NextToken === undefined
        ? {}
        : { after: Buffer.from(input.NextToken, 'base64').toString() }
    const sources: string[] = []
    for (const [source, queue] of queueRecords.list(context.store.reader, after)) {
      const policy = queue.attributes['RedrivePolicy']
      if (policy && redrivePolicy(policy).targetName === name) sources.push(source)
      if (sources.length > count) break
    }
    const page = sources.slice(0, count)
    const last = page.at(-1)
    return {
      queueUrls: page.map(context.queueUrl),
      ...(sources.length > count && { NextToken: Buffer.from(last ?? '').toString('base64') }),
    }
  },
})
