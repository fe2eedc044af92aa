import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { documents, openLmdbStore, openMemoryStore, prefixRange, type Store } from './index.ts'
import { keyBytesMax, type Range, type Reader } from './store.ts'

const folders: string[] = []
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-store-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const k = (text: string): Buffer => Buffer.from(text, 'latin1')
const all: Range = { from: Buffer.alloc(0), to: Buffer.from([0xff, 0xff]) }
const keysOf = (store: Store, range = all): string[] =>
  [...store.reader.range(range)].map((entry) => entry.key.toString('latin1'))

const implementations: [string, () => Store][] = [
  ['memory', openMemoryStore],
  ['lmdb', () => openLmdbStore(temporaryFolder(), { durability: 'process' })],
  [
    'lmdb, its file written often',
    () => openLmdbStore(temporaryFolder(), { durability: 'process', gatherMax: 3 }),
  ],
  ['lmdb with flush', () => openLmdbStore(temporaryFolder(), { durability: 'flush' })],
]

describe.each(implementations)('the store contract: %s', (_name, open) => {
  it('shows the values of a range until it is told to stop', async () => {
    const store = open()
    await store.write((writer) => {
      for (const each of ['a', 'b', 'c', 'd'])
        writer.put(k(each), k(each.repeat(1 + each.charCodeAt(0) * 200)))
    })
    const shown = (range: Range, most: number): string[] => {
      const found: string[] = []
      store.reader.visit(range, (bytes, length) => {
        found.push(bytes.toString('latin1', 0, 1) + String(length))
        // What is read meanwhile is a copy of its own and does not disturb the visit.
        expect(store.reader.get(k('d'))?.length).toBe(1 + 100 * 200)
        return found.length < most
      })
      return found
    }

    expect(shown(all, 9)).toEqual(['a19401', 'b19601', 'c19801', 'd20001'])
    expect(shown({ from: k('b'), to: k('d') }, 9)).toEqual(['b19601', 'c19801'])
    expect(shown({ from: k('a'), to: k('d'), reverse: true }, 2)).toEqual(['c19801', 'b19601'])
    expect(shown({ from: k('b'), to: k('b') }, 9)).toEqual([])
    // One that fails leaves nothing open: what is written afterwards is seen.
    expect(() => store.reader.visit(all, () => JSON.parse('{') as boolean)).toThrow(SyntaxError)
    await store.write((writer) => writer.remove(k('a')))
    expect(shown(all, 9)).toEqual(['b19601', 'c19801', 'd20001'])
    await store.close()
  })

  it('shows a value by its key: one just written, one long there, a large one, none that was removed', async () => {
    const store = open()
    const shown = (reader: Reader, key: string): string | undefined =>
      reader.peek(k(key), (bytes, at) => bytes.toString('latin1', at, at + 3))
    const large = k('large'.repeat(20_000))
    await store.write((writer) => {
      for (const each of ['a', 'b', 'c']) writer.put(k(each), k(`${each} 1`))
      writer.put(k('large'), large)
    })
    for (let n = 0; n < 5; n++) await store.write((writer) => writer.put(k(`d${n}`), k('d')))

    await store.write((writer) => {
      writer.put(k('b'), k('b 2'))
      writer.remove(k('c'))
      expect(['a', 'b', 'c'].map((key) => shown(writer, key))).toEqual(['a 1', 'b 2', undefined])
    })

    expect(['a', 'b', 'c', 'large', 'x'].map((key) => shown(store.reader, key))).toEqual([
      'a 1',
      'b 2',
      undefined,
      'lar',
      undefined,
    ])
    expect(() => store.reader.peek(k('a'), () => JSON.parse('{') as boolean)).toThrow(SyntaxError)
    expect(store.reader.get(k('large'))).toEqual(large)
    await store.close()
  })

  it('shows a value that is read again and again as it is after each change', async () => {
    const store = open()
    const read = (): (string | undefined)[] =>
      Array.from({ length: 3 }, () => store.reader.get(k('hot'))?.toString('latin1'))
    for (let n = 0; n < 8; n++) {
      await store.write((writer) => writer.put(k('hot'), k(`value ${n}`)))
      // More than is kept of what was just written: it is read from the file.
      for (let other = 0; other < 5; other++) {
        await store.write((writer) => writer.put(k(`other ${other}`), Buffer.alloc(5_000_000)))
      }
      expect(read()).toEqual(Array.from({ length: 3 }, () => `value ${n}`))
      const failed = store.write((writer) => {
        writer.put(k('hot'), k('not kept'))
        throw new Error('taken back')
      })
      await expect(failed).rejects.toThrow('taken back')
      expect(read()).toEqual(Array.from({ length: 3 }, () => `value ${n}`))
      await store.write((writer) => writer.remove(k('hot')))
      expect(read()).toEqual([undefined, undefined, undefined])
    }
    await store.close()
  })

  it('keeps keys in order of their unsigned bytes', async () => {
    const store = open()

    await store.write((writer) => {
      for (const key of ['b', 'a\x00', 'a', '\xfe', 'a\xff', '\x01']) writer.put(k(key), k('v'))
    })

    expect(keysOf(store)).toEqual(['\x01', 'a', 'a\x00', 'a\xff', 'b', '\xfe'])
    await store.close()
  })

  it('gives half-open ranges in both directions', async () => {
    const store = open()

    await store.write((writer) => {
      for (const key of ['a', 'b', 'c', 'd']) writer.put(k(key), k(key))
    })

    const range = { from: k('b'), to: k('d') }
    expect(keysOf(store, range)).toEqual(['b', 'c'])
    expect(
      [...store.reader.range({ ...range, reverse: true })].map((e) => e.value.toString()),
    ).toEqual(['c', 'b'])
    expect(keysOf(store, { from: k('d'), to: k('b') })).toEqual([])
    expect(keysOf(store, prefixRange(k('c')))).toEqual(['c'])
    await store.close()
  })

  it('sees its own writes inside a transaction, in ranges too', async () => {
    const store = open()

    const seen = await store.write((writer) => {
      writer.put(k('a'), k('1'))
      writer.put(k('b'), k('2'))
      writer.remove(k('a'))
      return { a: writer.get(k('a')), range: [...writer.range(all)].length }
    })

    expect(seen).toEqual({ a: undefined, range: 1 })
    await store.close()
  })

  it('takes back a transaction that throws, and only that one of its batch', async () => {
    const store = open()
    await store.write((writer) => writer.put(k('kept'), k('before')))

    const outcomes = await Promise.allSettled([
      store.write((writer) => writer.put(k('first'), k('1'))),
      store.write((writer) => {
        writer.put(k('kept'), k('after'))
        writer.put(k('new'), k('x'))
        writer.remove(k('first'))
        throw new Error('changed its mind')
      }),
      store.write((writer) => writer.put(k('third'), k('3'))),
    ])

    expect(outcomes.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(keysOf(store)).toEqual(['first', 'kept', 'third'])
    expect(store.reader.get(k('kept'))?.toString()).toBe('before')
    await store.close()
  })

  it('goes on with a range though it was changed meanwhile, from the next key that is there', async () => {
    const store = open()
    const keys = Array.from({ length: 50 }, (_, n) => `k${String(n).padStart(2, '0')}`)
    await store.write((writer) => {
      for (const key of keys) writer.put(k(key), k(key))
    })
    const seen: string[] = []
    for (const { key } of store.reader.range(all)) {
      seen.push(key.toString('latin1'))
      if (seen.length !== 20) continue
      await store.write((writer) => {
        for (const gone of keys.slice(0, 45)) writer.remove(k(gone))
        writer.put(k('z'), k('new'))
      })
    }

    expect(seen.slice(0, 20)).toEqual(keys.slice(0, 20))
    expect(seen.slice(-6)).toEqual([...keys.slice(45), 'z'])
    await store.close()
  })

  it('takes keys up to the limit and values of any size, and refuses longer keys', async () => {
    const store = open()
    const longest = Buffer.alloc(keyBytesMax, 7)
    const large = Buffer.alloc(3_000_000, 1)

    await store.write((writer) => writer.put(longest, large))

    expect(store.reader.get(longest)?.equals(large)).toBe(true)
    await expect(
      store.write((writer) => writer.put(Buffer.alloc(keyBytesMax + 1, 7), k('v'))),
    ).rejects.toThrow(/over the limit/)
    await store.close()
  })

  it('does like a sorted map under any sequence of writes', async () => {
    const step = fc.record({
      key: fc.uint8Array({ minLength: 1, maxLength: 3 }),
      value: fc.option(fc.uint8Array({ maxLength: 4 })),
      fails: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = open()
        const model = new Map<string, string>()
        await Promise.allSettled(
          steps.map(({ key, value, fails }) => {
            if (!fails) {
              if (value === null) model.delete(Buffer.from(key).toString('latin1'))
              else
                model.set(
                  Buffer.from(key).toString('latin1'),
                  Buffer.from(value).toString('latin1'),
                )
            }
            return store.write((writer) => {
              if (value === null) writer.remove(Buffer.from(key))
              else writer.put(Buffer.from(key), Buffer.from(value))
              if (fails) throw new Error('undo')
            })
          }),
        )
        const found = [...store.reader.range({ from: Buffer.alloc(0), to: Buffer.alloc(4, 0xff) })]
        expect(found.map((e) => [e.key.toString('latin1'), e.value.toString('latin1')])).toEqual(
          [...model].sort(([a], [b]) => (a < b ? -1 : 1)),
        )
        await store.close()
      }),
      { numRuns: 25 },
    )
  })

  it('keeps documents in order of their ids', async () => {
    const store = open()
    const notes = documents<{ n: number }>('test/notes')

    await store.write((writer) => {
      for (const [id, n] of [
        ['b/2', 2],
        ['a/1', 1],
        ['b/1', 3],
      ] as const)
        notes.put(writer, id, { n })
    })

    expect([...notes.list(store.reader)].map(([id]) => id)).toEqual(['a/1', 'b/1', 'b/2'])
    expect([...notes.list(store.reader, { prefix: 'b/', after: 'b/1' })]).toEqual([
      ['b/2', { n: 2 }],
    ])
    expect(notes.get(store.reader, 'a/1')).toEqual({ n: 1 })
    await store.close()
  })
})

