import { createHash } from 'node:crypto'
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCognito } from '../../cloud/src/cognito/index.ts'
import { systemClock, systemIds } from '../../cloud/src/kernel/index.ts'
import { openMemoryStore } from '../../cloud/src/storage/index.ts'
import { createWire } from '../../cloud/src/wire/index.ts'

export const password = 'Correct-horse-7'

/** User pools on a free port, and the AWS SDK's client for them. */
export async function startUserPools(options: { issuer?: 'local' | 'aws' } = {}) {
  const environment = {
    clock: systemClock,
    ids: systemIds,
    region: 'us-east-1',
    accountId: '000000000000',
    report: () => undefined,
  }
  const store = openMemoryStore()
  let address = ''
  const cognito = createCognito({
    environment,
    store,
    vault: { secret: (name) => createHash('sha256').update(name).digest() },
    endpoint: () => address,
    invoke: () => Promise.reject(new Error('There are no functions here.')),
    ...options,
  })
  const wire = createWire({ environment, services: cognito.services })
  const server = await wire.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${server.port}`
  const client = new CognitoIdentityProviderClient({
    endpoint: address,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  return {
    client,
    address,
    outbox: cognito.outbox,
    /** A pool with one client that signs in by password, and a confirmed user `ana`. */
    async pool(
      settings: {
        pool?: Partial<CreateUserPoolCommandInput>
        client?: Partial<CreateUserPoolClientCommandInput>
      } = {},
    ) {
      const pool = await client.send(
        new CreateUserPoolCommand({ PoolName: 'people', ...settings.pool }),
      )
      const UserPoolId = pool.UserPool?.Id ?? ''
      const app = await client.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'app',
          ExplicitAuthFlows: [
            'ALLOW_USER_PASSWORD_AUTH',
            'ALLOW_ADMIN_USER_PASSWORD_AUTH',
            'ALLOW_REFRESH_TOKEN_AUTH',
            'ALLOW_USER_SRP_AUTH',
          ],
          ...settings.client,
        }),
      )
      await client.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: 'ana',
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: 'ana@example.com' },
            { Name: 'email_verified', Value: 'true' },
          ],
        }),
      )
      await client.send(
        new AdminSetUserPasswordCommand({
          UserPoolId,
          Username: 'ana',
          Password: password,
          Permanent: true,
        }),
      )
      return {
        UserPoolId,
        ClientId: app.UserPoolClient?.ClientId ?? '',
        secret: app.UserPoolClient?.ClientSecret ?? '',
      }
    },
    /** Signs in with a password. */
    signIn: (ClientId: string, USERNAME = 'ana', PASSWORD = password) =>
      client.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD },
        }),
      ),
    async stop() {
      client.destroy()
      cognito.close()
      await server.close()
      await store.close()
    },
  }
}

export type UserPools = Awaited<ReturnType<typeof startUserPools>>

/** A refused request: the error's name and message. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`
  }
  return 'no error'
}
