import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const STOPS_MS_MAX = 120_000

test(
  'stops well while threads are loading their functions',
  async () => {
    const file = path.join(import.meta.dirname, 'test-early-stops.ts')
    const args = ['--import', 'tsx', '-C', 'source', file]

    const { stdout } = await promisify(execFile)(process.execPath, args)

    expect(stdout).toBe('stopped\n')
  },
  STOPS_MS_MAX,
)
