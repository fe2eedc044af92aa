import {
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { manualClock } from '../../cloud/src/kernel/index.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

const clock = manualClock()

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine({ clock })
})
afterAll(() => engine.stop())

describe('UpdateTimeToLive', () => {
  it('deletes what is over, and keeps it readable until then', async () => {
    await engine.table('items')
    const put = (p: string, ttl: number) =>
      engine.client.send(
        new PutItemCommand({ TableName: 'items', Item: { p: { S: p }, ttl: { N: String(ttl) } } }),
      )
    const get = async (p: string) =>
      (await engine.client.send(new GetItemCommand({ TableName: 'items', Key: { p: { S: p } } })))
        .Item
    const nowSeconds = clock.now() / 1000
    await put('old', nowSeconds - 10)
    await put('ancient', nowSeconds - 6 * 365 * 24 * 60 * 60)
    const enable = () =>
      engine.client.send(
        new UpdateTimeToLiveCommand({
          TableName: 'items',
          TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' },
        }),
      )

    await enable()
    await put('later', nowSeconds + 100)

    expect(await get('old')).toBeDefined()
    const { TimeToLiveDescription: shown } = await engine.client.send(
      new DescribeTimeToLiveCommand({ TableName: 'items' }),
    )
    expect(shown).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' })
    while ((await get('old')) !== undefined) clock.advance(1000)
    expect(await get('later')).toBeDefined()
    expect(await get('ancient')).toBeDefined()
    expect(await refusal(enable())).toBe('ValidationException: TimeToLive is already enabled')
  })
})
