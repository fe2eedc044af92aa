import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudlet-folder-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('makes what is missing, and leaves what is there alone', () => {
  makeFolder(join(folder, 'a', 'b', 'c'))
  makeFolder(join(folder, 'a', 'b', 'c'))

  expect(statSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true)
})

it('says what is in the way', () => {
  writeFileSync(join(folder, 'file'), '')

  expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST.*file/)
  expect(() => makeFolder(join(folder, 'file', 'x'))).toThrow(/ENOTDIR/)
})

it('gives up where no folder can be made', () => {
  expect(() => makeFolder('/proc/x/y')).toThrow(/ENOENT.*\/proc\/x/)
})
