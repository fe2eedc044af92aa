export { createGateway, type Gateway } from './create-gateway.ts'
export type * from './definitions.ts'
export type { FindCredential, FindIssuer, InvokeFunction } from './ports.ts'
