import { createDynamoDB } from 'cloudlet/dynamodb'
import { onStop } from '../on-stop.ts'
import { reportFailure } from '../report-failure.ts'
import { giveMemoryBackAtRest } from '../rest.ts'
import { say } from '../terminal.ts'
import { limitYoungGeneration } from '../young-generation.ts'
import { plainOptions, type DynamodbOptions } from './dynamodb-options.ts'

/** `cloudlet dynamodb`: serves until it is stopped. */
export async function serveDynamodb(options: DynamodbOptions): Promise<void> {
  const engine = createDynamoDB({
    data: options.memory ? 'memory' : { folder: options.data },
    durability: options.durability,
    throttle: options.throttle,
  })
  const server = await engine.listen({ port: options.port, host: options.host })
  const where = options.memory ? 'in memory' : `in ${options.data}`
  say(
    `DynamoDB answers on http://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${server.port}, data ${where}.`,
  )
  giveMemoryBackAtRest()
  const unlimit = limitYoungGeneration()
  onStop(() => {
    unlimit() // options that differ from the usual would spoil the compiled code that Node.js keeps for the next start
    return engine.close()
  })
}

/**
 * The short way from the command line to the engine, a bundle of its own: loading the whole command line would double
 * what there is to load.
 *
 * @param words the arguments after `cloudlet dynamodb`
 * @returns false for words that the whole command line had better explain: help, mistakes
 */
export function serveAtOnce(words: readonly string[]): boolean {
  const options = plainOptions(words)
  if (options === undefined) return false
  serveDynamodb(options).catch((error: unknown) => process.exit(reportFailure(error)))
  return true
}
