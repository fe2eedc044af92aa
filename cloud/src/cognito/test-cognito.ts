import { createHash } from 'node:crypto'
import { manualClock, systemIds, type ManualClock } from '../kernel/index.ts'
import { openMemoryStore, type Store } from '../storage/index.ts'
import { createCognito, type Cognito } from './create-cognito.ts'
import type { InvokeFunction } from './ports.ts'
import type { IssuerForm } from './tokens/issuer.ts'

/** User pools on a clock that the test moves, with functions that the test writes. */
export type TestCognito = {
  readonly cognito: Cognito
  readonly clock: ManualClock
  readonly store: Store
  /** Runs an operation as a client would; the answer is plain JSON. */
  readonly call: (operation: string, input: object) => Promise<Answer>
}

/** Answers are looked into by tests only. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = any

type Trigger = (event: Answer) => unknown

export function testCognito(
  options: {
    triggers?: Readonly<Record<string, Trigger>>
    issuer?: IssuerForm
    store?: Store
    clock?: ManualClock
  } = {},
): TestCognito {
  const clock = options.clock ?? manualClock(Date.UTC(2026, 10, 21, 10))
  const store = options.store ?? openMemoryStore()
  const cognito = createCognito({
    environment: {
      clock,
      ids: systemIds,
      region: 'us-east-1',
      accountId: '000000000000',
      report: (event) => {
        throw new Error(event.message, { cause: event.cause })
      },
    },
    store,
    vault: { secret: (name) => createHash('sha256').update(`test ${name}`).digest() },
    endpoint: () => 'http://localhost:4566',
    invoke: functions(options.triggers ?? {}),
    ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
  })
  return {
    cognito,
    clock,
    store,
    async call(name, input) {
      const operation = cognito.operations.get(name)
      if (operation === undefined) throw new Error(`There is no operation ${name}.`)
      return JSON.parse(JSON.stringify(await operation(structuredClone(input))))
    },
  }
}

/** Functions by name, run as Lambda would: what they throw becomes a function error. */
const functions =
  (triggers: Readonly<Record<string, Trigger>>): InvokeFunction =>
  async (name, payload) => {
    const trigger = triggers[name]
    if (trigger === undefined) throw new Error(`Function not found: ${name}`)
    try {
      const answer = await trigger(JSON.parse(payload))
      return { payload: JSON.stringify(answer ?? null), requestId: 'test' }
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error)
      return {
        payload: JSON.stringify({ errorMessage, errorType: 'Error' }),
        functionError: 'Unhandled',
        requestId: 'test',
      }
    }
  }

export const password = 'Correct-horse-7'

/** A pool with one client that allows every flow, and a confirmed user `ana`. */
export async function poolWithUser(
  test: TestCognito,
  settings: { pool?: object; client?: object; attributes?: object[] } = {},
): Promise<{ poolId: string; clientId: string; client: Answer }> {
  const { UserPool } = await test.call('CreateUserPool', { PoolName: 'people', ...settings.pool })
  const { UserPoolClient } = await test.call('CreateUserPoolClient', {
    UserPoolId: UserPool.Id,
    ClientName: 'app',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_AUTH',
    ],
    ...settings.client,
  })
  await test.call('AdminCreateUser', {
    UserPoolId: UserPool.Id,
    Username: 'ana',
    MessageAction: 'SUPPRESS',
    UserAttributes: settings.attributes ?? [
      { Name: 'email', Value: 'ana@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  })
  await test.call('AdminSetUserPassword', {
    UserPoolId: UserPool.Id,
    Username: 'ana',
    Password: password,
    Permanent: true,
  })
  return { poolId: UserPool.Id, clientId: UserPoolClient.ClientId, client: UserPoolClient }
}

/** Signs in with a password. */
export const signIn = (
  test: TestCognito,
  clientId: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  test.call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ana', PASSWORD: password, ...parameters },
  })
