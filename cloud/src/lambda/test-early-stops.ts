/**
 * Clouds that stop while threads are loading their functions, in a process of its own: run by stop.test.ts.
 * Node aborted about every third such process while stopping terminated threads that were loading.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startLambda } from './test-lambda.ts'

const STOPS = 60

/** A long bundle: most of the loading is Node compiling it. */
const code = `${'function f() { return {} }\n'.repeat(50_000)} exports.handler = async () => 1`

for (let i = 0; i < STOPS; i++) {
  const { lambda, deploy, close } = startLambda({ realTime: true })
  for (const name of ['a', 'b', 'c']) {
    deploy(code, { name })
    lambda.invoke(name, '{}').catch(() => {}) // the cloud stops before it can answer
  }
  // oxlint-disable-next-line no-await-in-loop -- one cloud after the other
  await sleep(20 + ((i * 7) % 50))
  // oxlint-disable-next-line no-await-in-loop -- as above
  await close()
}
process.stdout.write('stopped\n')
