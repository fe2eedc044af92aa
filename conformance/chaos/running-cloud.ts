import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..', '..')

export type RunningCloud = {
  readonly pid: number
  readonly endpoint: string
  readonly frontDoor: string
  readonly services: Readonly<Record<string, string>>
  /** SIGKILL, and wait until the process is gone. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** What `cloudlet up` is told so that the services are deployed. */
export const withServices = [
  '--app',
  'node --import tsx services/infra/app.ts',
  '--sources',
  'services',
]

export type Surroundings = {
  /** Free ones unless named: who restarts a cloud under its clients keeps its ports. */
  readonly ports?: { readonly endpoint: number; readonly frontDoor: number }
  /** A command that runs the cloud, for example to slow its disk. It must become the cloud's own process. */
  readonly under?: readonly string[]
}

/** `cloudlet up` in a process of its own that can be killed; with the services unless told otherwise. */
export async function startProcess(
  dataFolder: string,
  words: readonly string[] = withServices,
  { ports = { endpoint: 0, frontDoor: 0 }, under = [] }: Surroundings = {},
): Promise<RunningCloud> {
  const readyFile = `${dataFolder}.ready.json`
  rmSync(readyFile, { force: true })
  const command = [
    ...under,
    'node',
    'cloud/bin/cloudlet.mjs',
    'up',
    ...words,
    '--port',
    String(ports.endpoint),
    '--front-port',
    String(ports.frontDoor),
    '--data',
    dataFolder,
    '--ready-file',
    readyFile,
  ]
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_000)
  })
  const ready = JSON.parse(await readyText(readyFile, child, () => stderr)) as RunningCloud
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve())
      child.kill(signal)
    })
  return {
    ...ready,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

async function readyText(file: string, child: ChildProcess, stderr: () => string): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(file, 'utf8')
      if (text.endsWith('\n')) return text
    } catch {
      // Not there yet.
    }
    if (child.exitCode !== null) throw new Error(`cloudlet up ended: ${stderr()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
