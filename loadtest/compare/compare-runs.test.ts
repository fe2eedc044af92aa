import { describe, expect, it } from 'vitest'
import { Histogram } from '../measure/histogram.ts'
import type { Second } from '../measure/second.ts'
import { measure } from '../report/run-record.ts'
import { seededRandom } from '../scenario/random.ts'
import { planFor } from '../test-server.ts'
import { comparePage } from './compare-page.ts'
import { compareRuns } from './compare-runs.ts'
import { compareText } from './compare-text.ts'

const plain = (text: string): string => text
const paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain }

/** A run of 30 seconds whose requests take about `ms`. */
function runOf(ms: number, perSecond: number, seed: number, errors = 0) {
  const random = seededRandom(seed)
  const seconds = Array.from({ length: 30 }, (_, second): Second => {
    const histogram = new Histogram()
    const count = Math.round(perSecond * (0.9 + 0.2 * random()))
    for (let n = 0; n < count; n++) histogram.add(ms * (0.5 + random()))
    return {
      second,
      requests: {
        'GET <x>': {
          durations: histogram.data(),
          errors: errors > 0 ? { 'http 503': errors } : {},
        },
      },
      errors: {},
      iterations: count,
      users: 5,
      busy: 0.1,
      lagMs: 1,
      cpu: 0.1,
    }
  })
  const { record } = measure({
    id: `run-${seed}`,
    scenario: 'test',
    plan: planFor('http://x.example', {}),
    workers: 1,
    warmUpMs: 0,
    outcome: {
      seconds,
      slowest: [],
      examples: new Map(),
      elapsedMs: 30_000,
      startedAt: new Date(0),
    },
  })
  return { record, seconds }
}

describe('compareRuns', () => {
  it('sees no difference between runs of the same kind', () => {
    const { all } = compareRuns(runOf(20, 200, 1), runOf(20, 200, 2))

    expect(all.map((each) => each.verdict)).toEqual(all.map(() => 'no difference seen'))
  })

  it('sees what is 10 % slower, and by how much', () => {
    const { all, requests } = compareRuns(runOf(20, 200, 1), runOf(22, 200, 2))

    const p50 = all.find((each) => each.figure === 'p50')
    expect(p50?.verdict).toBe('worse')
    expect(p50?.changeInterval?.[0]).toBeGreaterThan(0.05)
    expect(p50?.changeInterval?.[1]).toBeLessThan(0.15)
    expect(requests['GET <x>']?.find((each) => each.figure === 'p50')?.verdict).toBe('worse')
  })

  it('counts more requests a second as better, and more errors as worse', () => {
    const { all } = compareRuns(runOf(20, 200, 1), runOf(20, 260, 2, 13))

    const verdicts = Object.fromEntries(all.map((each) => [each.figure, each.verdict]))
    expect(verdicts['requests/s']).toBe('better')
    expect(verdicts['errors']).toBe('worse')
  })

  it('says what else differs', () => {
    const other = runOf(20, 200, 2)
    const run = { ...other, record: { ...other.record, plan: { ...other.record.plan, users: 50 } } }

    expect(compareRuns(runOf(20, 200, 1), run).unlike).toEqual(['users: 1 and 50'])
  })

  it('is shown as text and as a page that hides no markup', () => {
    const comparison = compareRuns(runOf(20, 200, 1), runOf(30, 200, 2))

    expect(compareText(comparison, paint)).toMatch(/p95 .* worse/)
    const html = comparePage(comparison)
    expect(html).toContain('GET &lt;x&gt;')
    expect(html).not.toContain('GET <x>')
    expect(html).not.toContain('NaN')
  })
})
