import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, Sending } from '../harness.ts'

export const PASSWORD = 'Correct-horse-7'
export const ANY_TEXT = expect.any(String) as string

/** Another code of the same form. */
export const wrongCode = (code: string): string => (code === '000000' ? '000001' : '000000')

/** The status and the sentence of a refusal. */
export const refusal = ({ status, json }: Answer): unknown => [
  status,
  (json as { error: unknown }).error,
]

type Tokens = { AccessToken: string; IdToken: string; RefreshToken: string }
export type IdentityApi = Awaited<ReturnType<typeof startIdentityApi>>

/** The identity service on a cloud of its own, with what people do there. */
export async function startIdentityApi() {
  const cloud = await startCloud()
  const client = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 1 }))

  const call = (method: string, path: string, sending?: Sending): Promise<Answer> =>
    send(method, `${cloud.frontDoor}/identity/users/${path}`, sending)
  const put = (path: string, body: unknown): Promise<Answer> => call('PUT', path, { body })
  const post = (path: string, body: unknown, token?: string): Promise<Answer> =>
    call('POST', path, { body, token })

  const signUp = (username: string): Promise<Answer> =>
    post('signup', { username, password: PASSWORD, email: `${username}@example.com` })

  async function codeFor(username: string): Promise<string> {
    const [code = ''] = await cloud.codes(username)
    return code
  }

  return {
    cloud,
    /** The pool behind the service, for what only its owner may do. */
    pool: { client, UserPoolId: UserPools?.[0]?.Id ?? '' },
    call,
    put,
    post,
    signUp,
    codeFor,
    async confirmed(username: string): Promise<string> {
      await signUp(username)
      await put('confirm', { username, confirmation_code: await codeFor(username) })
      return username
    },
    async signIn(username: string, password = PASSWORD): Promise<Tokens> {
      const { json } = await put('login', { username, password })
      return (json as { AuthenticationResult: Tokens }).AuthenticationResult
    },
    async close(): Promise<void> {
      client.destroy()
      await cloud.close()
    },
  }
}
