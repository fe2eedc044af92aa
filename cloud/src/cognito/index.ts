export { createCognito, type Cognito, type CognitoOptions } from './create-cognito.ts'
export type { FindIssuer, InvokeFunction, IssuerOfTokens, KeyVault } from './ports.ts'
export type { Outbox, OutboxMessage } from './messages/outbox.ts'
export type { IssuerForm } from './tokens/issuer.ts'
