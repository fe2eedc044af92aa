import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { stopper, type Contender } from './contender.ts'

/** A contender that has not been started: the command, and the port it will listen on. */
export type Program = {
  readonly name: string
  readonly port: number
  readonly command: string
  readonly words: readonly string[]
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}

function start(program: Program): ChildProcess {
  return spawn(program.command, [...program.words], {
    ...(program.folder === undefined ? {} : { cwd: program.folder }),
    env: { ...process.env, ...program.environment },
    stdio: 'ignore',
  })
}

/** Starts a program and waits until its port takes connections; no request has been sent yet. */
export async function started(program: Program): Promise<Contender> {
  const child = start(program)
  const contender = { name: program.name, port: program.port, process: child, stop: stopper(child) }
  for (;;) {
    if (await attempt(program.port)) return contender
    if (child.exitCode !== null) throw new Error(`${program.name} ended with ${child.exitCode}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/**
 * Starts a program, sends `request` over and over until it is answered with 2xx, and stops it.
 *
 * @returns milliseconds from the command to that answer, seen from outside
 */
export async function firstAnswerMs(program: Program, request: string): Promise<number> {
  const startedMs = performance.now()
  const child = start(program)
  const stop = stopper(child)
  while (!(await attempt(program.port, request))) {
    if (child.exitCode !== null) throw new Error(`${program.name} ended with ${child.exitCode}.`)
    if (performance.now() - startedMs > 60_000) throw new Error(`${program.name} does not answer.`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const ms = performance.now() - startedMs
  await stop()
  return ms
}

/** Whether a connection can be made and, if there is a request, whether its answer is 2xx. */
function attempt(port: number, request?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const end = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.on('connect', () => (request === undefined ? end(true) : socket.write(request)))
    socket.on('data', (chunk) => end(/^HTTP\/1.1 2/.test(chunk.toString('latin1'))))
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
  })
}

/** Milliseconds until one request is answered. @throws Error when the answer is not 2xx */
export async function answerMs(port: number, request: string): Promise<number> {
  const startedMs = performance.now()
  if (!(await attempt(port, request))) throw new Error(`Refused: ${request.split('\r\n')[0]}`)
  return performance.now() - startedMs
}
