import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { Measured, Plan, RunRecord } from '@cloudlet/loadtest'
import { CliError } from '../cli-error.ts'
import { findTarget } from '../load/find-target.ts'
import { planOf } from '../load/plan-of.ts'
import { show } from '../load/show.ts'
import { count, port, several } from '../options.ts'
import { columns, paint, say } from '../terminal.ts'
import { describeLoadCompare } from './load-compare.ts'
import { describeLoadMemory } from './load-memory.ts'

export type LoadOptions = {
  vus: number
  duration: string
  profile: string
  rampUp?: string
  runs?: number
  delay: string
  rate?: number
  single?: string
  stopOnFailure?: true
  size?: true
  passIf?: string
  target?: string
  service?: readonly string[]
  token?: string
  idToken?: string
  workers: number
  timeout: string
  warmUp: string
  seed: number
  data?: string
  var?: readonly string[]
  out?: string
  json?: true
  port: number
}

export const describeLoad = (): Command =>
  new Command('load')
    .description('Find out how services behave under load.')
    .argument('[scenario]', 'a shipped one, a module (.ts, .mjs), or a Postman collection (.json)')
    .option('-u, --vus <n>', 'virtual users at the most', count, 20)
    .option('-d, --duration <time>', 'for how long: 500ms, 30s, 10m, 1h', '10m')
    .option('--profile <form>', 'fixed, ramp-up, spike or peak', 'fixed')
    .option('--ramp-up <time>', 'how long until all users are there')
    .option('--runs <n>', 'iterations of each user at the most', count)
    .option('--delay <time>', 'a pause of each user between iterations', '0')
    .option('--rate <n>', 'iterations begun a second, whatever is answered (open model)', positive)
    .option('--single <step>', 'this step only, once (or --runs times), by one user')
    .option('--stop-on-failure', 'end at the first failure')
    .option('--size', 'add users until more than 5 % fails, and tell how many were too many')
    .option(
      '--pass-if <condition>',
      'for example "p95<200 && error_rate<1%"; decides the exit code',
    )
    .option('--target <url>', 'where the services are, by base path (default: the local cloud)')
    .option('--service <name=url>', "a service's own address (repeatable)", several)
    .option('--token <token>', "an access token (default: the local cloud's demo user's)")
    .option('--id-token <token>', 'an id token')
    .option('--workers <n>', 'threads that send', count, 1)
    .option('--timeout <time>', 'how long an answer is waited for', '30s')
    .option('--warm-up <time>', 'how much of the start is left out of the figures', '0')
    .option('--seed <n>', 'of all random choices', count, 1)
    .option('--data <file>', 'rows of test data: CSV with a head line, or a JSON array')
    .option('--var <name=value>', 'a variable of a Postman collection (repeatable)', several)
    .option('-o, --out <folder>', 'where the run is kept (default: below .cloudlet/load)')
    .option('--json', 'print run.json and nothing else')
    .option('-p, --port <port>', "port of the local cloud's AWS endpoint", port, 4566)
    .addHelpText('after', examples)
    // What follows a subcommand is its own.
    .enablePositionalOptions()
    .action(load)
    .addCommand(describeLoadCompare())
    .addCommand(describeLoadMemory())

const examples = `
Examples:
  cloudlet load tokens --vus 50 --duration 1m --profile ramp-up
  cloudlet load cargo --rate 200 --duration 30s --pass-if "p95<200 && error_rate<1%"
  cloudlet load my-scenario.ts --target https://api.example.com --token "$TOKEN"
  cloudlet load tokens.postman_collection.json --var baseUrl=http://localhost:3000`

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0 is wanted.')
  return value
}

async function load(scenario: string | undefined, options: LoadOptions): Promise<void> {
  const loadtest = await import('@cloudlet/loadtest')
  if (scenario === undefined) {
    say(paint.bold('Scenarios'))
    say(
      columns([...loadtest.shippedScenarios.values()].map((each) => [each.name, each.description])),
    )
    say(`\n${paint.dim('cloudlet load SCENARIO runs one; --help tells more.')}`)
    return
  }
  const passIf =
    options.passIf === undefined
      ? undefined
      : usable(() => loadtest.parsePassIf(options.passIf ?? ''))
  const target = await findTarget(options)
  const plan = await usable(() => planOf(loadtest, scenario, options, target))
  const measured = await runShown(scenario, plan, options)
  const verdict = passIf === undefined ? undefined : loadtest.judge(passIf, measured.summary.all)
  const record: RunRecord =
    verdict === undefined ? measured.record : { ...measured.record, passIf: verdict }
  const folder = options.out ?? join(loadtest.runsFolder, record.id)
  loadtest.writeRun(folder, { ...measured, record })
  if (options.json === true) say(JSON.stringify(record, null, 2))
  else
    say(
      `\n${loadtest.endTable(record, paint)}\n\nReport: ${paint.cyan(join(folder, 'report.html'))}`,
    )
  if (verdict?.passed === false) process.exitCode = 1
  if (options.stopOnFailure === true && record.all.errorRate > 0) process.exitCode = 1
}

async function runShown(scenario: string, plan: Plan, options: LoadOptions): Promise<Measured> {
  const loadtest = await import('@cloudlet/loadtest')
  const { profile } = plan
  const finder = profile.name === 'staircase' ? loadtest.sizeFinder(profile, plan.users) : undefined
  const stopping = new AbortController()
  const interrupted = (): void => stopping.abort()
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  const view = options.json === true ? undefined : show(loadtest, scenario, plan)
  try {
    const outcome = await loadtest.runLoad(plan, {
      workers: options.workers,
      signal: stopping.signal,
      onSecond(second) {
        view?.update(second)
        return finder?.onSecond(second)
      },
    })
    view?.end()
    if (finder !== undefined && options.json !== true) sayAboutSize(finder)
    return loadtest.measure({
      id: plan.runId,
      scenario,
      plan,
      workers: options.workers,
      warmUpMs: loadtest.parseDuration(options.warmUp) ?? 0,
      outcome,
    })
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}

function sayAboutSize(finder: {
  steps: () => readonly SizeStep[]
  size: () => SizeStep | undefined
}): void {
  const size = finder.size()
  const last = finder.steps().at(-1)
  say()
  if (size === undefined) say('Even the first users were too many.')
  else {
    say(
      `${paint.bold(`${size.users} users`)} (${Math.round(size.perSecond)} requests a second) were not too many.`,
    )
  }
  if (last !== undefined && last !== size)
    say(`With ${last.users}, ${(last.errorRate * 100).toFixed(1)} % failed.`)
}

type SizeStep = { readonly users: number; readonly perSecond: number; readonly errorRate: number }

/** Runs what may find fault with the options: such a fault is the user's. */
function usable<T>(work: () => T): T {
  const blame = (error: unknown): never => {
    throw new CliError(error instanceof Error ? error.message : String(error), 2)
  }
  try {
    const result = work()
    // A promise's fault is the user's as well.
    return result instanceof Promise ? (result.catch(blame) as T) : result
  } catch (error) {
    return blame(error)
  }
}
