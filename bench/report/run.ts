import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'

export const resultsFolder = join(import.meta.dirname, '..', 'results')

/** What a bench found, with where and when: one file in `bench/results/`. The figures are the bench's own. */
export type Run = {
  readonly name: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly node: string
  readonly cpu?: string
  readonly cores: number
  readonly memoryGb?: number
  readonly system?: string
  /** Short hash; "with changes" when sources differed from it. Absent outside a clone. */
  readonly commit?: string
  /** The share of the processors' time that other programs left, just before the bench began: 1 is a quiet machine. */
  readonly idleBefore?: number
  readonly [figure: string]: unknown
}

const machine: { idleBefore?: number } = {}

/** Measures for a second how quiet the machine is; the run that is kept next tells it. */
export async function watchMachine(): Promise<number> {
  const [startedMs, before] = [performance.now(), busyMs()]
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const busy = (busyMs() - before) / (performance.now() - startedMs) / cpus().length
  machine.idleBefore = Number(Math.max(0, 1 - busy).toFixed(2))
  return machine.idleBefore
}

/** Time that all processors have worked. What is neither work nor idle is waiting for the disk. */
const busyMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

/** Writes a run's figures with the machine, the commit and the time. */
export function writeRun(name: string, figures: object): void {
  const commit = commitOfSources()
  const run: Run = {
    name,
    at: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${type()} ${release()}`,
    ...(commit === undefined ? {} : { commit }),
    ...(machine.idleBefore === undefined ? {} : { idleBefore: machine.idleBefore }),
    ...figures,
  }
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(join(resultsFolder, `${name}.json`), `${JSON.stringify(run, null, 2)}\n`)
}

function commitOfSources(): string | undefined {
  const git = (...words: string[]): string =>
    execFileSync('git', words, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    const hash = git('rev-parse', '--short', 'HEAD')
    const changed = git('status', '--porcelain', '--', ':/cloud', ':/services', ':/loadtest')
    return changed === '' ? hash : `${hash} with changes`
  } catch {
    return undefined
  }
}

/** All kept runs, by name. */
export function readRuns(): Run[] {
  if (!existsSync(resultsFolder)) return []
  return readdirSync(resultsFolder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(resultsFolder, file), 'utf8')) as Run) // written by writeRun
}

/** "AMD EPYC, 2 cores, 25 GB, Linux 6.1.0, Node v20.20.2". */
export const machineText = (run: Run): string =>
  [
    run.cpu,
    `${run.cores} cores`,
    run.memoryGb === undefined ? undefined : `${run.memoryGb} GB`,
    run.system,
    `Node ${run.node}`,
  ]
    .filter((each) => each !== undefined)
    .join(', ')

/** "2026-11-21 15:20 UTC". */
export const timeText = (run: Run): string => `${run.at.slice(0, 16).replace('T', ' ')} UTC`
