import {
  ListExportsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('DescribeLimits', () => {
  it('tells the quotas', async () => {
    const limits = await engine.client.send(new DescribeLimitsCommand({}))
    expect(limits.TableMaxWriteCapacityUnits).toBe(40_000)
  })

  it('tells an endpoint', async () => {
    const { Endpoints: endpoints } = await engine.client.send(new DescribeEndpointsCommand({}))
    expect(endpoints?.[0]?.CachePeriodInMinutes).toBe(1440)
  })

  it('refuses by name what it does not have', async () => {
    const call = new ListExportsCommand({})

    expect(await refusal(engine.client.send(call))).toContain('ListExports is not supported')
  })
})
