import { describe, expect, it } from 'vitest'
import { Histogram } from '../measure/histogram.ts'
import { bestOf, figuresOf } from './compare-sizes.ts'
import { memoryPage, memoryText } from './memory-report.ts'
import { reportFigures } from './report-figures.ts'
import { signed } from './signature.ts'

const plain = (text: string): string => text
const paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain }

describe('the signature', () => {
  it('is that of the published example "get-vanilla"', () => {
    // From AWS's Signature Version 4 test suite.
    const headers = signed(
      { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, body: '' },
      {
        credentials: {
          accessKeyId: 'AKIDEXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        },
        region: 'us-east-1',
        service: 'service',
        now: new Date('2015-08-30T12:36:00Z'),
      },
    )

    expect(headers['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    )
  })
})

describe('the REPORT line', () => {
  it('is read, with and without a cold start', () => {
    const line =
      'REPORT RequestId: 1\tDuration: 12.34 ms\tBilled Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t'

    expect(reportFigures(`START\n${line}Init Duration: 100.50 ms\t\n`)).toEqual({
      durationMs: 12.34,
      billedMs: 113,
      memoryMb: 128,
      usedMb: 70,
      initMs: 100.5,
    })
    expect(reportFigures(line)?.initMs).toBeUndefined()
    expect(reportFigures('no report')).toBeUndefined()
  })
})

const sizeOf = (memoryMb: number, durationMs: number) => {
  const report = { durationMs, billedMs: Math.ceil(durationMs), memoryMb, usedMb: 60 }
  const waited = new Histogram()
  for (let n = 0; n < 10; n++) waited.add(durationMs + 1)
  const reports = Array.from({ length: 9 }, () => report)
  const cold = { ...report, billedMs: report.billedMs + 100, initMs: 100 }
  return figuresOf({ memoryMb, architecture: 'x86_64' }, [cold, ...reports], waited, 0)
}

describe('memory sizes', () => {
  it('are compared by warm durations, with cold starts apart and everything billed', () => {
    const figures = sizeOf(1024, 200)

    expect(figures).toMatchObject({ invocations: 10, coldStarts: 1, initMs: 100, averageMs: 200 })
    expect(figures.billedGbSeconds).toBeCloseTo(2.1)
    expect(figures.usdPerMillion).toBeCloseTo(0.21 * 16.6667 + 0.2, 3)
  })

  it('have a cheapest and a fastest', () => {
    const all = [sizeOf(128, 1000), sizeOf(512, 200), sizeOf(1769, 70)]

    expect(bestOf(all)).toEqual({ cheapest: 512, fastest: 1769 })
    expect(memoryText(all, paint)).toContain('Cheapest: 512 MB. Fastest: 1769 MB.')
    expect(memoryPage('<fn>', all)).toContain('&lt;fn&gt; by memory size')
    expect(bestOf([])).toBeUndefined()
  })
})
