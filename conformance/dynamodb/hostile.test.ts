import { expect, it } from 'vitest'
import { hostileRun } from '../fuzz/hostile.ts'

it('20,000 malformed requests do no harm', { timeout: 300_000 }, async () => {
  const { problems } = await hostileRun({ seed: 1, requests: 20_000 })

  expect(problems.slice(0, 5)).toEqual([])
})