describe('an LMDB folder', () => {
  it('is there again after it was closed', async () => {
    const folder = temporaryFolder()
    const first = openLmdbStore(folder, { durability: 'process' })
    await first.write((writer) => writer.put(k('key'), k('value')))
    await first.close()

    const second = openLmdbStore(folder, { durability: 'process' })

    expect(second.reader.get(k('key'))?.toString()).toBe('value')
    await second.close()
  })

  it.each([
    ['at once', 0, 0],
    ['after some more', 3, 50],
    ['after more than the journal takes', 12, 2_000_000],
  ])('holds what was acknowledged when its process is killed: %s', async (_, rounds, bytes) => {
    const folder = temporaryFolder()
    const store = openLmdbStore(folder, { durability: 'process' })
    const expected = new Map<string, number>()
    const put = async (key: string, length: number): Promise<void> => {
      await store.write((writer) => writer.put(k(key), Buffer.alloc(length, 7)))
      expected.set(key, length)
    }
    await put('first', 10)
    await put('gone', 10)
    await store.write((writer) => writer.remove(k('gone')))
    expected.delete('gone')
    for (let round = 0; round < rounds; round++) await put(`k${round % 7}`, bytes + round)

    // A copy is what the next process finds: nothing of this one's memory is in it.
    const left = temporaryFolder()
    cpSync(folder, left, { recursive: true, filter: (file) => !file.endsWith('lock.json') })
    const next = openLmdbStore(left, { durability: 'process' })

    const found = [...next.reader.range(all)]
    expect(new Map(found.map(({ key, value }) => [key.toString(), value.length]))).toEqual(expected)
    await next.write((writer) => writer.put(k('goes on'), k('there')))
    await next.close()
    await store.close()
  })

  it('has empty journals after it was closed', async () => {
    const folder = temporaryFolder()
    const store = openLmdbStore(folder, { durability: 'process' })
    await store.write((writer) => writer.put(k('key'), k('value')))
    const journals = ['journal.0', 'journal.1'].map((name) => join(folder, name))
    expect(journals.map((file) => statSync(file).size > 0)).toContain(true)
    await store.close()

    expect(journals.map((file) => statSync(file).size)).toEqual([0, 0])
  })

  it('is refused to a second opener, by name', async () => {
    const folder = temporaryFolder()
    const first = openLmdbStore(folder, { durability: 'process' })

    expect(() => openLmdbStore(folder, { durability: 'process' })).toThrow(
      `in use by process ${process.pid}`,
    )
    await first.close()
  })

  it('is taken over from a process that was killed', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }))

    const store = openLmdbStore(folder, { durability: 'process' })

    expect(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    })
    await store.close()
  })

  it.each(['journal.0', 'journal.1'])(
    'is refused when %s cannot be read, by name, and can be opened after that',
    async (name) => {
      const folder = temporaryFolder()
      const file = join(folder, name)
      mkdirSync(file)

      expect(() => openLmdbStore(folder, { durability: 'process' })).toThrow(
        `${file}, which may hold the last writes, cannot be read: EISDIR`,
      )
      rmdirSync(file)
      const store = openLmdbStore(folder, { durability: 'process' })
      await store.write((writer) => writer.put(k('key'), k('value')))
      expect(keysOf(store)).toEqual(['key'])
      await store.close()
    },
  )

  it.each([0, 1])('is refused when page %i of its database is damaged', async (page) => {
    const folder = temporaryFolder()
    await openLmdbStore(folder, { durability: 'process' }).close()
    const file = join(folder, 'data.mdb')
    const good = readFileSync(file)
    const bad = Buffer.from(good)
    bad.fill(0x55, page * 8192, page * 8192 + 100)
    writeFileSync(file, bad)

    expect(() => openLmdbStore(folder, { durability: 'process' })).toThrow(`${file} is damaged`)
    writeFileSync(file, good.subarray(0, 5_000))
    expect(() => openLmdbStore(folder, { durability: 'process' })).toThrow(`${file} is damaged`)
    writeFileSync(file, good)
    await openLmdbStore(folder, { durability: 'process' }).close()
  })

  it('is refused when another version wrote it', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'FORMAT'), '{"format": 99}')

    expect(() => openLmdbStore(folder, { durability: 'process' })).toThrow(
      'holds data of format 99',
    )
  })
})
