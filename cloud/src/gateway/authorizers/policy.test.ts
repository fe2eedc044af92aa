import { describe, expect, it } from 'vitest'
import { decide, readPolicy } from './policy.ts'

const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123/dev'
const facts = new Map([['aws:sourceip', '203.0.113.7']])
const decision = (statements: unknown, arn: string): string => {
  const policy = readPolicy({ Version: '2012-10-17', Statement: statements })
  return typeof policy === 'string' ? policy : decide(policy, arn, facts)
}
const allow = (Resource: unknown, Action: unknown = 'execute-api:Invoke') => ({
  Effect: 'Allow',
  Action,
  Resource,
})

const from = (range: string) => ({ IpAddress: { 'aws:SourceIp': range } })

describe('a policy', () => {
  it.each([
    [allow(`${api}/GET/users`), 'GET/users', 'allow'],
    [allow(`${api}/GET/users`), 'GET/users/1', 'implicit deny'],
    [allow(`${api}/GET/users`), 'POST/users', 'implicit deny'],
    [allow(`${api}/*/users/*`), 'PUT/users/1/names', 'allow'],
    [allow(`${api}/GET/users/?`), 'GET/users/12', 'implicit deny'],
    [allow(['arn:other', `${api}/*`]), 'GET/', 'allow'],
    [allow('*', ['execute-api:ManageConnections', 'execute-api:*']), 'GET/x', 'allow'],
    [allow('*', 'EXECUTE-API:invoke'), 'GET/x', 'allow'],
    [allow('*', 's3:GetObject'), 'GET/x', 'implicit deny'],
    [[allow('*'), { ...allow(`${api}/*/admin`), Effect: 'Deny' }], 'GET/admin', 'explicit deny'],
    [[allow('*'), { ...allow(`${api}/*/admin`), Effect: 'Deny' }], 'GET/user', 'allow'],
    [{ Effect: 'Allow', Action: '*', NotResource: `${api}/*/admin` }, 'GET/user', 'allow'],
    [{ Effect: 'Allow', Action: '*', NotResource: `${api}/*/admin` }, 'GET/admin', 'implicit deny'],
    [{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, 'GET/x', 'explicit deny'],
    [[], 'GET/x', 'implicit deny'],
    [{ ...allow('*'), Condition: from('203.0.113.0/24') }, 'GET/x', 'allow'],
    [{ ...allow('*'), Condition: from('198.51.100.0/24') }, 'GET/x', 'implicit deny'],
    [
      [allow('*'), { ...allow('*'), Effect: 'Deny', Condition: from('203.0.113.7') }],
      'GET/x',
      'explicit deny',
    ],
  ])('%j of %s decides: %s', (statements, path, expected) => {
    expect(decision(statements, `${api}/${path}`)).toBe(expected)
  })

  it.each([
    [undefined, 'Statement is no object'],
    [{ ...allow('*'), Effect: 'allow' }, 'Effect is neither Allow nor Deny'],
    [{ Effect: 'Allow', Action: '*' }, 'Resource is missing'],
    [{ Effect: 'Allow', Resource: '*' }, 'Action is missing'],
    [allow(7), 'Resource is no text'],
    [allow([]), 'Resource is no text'],
    [{ ...allow('*'), Condition: from('nowhere') }, 'nowhere is no value for IpAddress'],
  ])('cannot be %j', (statements, sentence) => {
    expect(decision(statements, `${api}/GET/x`)).toBe(sentence)
  })
})
