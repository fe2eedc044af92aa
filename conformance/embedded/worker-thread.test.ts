import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createDynamoDB } from 'cloudlet/dynamodb'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'cloudlet-thread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes, tells of it, and then goes on writing without ever closing the engine. */
const program = `
  const { workerData, parentPort } = require('node:worker_threads')
  async function main() {
    const { createDynamoDB } = await import(workerData.library)
    const engine = createDynamoDB({ data: { folder: workerData.folder } })
    await engine.handle('CreateTable', {
      TableName: 'notes',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })
    for (let n = 0; ; n++) {
      await engine.handle('PutItem', { TableName: 'notes', Item: { id: { S: String(n) } } })
      if (n === 2000) parentPort.postMessage(n)
    }
  }
  void main()
`

// Test runners end their threads like this. An open transaction of LMDB, for one, would keep the thread for good.
it('ends with its thread, in the midst of writes, and loses none that was acknowledged', async () => {
  const data = { folder: join(folder, 'data') }
  const library = new URL('../../cloud/dist/dynamodb.mjs', import.meta.url).href
  const worker = new Worker(program, { eval: true, workerData: { library, ...data } })
  const last = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()

  // The folder itself stays this process's.
  const left = join(folder, 'left')
  cpSync(data.folder, left, { recursive: true, filter: (file) => !file.endsWith('lock.json') })
  const again = createDynamoDB({ data: { folder: left } })
  for (const id of ['0', String(last)]) {
    const found = await again.handle('GetItem', { TableName: 'notes', Key: { id: { S: id } } })
    expect(found).toEqual({ Item: { id: { S: id } } })
  }
  await again.close()
})
