import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import type { Cloud, CloudOptions } from 'cloudlet'
import { CliError } from '../cli-error.ts'
import { onStop } from '../on-stop.ts'
import { port, several, stackParameters } from '../options.ts'
import { prepareReadyFile, writeReadyFile } from '../ready-file.ts'
import { giveMemoryBackAtRest } from '../rest.ts'
import { synthesize } from '../synth.ts'
import { columns, paint, say } from '../terminal.ts'
import { watchSources } from '../watch.ts'

type Options = {
  template?: readonly string[]
  app?: string
  sources?: readonly string[]
  parameter?: readonly string[]
  port: number
  frontPort: number
  host: string
  data: string
  memory?: true
  durability: string
  throttle?: true
  region: string
  allowOrigin?: readonly string[]
  allowHost?: readonly string[]
  watch?: true
  cpuScale?: true
  readyFile?: string
}

type Parameters = Readonly<Record<string, string>>

const accountId = '000000000000'

export const describeUp = (): Command =>
  new Command('up')
    .description('Bring up the cloud and deploy templates to it.')
    .option('-t, --template <file>', 'CloudFormation template to deploy (repeatable)', several)
    .option('-a, --app <command>', 'CDK app to synthesize and deploy, for example "node app.js"')
    .option(
      '--sources <folder>',
      'what the app is made from: it runs again only when something there changed (repeatable; default: this folder)',
      several,
    )
    .option(
      '--parameter <[Stack:]Name=Value>',
      'value of a parameter of the stacks, at each start anew (repeatable; as cdk deploy --parameters)',
      several,
    )
    .option('-p, --port <port>', 'port of the AWS endpoint', port, 4566)
    .option('--front-port <port>', 'port of the front door', port, 3000)
    .option('--host <host>', 'address to bind to', '127.0.0.1')
    .option('-d, --data <folder>', 'folder for the data', '.cloudlet')
    .option('-m, --memory', 'keep nothing: all data is gone when it stops')
    .option(
      '--durability <kind>',
      'process (survives kill -9) or flush (waits for the disk)',
      'process',
    )
    .option('--throttle', 'refuse what exceeds the capacity of provisioned DynamoDB tables')
    .option('--region <region>', 'region named in ARNs', process.env['AWS_REGION'] ?? 'us-east-1')
    .option(
      '--allow-origin <origin>',
      'web page that may call the AWS endpoint (repeatable)',
      several,
    )
    .option('--allow-host <name>', 'further name this machine is called by (repeatable)', several)
    .option('-w, --watch', 'deploy again when a source changes')
    .option(
      '--cpu-scale',
      'give functions the processor share of their memory (1,769 MB: one), and tell their cost',
    )
    .option('--ready-file <file>', 'write a JSON file with the addresses once all is up')
    .addHelpText(
      'after',
      '\nExamples:\n  cloudlet up --app "node app.js" --watch\n  cloudlet up --template template.json --memory --port 0 --front-port 0\n\nEnvironment:\n  SMTP_URL   hands e-mails of user pools to this server, for example smtp://localhost:1025\n  SMTP_FROM  their sender',
    )
    .action(up)

async function up(options: Options): Promise<void> {
  const startedMs = performance.now()
  const { durability, parameters } = checked(options)
  if (options.readyFile !== undefined) prepareReadyFile(options.readyFile)
  const { createCloud } = await import('cloudlet')
  const synthesis = options.app === undefined ? undefined : synthesizeApp(options.app, options)
  synthesis?.catch(() => undefined) // reported when it is awaited below
  const cloud = await createCloud({
    port: options.port,
    frontPort: options.frontPort,
    host: options.host,
    data: options.memory === true ? 'memory' : { folder: options.data },
    durability,
    throttle: options.throttle === true,
    region: options.region,
    accountId,
    allowedOrigins: options.allowOrigin ?? [],
    allowedHosts: options.allowHost ?? [],
    ...mailRelay(process.env),
    ...(options.cpuScale === true ? { cpuScale: true } : {}),
    report: printReport,
  })
  giveMemoryBackAtRest()
  onStop(async () => {
    if (options.readyFile !== undefined) rmSync(options.readyFile, { force: true })
    await cloud.close()
  })
  try {
    const assembly = await synthesis
    if (assembly !== undefined) await cloud.deployAssembly(assembly.folder, { parameters })
    await deployTemplates(cloud, options, parameters)
    if (options.readyFile !== undefined) writeReadyFile(options.readyFile, readyToTell(cloud))
  } catch (error) {
    await cloud.close()
    throw error
  }
  announce(cloud, options, performance.now() - startedMs)
  if (options.watch === true) watchAndDeploy(cloud, options, parameters)
}

