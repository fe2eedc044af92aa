import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const path = (from: string): string =>
  fileURLToPath(new URL(`../../cloud/${from}`, import.meta.url))
const loader = pathToFileURL(path('bin/compiled.mjs')).href

let folder = ''
const bundle = (): string => join(folder, 'bundle.js')
const code = (): string => join(folder, 'bundle.js.code')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudlet-compiled-'))
  copyFileSync(path('dist/dynamodb-server.js'), bundle())
  copyFileSync(path('dist/dynamodb-server.js.code'), code())
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What V8 says of the code that was kept: taken, refused, or that it was given none. */
function loaded(): string {
  const script = `import { compiled } from '${loader}'
    const { cachedDataRejected } = compiled(process.argv[1])
    console.log({ false: 'taken', true: 'refused' }[cachedDataRejected] ?? 'none')`
  const words = ['--input-type=module', '--eval', script, bundle()]
  return execFileSync(process.execPath, words, { encoding: 'utf8', env: {} }).trim()
}

describe("the engine's bundle", () => {
  it('is loaded with the code that was kept when it was built', () => {
    expect(loaded()).toBe('taken')
  })

  it('is compiled anew when it has changed, be it as long as before', () => {
    const text = readFileSync(bundle(), 'latin1')
    writeFileSync(bundle(), text.replace('serveAtOnce', 'serveAtOnse'), 'latin1')
    expect(loaded()).toBe('none')
  })

  it.each([
    ['damaged', (kept: Buffer) => kept.fill(0x55, 5_000, 5_100)],
    ['cut off', (kept: Buffer) => kept.subarray(0, 5_000)],
    ['empty', () => Buffer.alloc(0)],
  ])('is compiled anew when the code is %s', (_, spoilt) => {
    writeFileSync(code(), spoilt(readFileSync(code())))
    expect(loaded()).toBe('none')
  })
})
