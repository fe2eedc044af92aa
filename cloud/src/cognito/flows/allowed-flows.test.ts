import { describe, expect, it } from 'vitest'
import { clientOf } from '../pools/client-settings.ts'
import { allowsFlow, type Flow } from './allowed-flows.ts'

const flows: readonly Flow[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
  'USER_AUTH',
]

const allowed = (ExplicitAuthFlows?: string[]): Flow[] => {
  const client = clientOf(
    { UserPoolId: 'us-east-1_x', ExplicitAuthFlows },
    { ClientId: 'c', ClientName: 'c', createdMs: 0, modifiedMs: 0 },
  )
  return flows.filter((flow) => allowsFlow(client, flow))
}

describe('the flows of a client', () => {
  it('are SRP, custom and refresh, when it names none', () => {
    expect(allowed()).toEqual(['USER_SRP_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH'])
  })

  it('are the ones it names', () => {
    expect(allowed(['ALLOW_USER_PASSWORD_AUTH'])).toEqual(['USER_PASSWORD_AUTH'])
  })

  it('by their older names come with refresh', () => {
    expect(allowed(['ADMIN_NO_SRP_AUTH'])).toContain('REFRESH_TOKEN_AUTH')
    expect(allowed(['CUSTOM_AUTH_FLOW_ONLY'])).toEqual(['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH'])
  })
})
