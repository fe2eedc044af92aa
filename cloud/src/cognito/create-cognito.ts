import {
  operationTable,
  type Environment,
  type OperationTable,
  type Service,
} from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import type { CognitoContext } from './context.ts'
import { hostedUi } from './hosted-ui/hosted-ui.ts'
import { sweepIntervalMs } from './limits.ts'
import { createOutbox, type Outbox } from './messages/outbox.ts'
import { operations } from './operations/list.ts'
import { unsigned } from './operations/unsigned.ts'
import { createPasswords } from './passwords/stored-password.ts'
import { sweepMarks } from './pools/marks.ts'
import { createPoolStore } from './pools/pool-store.ts'
import type { FindIssuer, InvokeFunction, KeyVault } from './ports.ts'
import { createSealer } from './sealing.ts'
import { createIssuers, issuerFinder, type IssuerForm } from './tokens/issuer.ts'
import { createKeyRing } from './tokens/keys.ts'
import { wellKnown } from './well-known.ts'

export type CognitoOptions = {
  readonly environment: Environment
  readonly store: Store
  readonly vault: KeyVault
  /** The AWS endpoint's address on this machine, the base of local issuers: `http://localhost:4566`. */
  readonly endpoint: () => string
  /** Calls the functions of Lambda triggers. */
  readonly invoke: InvokeFunction
  /** Whose address stands in `iss`; this machine's unless told otherwise. */
  readonly issuer?: IssuerForm
}

export type Cognito = {
  readonly services: readonly Service[]
  /** Every operation by name, for calls inside the process. */
  readonly operations: OperationTable
  readonly findIssuer: FindIssuer
  /** The messages that pools would have sent. */
  readonly outbox: Outbox
  /** Begins to sweep what has ended: used sessions, revocations, failed attempts. */
  readonly start: () => void
  readonly close: () => void
}

/** User pools on this machine. */
export function createCognito(options: CognitoOptions): Cognito {
  const { environment, store } = options
  const sealer = createSealer(options.vault.secret('cognito'), environment.ids)
  const keyRing = createKeyRing(store, sealer)
  let closed = false
  const complain = (message: string) => (cause: unknown) => {
    if (!closed) environment.report({ level: 'error', part: 'cognito', message, cause })
  }
  const ctx: CognitoContext = {
    environment,
    store,
    sealer,
    keyRing,
    pools: createPoolStore(sealer),
    passwords: createPasswords(sealer, environment.ids),
    issuers: createIssuers(environment, options.endpoint, options.issuer ?? 'local'),
    outbox: createOutbox(environment, store, sealer),
    invoke: options.invoke,
    makeKeys(poolId) {
      Promise.resolve(keyRing.keysOf(poolId)).catch(
        complain(`No keys for ${poolId} could be made.`),
      )
    },
  }
  const table = operationTable(ctx, operations)

  let stopSweeping = (): void => undefined
  const sweepLater = (): void => {
    stopSweeping = environment.clock.after(sweepIntervalMs, () => {
      sweepMarks(store, environment.clock.now())
        .catch(complain('What has ended could not be removed.'))
        .finally(() => {
          if (!closed) sweepLater()
        })
    })
  }

  return {
    services: [
      {
        kind: 'json',
        signingName: 'cognito-idp',
        target: 'AWSCognitoIdentityProviderService',
        version: '1.1',
        operations: table,
        unsigned,
      },
      wellKnown(ctx),
      hostedUi(ctx, table),
    ],
    operations: table,
    findIssuer: issuerFinder(
      ctx.issuers,
      keyRing,
      (poolId) => ctx.pools.pool(store.reader, poolId) !== undefined,
    ),
    outbox: ctx.outbox,
    start: sweepLater,
    close() {
      closed = true
      stopSweeping()
    },
  }
}
