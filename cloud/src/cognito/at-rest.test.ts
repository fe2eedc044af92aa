import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLmdbStore, openMemoryStore, type Store } from '../storage/index.ts'
import { unverifiedClaims } from './tokens/jwt.ts'
import { password, poolWithUser, signIn, testCognito } from './test-cognito.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const everything = (store: Store): string =>
  [...store.reader.range({ from: Buffer.from([0]), to: Buffer.from([0xff]) })]
    .map(({ key, value }) => `${key.toString('latin1')} ${value.toString('latin1')}`)
    .join('\n')

describe('the data folder', () => {
  it('keeps pools, users, keys and sessions across a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cognito-'))
    folders.push(folder)
    const before = openLmdbStore(folder, { durability: 'process' })
    const first = testCognito({ store: before })
    const { poolId, clientId } = await poolWithUser(first)
    const { AuthenticationResult: tokens } = await signIn(first, clientId)
    first.cognito.close()
    await before.close()

    const after = openLmdbStore(folder, { durability: 'process' })
    const second = testCognito({ store: after })

    const who = await second.call('GetUser', { AccessToken: tokens.AccessToken })
    const refreshed = await second.call('InitiateAuth', {
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    })
    expect(who.Username).toBe('ana')
    expect(unverifiedClaims(refreshed.AuthenticationResult.IdToken)?.['email']).toBe(
      'ana@example.com',
    )
    expect(second.cognito.findIssuer(`http://localhost:4566/${poolId}`)?.keys).toHaveLength(2)
    await after.close()
  })

  it('holds no password, verifier, code, private key or client secret in the clear', async () => {
    const store = openMemoryStore()
    const test = testCognito({ store })
    const { clientId, client } = await poolWithUser(test, { client: { GenerateSecret: true } })
    const { UserPoolClient } = await test.call('CreateUserPoolClient', {
      UserPoolId: client.UserPoolId,
      ClientName: 'open',
    })
    await test.call('ForgotPassword', { ClientId: UserPoolClient.ClientId, Username: 'ana' })
    const code = test.cognito.outbox.lastCode('ana') ?? 'none'

    const stored = everything(store)

    expect(stored).toContain('ana@example.com')
    expect(stored).toContain(clientId)
    expect(stored).not.toContain(password)
    expect(stored).not.toContain(client.ClientSecret)
    expect(stored).not.toContain(`"${code}"`)
    expect(stored).not.toContain('argon2id')
    expect(stored).not.toContain('PRIVATE')
  })
})
