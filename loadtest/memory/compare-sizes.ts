import { startGenerator } from '../engine/generator.ts'
import type { Plan } from '../engine/plan.ts'
import { HttpClient } from '../http/http-client.ts'
import { Histogram } from '../measure/histogram.ts'
import { lambdaApi, type Configuration, type LambdaAddress } from './lambda-api.ts'
import { usdPerMillion } from './price.ts'
import type { ReportFigures } from './report-figures.ts'

/** The figures of one memory size. Times in ms, of warm invocations unless they say otherwise. */
export type SizeFigures = {
  readonly memoryMb: number
  readonly invocations: number
  readonly failed: number
  readonly averageMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly coldStarts: number
  /** The middle of the cold starts' initialisations; 0 where there was none. */
  readonly initMs: number
  /** What callers waited, cold starts included. */
  readonly waitedP95Ms: number
  readonly usedMbMax: number
  /** Of all invocations together. */
  readonly billedGbSeconds: number
  readonly usdPerMillion: number
}

export type MemoryOptions = {
  readonly functionName: string
  readonly address: LambdaAddress
  readonly sizes: readonly number[]
  /** JSON text. */
  readonly event: string
  /** The same load at every size. */
  readonly load: Pick<Plan, 'profile' | 'users' | 'runs' | 'seed' | 'delayMs' | 'timeoutMs'>
  readonly onSize?: (figures: SizeFigures) => void
  readonly signal?: AbortSignal
}

const CONNECTIONS_MAX = 1024

/** Answers that come late are of no use for the function's configuration. */
const CONFIGURATION_TIMEOUT_MS = 30_000

/**
 * Puts the same load on a function at each memory size, and its own size back in the end: also after an error, and
 * when `signal` ends it early.
 *
 * @throws Error with Lambda's message, for example when there is no such function; one that names the function's own
 *   size when that could not be put back
 */
export async function compareSizes(options: MemoryOptions): Promise<SizeFigures[]> {
  const client = new HttpClient({ timeoutMs: CONFIGURATION_TIMEOUT_MS, connectionsMax: 1 })
  const api = lambdaApi(client, options.address, options.functionName)
  const all: SizeFigures[] = []
  try {
    const own = await api.configuration()
    await putBackAfterwards(api, own.memoryMb, () => tryAll(own))
    return all
  } finally {
    client.close()
  }

  async function tryAll(own: Configuration): Promise<void> {
    for (const size of options.sizes) {
      if (options.signal?.aborted === true) break
      await api.setMemory(size)
      const figures = await tryOut(options, { ...own, memoryMb: size })
      options.onSize?.(figures)
      all.push(figures)
    }
  }
}

/** Runs `work`, then sets the size that the function had. What `work` threw is thrown in the end. */
async function putBackAfterwards(
  api: ReturnType<typeof lambdaApi>,
  memoryMb: number,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } finally {
    await api.putBack(memoryMb)
  }
}

async function tryOut(options: MemoryOptions, configuration: Configuration): Promise<SizeFigures> {
  const { load, address, functionName, event, signal } = options
  const plan: Plan = {
    ...load,
    source: { kind: 'shipped', name: functionName },
    target: { base: address.endpoint, services: {} },
    stopOnFailure: false,
    connectionsMax: CONNECTIONS_MAX,
    runId: 'memory',
    data: [],
  }
  const client = new HttpClient(plan)
  const api = lambdaApi(client, address, functionName)
  const reports: ReportFigures[] = []
  const waited = new Histogram()
  let failed = 0
  const scenario = {
    name: functionName,
    description: '',
    steps: [
      {
        name: 'invoke',
        weight: 1,
        async run(): Promise<void> {
          const startMs = performance.now()
          const outcome = await api.invoke(event).catch(() => undefined)
          waited.add(performance.now() - startMs)
          if (outcome === undefined || outcome.failed) failed++
          if (outcome?.report !== undefined) reports.push(outcome.report)
        },
      },
    ],
  }
  const seat = { worker: 0, workers: 1 }
  const generator = startGenerator(plan, seat, scenario, undefined, () => undefined, client)
  signal?.addEventListener('abort', generator.stop, { once: true })
  await generator.done
  signal?.removeEventListener('abort', generator.stop)
  return figuresOf(configuration, reports, waited, failed)
}

/** Puts what was reported together. */
export function figuresOf(
  { memoryMb, architecture }: Configuration,
  reports: readonly ReportFigures[],
  waited: Histogram,
  failed: number,
): SizeFigures {
  const warm = new Histogram()
  const inits: number[] = []
  let billedMs = 0
  for (const report of reports) {
    billedMs += report.billedMs
    if (report.initMs === undefined) warm.add(report.durationMs)
    else inits.push(report.initMs)
  }
  const billedGbSeconds = (billedMs / 1000) * (memoryMb / 1024)
  const at = (share: number): number => (warm.count === 0 ? 0 : warm.percentileMs(share))
  return {
    memoryMb,
    invocations: waited.count,
    failed,
    averageMs: warm.count === 0 ? 0 : warm.averageMs,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    coldStarts: inits.length,
    initMs: inits.toSorted((a, b) => a - b)[inits.length >> 1] ?? 0,
    waitedP95Ms: waited.count === 0 ? 0 : waited.percentileMs(0.95),
    usedMbMax: reports.reduce((most, report) => Math.max(most, report.usedMb), 0),
    billedGbSeconds,
    usdPerMillion: usdPerMillion(billedGbSeconds / Math.max(1, reports.length), architecture),
  }
}

/** The size that costs least and the one that is fastest; undefined when none has a figure. */
export function bestOf(
  all: readonly SizeFigures[],
): { cheapest: number; fastest: number } | undefined {
  const measured = all.filter((each) => each.averageMs > 0 && each.failed === 0)
  const least = (of: (figures: SizeFigures) => number): SizeFigures | undefined =>
    measured.toSorted((a, b) => of(a) - of(b))[0]
  const cheapest = least((each) => each.usdPerMillion)
  const fastest = least((each) => each.averageMs)
  if (cheapest === undefined || fastest === undefined) return undefined
  return { cheapest: cheapest.memoryMb, fastest: fastest.memoryMb }
}
