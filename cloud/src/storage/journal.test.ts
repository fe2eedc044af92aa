import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Journal } from './journal.ts'

const folders: string[] = []
function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-journal-'))
  folders.push(folder)
  return join(folder, 'journal')
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const options = { flush: false, bytesMax: 100_000 }
const k = (text: string): Buffer => Buffer.from(text, 'latin1')

/** What a process finds that opens the file after this one was killed. */
function found(file: string, transaction: number): string[] {
  const changes: string[] = []
  const journal = new Journal(file, options)
  const count = journal.replay(transaction, ({ key, value }) =>
    changes.push(`${key.toString('latin1')}=${value?.toString('latin1') ?? ''}`),
  )
  journal.close({ done: false })
  expect(count).toBe(changes.length)
  return changes
}

function append(journal: Journal, transaction: number, changes: Record<string, string | null>) {
  for (const [key, value] of Object.entries(changes)) {
    journal.note(k(key), value === null ? undefined : k(value))
  }
  expect(journal.append(transaction)).toBe(true)
}

describe('a journal', () => {
  it('gives back the changes of a transaction in their order, of all sizes', () => {
    const file = temporaryFile()
    const journal = new Journal(file, options)
    const large = 'x'.repeat(80_000)
    append(journal, 7, { a: '1', b: '' })
    append(journal, 7, { a: null })
    append(journal, 7, { c: large })

    expect(found(file, 7)).toEqual(['a=1', 'b=', 'a=', `c=${large}`])
    expect(found(file, 8)).toEqual([])
    journal.close({ done: false })
  })

  it('forgets what belongs to an earlier transaction, though its end is still in the file', () => {
    const file = temporaryFile()
    const journal = new Journal(file, options)
    append(journal, 7, { a: '1' })
    append(journal, 7, { b: '2' })
    append(journal, 7, { c: '3' })
    journal.startOver()
    append(journal, 8, { a: '4' })

    expect(found(file, 8)).toEqual(['a=4'])
    expect(found(file, 7)).toEqual([])
    journal.close({ done: false })
  })

  it('goes on where a replay ended', () => {
    const file = temporaryFile()
    const first = new Journal(file, options)
    append(first, 7, { a: '1' })
    const second = new Journal(file, options)
    second.replay(7, () => undefined)
    append(second, 7, { b: '2' })

    expect(found(file, 7)).toEqual(['a=1', 'b=2'])
    first.close({ done: false })
    second.close({ done: false })
  })

  it('keeps a record whole or not at all, wherever it was cut off or damaged', () => {
    const file = temporaryFile()
    const journal = new Journal(file, options)
    append(journal, 7, { a: '1' })
    const kept = readFileSync(file).length
    append(journal, 7, { b: '2', c: '3' })
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

  it('takes no more than it may, and is empty once the database holds everything', () => {
    const file = temporaryFile()
    const journal = new Journal(file, options)
    expect(journal.isEmpty).toBe(true)
    append(journal, 7, { a: 'x'.repeat(60_000) })
    journal.note(k('b'), Buffer.alloc(60_000))
    expect(journal.hasNotes).toBe(true)
    expect(journal.append(7)).toBe(false)
    expect(found(file, 7)).toHaveLength(1)
    journal.startOver()
    expect(journal.hasNotes).toBe(false)
    append(journal, 7, { a: '1' })
    expect(journal.isEmpty).toBe(false)
    journal.close({ done: true })

    expect(readFileSync(file)).toHaveLength(0)
  })
})
