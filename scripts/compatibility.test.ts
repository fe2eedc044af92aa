import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compatibilityFile, compatibilityPage } from './compatibility.ts'

it('docs/compatibility.md tells of the operations as they are: `npm run compatibility` writes it', () => {
  expect(readFileSync(compatibilityFile, 'utf8')).toBe(compatibilityPage())
})

it('every operation of the API is answered or refused by name', () => {
  expect(compatibilityPage()).not.toContain('| unknown |')
})
