import { createCognito, type Cognito } from '../cognito/index.ts'
import { createDynamoDB, type DynamoDB } from '../dynamodb/index.ts'
import { createGateway, type Gateway } from '../gateway/index.ts'
import type { Environment, HttpHandler, Service } from '../kernel/index.ts'
import { createLambda, type InvokeFunction, type Lambda } from '../lambda/index.ts'
import { createLogs, type Logs } from '../logs/index.ts'
import { createSqs, type Sqs } from '../sqs/index.ts'
import type { Store } from '../storage/index.ts'
import { createCheckpoints } from './checkpoints.ts'
import { credentialFinder, type AccessKey } from './credentials.ts'
import type { KeyVault } from './key-vault.ts'

/** The parts of one cloud, joined to each other. */
export type JoinedParts = {
  readonly dynamodb: DynamoDB
  readonly sqs: Sqs
  readonly logs: Logs
  readonly cognito: Cognito
  readonly lambda: Lambda
  readonly gateway: Gateway
  /** What the AWS endpoint serves of them. */
  readonly services: readonly Service[]
  /** Begins with work beside the requests. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

/**
 * Makes the parts and hands each the ports it needs of the others. Nothing runs until `start`.
 *
 * @param o.handle answers a function's calls to the AWS endpoint without a socket
 */
export function joinParts(o: {
  readonly environment: Environment
  readonly store: Store
  readonly vault: KeyVault
  readonly endpoint: () => string
  readonly handle: HttpHandler
  readonly accessKeys: readonly AccessKey[] | undefined
  readonly throttle: boolean
  readonly cpuScale: boolean
}): JoinedParts {
  const { environment, store, vault, endpoint } = o
  const dynamodb = createDynamoDB({ environment, store, throttle: o.throttle })
  const sqs = createSqs({ environment, store, endpoint })
  const logs = createLogs({ environment, store })
  const lambda = createLambda({
    environment,
    logs: logs.sink,
    cloud: { endpoint, handle: o.handle },
    streams: dynamodb.streams,
    checkpoints: createCheckpoints(store),
    destinations: (destinationArn, body) => sqs.send(destinationArn, body),
    cpuScale: o.cpuScale,
  })
  const invoke: InvokeFunction = (name, payload) => lambda.invoke(name, payload)
  const cognito = createCognito({ environment, store, vault, endpoint, invoke })
  const gateway = createGateway({
    environment,
    invoke,
    findIssuer: (issuer) => cognito.findIssuer(issuer),
    findCredential: credentialFinder(o.accessKeys),
  })
  return {
    dynamodb,
    sqs,
    logs,
    cognito,
    lambda,
    gateway,
    services: [
      gateway.mount,
      ...dynamodb.services,
      ...cognito.services,
      ...lambda.services,
      ...sqs.services,
      ...logs.services,
    ],
    start() {
      dynamodb.start()
      sqs.start()
      logs.start()
      cognito.start()
      lambda.start()
    },
    async close() {
      await lambda.close() // first: functions still call the others while they end
      cognito.close()
      sqs.close()
      dynamodb.close()
      await logs.close()
    },
  }
}
