import type { TargetAddress } from '@cloudlet/loadtest'

/** Where a running cloud takes load, with the demo user's tokens. */
export async function targetOf(cloud: {
  readonly endpoint: string
  readonly frontDoor: string
}): Promise<TargetAddress> {
  // The address itself instead of `localhost`, whose every look-up would go through a thread of four.
  const base = cloud.frontDoor.replace('//localhost', '//127.0.0.1')
  const [accessToken, idToken] = [
    await tokenFrom(cloud.endpoint, 'access'),
    await tokenFrom(cloud.endpoint, 'id'),
  ]
  return { base, services: {}, accessToken, idToken }
}

async function tokenFrom(endpoint: string, use: 'access' | 'id'): Promise<string> {
  const answer = await fetch(`${endpoint}/_cloudlet/token?use=${use}`, { method: 'POST' })
  return ((await answer.json()) as { token: string }).token // POST /_cloudlet/token
}
