import {
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('DeleteTable', () => {
  it('removes the table; one of the same name starts empty', async () => {
    await engine.table('gone')
    await engine.client.send(new PutItemCommand({ TableName: 'gone', Item: { p: { S: 'a' } } }))

    const { TableDescription: gone } = await engine.client.send(
      new DeleteTableCommand({ TableName: 'gone' }),
    )

    expect(gone?.TableStatus).toBe('DELETING')
    const get = new GetItemCommand({ TableName: 'gone', Key: { p: { S: 'a' } } })
    expect(await refusal(engine.client.send(get))).toBe(
      'ResourceNotFoundException: Requested resource not found',
    )
    await engine.table('gone')
    expect((await engine.client.send(get)).Item).toBeUndefined()
  })

  it('spares a protected table', async () => {
    await engine.table('safe', { DeletionProtectionEnabled: true })
    const remove = () => engine.client.send(new DeleteTableCommand({ TableName: 'safe' }))

    expect(await refusal(remove())).toContain('protected against deletion')
    await engine.client.send(
      new UpdateTableCommand({ TableName: 'safe', DeletionProtectionEnabled: false }),
    )
    expect((await remove()).TableDescription?.TableName).toBe('safe')
  })
})
