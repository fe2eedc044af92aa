import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUserPools, type UserPools } from './user-pools.ts'

/** boto3 is Python's: where this machine has none, the suite is skipped, and counted as such. */
const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0
const because = hasBoto3 ? '' : ' (skipped: python3 with boto3 is not on this machine)'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

/** Runs the script; answers its one question with the code that was sent. */
async function runScript(words: readonly string[]): Promise<Record<string, unknown>> {
  const child = spawn('python3', [join(import.meta.dirname, 'boto3_client.py'), ...words])
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  let last = ''
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    if (line === 'code, please') child.stdin.end(`${pools.outbox.lastCode('carla')}\n`)
  }
  try {
    return JSON.parse(last) as Record<string, unknown> // printed by boto3_client.py
  } catch {
    throw new Error(`The script failed: ${stderr}`)
  }
}

describe.skipIf(!hasBoto3)(`boto3${because}`, () => {
  it('signs up, in, refreshes, pages and signs out, with a client secret', async () => {
    const { UserPoolId, ClientId, secret } = await pools.pool({
      pool: { AutoVerifiedAttributes: ['email'] },
      client: { GenerateSecret: true },
    })

    const seen = await runScript([pools.address, UserPoolId, ClientId, secret])

    expect(seen).toEqual({
      delivery: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
      unconfirmed: 'UserNotConfirmedException: User is not confirmed.',
      weak: 'InvalidPasswordException: Password did not conform with policy: Password not long enough',
      no_hash: `NotAuthorizedException: Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
      expires_in: 3600,
      attributes: {
        sub: expect.any(String),
        email: 'carla@example.com',
        email_verified: 'true',
      },
      refreshed: ['AccessToken', 'ExpiresIn', 'IdToken', 'TokenType'],
      listed: 72,
      found: ['carla'],
      created: 'datetime',
      signed_out: 'NotAuthorizedException: Access Token has been revoked',
    })
  })
})
