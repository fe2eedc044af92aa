import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'

const CONNECT_TIMEOUT_MS = 1_000
/** Hashing a password takes its time, and a trigger of the pool may take up to five seconds. */
const REQUEST_TIMEOUT_MS = 8_000
const ATTEMPTS_MAX = 2

/** A client for module scope; region, credentials and endpoint come from the SDK's standard settings. */
export function identityClient(): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  })
}
