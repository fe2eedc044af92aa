import { accountCapacityUnitsMax, tableCapacityUnitsMax } from '../limits.ts'
import { operation } from './operation.ts'

export const describeLimits = operation('DescribeLimits', {
  input: {},
  run: () => ({
    AccountMaxReadCapacityUnits: accountCapacityUnitsMax,
    AccountMaxWriteCapacityUnits: accountCapacityUnitsMax,
    TableMaxReadCapacityUnits: tableCapacityUnitsMax,
    TableMaxWriteCapacityUnits: tableCapacityUnitsMax,
  }),
})
