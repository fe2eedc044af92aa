import { operation } from './operation.ts'
import { tableName } from './shapes.ts'

export const describeTimeToLive = operation('DescribeTimeToLive', {
  input: { TableName: tableName },
  run({ catalog }, input) {
    const { ttl } = catalog.getNamed(input.TableName).definition
    return {
      TimeToLiveDescription:
        ttl === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: ttl.attribute },
    }
  },
})
