import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const bin = join(import.meta.dirname, '..', '..', 'cloud', 'bin', 'cloudlet.mjs')

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

export type Started = {
  /** What was printed so far. */
  readonly stdout: () => string
  /** Waits until the output after `from` characters matches. @throws Error when the process ends before */
  readonly printed: (pattern: RegExp, from?: number) => Promise<RegExpMatchArray>
  /** The same for what is printed to standard error. */
  readonly complained: (pattern: RegExp) => Promise<RegExpMatchArray>
  /** Sends a signal, Ctrl-C when left out, and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>
  /** Reads its output no further, as `| head` does. */
  readonly hangUp: () => void
  readonly ended: Promise<Ended>
}

type Surroundings = {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Given on standard input, which is empty when left out. */
  readonly input?: string
}

const running = new Set<ChildProcess>()

/** Ends what a failed test has left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts the real command as a person does, in a process of its own. */
export function startCloudlet(words: readonly string[], surroundings: Surroundings): Started {
  const { cwd, env = {}, input = '' } = surroundings
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  const output = gather(child)
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) =>
      resolve({ code: code ?? signalled(signal), stdout: output.stdout, stderr: output.stderr }),
    ),
  )
  child.stdin.on('error', () => undefined) // it may have ended without reading
  child.stdin.end(input)
  const until = (stream: Readable, text: () => string, pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = (): void => {
        const found = text().match(pattern)
        if (found === null) return
        stream.off('data', look)
        resolve(found)
      }
      stream.on('data', look)
      look()
      void ended.then(({ code, stdout, stderr }) =>
        reject(new Error(`It ended with ${code} before ${pattern}:\n${stdout}\n${stderr}`)),
      )
    })
  return {
    stdout: () => output.stdout,
    printed: (pattern, from = 0) => until(child.stdout, () => output.stdout.slice(from), pattern),
    complained: (pattern) => until(child.stderr, () => output.stderr, pattern),
    stop(signal = 'SIGINT') {
      child.kill(signal)
      return ended
    },
    hangUp: () => void child.stdout.destroy(),
    ended,
  }
}

/** Runs the real command to its end. */
export const cloudlet = (words: readonly string[], surroundings: Surroundings): Promise<Ended> =>
  startCloudlet(words, surroundings).ended

/** A process that a signal ended has no exit code. */
const signalled = (signal: NodeJS.Signals | null): number => (signal === null ? 0 : -1)

function gather(child: ChildProcessWithoutNullStreams): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  return output
}
