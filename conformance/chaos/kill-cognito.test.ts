import { expect, it } from 'vitest'
import { killUnderSignUps } from './kill-cognito.ts'

it('loses no acknowledged sign-up, attribute or membership, killed in the midst of overlapping writes', async () => {
  const findings = await killUnderSignUps({ kills: 2, users: 300 })

  expect(findings.acknowledged).toBeGreaterThanOrEqual(300)
  expect(findings.stored).toBeGreaterThanOrEqual(findings.acknowledged)
  expect(findings.lost).toEqual([])
  expect(findings.differences).toEqual([])
}, 120_000)
