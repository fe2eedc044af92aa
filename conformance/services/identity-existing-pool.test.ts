import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCloud } from 'cloudlet'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { send } from '../harness.ts'
import { PASSWORD } from './identity-api.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')

let cloud: Awaited<ReturnType<typeof createCloud>>
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'existing-pool-'))
  cloud = await createCloud({ port: 0, frontPort: 0, data: 'memory' })
})
afterAll(async () => {
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Synthesizes the services as `npm start` does; returns the folder to deploy. */
async function synthesize(
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const CDK_OUTDIR = join(folder, name)
  await run('node', ['--import', 'tsx', 'services/infra/app.ts'], {
    cwd: repository,
    env: { ...process.env, ...settings, CDK_OUTDIR },
  })
  return CDK_OUTDIR
}

/** A pool that somebody else looks after, with an administrator named `boss`. */
async function makePool(): Promise<{ USER_POOL_ID: string; CLIENT_ID: string }> {
  const client = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'theirs' }))
  const UserPoolId = UserPool?.Id ?? ''
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'services',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  )
  const boss = { UserPoolId, Username: 'boss' }
  await client.send(new CreateGroupCommand({ UserPoolId, GroupName: 'admins' }))
  await client.send(new AdminCreateUserCommand({ ...boss, MessageAction: 'SUPPRESS' }))
  await client.send(
    new AdminSetUserPasswordCommand({ ...boss, Password: PASSWORD, Permanent: true }),
  )
  await client.send(new AdminAddUserToGroupCommand({ ...boss, GroupName: 'admins' }))
  client.destroy()
  return { USER_POOL_ID: UserPoolId, CLIENT_ID: UserPoolClient?.ClientId ?? '' }
}

const call = (method: string, path: string, sending: Parameters<typeof send>[2] = {}) =>
  send(method, `${cloud.frontDoor}${path}`, sending)
const signIn = async () => {
  const { status, json } = await call('PUT', '/identity/users/login', {
    body: { username: 'boss', password: PASSWORD },
  })
  const result = json as { AuthenticationResult?: { AccessToken: string } }
  return { status, token: result.AuthenticationResult?.AccessToken }
}

// Two syntheses and three deployments take their time on a busy machine.
it('another pool takes the place of the services’ own, and gives it back', async () => {
  // Emptied, so that a .env of the developer's does not lead to another user pool.
  const own = await synthesize('own', { USER_POOL_ID: '', CLIENT_ID: '' })
  await cloud.deployAssembly(own)
  const theirs = await synthesize('theirs', await makePool())

  const before = await signIn()
  await cloud.deployAssembly(theirs)
  const { token } = await signIn()
  const users = await call('GET', '/identity/users/get-all', { token })
  const monitor = await call('GET', '/cargo/monitor', { token })
  await cloud.deployAssembly(own)
  const after = await signIn()

  expect(before.status).toBe(401)
  expect(users.json).toMatchObject({ Users: [{ Username: 'boss' }] })
  expect(monitor.status).toBe(200)
  expect(after.status).toBe(401)
}, 60_000)
