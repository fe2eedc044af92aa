import { expect, it } from 'vitest'
import { killUnderOrders } from './kill-cargo.ts'

it('loses no acknowledged order and counts each exactly once, killed in the midst of work', async () => {
  const findings = await killUnderOrders({ kills: 2, ordersPerSecond: 100, livesMs: [1_500, 900] })

  expect(findings.acknowledged).toBeGreaterThan(20)
  expect(findings.lost).toEqual([])
  expect(findings.differences).toEqual([])
}, 120_000)
