import { ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('ListTables', () => {
  it('pages through the names in order', async () => {
    for (const name of ['ccc', 'aaa', 'bbb']) await engine.table(name)

    const first = await engine.client.send(new ListTablesCommand({ Limit: 2 }))
    const second = await engine.client.send(
      new ListTablesCommand({ ExclusiveStartTableName: first.LastEvaluatedTableName }),
    )

    expect(first).toMatchObject({ TableNames: ['aaa', 'bbb'], LastEvaluatedTableName: 'bbb' })
    expect(second.TableNames).toEqual(['ccc'])
    expect(second.LastEvaluatedTableName).toBeUndefined()
  })
})
