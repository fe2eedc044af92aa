import { expect, it } from 'vitest'
import { backingOff } from './back-off.ts'

function trial(failures: number, attemptsMax = 5) {
  const waits: number[] = []
  let attempts = 0
  const result = backingOff(
    async () => {
      attempts++
      if (attempts <= failures) throw new Error(`failure ${attempts}`)
      return 'done'
    },
    () => true,
    {
      attemptsMax,
      waitMs: 20,
      waitMsMax: 50,
      random: () => 0.5,
      sleep: async (ms) => void waits.push(ms),
    },
  )
  return { result, waits }
}

it('waits twice as long each time, up to the longest', async () => {
  const { result, waits } = trial(4)

  await expect(result).resolves.toBe('done')
  expect(waits).toEqual([10, 20, 25, 25])
})

it('gives up with the last error', async () => {
  await expect(trial(9).result).rejects.toThrow('failure 5')
})
