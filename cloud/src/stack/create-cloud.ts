import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import {
  gatewayBodyBytesMax,
  systemClock,
  systemIds,
  type Environment,
  type HttpHandler,
} from '../kernel/index.ts'
import { openLmdbStore, openMemoryStore, type Store } from '../storage/index.ts'
import { createGuard, createWire, serveHttp, type Wire } from '../wire/index.ts'
import { adminMount } from './admin.ts'
import { readAssembly } from './assets/assembly.ts'
import { shareParameters } from './assets/share-parameters.ts'
import type { Cloud, CloudOptions } from './cloud.ts'
import { openCore, type Closers, type Core } from './core.ts'
import type { DeployOutcome } from './deploy/deployer.ts'
import type { JoinedParts } from './join-parts.ts'
import { startMailRelay } from './mail-relay.ts'
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
  const closers: Closers = [() => store.close()]
  try {
    return await openCloud({ options, environment, store, folder, closers })
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

/** What has been opened, in order: closed the other way round, once. */
async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
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
  readonly store: Store
  readonly folder: string | undefined
  readonly closers: Closers
}

async function openCloud(opening: Opening): Promise<Cloud> {
  const { options, closers } = opening
  const address: Address = { endpoint: `http://localhost:${options.port}`, frontDoor: undefined }
  const late: { handle: HttpHandler } = {
    handle: () => ({ status: 503, headers: {}, body: 'The cloud is starting.' }),
  }
  const core = openCore({
    ...opening,
    endpoint: () => address.endpoint,
    handle: (request) => late.handle(request),
    accessKeys: options.accessKeys,
    throttle: options.throttle === true,
    cpuScale: options.cpuScale === true,
  })
  const addresses = (): Pick<Cloud, 'endpoint' | 'frontDoor' | 'services'> => ({
    endpoint: address.endpoint,
    frontDoor: address.frontDoor,
    services: () => servicesAt(core.parts, address.frontDoor ?? address.endpoint),
  })
  const control = controlServices({ ...opening, ...core })
  const ports: number[] = []
  const wire = createWire({
    environment: opening.environment,
    services: [
      adminMount({ ...core, cloud: addresses }),
      ...core.parts.services,
      ...control.services,
    ],
    allowedOrigins: options.allowedOrigins ?? [],
    allowedHosts: options.allowedHosts ?? [],
    ownPorts: () => ports,
  })
  late.handle = wire.handle
  await listen(opening, wire, core.parts, { address, ports })
  relayMail(opening, core.parts)
  core.parts.start()
  await core.demoUsers.ensure()
  return {
    ...addresses(),
    ...deployments(core),
    get demoUser() {
      return core.demoUsers.current()
    },
    demoToken: (use) => core.demoUsers.token(use),
    operations: { ...operationsOf(core.parts), cloudformation: control.cloudformation },
    invoke: (name, payload) => core.parts.lambda.invoke(name, payload),
    handle: (request) => wire.handle(request),
    close: () => closeAll(closers),
  }
}

function relayMail({ options, environment, closers }: Opening, { cognito }: JoinedParts): void {
  if (options.mail === undefined) return
  const { subscribe } = cognito.outbox
  closers.push(startMailRelay({ ...options.mail, environment, subscribe }))
}

/** Where the cloud is reached; known for sure once it listens. */
type Address = { endpoint: string; frontDoor: string | undefined }

async function listen(
  { options, environment, closers }: Opening,
  wire: Wire,
  parts: JoinedParts,
  found: { readonly address: Address; readonly ports: number[] },
): Promise<void> {
  const host = options.host ?? '127.0.0.1'
  const server = await wire.listen({ port: options.port, host, portOption: '--port' })
  closers.push(() => server.close())
  found.ports.push(server.port)
  found.address.endpoint = `http://localhost:${server.port}`
  if (options.frontPort === 'none') return
  const door = await serveHttp({
    environment,
    handler: parts.gateway.frontDoor,
    port: options.frontPort,
    host,
    bodyBytesMax: gatewayBodyBytesMax,
    portOption: '--front-port',
    guard: createGuard({ host, kind: 'public', allowedHosts: options.allowedHosts ?? [] }),
  })
  closers.push(() => door.close())
  found.ports.push(door.port)
  found.address.frontDoor = `http://localhost:${door.port}`
}

const operationsOf = (parts: JoinedParts): Omit<Cloud['operations'], 'cloudformation'> => ({
  dynamodb: parts.dynamodb.operations,
  cognito: parts.cognito.operations,
  sqs: parts.sqs.operations,
  logs: parts.logs.operations,
})

function deployments({
  deployer,
}: Core): Pick<Cloud, 'deployAssembly' | 'deployTemplate' | 'removeStack' | 'stacks'> {
  return {
    async deployAssembly(assembly, { parameters = {} } = {}) {
      const stacks = shareParameters(parameters, readAssembly(assembly))
      const outcomes: DeployOutcome[] = []
      for (const stack of stacks) outcomes.push(await deployer.deploy(stack))
      return outcomes
    },
    deployTemplate: (file, { stackName = stackNameOf(file), parameters = {} } = {}) =>
      deployer.deploy({
        stackName,
        template: readFileSync(file, 'utf8'),
        parameters,
        sources: { assets: new Map(), folder: dirname(resolve(file)) },
      }),
    removeStack: (stackName) => deployer.remove(stackName),
    stacks: () => deployer.state.stacks(),
  }
}

const servicesAt = (parts: JoinedParts, base: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parts.gateway
      .apis()
      .flatMap(({ basePath, name }) =>
        basePath === undefined ? [] : [[basePath === '' ? name : basePath, `${base}/${basePath}`]],
      )
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  )

/** `orders.template.json` is deployed as the stack `orders`. */
const stackNameOf = (file: string): string =>
  basename(file)
    .replace(/(?:\.template)?\.[^.]+$/, '')
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
