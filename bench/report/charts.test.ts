import { describe, expect, it } from 'vitest'
import { barChart, type BarChart } from './bar-chart.ts'
import { lineChart, type LineChart } from './line-chart.ts'
import { colourOf } from './svg.ts'

const bars: BarChart = {
  kind: 'bars',
  file: 'engine',
  title: 'Engine <fast>',
  subtitle: 'more is better',
  axis: 'operations / s',
  groups: [
    {
      name: 'GetItem',
      goal: 8_000,
      bars: [
        { name: 'Cloudlet', value: 9_000, range: [8_500, 9_500] },
        { name: 'dynalite', value: 4_000 },
      ],
    },
  ],
}

const lines: LineChart = {
  kind: 'lines',
  file: 'items',
  title: 'Items',
  subtitle: '',
  x: 'items in the table',
  panels: [
    {
      title: 'p50, ms',
      log: true,
      lines: [
        {
          name: 'GetItem',
          points: [
            [10_000, 1],
            [1_000_000, 2],
          ],
        },
      ],
      goal: { value: 5, text: 'goal 5 ms' },
    },
  ],
}

/** The numbers of one attribute of all elements of a kind. */
const numbers = (svg: string, pattern: RegExp): number[] =>
  [...svg.matchAll(pattern)].map((match) => Number(match[1]))

describe('barChart', () => {
  it('draws bars as long as their values', () => {
    const [long = 0, short = 1] = numbers(barChart(bars), /width="([\d.]+)" height="15"/g)

    expect(long / short).toBeCloseTo(9 / 4, 1)
  })

  it('names the axis, the values, the range and the goal', () => {
    const svg = barChart(bars)

    for (const text of ['>operations / s<', '>9k<', 'Cloudlet: 9k (8.5k–9.5k)', '>goal 8k<']) {
      expect(svg).toContain(text)
    }
  })

  it('escapes what it is told', () => {
    expect(barChart(bars)).toContain('Engine &lt;fast&gt;')
  })

  it('has colours for light and dark', () => {
    expect(barChart(bars)).toContain('prefers-color-scheme: dark')
  })
})

describe('lineChart', () => {
  it('writes the measured sizes below, and draws a dot for each', () => {
    const svg = lineChart(lines)

    expect(svg).toContain('>10k<')
    expect(svg).toContain('>1M<')
    expect(numbers(svg, /<circle[^>]* cx="([\d.]+)"/g)).toHaveLength(2)
  })

  it('draws the goal above what is less', () => {
    const svg = lineChart(lines)
    const [goal = 0] = numbers(svg, /class="goal"[^>]* y1="([\d.]+)"/g)

    for (const y of numbers(svg, / cy="([\d.]+)"/g)) expect(goal).toBeLessThan(y)
  })

  it('puts four panels into two rows', () => {
    const four = { ...lines, panels: Array.from({ length: 4 }, () => lines.panels).flat() }
    const heightOf = (svg: string): number => numbers(svg, /viewBox="0 0 \d+ (\d+)/g)[0] ?? 0

    expect(heightOf(lineChart(four))).toBeGreaterThan(1.5 * heightOf(lineChart(lines)))
  })
})

describe('colourOf', () => {
  const names = ['bare node:http', 'dynalite', 'Cloudlet', 'DynamoDB Local 3.3', 'd', 'e', 'f']

  it('gives Cloudlet and the bare limit theirs, wherever they stand, and each other its own', () => {
    const colours = names.map((name) => colourOf(name, names))

    expect(colours).toEqual(['bare', 'c2', 'c1', 'c3', 'c4', 'c5', 'c6'])
  })
})