/** @throws CliError when the options do not go together */
function checked(options: Options): { durability: 'process' | 'flush'; parameters: Parameters } {
  const { durability, app, template = [], sources, watch, parameter = [] } = options
  if (durability !== 'process' && durability !== 'flush') {
    throw new CliError('--durability is "process" or "flush".', 2)
  }
  if (watch === true && app === undefined && template.length === 0) {
    throw new CliError('--watch needs --app or --template: there is nothing to deploy again.', 2)
  }
  if (sources !== undefined && app === undefined && watch !== true) {
    throw new CliError('--sources needs --app or --watch.', 2)
  }
  if (parameter.length > 0 && (app === undefined ? 0 : 1) + template.length !== 1) {
    throw new CliError('--parameter goes with --app or with one --template.', 2)
  }
  return { durability, parameters: stackParameters(parameter) }
}

/** @throws CliError naming the file that cannot be deployed */
async function deployTemplates(
  cloud: Cloud,
  options: Options,
  parameters: Parameters,
): Promise<void> {
  for (const file of options.template ?? []) {
    try {
      await cloud.deployTemplate(file, { parameters })
    } catch (error) {
      throw new CliError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

/** SMTP_URL sends the messages of user pools on, from SMTP_FROM where that is set. */
function mailRelay(env: NodeJS.ProcessEnv): Pick<CloudOptions, 'mail'> {
  const { SMTP_URL: url = '', SMTP_FROM: from = '' } = env
  if (url === '') return {}
  return { mail: { url, ...(from === '' ? {} : { from }) } }
}

function synthesizeApp(
  app: string,
  options: Options,
): Promise<{ folder: string; cached: boolean }> {
  return synthesize({
    app,
    sources: options.sources ?? ['.'],
    cacheFolder: join('.cloudlet', 'assemblies'),
    region: options.region,
    accountId,
  })
}

function announce(cloud: Cloud, options: Options, tookMs: number): void {
  const rows = [
    ['AWS endpoint', cloud.endpoint],
    ['Front door', cloud.frontDoor ?? 'none'],
    ...Object.entries(cloud.services()).map(([name, url]) => [`  ${name}`, url]),
    ['Data', options.memory === true ? 'in memory' : options.data],
  ]
  const user = cloud.demoUser
  if (user !== undefined) rows.push(['Demo user', `${user.username}  password  ${user.password}`])
  say(
    `\n${paint.green('●')} ${paint.bold('Cloudlet is ready')} ${paint.dim(`in ${(tookMs / 1000).toFixed(1)} s`)}\n`,
  )
  say(columns(rows))
  say(
    `\n${paint.dim('Ctrl-C stops it. Any AWS tool finds it with AWS_ENDPOINT_URL=')}${cloud.endpoint}\n`,
  )
}

const readyToTell = (cloud: Cloud): object => ({
  endpoint: cloud.endpoint,
  frontDoor: cloud.frontDoor,
  services: cloud.services(),
  demoUser: cloud.demoUser,
})

function watchAndDeploy(cloud: Cloud, options: Options, parameters: Parameters): void {
  const { app, sources, template, readyFile } = options
  // Beside an app its sources count, beside a template what lies in its folder: the code it names by paths.
  const watched = [
    ...(sources ?? (app === undefined ? [] : ['.'])),
    ...(template ?? []).map((file) => dirname(file)),
  ]
  const own = [options.data, ...(readyFile === undefined ? [] : [readyFile])]
  const deployAgain = async (): Promise<void> => {
    const startedMs = performance.now()
    try {
      if (options.app !== undefined) {
        const assembly = await synthesizeApp(options.app, options)
        if (assembly.cached) return
        await cloud.deployAssembly(assembly.folder, { parameters })
      }
      await deployTemplates(cloud, options, parameters)
      if (readyFile !== undefined) writeReadyFile(readyFile, readyToTell(cloud))
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      say(`${paint.green('●')} Deployed again in ${seconds} s`)
    } catch (error) {
      // The cloud goes on as it was; the developer mends the source and saves again.
      process.stderr.write(
        `${paint.red('●')} ${error instanceof Error ? error.message : String(error)}\n`,
      )
    }
  }
  watchSources(watched, deployAgain, own)
  say(paint.dim(`Watching ${watched.join(', ')}`))
}

function printReport(event: {
  level: string
  part: string
  message: string
  cause?: unknown
}): void {
  if (event.level === 'debug' || event.level === 'info') return
  const colour = event.level === 'error' ? paint.red : paint.yellow
  process.stderr.write(`${colour(event.level)} ${event.part}: ${event.message}\n`)
  if (event.cause instanceof Error && event.level === 'error') {
    process.stderr.write(`${paint.dim(event.cause.stack ?? event.cause.message)}\n`)
  }
}
