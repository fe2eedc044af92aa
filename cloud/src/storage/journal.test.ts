import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Journal, type Change } from './journal.ts'

const folders: string[] = []
function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-journal-'))
  folders.push(folder)
  return join(folder, 'journal')
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const options = { flush: false }
const k = (text: string): Buffer => Buffer.from(text, 'latin1')

const shown = ({ key, value }: Change): string =>
  `${key.toString('latin1')}=${value?.toString('latin1') ?? '(removed)'}`

/** What a process finds that opens the file after this one was killed. */
function found(file: string, generation: number): string[] {
  const journal = new Journal(file, options)
  journal.replay(generation)
  const changes = [...journal.changes()].map(shown)
  expect(changes).toHaveLength(journal.keys)
  journal.close({ done: false })
  return changes
}

function opened(file: string, generation: number): Journal {
  const journal = new Journal(file, options)
  journal.startOver(generation)
  return journal
}

function note(journal: Journal, changes: Record<string, string | null>): void {
  for (const [key, value] of Object.entries(changes)) {
    journal.note(k(key), key, value === null ? undefined : k(value))
  }
}

function append(journal: Journal, changes: Record<string, string | null>): void {
  note(journal, changes)
  journal.append()
}

describe('a journal', () => {
  it('gives back the last change of each key, of all sizes', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    const large = 'x'.repeat(800_000)
    append(journal, { a: '1', b: '' })
    append(journal, { a: null })
    append(journal, { c: large })

    expect(found(file, 7)).toEqual(['a=(removed)', 'b=', `c=${large}`])
    expect(found(file, 8)).toEqual([])
    journal.close({ done: false })
  })

  it('is read while it is written: by key, and by range in both directions', () => {
    const journal = opened(temporaryFile(), 7)
    append(journal, { b: '2', d: '4', a: '1' })
    note(journal, { c: '3', d: null })

    expect(journal.get('a')).toEqual({ value: k('1') })
    expect(journal.get('d')).toEqual({ value: undefined })
    expect(journal.get('e')).toBeUndefined()
    const range = { from: k('b'), to: k('e') }
    expect(journal.within(range).map(shown)).toEqual(['b=2', 'c=3', 'd=(removed)'])
    note(journal, { bb: '5' })
    expect(journal.within({ ...range, to: k('d'), reverse: true }).map(shown)).toEqual([
      'c=3',
      'bb=5',
      'b=2',
    ])
    journal.close({ done: true })
  })

  it('hands out copies: they stay as they are when it starts over', () => {
    const journal = opened(temporaryFile(), 7)
    append(journal, { a: 'before' })
    const [inRange] = journal.within({ from: k('a'), to: k('b') })
    const got = journal.get('a')
    journal.startOver(9)
    append(journal, { b: 'after!' })

    expect(got?.value?.toString()).toBe('before')
    expect(inRange && shown(inRange)).toBe('a=before')
    expect(journal.get('a')).toBeUndefined()
    journal.close({ done: true })
  })

  it('forgets what was noted, and nothing else', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    append(journal, { a: '1', b: '2' })
    append(journal, { a: '3' })
    note(journal, { a: '4', b: null, c: 'x'.repeat(5_000_000) })
    journal.forgetNotes()
    append(journal, { d: '5' })

    const left = ['a=3', 'b=2', 'd=5']
    expect(journal.within({ from: k('a'), to: k('z') }).map(shown)).toEqual(left)
    expect(found(file, 7)).toEqual(left)
    journal.close({ done: false })
  })

  it('takes a transaction back, and what was noted before it stays', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    append(journal, { a: '1', b: '2' })
    journal.begin()
    note(journal, { a: '3', c: '4' })
    journal.begin()
    note(journal, { a: '5', b: null, c: '6', d: '7' })
    note(journal, { a: '8', d: null })
    journal.rollBack()
    expect(journal.get('d')).toBeUndefined()
    note(journal, { e: '9' })
    journal.append()

    const left = ['a=3', 'b=2', 'c=4', 'e=9']
    expect(journal.within({ from: k('a'), to: k('z') }).map(shown)).toEqual(left)
    expect(found(file, 7)).toEqual(left)
    journal.close({ done: false })
  })

  it('forgets what belongs to an earlier generation, though its end is still in the file', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    append(journal, { a: '1' })
    append(journal, { b: '2' })
    append(journal, { c: '3' })
    journal.startOver(9)
    append(journal, { a: '4' })

    expect(found(file, 9)).toEqual(['a=4'])
    expect(found(file, 7)).toEqual([])
    journal.close({ done: false })
  })

  it('goes on where a replay ended', () => {
    const file = temporaryFile()
    const first = opened(file, 7)
    append(first, { a: '1' })
    const second = new Journal(file, options)
    second.replay(7)
    append(second, { b: '2' })

    expect(found(file, 7)).toEqual(['a=1', 'b=2'])
    first.close({ done: false })
    second.close({ done: false })
  })

  it('keeps a record whole or not at all, wherever it was cut off or damaged', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    append(journal, { a: '1' })
    const kept = readFileSync(file).length
    append(journal, { b: '2', c: '3' })
    const whole = readFileSync(file)
    for (let length = kept; length < whole.length; length++) {
      truncateSync(file, length)
      expect(found(file, 7)).toEqual(['a=1'])
    }
    for (let at = kept; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 0x40
      writeFileSync(file, damaged)
      expect(found(file, 7)).toEqual(['a=1'])
    }
    journal.close({ done: false })
  })

  it('tells how much it holds, and is empty once nothing in it is needed', () => {
    const file = temporaryFile()
    const journal = opened(file, 7)
    expect(journal.bytes).toBe(0)
    journal.note(k('a'), 'a', Buffer.alloc(60_000))
    expect(journal.notedBytes).toBe(60_013)
    expect(journal.bytes).toBe(0)
    journal.append()
    expect(journal.notedBytes).toBe(0)
    expect(journal.bytes).toBe(readFileSync(file).length)
    journal.note(k('b'), 'b', undefined)
    journal.startOver(9)
    expect([journal.notedBytes, journal.bytes, journal.keys]).toEqual([0, 0, 0])
    journal.close({ done: true })

    expect(readFileSync(file)).toHaveLength(0)
  })
})
