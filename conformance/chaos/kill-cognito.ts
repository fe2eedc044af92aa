import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess, type RunningCloud } from './running-cloud.ts'

/** What must hold after every kill: `lost` and `differences` are empty when it does. */
export type SignUpFindings = {
  readonly acknowledged: number
  readonly stored: number
  readonly lost: readonly string[]
  readonly differences: readonly string[]
}

/** One fact of a user that one writer changes over and over: what was acknowledged last, and what is on its way. */
type Fact = {
  readonly user: string
  readonly kind: 'name' | 'nickname' | 'readers' | 'writers'
  acknowledged: string
  trying: string | undefined
}

type Pool = { readonly poolId: string; readonly clientId: string }
type Ask = <Output>(operation: string, input: object) => Promise<Output>

const password = 'Correct-horse-7'
const signUpsAtOnce = 8
const busyUsers = 5
const sampled = 20
const groups = ['readers', 'writers'] as const
const newcomer = (serial: number): string => `newcomer-${serial}`

/**
 * Signs people up at full speed while four writers a user change attributes and groups of the same few users, kills
 * the cloud with SIGKILL in the midst of it, starts it again on the same folder, compares, and so on.
 */
export async function killUnderSignUps(options: {
  kills: number
  /** Sign-ups to acknowledge in all. */
  users: number
  progress?: (line: string) => void
}): Promise<SignUpFindings> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-chaos-'))
  const data = join(folder, 'data')
  const acknowledged = new Set<string>()
  const differences: string[] = []
  let serial = 0
  try {
    let cloud = await startProcess(data, [])
    const pool = await makePool(asker(cloud))
    const facts = await makeBusyUsers(asker(cloud), pool)
    for (let life = 1; life <= options.kills; life++) {
      const until = Math.ceil((options.users * life) / options.kills)
      serial = await liveAndDie(cloud, pool, { facts, acknowledged, until, serial })
      cloud = await startProcess(data, [])
      differences.push(...(await compareFacts(asker(cloud), pool, facts)))
      options.progress?.(`kill ${life}: ${acknowledged.size} sign-ups acknowledged so far`)
    }
    const stored = await comparePeople(asker(cloud), pool, acknowledged, differences)
    await cloud.stop()
    return {
      acknowledged: acknowledged.size,
      stored: stored.size,
      lost: [...acknowledged].filter((name) => !stored.has(name)),
      differences,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws Error with the operation and its refusal */
const asker =
  (cloud: RunningCloud): Ask =>
  async (operation, input) => {
    const answer = await fetch(cloud.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=chaos/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
      },
      body: JSON.stringify(input),
    })
    const body = await answer.text()
    if (answer.status !== 200) throw new Error(`${operation}: ${answer.status} ${body}`)
    return JSON.parse(body) as never // each caller names what the operation answers
  }

async function makePool(ask: Ask): Promise<Pool> {
  const made = await ask<{ UserPool: { Id: string } }>('CreateUserPool', { PoolName: 'chaos' })
  const poolId = made.UserPool.Id
  const app = await ask<{ UserPoolClient: { ClientId: string } }>('CreateUserPoolClient', {
    UserPoolId: poolId,
    ClientName: 'chaos',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
  })
  for (const GroupName of groups) await ask('CreateGroup', { UserPoolId: poolId, GroupName })
  return { poolId, clientId: app.UserPoolClient.ClientId }
}

async function makeBusyUsers(ask: Ask, { poolId }: Pool): Promise<Fact[]> {
  const facts: Fact[] = []
  for (let at = 0; at < busyUsers; at++) {
    const user = `busy-${at}`
    await ask('AdminCreateUser', { UserPoolId: poolId, Username: user, MessageAction: 'SUPPRESS' })
    for (const kind of ['name', 'nickname', 'readers', 'writers'] as const) {
      facts.push({ user, kind, acknowledged: absent, trying: undefined })
    }
  }
  return facts
}

const absent = 'absent'
const present = 'present'

/** Writes at full speed until enough sign-ups were acknowledged, then kills; gives the next serial number. */
async function liveAndDie(
  cloud: RunningCloud,
  pool: Pool,
  o: { facts: Fact[]; acknowledged: Set<string>; until: number; serial: number },
): Promise<number> {
  let { serial } = o
  const life = { killed: false }
  let enough = (): void => undefined
  const reached = new Promise<void>((resolve) => {
    enough = resolve
  })
  const ask = asker(cloud)
  /** Whether the change was acknowledged; false when the cloud was killed meanwhile. */
  async function done(...change: Parameters<Ask>): Promise<boolean> {
    try {
      await ask(...change)
      return true
    } catch (error) {
      if (life.killed) return false // a broken connection is what we asked for
      throw error
    }
  }
  async function signUpOthers(): Promise<void> {
    while (!life.killed) {
      const Username = newcomer(serial++)
      const acknowledged = await done('SignUp', {
        ClientId: pool.clientId,
        Username,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      })
      if (acknowledged) o.acknowledged.add(Username)
      if (o.acknowledged.size >= o.until) enough()
    }
  }
  async function changeOver(fact: Fact): Promise<void> {
    for (let round = 0; !life.killed; round++) {
      fact.trying = nextValue(fact, `${o.serial}-${round}`)
      if (!(await done(...changeTo(pool, fact, fact.trying)))) return // either value may be found
      fact.acknowledged = fact.trying
      fact.trying = undefined
    }
  }
  const writers = [
    ...Array.from({ length: signUpsAtOnce }, signUpOthers),
    ...o.facts.map(changeOver),
  ]
  await Promise.race([reached, Promise.all(writers)])
  life.killed = true
  await cloud.kill()
  await Promise.all(writers)
  return serial
}

