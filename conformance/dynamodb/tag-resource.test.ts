import {
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('TagResource', () => {
  it('keeps tags, replaces them by key, and takes them away', async () => {
    await engine.table('items', { Tags: [{ Key: 'a', Value: '1' }] })
    const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/items'
    const tags = async () =>
      (await engine.client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags

    await engine.client.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '3' },
        ],
      }),
    )
    expect(await tags()).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '3' },
    ])
    await engine.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }))
    expect(await tags()).toEqual([{ Key: 'b', Value: '3' }])
    expect(
      await refusal(engine.client.send(new TagResourceCommand({ ResourceArn, Tags: [] }))),
    ).toBe('ValidationException: Atleast one Tag needs to be provided as Input.')
  })
})
