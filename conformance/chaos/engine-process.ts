import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..', '..')

export type EngineProcess = {
  readonly endpoint: string
  readonly kill: () => Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** `cloudlet dynamodb` in a process of its own, once it answers. */
export async function startEngineProcess(folder: string): Promise<EngineProcess> {
  const port = await freePort()
  const child = spawn(
    'node',
    ['cloud/bin/cloudlet.mjs', 'dynamodb', '--port', String(port), '--data', folder],
    { cwd: repository, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_000)
  })
  const endpoint = `http://127.0.0.1:${port}`
  for (;;) {
    try {
      await (await fetch(endpoint)).arrayBuffer()
      break
    } catch {
      if (child.exitCode !== null) throw new Error(`cloudlet dynamodb ended: ${stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return {
    endpoint,
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}
