import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { port } from '../options.ts'
import { defaults, isDurability } from './dynamodb-options.ts'

type Options = {
  port: number
  host: string
  data: string
  memory?: true
  durability: string
  throttle?: true
}

/** What is said about the command; the plain way to run it is shorter (dynamodb-server.ts). */
export const describeDynamodb = (): Command =>
  new Command('dynamodb')
    .description('Run DynamoDB alone: a drop-in for DynamoDB Local, without Java.')
    .option('-p, --port <port>', 'port to listen on', port, Number(defaults.port))
    .option('--host <host>', 'address to bind to', defaults.host)
    .option('-d, --data <folder>', 'folder for the data', defaults.data)
    .option('-m, --memory', 'keep nothing: all data is gone when it stops')
    .option(
      '--durability <kind>',
      'process (survives kill -9) or flush (waits for the disk)',
      defaults.durability,
    )
    .option('--throttle', 'refuse what exceeds the capacity of provisioned tables')
    .action(serve)

async function serve(options: Options): Promise<void> {
  const { durability } = options
  if (!isDurability(durability)) throw new CliError('--durability is "process" or "flush".', 2)
  const { serveDynamodb } = await import('./dynamodb-server.ts')
  await serveDynamodb({
    ...options,
    durability,
    memory: options.memory === true,
    throttle: options.throttle === true,
  })
}
