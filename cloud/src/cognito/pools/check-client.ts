import { AwsError } from '../../kernel/index.ts'
import type { Reader } from '../../storage/index.ts'
import { invalidParameter } from '../errors.ts'
import {
  refreshValidityMsMax,
  refreshValidityMsMin,
  tokenValidityMsMax,
  tokenValidityMsMin,
} from '../limits.ts'
import { durationMs } from '../tokens/validity.ts'
import type { GivenClient } from './client-settings.ts'
import type { Pool, TimeUnit } from './pool.ts'
import { scopeExists } from './resource-servers.ts'

/**
 * What the shapes cannot say of an app client.
 *
 * @throws InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException
 */
export function checkClient(reader: Reader, pool: Pool, given: GivenClient): void {
  checkTokenValidity(given)
  checkFlows(given.ExplicitAuthFlows ?? [])
  checkAttributeNames(pool, 'read', given.ReadAttributes)
  checkAttributeNames(pool, 'write', given.WriteAttributes)
  checkOAuth(given)
  const unknown = given.AllowedOAuthScopes?.find((each) => !scopeExists(reader, pool.id, each))
  if (unknown !== undefined) {
    throw new AwsError('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`)
  }
  const rotates = given.RefreshTokenRotation?.Feature === 'ENABLED'
  if (rotates && given.ExplicitAuthFlows?.includes('ALLOW_REFRESH_TOKEN_AUTH') === true) {
    throw invalidParameter(
      'ALLOW_REFRESH_TOKEN_AUTH cannot be used when refresh token rotation is enabled.',
    )
  }
}

function checkTokenValidity(given: GivenClient): void {
  const units = given.TokenValidityUnits ?? {}
  const access = inRange(
    'AccessTokenValidity',
    given.AccessTokenValidity,
    units.AccessToken ?? 'hours',
    [tokenValidityMsMin, tokenValidityMsMax],
  )
  const id = inRange('IdTokenValidity', given.IdTokenValidity, units.IdToken ?? 'hours', [
    tokenValidityMsMin,
    tokenValidityMsMax,
  ])
  const refresh = inRange(
    'RefreshTokenValidity',
    given.RefreshTokenValidity || undefined,
    units.RefreshToken ?? 'days',
    [refreshValidityMsMin, refreshValidityMsMax],
  )
  if (refresh !== undefined && (refresh < (access ?? 0) || refresh < (id ?? 0))) {
    throw invalidParameter(
      'Invalid range for token validity. RefreshTokenValidity must be greater than or equal to the other tokens.',
    )
  }
}

function inRange(
  name: string,
  count: number | undefined,
  unit: TimeUnit,
  [min, max]: readonly [number, number],
): number | undefined {
  if (count === undefined) return undefined
  const ms = durationMs(count, unit)
  if (ms < min || ms > max) throw invalidParameter(`Invalid range for ${name}.`)
  return ms
}

function checkFlows(flows: readonly string[]): void {
  const newer = flows.filter((flow) => flow.startsWith('ALLOW_'))
  if (newer.length > 0 && newer.length < flows.length) {
    throw invalidParameter(
      'ExplicitAuthFlows: values with the prefix ALLOW_ cannot be combined with values without it.',
    )
  }
}

function checkAttributeNames(
  pool: Pool,
  what: 'read' | 'write',
  names: readonly string[] | undefined,
): void {
  const schema = pool.settings.SchemaAttributes
  const unknown = (names ?? []).find((name) => !schema.some(({ Name }) => Name === name))
  if (unknown !== undefined) {
    throw invalidParameter(`Invalid ${what} attributes specified while creating a client`)
  }
  if (what !== 'write' || names === undefined) return
  const missing = schema.find(
    ({ Name, Required, Mutable }) => Required && Mutable && !names.includes(Name),
  )
  if (missing !== undefined) {
    throw invalidParameter('Invalid write attributes specified while creating a client')
  }
}

/** "App client OAuth settings": flows need scopes, and the client credentials grant stands alone. */
function checkOAuth(given: GivenClient): void {
  const flows = given.AllowedOAuthFlows ?? []
  const callbacks = given.CallbackURLs ?? []
  for (const url of [...callbacks, ...(given.LogoutURLs ?? [])]) checkRedirect(url)
  const refused = (message: string) => new AwsError('InvalidOAuthFlowException', message)
  if (flows.includes('client_credentials')) {
    if (flows.length > 1) {
      throw refused(
        'client_credentials flow can not be selected along with code flow or implicit flow.',
      )
    }
    return
  }
  if (given.AllowedOAuthFlowsUserPoolClient !== true) return
  if (flows.length === 0) {
    throw refused(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    )
  }
  if (given.DefaultRedirectURI !== undefined && !callbacks.includes(given.DefaultRedirectURI)) {
    throw invalidParameter('DefaultRedirectURI must be one of the CallbackURLs.')
  }
}

/** "Redirect URIs": absolute, without a fragment; plain http only to this machine. */
function checkRedirect(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || parsed.hash !== '') {
    throw invalidParameter(`Invalid redirect URI: ${url}`)
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  if (parsed.protocol === 'http:' && !local) {
    throw invalidParameter(`${url} cannot be used: http is allowed for localhost only.`)
  }
  if (['javascript:', 'data:', 'vbscript:', 'file:'].includes(parsed.protocol)) {
    throw invalidParameter(`Invalid redirect URI: ${url}`)
  }
}
