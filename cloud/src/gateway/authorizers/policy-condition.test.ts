import { describe, expect, it } from 'vitest'
import { readCondition, requestFacts, type RequestFacts } from './policy-condition.ts'

const nowMs = Date.UTC(2026, 10, 21, 10)
const facts: RequestFacts = requestFacts({
  request: {
    method: 'GET',
    target: '/',
    headers: { 'user-agent': 'curl/8.5', host: 'localhost' },
    body: Buffer.alloc(0),
    remoteAddress: '::ffff:203.0.113.7',
  },
  path: '/',
  query: '',
  publicPath: '/',
  address: 'front door',
  nowMs,
})
const holds = (condition: unknown): boolean | string => {
  const read = readCondition(condition)
  return typeof read === 'string' ? read : read(facts)
}

describe('a condition', () => {
  it.each([
    [{ IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.0/24'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.8/32' } }, false],
    [{ IpAddress: { 'AWS:sourceIP': '203.0.113.7' } }, true],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
    [{ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24'] } }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, true],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-11-21T09:59:59Z' } }, true],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-11-21' } }, false],
    [{ DateLessThanEquals: { 'aws:EpochTime': String(nowMs / 1000) } }, true],
    [{ NumericGreaterThan: { 'aws:EpochTime': nowMs / 1000 } }, false],
    [{ NumericNotEquals: { 'aws:EpochTime': 7 } }, true],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ StringLike: { 'aws:UserAgent': ['wget/*', 'curl/*'] } }, true],
    [{ StringNotLike: { 'aws:UserAgent': ['wget/*', 'curl/*'] } }, false],
    [{ StringEquals: { 'aws:UserAgent': 'CURL/8.5' } }, false],
    [{ StringEqualsIgnoreCase: { 'aws:UserAgent': 'CURL/8.5' } }, true],
    [{ 'ForAnyValue:StringLike': { 'aws:UserAgent': 'curl*' } }, true],
  ])('%j: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  it.each([
    [{ StringEquals: { 'aws:Referer': 'x' } }, false],
    [{ StringNotEquals: { 'aws:Referer': 'x' } }, true],
    [{ StringEqualsIfExists: { 'aws:Referer': 'x' } }, true],
    [{ 'ForAllValues:StringEquals': { 'aws:Referer': 'x' } }, true],
    [{ 'ForAnyValue:StringNotEquals': { 'aws:Referer': 'x' } }, false],
    [{ Null: { 'aws:Referer': 'true' } }, true],
    [{ Null: { 'aws:Referer': false, 'aws:UserAgent': false } }, false],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*' } }, false],
  ])('about what a call has not: %j: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  it('holds when all of it does', () => {
    const agent = { StringLike: { 'aws:UserAgent': 'curl/*' } }

    expect(holds({})).toBe(true)
    expect(holds({ ...agent, Bool: { 'aws:SecureTransport': 'true' } })).toBe(true)
    expect(holds({ ...agent, Bool: { 'aws:SecureTransport': 'false' } })).toBe(false)
  })

  it.each([
    ['x', 'Condition is no object'],
    [{ StringEquals: 'x' }, 'StringEquals is no object'],
    [{ StringMatches: { a: 'x' } }, 'StringMatches is no condition operator'],
    [{ StringEquals: { a: {} } }, 'The value of a is no text'],
    [{ NumericEquals: { a: 'x' } }, 'x is no value for NumericEquals'],
    [{ DateEquals: { a: 'soon' } }, 'soon is no value for DateEquals'],
    [{ IpAddress: { a: '10.0.0.0/33' } }, '10.0.0.0/33 is no value for IpAddress'],
    [{ StringEquals: { a: '${aws:SourceIp}' } }, '${aws:SourceIp} is no value for StringEquals'],
    [{ Null: { a: 'perhaps' } }, 'Null wants true or false'],
  ])('cannot be %j', (condition, sentence) => {
    expect(holds(condition)).toBe(sentence)
  })
})
