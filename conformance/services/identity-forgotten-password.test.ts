import {
  AdminUpdateUserAttributesCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, refusal, startIdentityApi, wrongCode } from './identity-api.ts'
import type { IdentityApi } from './identity-api.ts'

let api: IdentityApi
beforeAll(async () => {
  api = await startIdentityApi()
})
afterAll(() => api.close())

describe('PUT /users/forget-pwd and confirm-pwd', () => {
  it('gives a new password for a code', async () => {
    const username = await api.confirmed('forgetful')

    const sent = await api.put('forget-pwd', { username })
    const verification_code = await api.codeFor(username)
    const wrong = await api.put('confirm-pwd', {
      username,
      verification_code: wrongCode(verification_code),
      new_pwd: 'Another-horse-8',
    })
    const weak = await api.put('confirm-pwd', { username, verification_code, new_pwd: 'abc' })
    const right = await api.put('confirm-pwd', {
      username,
      verification_code,
      new_pwd: 'Another-horse-8',
    })
    const again = await api.put('confirm-pwd', {
      username,
      verification_code,
      new_pwd: 'Another-horse-9',
    })

    expect([sent.status, sent.json]).toEqual([
      200,
      {
        CodeDeliveryDetails: {
          AttributeName: 'email',
          DeliveryMedium: 'EMAIL',
          Destination: 'f***@e***',
        },
      },
    ])
    expect([wrong.status, weak.status, again.status]).toEqual([400, 400, 400])
    expect([right.status, right.json]).toEqual([200, {}])
    expect((await api.put('login', { username, password: PASSWORD })).status).toBe(401)
    expect((await api.signIn(username, 'Another-horse-8')).AccessToken).toBeDefined()
  })

  it('says of nobody that they are unknown', async () => {
    const unknown = await api.put('forget-pwd', { username: 'nobody' })
    const again = await api.put('forget-pwd', { username: 'nobody' })

    expect(unknown.status).toBe(200)
    expect(unknown.json).toEqual({
      CodeDeliveryDetails: {
        AttributeName: 'email',
        DeliveryMedium: 'EMAIL',
        Destination: expect.stringMatching(/^.\*\*\*@.\*\*\*$/) as string,
      },
    })
    expect(again.text).toBe(unknown.text)
  })

  it('sends nothing where no address is proven, and says the same', async () => {
    const { client, UserPoolId } = api.pool
    const username = await api.confirmed('unproven')
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: username,
        UserAttributes: [{ Name: 'email_verified', Value: 'false' }],
      }),
    )
    const before = await api.cloud.codes(username)

    const { status, json } = await api.put('forget-pwd', { username })

    expect(status).toBe(200)
    expect(json).toHaveProperty('CodeDeliveryDetails.Destination')
    expect(await api.cloud.codes(username)).toEqual(before)
  })
})

describe('a client that does not hide who exists', () => {
  beforeAll(async () => {
    const { client, UserPoolId } = api.pool
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId }))
    await client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId,
        ClientId: UserPoolClients?.[0]?.ClientId,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        PreventUserExistenceErrors: 'LEGACY',
      }),
    )
  })

  it('reveals it neither by a sign-in nor by a forgotten password', async () => {
    const username = await api.confirmed('revealed')

    const wrong = await api.put('login', { username, password: 'Wrong-horse-7' })
    const unknown = await api.put('login', { username: 'nobody', password: 'Wrong-horse-7' })
    const forgotten = await api.put('forget-pwd', { username: 'nobody' })
    const again = await api.put('forget-pwd', { username: 'nobody' })

    expect(refusal(wrong)).toEqual([401, 'Incorrect username or password.'])
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect([forgotten.status, forgotten.json]).toEqual([
      200,
      {
        CodeDeliveryDetails: {
          AttributeName: 'email',
          DeliveryMedium: 'EMAIL',
          Destination: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/) as string,
        },
      },
    ])
    expect(again.text).toBe(forgotten.text)
  })

  it('says of other calls that a user is unknown', async () => {
    const confirm = await api.put('confirm', { username: 'nobody', confirmation_code: '123456' })
    const reset = await api.put('confirm-pwd', {
      username: 'nobody',
      verification_code: '123456',
      new_pwd: PASSWORD,
    })

    expect([confirm.status, reset.status]).toEqual([404, 404])
  })
})
