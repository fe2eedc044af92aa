import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcess, type RunningCloud } from './chaos/running-cloud.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..')

/** The README's blocks marked `sh tour`, in order: what a newcomer pastes into a terminal. */
const blocks = [
  ...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/```sh tour\n([\s\S]*?)```/g),
].map((match) => match[1] ?? '')

describe('the tour in the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-readme-'))
  let cloud: RunningCloud

  beforeAll(async () => {
    cloud = await startProcess(join(folder, 'data'))
  })
  afterAll(async () => {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function paste(block: string): Promise<string> {
    const frontDoor = new URL(cloud.services['tokens'] ?? '').host
    const port = new URL(cloud.endpoint).port
    const script = block
      .replaceAll('localhost:3000', frontDoor)
      .replace(
        /npx cloudlet (token|outbox)/g,
        (_, command: string) => `node cloud/bin/cloudlet.mjs ${command} --port ${port}`,
      )
    const { stdout } = await run('bash', ['-euc', script], { cwd: repository })
    return stdout
  }

  it('has a block for each service', () => {
    expect(blocks).toHaveLength(5)
  })

  it('pairs and unpairs a token', async () => {
    const printed = await paste(blocks[0] ?? '')

    expect(printed).toContain('"entity1":"lamp-17"')
    expect(printed).toContain('"entity2":"phone-4"')
    expect(printed).toContain('"deleted":true')
  })

  it('stores and reads a user', async () => {
    const user = '{"userId":"ada","name":"Ada Lovelace"}'

    expect(await paste(blocks[1] ?? '')).toBe(user + user)
  })

  it('records an order and shows the monitor', async () => {
    const printed = await paste(blocks[2] ?? '')

    expect(printed).toContain('"order_id":"A-1001"')
    expect(printed).toContain('"total":')
    expect(printed).toContain('"products_sales":')
    expect(printed).not.toContain('"error"')
  })

  it('works with a table through the manager', async () => {
    const printed = await paste(blocks[3] ?? '')

    expect(printed).toContain('"number":5')
    expect(printed).not.toContain('"error"')
  })

  it('signs up, confirms and signs in', async () => {
    const printed = await paste(blocks[4] ?? '')

    expect(printed).toContain('"UserConfirmed":false')
    expect(printed).toContain('"Username":"grace"')
    expect(printed).toContain('"Users":[{')
    expect(printed).not.toContain('"error"')
  })
})
