import { boolean, map, oneOf, optional, text } from '../../kernel/index.ts'
import { operation } from '../engine/context.ts'
import { newGroup } from '../engine/new-group.ts'
import { groupName, groupRecords } from '../engine/records.ts'
import { checkTags } from '../engine/tags.ts'
import { alreadyExists, invalidParameter } from '../errors.ts'

export const createLogGroup = operation('CreateLogGroup', {
  input: {
    logGroupName: groupName,
    kmsKeyId: optional(text),
    tags: optional(map(text)),
    logGroupClass: optional(oneOf('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY')),
    deletionProtectionEnabled: optional(boolean),
  },
  async run(context, input) {
    const { logGroupName: name, logGroupClass = 'STANDARD' } = input
    if (logGroupClass !== 'STANDARD') {
      throw invalidParameter(`The log group class ${logGroupClass} is not offered by this cloud.`)
    }
    const tags = { ...input.tags }
    checkTags(tags)
    const nowMs = context.environment.clock.now()
    const id = context.serials.take(1)
    await context.store.write((writer) => {
      if (groupRecords.get(writer, name) !== undefined) throw alreadyExists('group')
      groupRecords.put(writer, name, { ...newGroup(name, id, nowMs), tags })
    })
    return {}
  },
})
