import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const read = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8')

it('the set-up file in the README is the one that is tried here', () => {
  expect(read('..', '..', 'README.md')).toContain(read('dynamodb-setup.ts'))
})
