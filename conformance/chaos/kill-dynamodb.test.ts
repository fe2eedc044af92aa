import { expect, it } from 'vitest'
import { killUnderWrites } from './kill-dynamodb.ts'

it('keeps items, index, counts, transactions and stream together, killed in the midst of writes', async () => {
  const findings = await killUnderWrites({ kills: 4, livesWrites: [90, 300, 33, 150] })

  expect(findings.problems).toEqual([])
  expect(findings.acknowledged).toBeGreaterThan(500)
}, 120_000)
