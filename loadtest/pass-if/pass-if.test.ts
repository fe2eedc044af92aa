import { describe, expect, it } from 'vitest'
import type { Figures } from '../measure/summary.ts'
import { judge, parsePassIf } from './pass-if.ts'

const figures: Figures = {
  count: 1000,
  perSecond: 100,
  averageMs: 50,
  p50Ms: 45,
  p90Ms: 90,
  p95Ms: 150,
  p99Ms: 400,
  maxMs: 900,
  failed: 5,
  errorRate: 0.005,
  errors: { 'http 503': 5 },
}
const passes = (text: string): boolean => judge(parsePassIf(text), figures).passed

describe('--pass-if', () => {
  it.each([
    ['p95<200 && error_rate<1%', true],
    ['p95 < 0.2s', true],
    ['p95<100', false],
    ['error_rate<0.001', false],
    ['error_rate<0.5%', false],
    ['error_rate<=0.5%', true],
    ['rps>=100&&errors==5', true],
    ['p99<100 || avg<60ms', true],
    ['p99<100 && avg<60 || max<500', false],
  ])('%s: %s', (text, wanted) => {
    expect(passes(text)).toBe(wanted)
  })

  it.each([
    ['', 'is no condition'],
    ['p95', 'is no condition'],
    ['p95<fast', 'is no condition'],
    ['p96<1', 'no figure p96'],
    ['constructor<1', 'no figure constructor'],
    ['p95<1%', 'not measured in %'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parsePassIf(text)).toThrow(sentence)
  })

  it('passes nothing when nothing was answered', () => {
    expect(judge(parsePassIf('p95<200'), { ...figures, count: 0, p95Ms: 0 }).passed).toBe(false)
  })
})
