import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '..')

export type Contender = {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
}

const contentsOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Resident memory of a process in MB, and the part of it that is its own (not mapped files), from /proc. */
export function memoryMb(pid: number | undefined): { residentMb: number; ownMb: number } {
  const status = contentsOf(`/proc/${pid}/status`) ?? ''
  const field = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { residentMb: field('VmRSS'), ownMb: field('RssAnon') }
}

/** Processor time that a process has used, in milliseconds, from /proc (a tick is 10 ms). */
export function cpuMs(pid: number | undefined): number {
  const fields = (contentsOf(`/proc/${pid}/stat`) ?? '').replace(/^.*\) /s, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** What must not outlive the bench, however it ends. */
const leftovers: (() => void)[] = []
process.once('exit', () => {
  for (const clear of leftovers) clear()
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-bench-'))
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function stopper(child: ChildProcess): () => Promise<void> {
  leftovers.unshift(() => child.kill('SIGKILL'))
  return () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
    })
}

/** The bare node:http server that every ratio is measured against. */
export async function bareServer(): Promise<Contender> {
  const child = spawn('node', [join(import.meta.dirname, 'bare-server.mjs'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())))
  })
  return { name: 'bare node:http', port, process: child, stop: stopper(child) }
}

export type Ready = {
  readonly endpoint: string
  readonly frontDoor: string
  readonly services: Readonly<Record<string, string>>
  readonly demoUser?: { username: string; password: string }
}

/** `cloudlet up` on free ports with a folder of its own, once it is ready. */
export async function cloudletUp(
  words: readonly string[],
): Promise<Contender & { ready: Ready; startMs: number }> {
  const folder = temporaryFolder()
  const readyFile = join(folder, 'ready.json')
  const startedMs = performance.now()
  const child = spawn(
    'node',
    [
      'cloud/bin/cloudlet.mjs',
      'up',
      '--port',
      '0',
      '--front-port',
      '0',
      '--data',
      join(folder, 'data'),
      '--ready-file',
      readyFile,
      ...words,
    ],
    { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const stop = stopper(child)
  const ready = await waitForJson<Ready>(readyFile, child)
  return {
    name: 'cloudlet',
    port: Number(new URL(ready.frontDoor).port),
    process: child,
    stop,
    ready,
    startMs: performance.now() - startedMs,
  }
}

/** Polls for a JSON file that a starting process writes when it is ready. */
export async function waitForJson<T>(file: string, child: ChildProcess): Promise<T> {
  for (;;) {
    const text = contentsOf(file)
    if (text !== undefined && text.endsWith('\n')) return JSON.parse(text) as T
    if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
