import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeResourceTypes } from './describe-resource-types.ts'

/** Run with UPDATE_DOCS=1 to write the page anew. */
it('docs/cloudformation.md tells what the tables say', () => {
  const file = join(import.meta.dirname, '../../docs/cloudformation.md')
  const page = describeResourceTypes()

  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, page)

  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(page)
})
