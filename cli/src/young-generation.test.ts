import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const file = JSON.stringify(new URL('young-generation.ts', import.meta.url).href)

/** What a process that makes much in little time lets its young generation grow to, in megabytes. */
function grownMb(prepare: string): number {
  const script = `
    const { limitYoungGeneration, youngBytes } = await import(${file})
    ${prepare}
    let most = 0
    for (let turn = 0; turn < 400; turn++) {
      let kept = []
      for (let at = 0; at < 20_000; at++) kept.push({ at, text: 'x' + at })
      most = Math.max(most, youngBytes())
      await new Promise(setImmediate)
    }
    console.log(most / 1024 / 1024)`
  const words = ['--import', 'tsx', '--input-type=module', '--eval', script]
  return Number(execFileSync(process.execPath, words, { encoding: 'utf8' }))
}

it('stops at 16 MB, and goes on when that is ended', () => {
  expect(grownMb('limitYoungGeneration()')).toBe(16)
  expect(grownMb('limitYoungGeneration()()')).toBeGreaterThan(16)
})
