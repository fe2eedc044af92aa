import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AwsError,
  type Environment,
  type OperationTable,
  randomAlphanumeric,
} from '../kernel/index.ts'
import { documents, type Store } from '../storage/index.ts'
import { isObject, member, type Json } from '../template/index.ts'
import type { ResourceState, StateStore } from './deploy/stack-state.ts'
import { callOperation } from './resource-context.ts'
import { unless } from './resource-type.ts'

/** A pool with this tag set to `true` gets the demo user. */
export const demoUserTag = 'cloudlet:demo-user'
const username = 'demo'
/** A user of pools whose user names are addresses. */
const email = 'demo@example.com'
const adminsGroup = 'admins'

export type DemoUser = { readonly username: string; readonly password: string }

export type DemoUsers = {
  /** The user and its password, once a pool has it. */
  readonly current: () => DemoUser | undefined
  /** Makes the user in every pool that is tagged for it and does not have it yet. */
  readonly ensure: () => Promise<void>
  /**
   * Signs the user in.
   *
   * @throws AwsError when no pool has it, or no client takes a user name and a password
   */
  readonly token: (use: 'access' | 'id') => Promise<string>
}

/**
 * The user of a local cloud that one can sign in as at once. The password is generated on the first start and kept in
 * `<folder>/demo-user.json`, readable by its owner alone.
 */
export function createDemoUsers(o: {
  readonly environment: Environment
  readonly store: Store
  readonly state: StateStore
  readonly cognito: OperationTable
  readonly folder: string | undefined
}): DemoUsers {
  const made = documents<{ readonly password: string }>('stack/demo-users')
  let password: string | undefined

  const knownPassword = (): string => (password ??= readPassword(o.environment, o.folder))
  const pools = (): readonly ResourceState[] =>
    resourcesOf(o.state, 'AWS::Cognito::UserPool').filter(isTagged)

  async function ensureIn(pool: ResourceState): Promise<void> {
    const UserPoolId = pool.physicalId
    const Username = nameIn(pool)
    const fingerprint = createHash('sha256').update(knownPassword()).digest('hex')
    const exists = await unless(['UserNotFoundException'], () =>
      callOperation(o.cognito, 'AdminGetUser', { UserPoolId, Username }),
    )
    const settled = made.get(o.store.reader, UserPoolId)?.password === fingerprint
    if (exists !== undefined && settled) return addToAdmins(UserPoolId, Username)
    if (exists === undefined) {
      await callOperation(o.cognito, 'AdminCreateUser', {
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: attributes,
      })
    }
    await callOperation(o.cognito, 'AdminSetUserPassword', {
      UserPoolId,
      Username,
      Password: knownPassword(),
      Permanent: true,
    })
    await addToAdmins(UserPoolId, Username)
    await o.store.write((writer) => made.put(writer, UserPoolId, { password: fingerprint }))
  }

  async function addToAdmins(UserPoolId: string, Username: string): Promise<void> {
    const hasGroup = resourcesOf(o.state, 'AWS::Cognito::UserPoolGroup').some(
      (group) =>
        group.physicalId === adminsGroup && member(group.properties, 'UserPoolId') === UserPoolId,
    )
    if (!hasGroup) return
    await callOperation(o.cognito, 'AdminAddUserToGroup', {
      UserPoolId,
      Username,
      GroupName: adminsGroup,
    })
  }

  return {
    current: () => (pools().length === 0 ? undefined : { username, password: knownPassword() }),
    async ensure() {
      for (const pool of pools()) {
        try {
          await ensureIn(pool)
        } catch (cause) {
          // A pool whose rules keep the user out must not keep the cloud from starting.
          const reason = cause instanceof Error ? cause.message : String(cause)
          o.environment.report({
            level: 'warn',
            part: 'stack',
            message: `The demo user was not made in the pool ${pool.logicalId}: ${reason}`,
            cause,
          })
        }
      }
    },
    async token(use) {
      const [pool] = pools()
      if (pool === undefined) {
        throw new AwsError(
          'ResourceNotFoundException',
          `There is no demo user: no deployed user pool has the tag ${demoUserTag} = true.`,
          { status: 404 },
        )
      }
      const answer = await callOperation(o.cognito, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: passwordClient(o.state, pool),
        AuthParameters: { USERNAME: nameIn(pool), PASSWORD: knownPassword() },
      })
      const tokens = (answer['AuthenticationResult'] ?? {}) as Readonly<Record<string, string>>
      return tokens[use === 'id' ? 'IdToken' : 'AccessToken'] ?? ''
    },
  }
}

const attributes = [
  { Name: 'email', Value: email },
  { Name: 'email_verified', Value: 'true' },
]

const resourcesOf = (state: StateStore, type: string): readonly ResourceState[] =>
  state
    .stacks()
    .flatMap((stack) => [...state.resources(stack.name).values()])
    .filter((each) => each.type === type && each.physicalId !== '')

function isTagged(pool: ResourceState): boolean {
  const tags = member(pool.properties, 'UserPoolTags')
  return isObject(tags) && isTrue(member(tags, demoUserTag))
}

/** CloudFormation takes booleans as text, too. */
const isTrue = (value: Json | undefined): boolean => value === true || value === 'true'

const nameIn = (pool: ResourceState): string =>
  member(pool.properties, 'UsernameAttributes') === undefined ? username : email

/** The first client of the pool that takes a password without a secret. */
function passwordClient(state: StateStore, pool: ResourceState): string {
  const client = resourcesOf(state, 'AWS::Cognito::UserPoolClient').find(({ properties }) => {
    const flows = member(properties, 'ExplicitAuthFlows')
    return (
      member(properties, 'UserPoolId') === pool.physicalId &&
      Array.isArray(flows) &&
      (flows.includes('ALLOW_USER_PASSWORD_AUTH') || flows.includes('USER_PASSWORD_AUTH')) &&
      !isTrue(member(properties, 'GenerateSecret'))
    )
  })
  if (client !== undefined) return client.physicalId
  throw new AwsError(
    'InvalidParameterException',
    `No client of the pool ${pool.logicalId} allows ALLOW_USER_PASSWORD_AUTH without a secret.`,
  )
}

function readPassword(environment: Environment, folder: string | undefined): string {
  const file = folder === undefined ? undefined : join(folder, 'demo-user.json')
  if (file !== undefined && existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { password?: unknown }
    if (typeof kept.password === 'string') return kept.password
  }
  const password = generatePassword(environment)
  if (file !== undefined) {
    const content = `${JSON.stringify({ username, password }, null, 2)}\n`
    writeFileSync(file, content, { mode: 0o600 })
  }
  return password
}

/** Four groups of random characters, and one of each kind that a password policy may ask for. */
function generatePassword(environment: Environment): string {
  const group = (): string => randomAlphanumeric(environment.ids, 5)
  return `${group()}-${group()}-${group()}-aZ4`
}
