import { join } from 'node:path'
import type { Environment, HttpHandler } from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import { apiRefresher } from './apis/refresh-apis.ts'
import { openCodeStore } from './assets/code-store.ts'
import type { AccessKey } from './credentials.ts'
import { createDemoUsers, type DemoUsers } from './demo-user.ts'
import { createDeployer, type Deployer } from './deploy/deployer.ts'
import { joinParts, type JoinedParts } from './join-parts.ts'
import { openKeyVault } from './key-vault.ts'
import { createParameterStore, type ParameterStore } from './parameter-store.ts'

/** What closes each thing that has been opened, in the order of opening. */
export type Closers = (() => Promise<void> | void)[]

/** A cloud without its servers. */
export type Core = {
  readonly parts: JoinedParts
  readonly deployer: Deployer
  readonly demoUsers: DemoUsers
  readonly parameters: ParameterStore
}

/** Makes the parts over the data, and brings back what was deployed. Nothing runs or listens yet. */
export function openCore(o: {
  readonly environment: Environment
  readonly store: Store
  readonly folder: string | undefined
  readonly endpoint: () => string
  readonly handle: HttpHandler
  readonly closers: Closers
  readonly accessKeys: readonly AccessKey[] | undefined
  readonly throttle: boolean
  readonly cpuScale: boolean
}): Core {
  const { environment, store, folder, closers } = o
  const code = openCodeStore(folder === undefined ? undefined : join(folder, 'code'))
  closers.push(() => code.close())
  const parts = joinParts({ ...o, vault: openKeyVault(environment.ids, folder) })
  closers.push(() => parts.close())
  const parameters = createParameterStore(store)
  const deployer = createDeployer({
    environment,
    store,
    code,
    parts: {
      dynamodb: parts.dynamodb.operations,
      sqs: parts.sqs.operations,
      logs: parts.logs.operations,
      cognito: parts.cognito.operations,
      functions: parts.lambda.functions,
      eventSources: parts.lambda.eventSources,
      gateway: parts.gateway,
      parameters,
    },
    changed: () => refreshApis(),
    completed: () => demoUsers.ensure(),
  })
  const { state } = deployer
  const refreshApis = apiRefresher({ environment, gateway: parts.gateway, state })
  deployer.restore()
  refreshApis()
  code.prune(deployer.codeInUse())
  const cognito = parts.cognito.operations
  const demoUsers = createDemoUsers({ environment, store, state, cognito, folder })
  return { parts, deployer, demoUsers, parameters }
}
