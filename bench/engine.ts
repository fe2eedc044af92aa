import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository, stopper, temporaryFolder, type Contender } from './contender.ts'
import { freePort } from './peers.ts'

/** `cloudlet dynamodb` on a free port, once it answers. @param folder one of its own unless it is given */
export async function startEngine(folder = join(temporaryFolder(), 'data')): Promise<Contender> {
  const port = await freePort()
  const words = ['dynamodb', '--port', String(port), '--data', folder]
  const child = spawn('node', ['cloud/bin/cloudlet.mjs', ...words], {
    cwd: repository,
    stdio: 'ignore',
  })
  const contender = { name: 'Cloudlet (LMDB)', port, process: child, stop: stopper(child) }
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`)
      return contender
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
