import { documents, type Reader, type Writer } from '../../storage/index.ts'
import { notFound } from '../errors.ts'

/** An API with scopes: `cognito/resource-servers`, poolId/identifier → ResourceServer. */
export type ResourceServer = {
  readonly UserPoolId: string
  readonly Identifier: string
  readonly Name: string
  readonly Scopes: readonly { readonly ScopeName: string; readonly ScopeDescription: string }[]
}

export const serversPerPageMax = 50
const servers = documents<ResourceServer>('cognito/resource-servers')

export const resourceServer = (
  reader: Reader,
  poolId: string,
  identifier: string,
): ResourceServer | undefined => servers.get(reader, `${poolId}/${identifier}`)

/** @throws ResourceNotFoundException */
export function requireResourceServer(
  reader: Reader,
  poolId: string,
  identifier: string,
): ResourceServer {
  const found = resourceServer(reader, poolId, identifier)
  if (found === undefined) throw notFound(`Resource server ${identifier} does not exist.`)
  return found
}

export const putResourceServer = (writer: Writer, server: ResourceServer): void =>
  servers.put(writer, `${server.UserPoolId}/${server.Identifier}`, server)

export const removeResourceServer = (writer: Writer, poolId: string, identifier: string): void =>
  servers.remove(writer, `${poolId}/${identifier}`)

export function* resourceServersOf(
  reader: Reader,
  poolId: string,
  after?: string,
): Generator<ResourceServer, void, undefined> {
  const found = servers.list(reader, {
    prefix: `${poolId}/`,
    ...(after === undefined ? {} : { after: `${poolId}/${after}` }),
  })
  for (const [, server] of found) yield server
}

const standardScopes = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin']

/** Whether a scope is one of OIDC's, the API's own, or of a resource server of the pool: `identifier/name`. */
export function scopeExists(reader: Reader, poolId: string, scope: string): boolean {
  if (standardScopes.includes(scope)) return true
  const slash = scope.lastIndexOf('/')
  const server = resourceServer(reader, poolId, scope.slice(0, Math.max(0, slash)))
  return server?.Scopes.some(({ ScopeName }) => ScopeName === scope.slice(slash + 1)) === true
}
