import { operation } from './operation.ts'

/** How long clients may remember the address: a day, as AWS answers. */
const cachePeriodMinutes = 1440

export const describeEndpoints = operation('DescribeEndpoints', {
  input: {},
  run: ({ endpoint }) => ({
    Endpoints: [{ Address: endpoint(), CachePeriodInMinutes: cachePeriodMinutes }],
  }),
})
