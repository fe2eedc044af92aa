export { createGateway, type Gateway } from './create-gateway.ts'
export type * from './definitions.ts'
export type { FindIssuer, InvokeFunction } from './ports.ts'
