import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const file = JSON.stringify(new URL('young-generation.ts', import.meta.url).href)

const TURNS = 400
/** V8 lets it grow by how fast memory is taken: where others take the processors, that needs longer. */
const TURNS_MAX = 8_000

/**
 * What a process that makes much in little time lets its young generation grow to, in megabytes. It goes on until
 * that is what is expected at least.
 */
function grownMb(prepare: string, expectedMb: number): number {
  const script = `
    const { limitYoungGeneration, youngBytes } = await import(${file})
    ${prepare}
    let mostMb = 0
    for (let turn = 0; turn < ${TURNS} || (mostMb < ${expectedMb} && turn < ${TURNS_MAX}); turn++) {
      let kept = []
      for (let at = 0; at < 20_000; at++) kept.push({ at, text: 'x' + at })
      mostMb = Math.max(mostMb, youngBytes() / 1024 / 1024)
      await new Promise(setImmediate)
    }
    console.log(mostMb)`
  const words = ['--import', 'tsx', '--input-type=module', '--eval', script]
  return Number(execFileSync(process.execPath, words, { encoding: 'utf8' }))
}

it('stops at 16 MB, and goes on when that is ended', () => {
  expect(grownMb('limitYoungGeneration()', 16)).toBe(16)
  expect(grownMb('limitYoungGeneration()()', 32)).toBe(32)
})
