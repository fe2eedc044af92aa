import type { KeyObject } from 'node:crypto'

/**
 * What the gateway needs of its neighbours, in its own words; the composition root joins them.
 *
 * @throws AwsError ResourceNotFoundException (404) or TooManyRequestsException (429); a function that fails or
 * times out is an answer with `functionError`
 */
export type InvokeFunction = (
  functionNameOrArn: string,
  payload: string,
) => Promise<{
  readonly payload: string
  readonly functionError?: 'Handled' | 'Unhandled'
  readonly requestId: string
}>

/** The secret of an access key; undefined for a key that the cloud does not know. */
export type FindCredential = (accessKeyId: string) => Credential | undefined

export type Credential = {
  readonly secretAccessKey: string
  /** Temporary credentials: requests must carry it. */
  readonly sessionToken?: string
}

/** The issuer behind an issuer address (JWT authorizers) or a user pool's ARN (Cognito authorizers). */
export type FindIssuer = (issuerUrlOrUserPoolArn: string) => Issuer | undefined

export type Issuer = {
  /** Values of `iss` that its tokens may carry. */
  readonly issuers: readonly string[]
  readonly keys: readonly IssuerKey[]
}

type IssuerKey = {
  readonly kid: string
  readonly publicKey: KeyObject
  /** What the key signs; a token that says otherwise is refused. */
  readonly tokenUse?: 'id' | 'access'
}
