import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compatibilityFile, compatibilityPage, readmeFile, withLeftOut } from './compatibility.ts'

it('docs/compatibility.md tells of the operations as they are: `npm run compatibility` writes it', () => {
  expect(readFileSync(compatibilityFile, 'utf8')).toBe(compatibilityPage())
})

it('the README tells what is left out as it is', () => {
  const readme = readFileSync(readmeFile, 'utf8')

  expect(withLeftOut(readme)).toBe(readme)
})

it('every operation of the API is answered or refused by name', () => {
  expect(compatibilityPage()).not.toContain('| unknown |')
})
