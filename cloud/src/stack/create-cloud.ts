import { readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import {
  gatewayBodyBytesMax,
  systemClock,
  systemIds,
  type Environment,
  type HttpHandler,
} from '../kernel/index.ts'
import { openLmdbStore, openMemoryStore } from '../storage/index.ts'
import { createGuard, createWire, serveHttp, type HttpServer } from '../wire/index.ts'
import { adminMount } from './admin.ts'
import { apiRefresher } from './apis/refresh-apis.ts'
import { readAssembly } from './assets/assembly.ts'
import { openCodeStore } from './assets/code-store.ts'
import type { Cloud, CloudOptions } from './cloud.ts'
import { createDemoUsers } from './demo-user.ts'
import { createDeployer, type DeployOutcome, type Deployer } from './deploy/deployer.ts'
import { joinParts, type JoinedParts } from './join-parts.ts'
import { openKeyVault } from './key-vault.ts'
import { createParameterStore } from './parameter-store.ts'
import { controlServices } from './services/control-services.ts'

/**
 * Starts a cloud: opens the data, makes the parts and joins them, brings back what was deployed, and listens. Two
 * clouds on different ports and folders run in one process.
 *
 * @throws StorageError when the folder is in use; Error naming a port that is busy
 */
export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const environment = environmentOf(options)
  const folder = options.data === 'memory' ? undefined : resolve(options.data.folder)
  const store =
    folder === undefined
      ? openMemoryStore()
      : openLmdbStore(folder, { durability: options.durability ?? 'process' })
  const closers: (() => Promise<void> | void)[] = [() => store.close()]
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    return await openCloud({ options, environment, store, folder, closers, close })
  } catch (error) {
    await close()
    throw error
  }
}

const environmentOf = (options: CloudOptions): Environment => ({
  clock: options.clock ?? systemClock,
  ids: options.ids ?? systemIds,
  region: options.region ?? 'us-east-1',
  accountId: options.accountId ?? '000000000000',
  report: options.report ?? (() => undefined),
})

type Opening = {
  readonly options: CloudOptions
  readonly environment: Environment
  readonly store: ReturnType<typeof openMemoryStore>
  readonly folder: string | undefined
  /** Run in reverse order when the cloud closes, or fails to start. */
  readonly closers: (() => Promise<void> | void)[]
  readonly close: () => Promise<void>
}

async function openCloud(opening: Opening): Promise<Cloud> {
  const { options, environment, store, folder, closers } = opening
  const host = options.host ?? '127.0.0.1'
  const address = { endpoint: `http://localhost:${options.port}`, frontDoor: '' }
  let handle: HttpHandler = () => ({ status: 503, headers: {}, body: '' })
  const endpoint = (): string => address.endpoint
  const parts = joinParts({
    environment,
    store,
    vault: openKeyVault(folder),
    endpoint,
    handle: (request) => handle(request),
  })
  closers.push(() => parts.close())
  const code = openCodeStore(folder === undefined ? undefined : join(folder, 'code'))
  closers.push(() => code.close())
  const deployer: Deployer = createDeployer({
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
      parameters: createParameterStore(store),
    },
    changed: () => refreshApis(),
  })
  const refreshApis = apiRefresher({
    environment,
    gateway: parts.gateway,
    state: () => deployer.state,
  })
  const { state } = deployer
  const cognito = parts.cognito.operations
  const demoUsers = createDemoUsers({ environment, store, state, cognito, folder })
  deployer.restore()
  refreshApis()
  code.prune(deployer.codeInUse())

  const cloud = (): Pick<Cloud, 'endpoint' | 'frontDoor' | 'services'> => ({
    endpoint: address.endpoint,
    frontDoor: address.frontDoor === '' ? undefined : address.frontDoor,
    services: () => servicesAt(parts, address.frontDoor || address.endpoint),
  })
  const control = controlServices({
    environment,
    deployer,
    parameters: createParameterStore(store),
  })
  const admin = adminMount({ parts, deployer, demoUsers, cloud })
  const ports: number[] = []
  const wire = createWire({
    environment,
    services: [admin, ...parts.services, ...control.services],
    allowedOrigins: options.allowedOrigins ?? [],
    allowedHosts: options.allowedHosts ?? [],
    ownPorts: () => ports,
  })
  handle = wire.handle

  const server = await wire.listen({ port: options.port, host, portOption: '--port' })
  closers.push(() => server.close())
  ports.push(server.port)
  address.endpoint = `http://localhost:${server.port}`
  const door = await openFrontDoor(options, environment, host, parts)
  if (door !== undefined) {
    closers.push(() => door.close())
    ports.push(door.port)
    address.frontDoor = `http://localhost:${door.port}`
  }
  parts.start()
  await demoUsers.ensure()

  async function deploy(work: () => Promise<DeployOutcome[]>): Promise<DeployOutcome[]> {
    const outcomes = await work()
    if (outcomes.some((outcome) => outcome.changed)) await demoUsers.ensure()
    return outcomes
  }

  return {
    ...cloud(),
    deployAssembly: (assembly) =>
      deploy(async () => {
        const outcomes: DeployOutcome[] = []
        for (const stack of readAssembly(assembly)) outcomes.push(await deployer.deploy(stack))
        return outcomes
      }),
    async deployTemplate(file, { stackName = stackNameOf(file), parameters = {} } = {}) {
      const template = readFileSync(file, 'utf8')
      const sources = { assets: new Map(), folder: dirname(resolve(file)) }
      const [outcome] = await deploy(async () => [
        await deployer.deploy({ stackName, template, parameters, sources }),
      ])
      if (outcome === undefined) throw new Error('A deployment without an outcome')
      return outcome
    },
    removeStack: (stackName) => deployer.remove(stackName),
    stacks: () => state.stacks(),
    get demoUser() {
      return demoUsers.current()
    },
    demoToken: (use) => demoUsers.token(use),
    operations: {
      dynamodb: parts.dynamodb.operations,
      cognito,
      sqs: parts.sqs.operations,
      logs: parts.logs.operations,
      cloudformation: control.cloudformation,
    },
    handle: (request) => wire.handle(request),
    close: opening.close,
  }
}

async function openFrontDoor(
  options: CloudOptions,
  environment: Environment,
  host: string,
  parts: JoinedParts,
): Promise<HttpServer | undefined> {
  if (options.frontPort === 'none') return undefined
  return serveHttp({
    environment,
    handler: parts.gateway.frontDoor,
    port: options.frontPort,
    host,
    bodyBytesMax: gatewayBodyBytesMax,
    portOption: '--front-port',
    guard: createGuard({ host, kind: 'public', allowedHosts: options.allowedHosts ?? [] }),
  })
}

const servicesAt = (parts: JoinedParts, base: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parts.gateway
      .apis()
      .flatMap(({ basePath, name }) =>
        basePath === undefined ? [] : [[basePath === '' ? name : basePath, `${base}/${basePath}`]],
      ),
  )

/** `orders.template.json` is deployed as the stack `orders`. */
const stackNameOf = (file: string): string =>
  basename(file)
    .replace(/(?:\.template)?\.[^.]+$/, '')
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
