import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError } from './cli-error.ts'

export type SynthOptions = {
  /** The CDK app's command, for example `node app.js`. */
  readonly app: string
  /** Folders whose files decide whether the app must run again. */
  readonly sources: readonly string[]
  /** Where assemblies are kept, one folder a state of the sources. */
  readonly cacheFolder: string
  readonly region: string
  readonly accountId: string
}

/** How many earlier assemblies are kept: a running cloud's functions may still be served from the last. */
const assembliesKept = 3
const complete = 'complete'

/**
 * Runs a CDK app and gives its cloud assembly; runs nothing when neither its sources nor its command have
 * changed since the last time (synthesis takes seconds, looking at the sources milliseconds).
 *
 * @returns the folder with manifest.json
 * @throws CliError with the app's own output when it fails
 */
export async function synthesize(
  options: SynthOptions,
): Promise<{ folder: string; cached: boolean }> {
  const folder = join(resolve(options.cacheFolder), fingerprint(options))
  if (existsSync(join(folder, complete))) {
    const now = new Date()
    utimesSync(folder, now, now)
    return { folder, cached: true }
  }
  const working = `${folder}.${process.pid}`
  rmSync(working, { recursive: true, force: true })
  mkdirSync(working, { recursive: true })
  try {
    await runApp(options, working)
    if (!existsSync(join(working, 'manifest.json'))) {
      throw new CliError(
        `"${options.app}" ran, but wrote no cloud assembly to CDK_OUTDIR. Is it a CDK app that calls app.synth()?`,
      )
    }
    writeFileSync(join(working, complete), '')
    rmSync(folder, { recursive: true, force: true })
    renameSync(working, folder)
  } finally {
    rmSync(working, { recursive: true, force: true })
  }
  prune(options.cacheFolder)
  return { folder, cached: false }
}

function runApp(options: SynthOptions, outputFolder: string): Promise<void> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(options.app, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CDK_OUTDIR: outputFolder,
        CDK_DEFAULT_ACCOUNT: options.accountId,
        CDK_DEFAULT_REGION: options.region,
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    })
    let output = ''
    const gather = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-20_000)
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolvePromise()
      else
        reject(
          new CliError(`The app "${options.app}" failed (exit code ${code}):\n${output.trimEnd()}`),
        )
    })
  })
}

const skippedFolders = new Set(['node_modules', 'dist', 'cdk.out', 'results', 'coverage'])
const sourceFile = /\.([cm]?[jt]sx?|json|graphql|sql|txt|html|css|py)$/

/** A hash of the command and of every source file's path, size and time of change. */
function fingerprint(options: SynthOptions): string {
  const hash = createHash('sha256').update(
    JSON.stringify([options.app, options.region, options.accountId]),
  )
  function visit(path: string): void {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isFile()) {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`)
      return
    }
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || skippedFolders.has(entry.name)) continue
      if (entry.isDirectory() || sourceFile.test(entry.name)) visit(join(path, entry.name))
    }
  }
  // Settings that apps read stand in .env.
  for (const source of [...options.sources, 'package-lock.json', '.env']) visit(resolve(source))
  return hash.digest('hex').slice(0, 20)
}

function prune(cacheFolder: string): void {
  const folders = readdirSync(cacheFolder)
    .map((name) => ({
      path: join(cacheFolder, name),
      usedMs: statSync(join(cacheFolder, name)).mtimeMs,
    }))
    .sort((a, b) => b.usedMs - a.usedMs)
  for (const { path } of folders.slice(assembliesKept))
    rmSync(path, { recursive: true, force: true })
}
