export {
  createGateway,
  type ApiSummary,
  type Gateway,
  type GatewayOptions,
} from './create-gateway.ts'
export type * from './definitions.ts'
export type { FindIssuer, InvokeFunction, Issuer, IssuerKey } from './ports.ts'
