import { boolean, structure, textOf } from '../../kernel/index.ts'
import { expirySlotPrefix } from '../engine/layout.ts'
import { fillTable } from '../engine/tables/fill.ts'
import { clearRubbish, discard } from '../engine/tables/remove-table.ts'
import { ttlAttributeLengthMax } from '../limits.ts'
import { invalid, operation } from './operation.ts'
import { tableName } from './shapes.ts'

export const updateTimeToLive = operation('UpdateTimeToLive', {
  input: {
    TableName: tableName,
    TimeToLiveSpecification: structure({
      Enabled: boolean,
      AttributeName: textOf({ min: 1, max: ttlAttributeLengthMax }),
    }),
  },
  async run(context, input) {
    const { Enabled: enabled, AttributeName: attribute } = input.TimeToLiveSpecification
    const { catalog } = context
    const { name } = catalog.getNamed(input.TableName)
    const table = await catalog.change(name, ({ ttl, ...definition }, writer) => {
      if (enabled) {
        if (ttl !== undefined) {
          throw invalid(
            ttl.attribute === attribute
              ? 'TimeToLive is already enabled'
              : `TimeToLive is active on a different AttributeName: current AttributeName is ${ttl.attribute}`,
          )
        }
        const slot = definition.lastSlot + 1
        return { ...definition, lastSlot: slot, ttl: { attribute, slot, filling: true } }
      }
      if (ttl === undefined) throw invalid('TimeToLive is already disabled')
      if (ttl.attribute !== attribute) {
        throw invalid(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${ttl.attribute}`,
        )
      }
      discard(writer, expirySlotPrefix(definition.id, ttl.slot))
      return definition
    })
    if (enabled) fillTable(context, name, table.id)
    else clearRubbish(context)
    return { TimeToLiveSpecification: { Enabled: enabled, AttributeName: attribute } }
  },
})
