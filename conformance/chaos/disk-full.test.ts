import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDynamoDB, type EmbeddedDynamoDB } from 'cloudlet/dynamodb'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'cloudlet-full-'))

/** A disk of 6 MB. Only root may mount one. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const isMounted = mountSmallDisk()
afterAll(() => {
  // Lazily: what is mapped goes when the system gets to it.
  if (isMounted) execFileSync('umount', ['--lazy', folder])
  rmSync(folder, { recursive: true, force: true })
})

const TableName = 'full'
const put = (engine: EmbeddedDynamoDB, id: string, length: number): Promise<unknown> =>
  engine.handle('PutItem', {
    TableName,
    Item: { id: { S: id }, filler: { S: 'x'.repeat(length) } },
  })

async function counted(engine: EmbeddedDynamoDB): Promise<{ told: number; scanned: number }> {
  const { Table } = (await engine.handle('DescribeTable', { TableName })) as {
    Table: { ItemCount: number }
  }
  let scanned = 0
  let start: unknown
  do {
    const page = (await engine.handle('Scan', {
      TableName,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    })) as { Count: number; LastEvaluatedKey?: unknown }
    scanned += page.Count
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return { told: Table.ItemCount, scanned }
}

// Skipped where the user may not mount a disk of its own (every user but root).
describe.skipIf(!isMounted)('a full disk', () => {
  it('is told of clearly, breaks nothing, and is over when there is space again', async () => {
    const data = { folder: join(folder, 'data') }
    const engine = createDynamoDB({ data })
    await engine.handle('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })

    let written = 0
    let refusal: unknown
    while (refusal === undefined) {
      try {
        await put(engine, `item-${written}`, 50_000)
        written++
      } catch (error) {
        refusal = error
      }
    }

    expect(refusal).toMatchObject({
      code: 'InternalServerError',
      message: 'The disk is full: nothing was written. Free some space and try again.',
    })
    expect(await counted(engine)).toEqual({ told: written, scanned: written })

    for (let at = 0; at < 20; at++) {
      await engine.handle('DeleteItem', { TableName, Key: { id: { S: `item-${at}` } } })
    }
    await put(engine, 'afterwards', 1_000)
    await engine.close()
    const again = createDynamoDB({ data })

    expect(await counted(again)).toEqual({ told: written - 19, scanned: written - 19 })
    await again.close()
  })
})
