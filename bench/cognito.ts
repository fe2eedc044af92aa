import { cloudletUp, cpuMs, memoryMb, temporaryFolder, type Contender } from './contender.ts'
import { driveApart, post } from './drive.ts'
import { cognitoLocal } from './peers.ts'
import type { Result } from './raw-client.ts'
import { against, keep, median, printTable, type Row } from './report.ts'

/**
 * The question: how many people can sign in and up a second, in a pool that many have signed up to already, against
 * cognito-local; and does the memory grow with time? Password logins at concurrency 8; BENCH_USERS=100000 and
 * BENCH_LOGIN_MINUTES=5 unless the environment says otherwise.
 */

const concurrency = 8
const password = 'Correct-horse-7'
/** cognito-local writes its whole pool into one file at each change: more would take it an hour. */
const peerUsers = 1_500
const loaded = 20_000
const signUpsPerRound = 1_500
/** Memory that stays within a megabyte a minute is what a garbage collector leaves lying about, no leak. */
const goals = { loginsPerSecond: 350, listUsersMs: 5, growthMbPerMinute: 1 }

const call = (operation: string, input: object): string =>
  post('/', JSON.stringify(input), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000',
    'x-amz-date': '20260101T000000Z',
  })

async function ask(port: number, operation: string, input: object): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(input),
  })
  const body: unknown = await answer.json()
  if (answer.status !== 200) {
    throw new Error(`${operation}: ${answer.status} ${JSON.stringify(body)}`)
  }
  return body
}

/** A pool of one contender, with its app. */
export type Bench = Contender & {
  readonly poolId: string
  readonly clientId: string
  users: number
}

export async function makePool(contender: Contender): Promise<Bench> {
  const { UserPool } = (await ask(contender.port, 'CreateUserPool', { PoolName: 'bench' })) as {
    UserPool: { Id: string }
  }
  const { UserPoolClient } = (await ask(contender.port, 'CreateUserPoolClient', {
    UserPoolId: UserPool.Id,
    ClientName: 'bench',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
  })) as { UserPoolClient: { ClientId: string } }
  return { ...contender, poolId: UserPool.Id, clientId: UserPoolClient.ClientId, users: 0 }
}

/** User name and address: cognito-local takes addresses only. */
const nameOf = (n: number): string => `user-${String(n).padStart(7, '0')}@example.com`

const signUp = ({ clientId }: Bench, n: number): string =>
  call('SignUp', {
    ClientId: clientId,
    Username: nameOf(n),
    Password: password,
    UserAttributes: [{ Name: 'email', Value: nameOf(n) }],
  })

export const login = ({ clientId }: Bench, n: number): string =>
  call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: nameOf(n), PASSWORD: password },
  })

export const findByEmail = ({ poolId }: Bench, n: number): string =>
  call('ListUsers', { UserPoolId: poolId, Filter: `email = "${nameOf(n)}"` })

/** Sends each request once. @throws Error when any was refused */
async function sendAll(
  port: number,
  requests: readonly string[],
  connections = concurrency,
): Promise<Result> {
  const result = await driveApart({
    port,
    requests,
    connections,
    warmUpMs: 0,
    measureMs: 0,
    once: true,
  })
  if (Object.keys(result.errors).length > 0) {
    throw new Error(`Refused: ${JSON.stringify(result.errors)}`)
  }
  return result
}

/** Signs up and confirms `count` further users through the API; gives the sign-ups' result. */
export async function addUsers(bench: Bench, count: number): Promise<Result> {
  const first = bench.users
  const serials = Array.from({ length: count }, (_, at) => first + at)
  const signUps = await sendAll(
    bench.port,
    serials.map((n) => signUp(bench, n)),
  )
  await sendAll(
    bench.port,
    serials.map((n) =>
      call('AdminConfirmSignUp', { UserPoolId: bench.poolId, Username: nameOf(n) }),
    ),
  )
  bench.users += count
  return signUps
}

/** Users spread over the whole pool, the same number whatever its size. */
export const spread = (bench: Bench, make: (bench: Bench, n: number) => string): string[] =>
  Array.from({ length: 2_000 }, (_, n) => make(bench, (n * 7919) % bench.users))

const row = (workload: string, bench: Bench, results: readonly Result[]): Row => ({
  workload,
  contender: bench.name,
  'users in pool': bench.users,
  'ops/s': Math.round(median(results.map((each) => each.perSecond))),
  'p50 ms': median(results.map((each) => each.p50Ms)).toFixed(2),
  'p99 ms': median(results.map((each) => each.p99Ms)).toFixed(2),
  errors: JSON.stringify(
    results.map((each) => each.errors).find((e) => Object.keys(e).length) ?? '',
  ),
})

