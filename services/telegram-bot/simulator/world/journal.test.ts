import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileJournal } from './journal.ts'

it('gives back what was written, without a line that a kill cut short', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  const file = join(folder, 'deep', 'journal.jsonl')
  const first = fileJournal<{ at: number }>(file)
  expect(first.read()).toEqual([])
  first.write({ at: 1 })
  appendFileSync(file, '{"at":2')

  const second = fileJournal<{ at: number }>(file)
  const kept = second.read()
  second.write({ at: 3 })

  expect(kept).toEqual([{ at: 1 }])
  expect(fileJournal(file).read()).toEqual([{ at: 1 }, { at: 3 }])
  rmSync(folder, { recursive: true })
})
