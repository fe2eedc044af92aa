import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Load, Result } from './raw-client.ts'

/** Sends a load from a process of its own, so that the client's work is not the server's. */
export function driveApart(load: Load): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./raw-client.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    })
    child.on('message', (result: Result) => {
      resolve(result)
      child.kill()
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code !== 0 && code !== null) reject(new Error(`The load client ended with ${code}.`))
    })
    child.send(load)
  })
}

export const get = (path: string, headers: Readonly<Record<string, string>> = {}): string =>
  http('GET', path, headers, '')

export const post = (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string => http('POST', path, headers, body)

function http(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const lines = Object.entries({
    host: 'localhost',
    ...(method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}
