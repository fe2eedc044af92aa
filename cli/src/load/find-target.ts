import type { TargetAddress } from '@cloudlet/loadtest'
import { CliError } from '../cli-error.ts'
import { askCloud, messageOf } from '../running-cloud.ts'

export type TargetOptions = {
  readonly target?: string
  readonly service?: readonly string[]
  readonly token?: string
  readonly idToken?: string
  readonly port: number
}

/** Where to send, and as whom: what the options say, else the local cloud with its demo user. */
export async function findTarget(options: TargetOptions): Promise<TargetAddress> {
  const services = Object.fromEntries((options.service ?? []).map(serviceOf))
  if (options.target !== undefined) {
    const { token, idToken } = options
    return {
      base: urlOf('--target', options.target),
      services,
      ...(token === undefined ? {} : { accessToken: token }),
      ...(idToken === undefined && token === undefined ? {} : { idToken: idToken ?? token ?? '' }),
    }
  }
  const { endpoint, frontDoor } = (await ask(options.port, 'GET', 'status')) as {
    endpoint: string
    frontDoor?: string
  }
  if (frontDoor === undefined)
    throw new CliError('The local cloud has no front door; name a --target.')
  return {
    base: overLoopback(frontDoor),
    services,
    accessToken: options.token ?? (await demoToken(options.port, 'access')),
    idToken: options.idToken ?? options.token ?? (await demoToken(options.port, 'id')),
    outbox: `${overLoopback(endpoint)}/_cloudlet/outbox`,
  }
}

async function demoToken(port: number, use: 'access' | 'id'): Promise<string> {
  return ((await ask(port, 'POST', `token?use=${use}`)) as { token: string }).token
}

async function ask(port: number, method: string, page: string): Promise<unknown> {
  const answer = await askCloud(port, { method, path: `/_cloudlet/${page}` })
  if (answer.status !== 200) throw new CliError(messageOf(answer))
  return JSON.parse(answer.body) as unknown
}

/** The address itself instead of `localhost`, whose every look-up would go through a thread of four. */
const overLoopback = (url: string): string => url.replace('//localhost', '//127.0.0.1')

function serviceOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new CliError(`--service is name=url, not ${JSON.stringify(text)}.`, 2)
  return [text.slice(0, at), urlOf('--service', text.slice(at + 1))]
}

function urlOf(option: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new CliError(`${option} wants an http address, not ${JSON.stringify(text)}.`, 2)
  }
  return text.replace(/\/+$/, '')
}
