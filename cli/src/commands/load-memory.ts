import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { CliError } from '../cli-error.ts'
import { count, port } from '../options.ts'
import { paint, say } from '../terminal.ts'

type Options = {
  sizes: readonly number[]
  event?: string
  vus: number
  runs?: number
  duration: string
  seed: number
  endpoint?: string
  port: number
  out?: string
}

const DEFAULT_SIZES = [128, 256, 512, 1024, 1769]

export const describeLoadMemory = (): Command =>
  new Command('memory')
    .description(
      'Put the same load on a function at several memory sizes; name the cheapest and the fastest.',
    )
    .argument('<function>', 'name or ARN')
    .option('--sizes <list>', 'MB, for example 128,256,512', sizes, DEFAULT_SIZES)
    .option('-e, --event <file>', 'JSON file with the event (default: {})')
    .option('-u, --vus <n>', 'callers at once', count, 2)
    .option('--runs <n>', 'invocations of each caller at each size', count)
    .option('-d, --duration <time>', 'for how long at each size', '20s')
    .option('--seed <n>', 'of all random choices', count, 1)
    .option('--endpoint <url>', 'https://lambda.<region>.amazonaws.com (default: the local cloud)')
    .option('-p, --port <port>', "port of the local cloud's AWS endpoint", port, 4566)
    .option('-o, --out <file>', 'where the page goes (default: below .cloudlet/load)')
    .addHelpText(
      'after',
      `
The memory size is changed for the comparison and put back in the end. A local cloud gives functions the processor
share of their size when it was started with --cpu-scale; without, sizes differ in cost only.
On AWS, credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.`,
    )
    .action(memory)

function sizes(text: string): readonly number[] {
  const all = text.split(',').map(Number)
  if (all.some((size) => !Number.isInteger(size) || size < 128 || size > 10_240)) {
    throw new InvalidArgumentError(
      'sizes are whole numbers from 128 to 10240, with commas between.',
    )
  }
  return all
}

async function memory(functionName: string, options: Options): Promise<void> {
  const { compareSizes, memoryPage, memoryText, parseDuration, runsFolder } =
    await import('@cloudlet/loadtest')
  const durationMs = parseDuration(options.duration)
  if (durationMs === undefined) throw new CliError('--duration is a time such as 30s or 10m.', 2)
  const stopping = new AbortController()
  // Never at once, however often it is asked for: the function's own memory size would be lost.
  const interrupted = (): void => {
    if (!stopping.signal.aborted) say(paint.yellow('Stopping; the memory size is put back …'))
    stopping.abort()
    process.exitCode = 130
  }
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', interrupted)
  const figures = await compareSizes({
    functionName,
    address: addressOf(options),
    sizes: options.sizes,
    event: readEvent(options.event),
    load: {
      profile: { name: 'fixed', durationMs },
      users: options.vus,
      ...(options.runs === undefined ? {} : { runs: options.runs }),
      seed: options.seed,
      delayMs: 0,
      timeoutMs: 900_000,
    },
    signal: stopping.signal,
    onSize: (each) =>
      say(
        paint.dim(
          `${each.memoryMb} MB: ${each.invocations} invocations, ${each.averageMs.toFixed(1)} ms on average`,
        ),
      ),
  })
  const file =
    options.out ?? join(runsFolder, `memory-${functionName.replaceAll(/[^\w-]+/g, '-')}.html`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, memoryPage(functionName, figures))
  writeFileSync(file.replace(/\.html$/, '.json'), `${JSON.stringify(figures, null, 2)}\n`)
  say(`\n${memoryText(figures, paint)}\n\nPage: ${paint.cyan(file)}`)
  if (figures.some((each) => each.failed > 0)) process.exitCode ??= 1
  process.off('SIGINT', interrupted)
  process.off('SIGTERM', interrupted)
}

function addressOf({ endpoint, port: localPort }: Options) {
  if (endpoint === undefined) {
    return {
      endpoint: `http://127.0.0.1:${localPort}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }
  }
  const {
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: token,
  } = process.env
  if (id === undefined || secret === undefined) {
    throw new CliError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set.', 2)
  }
  const region =
    /lambda[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(endpoint)?.[1] ?? process.env['AWS_REGION']
  return {
    endpoint: endpoint.replace(/\/+$/, ''),
    region: region ?? 'us-east-1',
    credentials: {
      accessKeyId: id,
      secretAccessKey: secret,
      ...(token === undefined ? {} : { sessionToken: token }),
    },
  }
}

function readEvent(file: string | undefined): string {
  if (file === undefined) return '{}'
  try {
    const text = readFileSync(file, 'utf8')
    JSON.parse(text)
    return text
  } catch (error) {
    throw new CliError(`The event cannot be read from ${file}: ${String(error)}`, 2)
  }
}
