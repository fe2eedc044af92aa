import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benches } from '../benches.ts'
import { markdownTable } from './markdown.ts'
import { readRuns } from './run.ts'
import { views } from './views.ts'
import { readmeFile, reports } from './write-reports.ts'

const files = reports(readRuns(), readFileSync(readmeFile, 'utf8'))

describe('what is made from bench/results', () => {
  it.each([...files.keys()].map((file) => [basename(file), file]))(
    '%s is in step (else: npm run bench -- report)',
    (_, file) => {
      expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(files.get(file))
    },
  )

  it('has no number that is none', () => {
    for (const text of files.values()) expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('the list of views', () => {
  it('has one for each bench', () => {
    expect(Object.keys(views)).toEqual(Object.keys(benches))
  })
})

describe('markdownTable', () => {
  it('puts numbers on the right and leaves cells without a value or an error empty', () => {
    const rows = [
      { what: 'GetItem', 'ops/s': 9_000, errors: '{}' },
      { what: 'a|b', ms: '0.40' },
    ]

    expect(markdownTable(rows)).toBe(
      [
        '| what    | ops/s | errors |   ms |',
        '|---------|------:|-------:|-----:|',
        '| GetItem |  9000 |        |      |',
        String.raw`| a\|b    |       |        | 0.40 |`,
      ].join('\n'),
    )
  })
})