export async function cognito(): Promise<void> {
  const users = Number(process.env['BENCH_USERS'] ?? 100_000)
  const minutes = Number(process.env['BENCH_LOGIN_MINUTES'] ?? 5)
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
  const up = await cloudletUp([])
  const ours = await makePool({ ...up, port: Number(new URL(up.ready.endpoint).port) })
  const peer = await makePool(await cognitoLocal(temporaryFolder()))

  const rows = [
    row('SignUp', ours, [await addUsers(ours, peerUsers)]),
    row('SignUp', peer, [await addUsers(peer, peerUsers)]),
    ...(await compare([ours, peer], rounds)),
  ]
  const startedMs = performance.now()
  while (ours.users < users) await addUsers(ours, Math.min(loaded, users - ours.users))
  const loadSeconds = (performance.now() - startedMs) / 1000
  console.log(`\nLoaded ${users} users in ${loadSeconds.toFixed(0)} s.`)
  const full = await compare([ours, peer], rounds)
  rows.push(...full, row('SignUp', ours, [await addUsers(ours, signUpsPerRound)]))
  const memory = await memoryUnderLogins(ours, minutes)

  console.log(`\nConcurrency ${concurrency}, ${rounds} interleaved rounds, medians:\n`)
  printTable(rows)
  console.log(`\nMemory during ${minutes} minutes of logins:\n`)
  printTable(memory)
  const [logins, list] = [full[0], full.find(({ workload }) => workload === 'ListUsers by email')]
  console.log(
    `\nLogins/s at ${users} users: ${against(Number(logins?.['ops/s']), goals.loginsPerSecond, 'at least')}`,
  )
  console.log(
    `ListUsers by email, p50 ms: ${against(Number(list?.['p50 ms']), goals.listUsersMs, 'at most')}`,
  )
  console.log(
    `Own memory after the first part, MB a minute: ${against(growthPerMinute(memory), goals.growthMbPerMinute, 'at most')}`,
  )
  keep('cognito', { concurrency, rounds, users, loadSeconds, rows, memory })
  await Promise.all([up, peer].map((each) => each.stop()))
}

/** Logins and searches of all contenders, in turn within each round; ours first. */
async function compare(benches: readonly Bench[], rounds: number): Promise<Row[]> {
  const workloads = {
    'password login': { make: login, connections: concurrency },
    'ListUsers by email': { make: findByEmail, connections: 1 },
  }
  const rows: Row[] = []
  for (const [name, { make, connections }] of Object.entries(workloads)) {
    const results = new Map<Bench, Result[]>(benches.map((bench) => [bench, []]))
    for (let round = 0; round < rounds; round++) {
      for (const [bench, list] of results) {
        const requests = spread(bench, make)
        const warmUpMs = round === 0 ? 1_000 : 300
        list.push(
          await driveApart({ port: bench.port, requests, connections, warmUpMs, measureMs: 3_000 }),
        )
      }
    }
    for (const [bench, list] of results) rows.push(row(name, bench, list))
    process.stdout.write('.')
  }
  return rows
}

/** Resident memory before, while and after logins at full speed. */
async function memoryUnderLogins(bench: Bench, minutes: number): Promise<Row[]> {
  const samples = 5
  const rows: Row[] = []
  const sample = (minute: number, result?: Result, usedMs = 0): void => {
    const { residentMb, ownMb } = memoryMb(bench.process.pid)
    rows.push({
      minute: minute.toFixed(1),
      'resident MB': residentMb.toFixed(0),
      'own MB': ownMb.toFixed(0),
      'logins/s': result === undefined ? '' : Math.round(result.perSecond),
      // What a login costs whatever else the machine does: two cores have 2,000 ms a second.
      'CPU ms a login': usedMs === 0 ? '' : usedMs.toFixed(2),
    })
  }
  sample(0)
  for (let at = 1; at <= samples; at++) {
    const measureMs = (minutes * 60_000) / samples
    const requests = spread(bench, login)
    const before = cpuMs(bench.process.pid)
    const result = await driveApart({
      port: bench.port,
      requests,
      connections: concurrency,
      warmUpMs: 0,
      measureMs,
    })
    const logins = (result.perSecond * measureMs) / 1000
    sample((minutes * at) / samples, result, (cpuMs(bench.process.pid) - before) / logins)
  }
  return rows
}

/** How fast memory grows once caches are warm: the slope between the first sample under load and the last. */
function growthPerMinute(memory: readonly Row[]): number {
  const warm = memory[1]
  const last = memory.at(-1)
  const minutes = Number(last?.['minute']) - Number(warm?.['minute'])
  const grownMb = Number(last?.['own MB']) - Number(warm?.['own MB'])
  return Math.round((100 * grownMb) / minutes) / 100
}
