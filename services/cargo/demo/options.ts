import { parseArgs } from 'node:util'

export type DemoOptions = {
  /** Orders a second. */
  readonly rate: number
  readonly count: number
  /** The AWS endpoint, whose local cloud has the demo user. */
  readonly endpoint: string
  /** Where the APIs are, by base path. */
  readonly frontDoor: string
  /** An access token; without one, the local cloud's demo user signs in. */
  readonly token: string | undefined
}

export const USAGE = `npm run demo -- [options]

Posts orders of made-up deliveries to the cargo API and prints what the monitor says.

  --rate N         orders a second (20)
  --count N        orders in all (200)
  --front-door URL where the APIs are (http://localhost:3000)
  --endpoint URL   the local cloud's AWS endpoint (http://localhost:4566)
  --token TOKEN    an access token, instead of the demo user's
  --help           this text
`

const RATE_MAX = 5_000
const COUNT_MAX = 1_000_000

/** What the command line asks for; undefined when it asks for help. Throws an Error with a sentence. */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: 'string', default: '20' },
      count: { type: 'string', default: '200' },
      endpoint: { type: 'string', default: 'http://localhost:4566' },
      'front-door': { type: 'string', default: 'http://localhost:3000' },
      token: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  return {
    rate: within('--rate', values.rate, RATE_MAX),
    count: within('--count', values.count, COUNT_MAX),
    endpoint: values.endpoint,
    frontDoor: values['front-door'].replace(/\/$/, ''),
    token: values.token,
  }
}

function within(option: string, text: string, max: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new Error(
      `${option} must be a whole number from 1 to ${max}, not ${JSON.stringify(text)}`,
    )
  }
  return value
}
