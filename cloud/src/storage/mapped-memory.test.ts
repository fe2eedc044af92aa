import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLmdbStore, prefixRange, type Store } from './index.ts'
import { mappedMb } from './mapped-memory.ts'

const valueBytes = 100_000
const values = 600
const keyOf = (n: number): Buffer => Buffer.from(`key-${String(n).padStart(4, '0')}`)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudlet-mapped-'))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

async function filled(durability: 'process' | 'flush'): Promise<Store> {
  const filling = openLmdbStore(folder, { durability })
  await filling.write((writer) => {
    for (let n = 0; n < values; n++) writer.put(keyOf(n), Buffer.alloc(valueBytes, n))
  })
  await filling.close()
  const store = openLmdbStore(folder, { durability })
  readAll(store)
  return store
}

function readAll(store: Store): number {
  let bytes = 0
  for (const { value } of store.reader.range(prefixRange(Buffer.from('key-'))))
    bytes += value.length
  return bytes
}

const passSeconds = (count: number): void => void vi.advanceTimersByTime(count * 1000)

describe.runIf(mappedMb() !== undefined).each(['process', 'flush'] as const)(
  'mapped memory, durability %s',
  (durability) => {
    it('is given back after some quiet seconds, and everything is there afterwards', async () => {
      const store = await filled(durability)
      const beforeMb = mappedMb() ?? 0

      passSeconds(15)

      expect(beforeMb - (mappedMb() ?? 0)).toBeGreaterThan(40)
      expect(store.reader.get(keyOf(7))).toEqual(Buffer.alloc(valueBytes, 7))
      await store.write((writer) => writer.put(keyOf(values), Buffer.alloc(valueBytes)))
      expect(readAll(store)).toBe((values + 1) * valueBytes)
      await store.close()
    })

    it('stays while a range is being read', async () => {
      const store = await filled(durability)
      const entries = store.reader.range(prefixRange(Buffer.from('key-')))[Symbol.iterator]()
      entries.next()

      passSeconds(20)

      let rest = 0
      while (entries.next().done !== true) rest += 1
      expect(rest).toBe(values - 1)
      await store.close()
    })

    it('can be closed while it is given back', async () => {
      const store = await filled(durability)

      passSeconds(15)
      await store.close()

      const again = openLmdbStore(folder, { durability })
      expect(readAll(again)).toBe(values * valueBytes)
      await again.close()
    })
  },
)
