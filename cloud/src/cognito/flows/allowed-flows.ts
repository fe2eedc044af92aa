import { AwsError } from '../../kernel/index.ts'
import { invalidParameter } from '../errors.ts'
import type { Client } from '../pools/pool.ts'

export type Flow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'CUSTOM_AUTH'
  | 'REFRESH_TOKEN_AUTH'
  | 'USER_AUTH'

/** "CreateUserPoolClient", ExplicitAuthFlows: what a client without any allows. */
const flowsByDefault: readonly Flow[] = ['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'CUSTOM_AUTH']
/** The names without ALLOW_ are older; such clients may always use SRP, custom challenges and refresh. */
const olderNames: Readonly<Record<string, Flow>> = {
  ADMIN_NO_SRP_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  CUSTOM_AUTH_FLOW_ONLY: 'CUSTOM_AUTH',
}

export function allowsFlow(client: Client, flow: Flow): boolean {
  const named = client.ExplicitAuthFlows ?? []
  if (named.length === 0) return flowsByDefault.includes(flow)
  if (named.includes(`ALLOW_${flow}`)) return true
  const older = named.filter((name) => Object.hasOwn(olderNames, name))
  if (older.length === 0) return false
  if (older.some((name) => olderNames[name] === flow)) return true
  if (flow === 'USER_SRP_AUTH') return !older.includes('CUSTOM_AUTH_FLOW_ONLY')
  return flowsByDefault.includes(flow)
}

/** @throws InvalidParameterException in Cognito's sentence for the flow */
export function requireFlow(client: Client, flow: Flow): void {
  if (allowsFlow(client, flow)) return
  throw invalidParameter(refusals[flow])
}

const refusals: Readonly<Record<Flow, string>> = {
  USER_SRP_AUTH: 'USER_SRP_AUTH is not enabled for the client.',
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH flow not enabled for this client',
  ADMIN_USER_PASSWORD_AUTH: 'Auth flow not enabled for this client',
  CUSTOM_AUTH: 'CUSTOM_AUTH is not enabled for the client.',
  REFRESH_TOKEN_AUTH: 'REFRESH_TOKEN_AUTH is not enabled for the client.',
  USER_AUTH: 'USER_AUTH is not enabled for the client.',
}

/** A flow that this operation does not take. */
export const unsupportedFlow = (): AwsError =>
  invalidParameter('Initiate Auth method not supported.')
