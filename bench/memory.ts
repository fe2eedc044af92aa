import { askAws, awsRequest, cognitoService, dynamodbService } from './aws-request.ts'
import { cloudletUp, memoryMb, temporaryFolder, type Contender } from './contender.ts'
import { driveApart, get } from './drive.ts'
import { startEngine } from './engine.ts'
import { functionHosts } from './functions.ts'
import { cognitoLocal, dynalite, dynamodbLocal } from './peers.ts'
import { keep, printTable, type Row } from './report.ts'

/**
 * The question: how much memory does each contender take when it has just started, and when all have done the same
 * work? A fixed number of requests, not a fixed time: the faster one must not pay for having done more.
 */

const items = 100_000
const reads = 20_000
const functionRequests = 20_000
const people = 300
const connections = 32

type Work = {
  /** What has been done, as the table says it. */
  readonly after: string
  readonly contenders: readonly (() => Promise<Contender>)[]
  readonly work: (contender: Contender) => Promise<void>
}

/** Sends every request once. @throws Error when one was refused */
async function send(port: number, requests: readonly string[], at = connections): Promise<void> {
  const load = { port, requests, connections: at, warmUpMs: 0, measureMs: 0, once: true } as const
  const { errors } = await driveApart(load)
  if (Object.keys(errors).length > 0) throw new Error(`Refused: ${JSON.stringify(errors)}`)
}

const key = (n: number): object => ({ pk: { S: `item-${n}` } })
const filler = { S: 'x'.repeat(900) }

async function fillTable({ port }: Contender): Promise<void> {
  await askAws(port, dynamodbService, 'CreateTable', {
    TableName: 'bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const batch = (from: number): string =>
    awsRequest(dynamodbService, 'BatchWriteItem', {
      RequestItems: {
        bench: Array.from({ length: 25 }, (_, at) => ({
          PutRequest: { Item: { ...key(from + at), filler } },
        })),
      },
    })
  // In pieces: a hundred megabytes of requests at once would have to go to the client's process.
  for (let from = 0; from < items; from += 10_000) {
    await send(
      port,
      Array.from({ length: 400 }, (_, at) => batch(from + at * 25)),
    )
  }
  const read = (n: number): string =>
    awsRequest(dynamodbService, 'GetItem', { TableName: 'bench', Key: key((n * 7919) % items) })
  await send(
    port,
    Array.from({ length: reads }, (_, n) => read(n)),
  )
}

async function signPeopleUp({ port }: Contender): Promise<void> {
  const ask = (operation: string, input: object): Promise<unknown> =>
    askAws(port, cognitoService, operation, input)
  const { UserPool } = (await ask('CreateUserPool', { PoolName: 'bench' })) as {
    UserPool: { Id: string }
  } // CreateUserPool's answer
  const { UserPoolClient } = (await ask('CreateUserPoolClient', {
    UserPoolId: UserPool.Id,
    ClientName: 'bench',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })) as { UserPoolClient: { ClientId: string } } // CreateUserPoolClient's answer
  const ClientId = UserPoolClient.ClientId
  const Password = 'Correct-horse-7'
  const each = (operation: string, input: (email: string) => object): string[] =>
    Array.from({ length: people }, (_, n) =>
      awsRequest(cognitoService, operation, input(`user-${n}@example.com`)),
    )
  const steps = [
    each('SignUp', (Username) => ({
      ClientId,
      Username,
      Password,
      UserAttributes: [{ Name: 'email', Value: Username }],
    })),
    each('AdminConfirmSignUp', (Username) => ({ UserPoolId: UserPool.Id, Username })),
    each('InitiateAuth', (USERNAME) => ({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: Password },
    })),
  ]
  for (const requests of steps) await send(port, requests, 8)
}

const cloudletEngine = async (): Promise<Contender> => ({
  ...(await startEngine()),
  name: 'Cloudlet',
})

async function cloudletPools(): Promise<Contender> {
  const up = await cloudletUp([])
  return { ...up, name: 'Cloudlet', port: Number(new URL(up.ready.endpoint).port) }
}

/** The one list of what is done by whom. */
function works(): readonly Work[] {
  const hosts = functionHosts()
  return [
    {
      after: `${items / 1000}k items, ${reads / 1000}k reads`,
      contenders: [cloudletEngine, dynalite, dynamodbLocal],
      work: fillTable,
    },
    {
      after: `${functionRequests / 1000}k function calls`,
      contenders: hosts.map(({ start }) => start),
      work: ({ port, name }) => {
        const path = hosts[name === 'Cloudlet' ? 0 : 1]?.path ?? '/'
        return send(
          port,
          Array.from({ length: functionRequests }, () => get(path)),
        )
      },
    },
    {
      after: `${people} sign-ups and logins`,
      contenders: [cloudletPools, () => cognitoLocal(temporaryFolder())],
      work: signPeopleUp,
    },
  ]
}

export async function memory(): Promise<void> {
  const rows: Row[] = []
  for (const { after, contenders, work } of works()) {
    for (const start of contenders) {
      const contender = await start()
      const idle = await settled(contender)
      await work(contender)
      const then = await settled(contender)
      await contender.stop()
      rows.push({
        after,
        contender: contender.name,
        'idle MB': Math.round(idle.residentMb),
        'after MB': Math.round(then.residentMb),
        // LMDB's file is mapped: pages of it that are in the system's cache count as resident.
        'own MB': Math.round(then.ownMb),
      })
      process.stdout.write('.')
    }
  }
  console.log('\n\nResident memory, idle and after the same work ("own": without mapped files):\n')
  printTable(rows)
  keep('memory', { rows })
}

/** Memory fifteen seconds after the last request: what was needed only for a moment may have been given back. */
async function settled(contender: Contender): Promise<ReturnType<typeof memoryMb>> {
  await new Promise((resolve) => setTimeout(resolve, 15_000))
  return memoryMb(contender.process.pid)
}
