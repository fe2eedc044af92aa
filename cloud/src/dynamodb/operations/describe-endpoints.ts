import { operation } from './operation.ts'

/** How long clients may remember the address: a day, as AWS answers. */
const cachePeriodMinutes = 1440

export const describeEndpoints = operation('DescribeEndpoints', {
  input: {},
  run: ({ environment }) => ({
    Endpoints: [
      {
        Address: `dynamodb.${environment.region}.amazonaws.com`,
        CachePeriodInMinutes: cachePeriodMinutes,
      },
    ],
  }),
})
