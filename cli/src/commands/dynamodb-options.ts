import { parseArgs } from 'node:util'

export type DynamodbOptions = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly memory: boolean
  readonly durability: 'process' | 'flush'
  readonly throttle: boolean
}

export const defaults = {
  port: '8000',
  host: '127.0.0.1',
  data: '.cloudlet/dynamodb',
  durability: 'process',
} as const

export const isDurability = (text: string): text is DynamodbOptions['durability'] =>
  text === 'process' || text === 'flush'

/** Reads options that are plainly right; undefined for all others. */
export function plainOptions(words: readonly string[]): DynamodbOptions | undefined {
  const values = parsed(words)
  if (values === undefined || !/^\d{1,5}$/.test(values.port)) return undefined
  const port = Number(values.port)
  const { durability, ...others } = values
  return port <= 65_535 && isDurability(durability) ? { ...others, port, durability } : undefined
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        port: { type: 'string', short: 'p', default: defaults.port },
        host: { type: 'string', default: defaults.host },
        data: { type: 'string', short: 'd', default: defaults.data },
        memory: { type: 'boolean', short: 'm', default: false },
        durability: { type: 'string', default: defaults.durability },
        throttle: { type: 'boolean', default: false },
      },
    }).values
  } catch {
    return undefined
  }
}
