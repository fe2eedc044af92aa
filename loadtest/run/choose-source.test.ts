import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../engine/load-scenario.ts'
import { chooseSource, csvRows, readData } from './choose-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadtest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('chooseSource', () => {
  it('takes shipped names, modules and collections', async () => {
    const module = write(
      'mine.mjs',
      'export default { name: "mine", steps: [{ name: "a", weight: 1, run() {} }] }',
    )
    const collection = write(
      'c.json',
      JSON.stringify({ info: { name: 'C' }, item: [{ name: 'a', request: 'http://x.example/' }] }),
    )

    const names = []
    for (const name of ['tokens', module, collection]) {
      names.push((await loadScenario(await chooseSource(name, {}))).name)
    }

    expect(names).toEqual(['tokens', 'mine', 'C'])
  })

  it('says what there is', async () => {
    await expect(chooseSource('token', {})).rejects.toThrow('There are: tokens, cargo')
  })

  it('refuses a module without a scenario', async () => {
    const source = await chooseSource(
      write('none.mjs', 'export default { name: "x", steps: [{}] }'),
      {},
    )

    await expect(loadScenario(source)).rejects.toThrow('exports no scenario')
  })
})

describe('the data', () => {
  it('is read from CSV', () => {
    expect(csvRows('name,text\r\nana,"a ""b"", c"\nbea,"two\nlines"\n\n')).toEqual([
      { name: 'ana', text: 'a "b", c' },
      { name: 'bea', text: 'two\nlines' },
    ])
  })

  it('is read from JSON', () => {
    expect(readData(write('rows.json', '[{"n":1,"t":"x"}]'))).toEqual([{ n: '1', t: 'x' }])
    expect(() => readData(write('no.json', '{}'))).toThrow('no array')
  })
})
