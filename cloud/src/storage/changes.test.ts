import { describe, expect, it } from 'vitest'
import { Changes, type Generation } from './changes.ts'
import type { Change } from './image.ts'

const k = (text: string): Buffer => Buffer.from(text, 'latin1')

const shown = ({ key, value }: Change): string =>
  `${key.toString('latin1')}=${value?.toString('latin1') ?? '(removed)'}`

/** A value by its key; null: it was removed; undefined: nothing is known of it. */
const peek = (changes: Changes, key: string): string | null | undefined =>
  changes.peek(k(key), (bytes, at, end) => bytes.toString('latin1', at, end))

function note(changes: Changes, to: Generation, noted: Record<string, string | null>): void {
  for (const [key, value] of Object.entries(noted)) {
    changes.note(to, k(key), value === null ? undefined : k(value))
  }
}

function record(changes: Changes, to: Generation, noted: Record<string, string | null>): void {
  note(changes, to, noted)
  to.image.seal()
  to.image.keep()
  changes.commit()
}

describe('changes', () => {
  it('are read while they are made: by key, and by range in both directions', () => {
    const changes = new Changes()
    const generation = changes.generation(7)
    record(changes, generation, { b: '2', d: '4', a: '1' })
    note(changes, generation, { c: '3', d: null })

    expect(['a', 'd', 'e'].map((key) => peek(changes, key))).toEqual(['1', null, undefined])
    const range = { from: k('b'), to: k('e') }
    expect(changes.within(generation, range).map(shown)).toEqual(['b=2', 'c=3', 'd=(removed)'])
    note(changes, generation, { bb: '5' })
    const reverse = { ...range, to: k('d'), reverse: true }
    expect(changes.within(generation, reverse).map(shown)).toEqual(['c=3', 'bb=5', 'b=2'])
    expect(generation.keys).toBe(5)
  })

  it('of a transaction are taken back, and what was noted before it stays', () => {
    const changes = new Changes()
    const before = changes.generation(7)
    record(changes, before, { a: '1', b: '2' })
    const generation = changes.generation(8)
    record(changes, generation, { f: '0' })
    changes.begin()
    note(changes, generation, { a: '3', c: '4' })
    changes.begin()
    note(changes, generation, { a: '5', b: null, c: '6', d: '7' })
    note(changes, generation, { a: '8', d: null })
    const range = { from: k('a'), to: k('z') }
    expect(changes.within(generation, range)).toHaveLength(5)
    changes.rollBack(generation)

    expect(peek(changes, 'd')).toBeUndefined()
    expect(peek(changes, 'b')).toBe('2')
    note(changes, generation, { e: '9' })
    const left = ['a=3', 'c=4', 'e=9', 'f=0']
    expect(changes.within(generation, range).map(shown)).toEqual(['a=3', 'b=2', ...left.slice(1)])
    expect(changes.of(generation).map(shown).sort()).toEqual(left)
    expect(generation.keys).toBe(4)

    changes.forgetNotes(generation)
    expect(['a', 'c', 'e', 'f'].map((key) => peek(changes, key))).toEqual([
      '1',
      undefined,
      undefined,
      '0',
    ])
    expect(generation.keys).toBe(1)
    expect(generation.image.notedBytes).toBe(0)
  })

  it('that were made again in the next generation are left to that one', () => {
    const changes = new Changes()
    const first = changes.generation(7)
    record(changes, first, { a: '1', b: '2', c: '3' })
    record(changes, first, { b: '4' })
    const second = changes.generation(8)
    record(changes, second, { a: '5' })

    expect(changes.of(first).map(shown).sort()).toEqual(['b=4', 'c=3'])
    expect(changes.of(second).map(shown)).toEqual(['a=5'])
  })

  it('are handed out as copies: they stay as they are when their memory is used again', () => {
    const changes = new Changes({ keptBytesMax: 0 })
    const generation = changes.generation(7)
    record(changes, generation, { a: 'before' })
    const [inRange] = changes.within(generation, { from: k('a'), to: k('b') })
    changes.keep(generation)
    record(changes, changes.generation(8), { b: 'after!' })

    expect(inRange && shown(inRange)).toBe('a=before')
    expect(peek(changes, 'a')).toBeUndefined()
    expect(peek(changes, 'b')).toBe('after!')
  })

  it('stay in memory for a while, the newest ones, in as much as they may take', () => {
    const changes = new Changes({ keptBytesMax: 1024 * 1024 })
    const value = 'v'.repeat(50_000)
    for (let serial = 1; serial <= 200; serial++) {
      const generation = changes.generation(serial)
      record(changes, generation, { [`k${serial}`]: value, hot: String(serial), gone: null })
      changes.keep(generation)
      expect(peek(changes, `k${serial}`)).toBe(value)
      expect(peek(changes, 'hot')).toBe(String(serial))
      expect(peek(changes, 'gone')).toBe(null)
    }

    const kept = Array.from({ length: 200 }, (_, n) => n + 1).filter(
      (serial) => peek(changes, `k${serial}`) !== undefined,
    )
    expect(kept.length).toBeGreaterThanOrEqual(5)
    expect(kept.length).toBeLessThanOrEqual(8)
    expect(kept).toEqual(Array.from(kept, (_, n) => 201 - kept.length + n))
  })

  it('know a key that is asked for again, if not too many others were asked for since', () => {
    const changes = new Changes()
    expect(changes.isAskedAgain(k('a'))).toBe(false)
    expect(changes.isAskedAgain(k('b'))).toBe(false)
    expect(changes.isAskedAgain(k('a'))).toBe(true)
    const others = Array.from({ length: 400_000 }, (_, n) => changes.isAskedAgain(k(`item-${n}`)))
    expect(others.filter((each) => each).length).toBeLessThan(4_000)
    expect(changes.isAskedAgain(k('b'))).toBe(false)
  })

  it('let go of what was only seen when it is too much, never in the middle of a transaction', () => {
    const changes = new Changes()
    const generation = changes.generation(1)
    const see = (key: string, value: string): void => {
      changes.see(k(key), k(`<${value}>`), 1, 1 + value.length)
    }
    see('counters', '7')
    expect(peek(changes, 'counters')).toBe('7')

    changes.begin()
    note(changes, generation, { counters: '8' })
    const many = Array.from({ length: 1_100 }, (_, n) => `k${n}`)
    for (const key of many) see(key, 'y'.repeat(4_000))
    expect(peek(changes, 'k1000')).toBe('y'.repeat(4_000))
    expect(peek(changes, 'k1099')).toBeUndefined()
    changes.rollBack(generation)
    expect(peek(changes, 'counters')).toBe('7')
    see('last', '9')
    expect(many.filter((key) => peek(changes, key) !== undefined)).toEqual([])
    expect(peek(changes, 'counters')).toBeUndefined()
    expect(peek(changes, 'last')).toBe('9')
  })
})
