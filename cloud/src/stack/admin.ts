import { AwsError, type HttpMount, type HttpRequest, type HttpResponse } from '../kernel/index.ts'
import type { Cloud } from './cloud.ts'
import type { DemoUsers } from './demo-user.ts'
import type { Deployer } from './deploy/deployer.ts'
import type { JoinedParts } from './join-parts.ts'
import { version } from './version.ts'

const prefix = '/_cloudlet/'
const outboxShownDefault = 100

type AdminOptions = {
  readonly parts: JoinedParts
  readonly deployer: Deployer
  readonly demoUsers: DemoUsers
  readonly cloud: () => Pick<Cloud, 'endpoint' | 'frontDoor' | 'services'>
}

/**
 * The cloud's own pages on the AWS endpoint: `GET /_cloudlet/status` tells what it holds, `POST
 * /_cloudlet/token?use=access|id` signs the demo user in, `GET /_cloudlet/outbox?user=&pool=&limit=` shows the messages
 * that user pools would have sent, newest first.
 */
export function adminMount(o: AdminOptions): HttpMount {
  return {
    kind: 'http',
    name: 'admin',
    match: (request) => request.target.startsWith(prefix),
    async handle(request) {
      try {
        return await answer(o, request)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return json(error.status, { error: error.message })
      }
    },
  }
}

async function answer(o: AdminOptions, request: HttpRequest): Promise<HttpResponse> {
  const url = new URL(request.target, 'http://localhost')
  const page = `${request.method} ${url.pathname}`
  if (page === `GET ${prefix}status`) return json(200, await status(o))
  if (page === `POST ${prefix}token`) {
    const use = url.searchParams.get('use') ?? 'access'
    if (use !== 'access' && use !== 'id') return json(400, { error: 'use is "access" or "id".' })
    return json(200, { token: await o.demoUsers.token(use) })
  }
  if (page === `GET ${prefix}outbox`) {
    return json(200, { messages: outboxPage(o.parts, url.searchParams) })
  }
  return json(404, { error: `There is no page ${url.pathname}.` })
}

/** The newest messages: all, or a pool's, or those to a user name or an address. */
function outboxPage({ cognito }: JoinedParts, query: URLSearchParams): readonly object[] {
  const [user, poolId] = [query.get('user'), query.get('pool')]
  const limit = Number(query.get('limit') ?? outboxShownDefault)
  if (!Number.isInteger(limit) || limit < 1) {
    throw new AwsError('BadRequest', 'limit is a whole number of at least 1.')
  }
  return cognito.outbox.list({
    ...(user === null ? {} : { recipient: user }),
    ...(poolId === null ? {} : { poolId }),
    limit,
  })
}

const json = (code: number, body: object): HttpResponse => ({
  status: code,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
})

async function status({ parts, deployer, demoUsers, cloud }: AdminOptions): Promise<object> {
  const { endpoint, frontDoor, services } = cloud()
  return {
    version,
    endpoint,
    frontDoor,
    services: services(),
    demoUser: demoUsers.current()?.username,
    stacks: deployer.state.stacks().map((stack) => ({
      name: stack.name,
      status: stack.status,
      ...(stack.reason === undefined ? {} : { reason: stack.reason }),
    })),
    apis: parts.gateway.apis(),
    functions: parts.lambda.functions.list().map(({ name, runtime, memoryMb }) => ({
      name,
      runtime,
      memoryMb,
    })),
    eventSources: parts.lambda.eventSources.list(),
    tables: await tableNames(parts),
    lambda: parts.lambda.statistics(),
  }
}

async function tableNames(parts: JoinedParts): Promise<string[]> {
  const names: string[] = []
  const listTables = parts.dynamodb.operations.get('ListTables')
  let after: string | undefined
  do {
    const page = (await listTables?.(
      after === undefined ? {} : { ExclusiveStartTableName: after },
    )) as { TableNames?: string[]; LastEvaluatedTableName?: string } | undefined
    names.push(...(page?.TableNames ?? []))
    after = page?.LastEvaluatedTableName
  } while (after !== undefined)
  return names
}
