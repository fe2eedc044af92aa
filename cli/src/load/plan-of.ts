import type { Plan, Profile, TargetAddress } from '@cloudlet/loadtest'
import type { LoadOptions } from '../commands/load.ts'

type Loadtest = typeof import('@cloudlet/loadtest')

/** Users that `--size` grows to unless `--vus` says otherwise. */
const SIZE_USERS_MAX = 2000
const SIZE_USERS_FIRST = 4
/** Connections to a server; arrivals that find none free wait for one. */
const CONNECTIONS_MAX = 4096
const VUS_DEFAULT = 20

/**
 * The options as a plan.
 *
 * @throws Error naming the option that is wrong
 */
export async function planOf(
  loadtest: Loadtest,
  scenario: string,
  options: LoadOptions,
  target: TargetAddress,
): Promise<Plan> {
  const ms = (option: string, text: string): number => {
    const value = loadtest.parseDuration(text)
    if (value === undefined)
      throw new Error(`${option} is a time such as 30s or 10m, not "${text}".`)
    return value
  }
  const variables = Object.fromEntries((options.var ?? []).map(variableOf))
  const single = options.single !== undefined
  const sizeMax = options.vus === VUS_DEFAULT ? SIZE_USERS_MAX : options.vus
  const profile: Profile =
    options.size === true
      ? loadtest.sizing(Math.min(SIZE_USERS_FIRST, sizeMax), sizeMax)
      : profileOf(loadtest, options, ms)
  const source = await loadtest.chooseSource(scenario, variables)
  if (options.single !== undefined) await loadtest.requireStep(source, options.single)
  return {
    source,
    target,
    profile,
    users: single ? 1 : options.size === true ? sizeMax : options.vus,
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...(options.runs !== undefined || single ? { runs: options.runs ?? 1 } : {}),
    ...(options.single === undefined ? {} : { step: options.single }),
    delayMs: ms('--delay', options.delay),
    stopOnFailure: options.stopOnFailure === true,
    timeoutMs: ms('--timeout', options.timeout),
    connectionsMax: CONNECTIONS_MAX,
    seed: options.seed,
    runId: runId(scenario, new Date()),
    data: options.data === undefined ? [] : loadtest.readData(options.data),
  }
}

function profileOf(
  { profileNames }: Loadtest,
  { profile, duration, rampUp }: LoadOptions,
  ms: (option: string, text: string) => number,
): Profile {
  const name = profileNames.find((each) => each === profile)
  if (name === undefined) throw new Error(`--profile is one of ${profileNames.join(', ')}.`)
  const durationMs = ms('--duration', duration)
  if (durationMs <= 0) throw new Error('--duration must be longer than nothing.')
  return {
    name,
    durationMs,
    ...(rampUp === undefined ? {} : { rampUpMs: ms('--ramp-up', rampUp) }),
  }
}

function variableOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new Error(`--var is name=value, not "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** For example `20261121-145301-tokens`; runs sort by their time. */
function runId(scenario: string, now: Date): string {
  const time = now
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .replace('T', '-')
  const name = scenario
    .replace(/^.*[/\\]/, '')
    .replace(/\.\w+$/, '')
    .replaceAll(/[^\w-]+/g, '-')
  return `${time}-${name}`
}