const isGroup = (kind: Fact['kind']): boolean => kind === 'readers' || kind === 'writers'

function nextValue(fact: Fact, fresh: string): string {
  if (!isGroup(fact.kind)) return fresh
  return fact.acknowledged === absent ? present : absent
}

function changeTo({ poolId }: Pool, { user, kind }: Fact, value: string): Parameters<Ask> {
  const who = { UserPoolId: poolId, Username: user }
  if (isGroup(kind)) {
    const operation = value === present ? 'AdminAddUserToGroup' : 'AdminRemoveUserFromGroup'
    return [operation, { ...who, GroupName: kind }]
  }
  return ['AdminUpdateUserAttributes', { ...who, UserAttributes: [{ Name: kind, Value: value }] }]
}

type UserPage = {
  readonly Users: readonly { readonly Username: string }[]
  readonly PaginationToken?: string
}
type Named = { readonly Name: string; readonly Value: string }

/** Each fact is what was acknowledged last, or what was on its way; membership reads the same from both sides. */
async function compareFacts(ask: Ask, { poolId }: Pool, facts: Fact[]): Promise<string[]> {
  const differences: string[] = []
  const members = new Map<string, Set<string>>()
  for (const GroupName of groups) {
    const { Users } = await ask<{ Users: { Username: string }[] }>('ListUsersInGroup', {
      UserPoolId: poolId,
      GroupName,
    })
    members.set(GroupName, new Set(Users.map(({ Username }) => Username)))
  }
  for (const fact of facts) {
    const who = { UserPoolId: poolId, Username: fact.user }
    const { UserAttributes } = await ask<{ UserAttributes: Named[] }>('AdminGetUser', who)
    const { Groups } = await ask<{ Groups: { GroupName: string }[] }>('AdminListGroupsForUser', who)
    const inGroups = Groups.map(({ GroupName }) => GroupName)
    const found = isGroup(fact.kind)
      ? inGroups.includes(fact.kind)
        ? present
        : absent
      : (UserAttributes.find(({ Name }) => Name === fact.kind)?.Value ?? absent)
    if (found !== fact.acknowledged && found !== fact.trying) {
      differences.push(
        `${fact.user} ${fact.kind}: ${found}, but ${fact.acknowledged} was acknowledged`,
      )
    }
    if (isGroup(fact.kind) && members.get(fact.kind)?.has(fact.user) !== (found === present)) {
      differences.push(`${fact.user} ${fact.kind}: the group's list says otherwise`)
    }
    fact.acknowledged = found
    fact.trying = undefined
  }
  return differences
}

/** Everyone in the pool; adds to `differences` where the pool's own count, its index or a sign-in disagrees. */
async function comparePeople(
  ask: Ask,
  pool: Pool,
  acknowledged: ReadonlySet<string>,
  differences: string[],
): Promise<Set<string>> {
  const UserPoolId = pool.poolId
  const stored = new Set<string>()
  let PaginationToken: string | undefined
  do {
    const page: UserPage = await ask('ListUsers', {
      UserPoolId,
      ...(PaginationToken === undefined ? {} : { PaginationToken }),
    })
    for (const { Username } of page.Users) stored.add(Username)
    PaginationToken = page.PaginationToken
  } while (PaginationToken !== undefined)
  const { UserPool } = await ask<{ UserPool: { EstimatedNumberOfUsers: number } }>(
    'DescribeUserPool',
    { UserPoolId },
  )
  const counted = UserPool.EstimatedNumberOfUsers
  if (counted !== stored.size) {
    differences.push(`The pool counts ${counted} users and lists ${stored.size}`)
  }
  const everyone = [...acknowledged]
  const step = Math.max(1, Math.floor(everyone.length / sampled))
  for (const Username of everyone.filter((_, at) => at % step === 0)) {
    const Filter = `email = "${Username}@example.com"`
    const found: UserPage = await ask('ListUsers', { UserPoolId, Filter })
    if (found.Users.length !== 1) differences.push(`${Username}: not indexed`)
    await ask('AdminConfirmSignUp', { UserPoolId, Username })
    const signedIn = await ask<{ AuthenticationResult?: object }>('InitiateAuth', {
      ClientId: pool.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    })
    if (signedIn.AuthenticationResult === undefined) {
      differences.push(`${Username}: cannot sign in`)
    }
  }
  return stored
}
