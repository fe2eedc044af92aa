import type { KeyObject } from 'node:crypto'

/** What cognito needs of its neighbours, in its own words. The composition root joins them. */

/** Secrets of this cloud, kept outside the data store. */
export type KeyVault = {
  /** 32 bytes, the same at every call and after every restart. */
  readonly secret: (name: string) => Buffer
}

/** Calls a function (a Lambda trigger). A function's own failure is reported in `functionError`, never thrown. */
export type InvokeFunction = (
  functionNameOrArn: string,
  payload: string,
) => Promise<{
  readonly payload: string
  readonly functionError?: 'Handled' | 'Unhandled'
  readonly requestId: string
}>

/** A pool as an authorizer sees it: what `iss` it signs with, and the keys that verify its tokens. */
export type IssuerOfTokens = {
  /** Every `iss` that stands for this pool, the one that it signs with first. */
  readonly issuers: readonly string[]
  readonly keys: readonly {
    readonly kid: string
    readonly publicKey: KeyObject
    readonly tokenUse: 'id' | 'access'
  }[]
}

/** Finds a pool by an issuer's address (local or AWS form) or by the pool's ARN. */
export type FindIssuer = (issuerUrlOrUserPoolArn: string) => IssuerOfTokens | undefined
