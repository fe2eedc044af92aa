import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Changes, type Generation } from './changes.ts'
import type { Change } from './image.ts'
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

const k = (text: string): Buffer => Buffer.from(text, 'latin1')
const everything = { from: k(''), to: k('~') }

const shown = ({ key, value }: Change): string =>
  `${key.toString('latin1')}=${value?.toString('latin1') ?? '(removed)'}`

/** A generation and its journal. */
class Written {
  readonly changes = new Changes()
  readonly generation: Generation
  readonly journal: Journal
  constructor(file: string, serial: number) {
    this.journal = new Journal(file, { flush: false })
    this.generation = this.changes.generation(serial)
  }

  append(changes: Record<string, string | null>): void {
    for (const [key, value] of Object.entries(changes)) {
      this.changes.note(this.generation, k(key), value === null ? undefined : k(value))
    }
    this.journal.append(this.generation.image)
    this.changes.commit()
  }

  replay(): void {
    const contents = this.journal.contents()
    while (this.changes.take(this.generation, contents));
  }

  get held(): string[] {
    return this.changes.within(this.generation, everything).map(shown)
  }
}

/** What a process finds that opens the file after this one was killed. */
function found(file: string, serial: number): string[] {
  const next = new Written(file, serial)
  next.replay()
  expect(next.changes.of(next.generation).map(shown).sort()).toEqual(next.held)
  next.journal.close({ done: false })
  return next.held
}

describe('a journal', () => {
  it('gives back the last change of each key, of all sizes', () => {
    const file = temporaryFile()
    const written = new Written(file, 7)
    const large = 'x'.repeat(800_000)
    written.append({ a: '1', b: '' })
    written.append({ a: null })
    written.append({ c: large })

    expect(found(file, 7)).toEqual(['a=(removed)', 'b=', `c=${large}`])
    expect(found(file, 8)).toEqual([])
    written.journal.close({ done: false })
  })

  it('forgets what belongs to an earlier generation, though its end is still in the file', () => {
    const file = temporaryFile()
    const first = new Written(file, 7)
    first.append({ a: '1' })
    first.append({ b: '2' })
    first.append({ c: '3' })
    const second = new Written(file, 9)
    second.append({ a: '4' })

    expect(found(file, 9)).toEqual(['a=4'])
    expect(found(file, 7)).toEqual([])
    first.journal.close({ done: false })
    second.journal.close({ done: false })
  })

  it('goes on where a replay ended', () => {
    const file = temporaryFile()
    const first = new Written(file, 7)
    first.append({ a: '1' })
    const second = new Written(file, 7)
    second.replay()
    second.append({ b: '2' })

    expect(found(file, 7)).toEqual(['a=1', 'b=2'])
    first.journal.close({ done: false })
    second.journal.close({ done: false })
  })

  it('keeps a record whole or not at all, wherever it was cut off or damaged', () => {
    const file = temporaryFile()
    const written = new Written(file, 7)
    written.append({ a: '1' })
    const kept = readFileSync(file).length
    written.append({ b: '2', c: '3' })
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
    written.journal.close({ done: false })
  })

  it('tells how much it holds, and is empty once nothing in it is needed', () => {
    const file = temporaryFile()
    const { changes, generation, journal } = new Written(file, 7)
    const { image } = generation
    expect(image.recorded).toBe(0)
    changes.note(generation, k('a'), Buffer.alloc(60_000))
    expect(image.notedBytes).toBe(60_009)
    expect(image.recorded).toBe(0)
    journal.append(image)
    expect(image.notedBytes).toBe(0)
    expect(image.recorded).toBe(readFileSync(file).length)
    journal.close({ done: true })

    expect(readFileSync(file)).toHaveLength(0)
  })
})
