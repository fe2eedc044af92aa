import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inlineFunction, startDeployedCloud, type DeployedCloud } from '../deployed-cloud.ts'

const program = join(import.meta.dirname, '..', '..', 'cloud', 'bin', 'cloudlet.mjs')
const folder = mkdtempSync(join(tmpdir(), 'cloudlet-memory-'))
const OWN_MB = 384
let deployed: DeployedCloud

beforeAll(async () => {
  deployed = await startDeployedCloud()
  const properties = (name: string) => ({ FunctionName: name, MemorySize: OWN_MB })
  await deployed.deploy('sizes', {
    Sound: inlineFunction('exports.handler = async () => "well"', properties('sound')),
    Broken: inlineFunction('exports.handler = async () => { throw 1 }', properties('broken')),
  })
}, 60_000)
afterAll(async () => {
  await deployed.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The command as it is used against AWS: with an endpoint and credentials. */
function memory(name: string, endpoint: string, ...words: readonly string[]) {
  const child = spawn(
    'node',
    [program, 'load', 'memory', name, '--endpoint', endpoint, '--sizes', '128,256', ...words],
    {
      cwd: folder,
      env: { ...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    },
  )
  let text = ''
  const gather = (chunk: Buffer): void => void (text += chunk.toString())
  child.stdout.on('data', gather)
  child.stderr.on('data', gather)
  const ended = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, text })),
  )
  return { child, ended, text: () => text }
}

async function memoryOf(name: string): Promise<number | undefined> {
  const client = new LambdaClient(deployed.settings)
  const { MemorySize } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  )
  client.destroy()
  return MemorySize
}

/** Lambda's API, in which the second change of a configuration fails, and the next as well: an update is under way. */
async function failingApi(): Promise<{ url: string; server: Server; changes: number[] }> {
  const changes: number[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      if (incoming.method === 'PUT') {
        changes.push((JSON.parse(body.toString()) as { MemorySize: number }).MemorySize)
        if (changes.length === 2 || changes.length === 3) {
          outgoing.writeHead(409).end('{"Message":"An update is in progress"}')
          return
        }
      }
      const { method, headers, url } = incoming
      const target = new URL(url ?? '/', deployed.cloud.endpoint)
      const onward = request(target, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(outgoing)
      })
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listens on a port
  return { url: `http://127.0.0.1:${port}`, server, changes }
}

describe('cloudlet load memory puts the memory size back', () => {
  it('after a comparison, which names the cheapest and the fastest', async () => {
    const { code, text } = await memory('sound', deployed.cloud.endpoint, '--runs', '5').ended

    expect(text).toMatch(/Cheapest|is both the cheapest/)
    expect(text).toMatch(/256 MB: 10 invocations/)
    expect(code).toBe(0)
    expect(await memoryOf('sound')).toBe(OWN_MB)
  })

  it('after a function that fails, and tells by the exit code', async () => {
    const { code, text } = await memory('broken', deployed.cloud.endpoint, '--runs', '2').ended

    expect(text).toContain('No size was without failures')
    expect(code).toBe(1)
    expect(await memoryOf('broken')).toBe(OWN_MB)
  })

  it('after an error of Lambda’s API, trying until it passes', async () => {
    const { url, server, changes } = await failingApi()

    const { code, text } = await memory('sound', url, '--runs', '2').ended
    server.close()

    expect(text).toContain('An update is in progress')
    expect(code).toBe(1)
    expect(changes).toEqual([128, 256, OWN_MB, OWN_MB])
    expect(await memoryOf('sound')).toBe(OWN_MB)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('after %s, also when it comes twice', async (signal) => {
    const { child, ended, text } = memory('sound', deployed.cloud.endpoint, '--duration', '5s')
    while ((await memoryOf('sound')) === OWN_MB) await new Promise((go) => setTimeout(go, 50))
    expect(await memoryOf('sound')).toBe(128)

    child.kill(signal)
    child.kill(signal)
    const { code } = await ended

    expect(text()).toContain('the memory size is put back')
    expect(code).toBe(130)
    expect(await memoryOf('sound')).toBe(OWN_MB)
  })
})
