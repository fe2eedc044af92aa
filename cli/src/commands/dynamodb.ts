import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { onStop } from '../on-stop.ts'
import { port } from '../options.ts'
import { say } from '../terminal.ts'

type Options = {
  port: number
  host: string
  data: string
  memory?: true
  durability: string
  throttle?: true
}

export const describeDynamodb = (): Command =>
  new Command('dynamodb')
    .description('Run DynamoDB alone: a drop-in for DynamoDB Local, without Java.')
    .option('-p, --port <port>', 'port to listen on', port, 8000)
    .option('--host <host>', 'address to bind to', '127.0.0.1')
    .option('-d, --data <folder>', 'folder for the data', '.cloudlet/dynamodb')
    .option('-m, --memory', 'keep nothing: all data is gone when it stops')
    .option(
      '--durability <kind>',
      'process (survives kill -9) or flush (waits for the disk)',
      'process',
    )
    .option('--throttle', 'refuse what exceeds the capacity of provisioned tables')
    .action(serve)

async function serve(options: Options): Promise<void> {
  if (options.durability !== 'process' && options.durability !== 'flush') {
    throw new CliError('--durability is "process" or "flush".', 2)
  }
  const { createDynamoDB } = await import('cloudlet/dynamodb')
  const engine = createDynamoDB({
    data: options.memory === true ? 'memory' : { folder: options.data },
    durability: options.durability,
    throttle: options.throttle === true,
  })
  const server = await engine.listen({ port: options.port, host: options.host })
  const where = options.memory === true ? 'in memory' : `in ${options.data}`
  say(
    `DynamoDB answers on http://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${server.port}, data ${where}.`,
  )
  onStop(() => engine.close())
}
