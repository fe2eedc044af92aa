import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../kernel/index.ts'
import { verifySignature } from './signature.ts'

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const accessKeyId = 'AKIDEXAMPLE'
const timeText = '20150830T123600Z'
const timeMs = Date.UTC(2015, 7, 30, 12, 36)

const find = (id: string) => (id === accessKeyId ? { secretAccessKey } : undefined)
const expected = { nowMs: timeMs, region: 'us-east-1', service: 'service', find }

const requestOf = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  target: '/',
  headers: { host: 'example.amazonaws.com', 'x-amz-date': timeText },
  body: Buffer.alloc(0),
  remoteAddress: '127.0.0.1',
  ...changes,
})

const authorization = (signature: string, o: { service?: string; names?: string } = {}): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20150830/us-east-1/${o.service ?? 'service'}/aws4_request, SignedHeaders=${o.names ?? 'host;x-amz-date'}, Signature=${signature}`

function signed(request: HttpRequest, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: value } }
}

/** AWS's own examples: the "AWS Signature Version 4 Test Suite", and IAM's "Create a signed AWS API request". */
describe('AWS’s examples', () => {
  it.each([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { target: '/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-vanilla',
      { method: 'POST' },
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
  ])('%s', (_name, changes, signature) => {
    const request = signed(requestOf(changes), authorization(signature))

    expect(verifySignature(request, expected)).toEqual({ accessKeyId })
  })

  it('IAM ListUsers', () => {
    const request = requestOf({
      target: '/?Action=ListUsers&Version=2010-05-08',
      headers: {
        host: 'iam.amazonaws.com',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-amz-date': timeText,
        authorization: authorization(
          '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
          { service: 'iam', names: 'content-type;host;x-amz-date' },
        ),
      },
    })

    expect(verifySignature(request, { ...expected, service: 'iam' })).toEqual({ accessKeyId })
  })
})

const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'
const problemOf = (request: HttpRequest, more: object = {}): unknown => {
  const answer = verifySignature(request, { ...expected, ...more })
  return 'problem' in answer ? answer.problem : 'none'
}

describe('what is refused', () => {
  const good = signed(requestOf(), authorization(vanilla))

  it.each<[string, HttpRequest, string]>([
    ['no signature', requestOf(), 'MissingAuthenticationTokenException'],
    ['a bearer', signed(requestOf(), 'Bearer x'), 'MissingAuthenticationTokenException'],
    [
      'a signature without parts',
      signed(requestOf(), 'AWS4-HMAC-SHA256 Credential=x'),
      'IncompleteSignatureException',
    ],
    [
      'a short credential',
      signed(requestOf(), authorization(vanilla).replace('/us-east-1', '')),
      'IncompleteSignatureException',
    ],
    [
      'another signature',
      signed(requestOf(), authorization(vanilla.replace('5', '6'))),
      'InvalidSignatureException',
    ],
    [
      'another key',
      signed(requestOf(), authorization(vanilla).replace('AKIDEXAMPLE', 'AKIDOTHER')),
      'UnrecognizedClientException',
    ],
    ['another method', { ...good, method: 'DELETE' }, 'InvalidSignatureException'],
    ['another path', { ...good, target: '/admin' }, 'InvalidSignatureException'],
    ['another query', { ...good, target: '/?admin=1' }, 'InvalidSignatureException'],
    ['another body', { ...good, body: Buffer.from('x') }, 'InvalidSignatureException'],
    [
      'another host',
      { ...good, headers: { ...good.headers, host: 'evil.example' } },
      'InvalidSignatureException',
    ],
    [
      'another region',
      signed(requestOf(), authorization(vanilla).replace('us-east-1', 'eu-west-1')),
      'InvalidSignatureException',
    ],
    [
      'another service',
      signed(requestOf(), authorization(vanilla, { service: 'iam' })),
      'InvalidSignatureException',
    ],
    [
      'an unsigned x-amz- header',
      { ...good, headers: { ...good.headers, 'x-amz-meta': 'x' } },
      'InvalidSignatureException',
    ],
    [
      'an unsigned host',
      signed(requestOf(), authorization(vanilla, { names: 'x-amz-date' })),
      'InvalidSignatureException',
    ],
    [
      'a token that the key does not have',
      {
        ...good,
        headers: {
          ...good.headers,
          'x-amz-security-token': 'x',
          authorization: authorization(vanilla, { names: 'host;x-amz-date;x-amz-security-token' }),
        },
      },
      'UnrecognizedClientException',
    ],
    [
      'no date',
      signed(requestOf({ headers: { host: 'example.amazonaws.com' } }), authorization(vanilla)),
      'IncompleteSignatureException',
    ],
  ])('%s', (_name, request, problem) => {
    expect(problemOf(request)).toBe(problem)
  })

  it('is a time more than five minutes away', () => {
    const minutes = [-6, -5, 5, 6]

    const problems = minutes.map((each) => problemOf(good, { nowMs: timeMs + each * 60_000 }))

    expect(problems).toEqual([
      'InvalidSignatureException',
      'none',
      'none',
      'InvalidSignatureException',
    ])
  })

  it('is temporary credentials without their token', () => {
    const temporary = () => ({ secretAccessKey, sessionToken: 'token' })

    expect(problemOf(good, { find: temporary })).toBe('UnrecognizedClientException')
  })
})

describe('a presigned request', () => {
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${accessKeyId}%2F20150830%2Fus-east-1%2Fservice%2Faws4_request&X-Amz-Date=${timeText}&X-Amz-Expires=60&X-Amz-SignedHeaders=host`
  const empty = createHash('sha256').digest('hex')
  const canonical = `GET\n/a%2520b\n${query}\nhost:example.amazonaws.com\n\nhost\n${empty}`
  const text = `AWS4-HMAC-SHA256\n${timeText}\n20150830/us-east-1/service/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`
  const key = ['20150830', 'us-east-1', 'service', 'aws4_request'].reduce<Buffer>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
  const signature = createHmac('sha256', key).update(text).digest('hex')
  const request = (changes = ''): HttpRequest =>
    requestOf({
      target: `/a%20b?${query.replace('X-Amz-Expires=60', `X-Amz-Expires=60${changes}`)}&X-Amz-Signature=${signature}`,
      headers: { host: 'example.amazonaws.com' },
    })

  it('is good for as long as it says', () => {
    const seconds = [0, 60, 61]

    const problems = seconds.map((each) => problemOf(request(), { nowMs: timeMs + each * 1000 }))

    expect(problems).toEqual(['none', 'none', 'InvalidSignatureException'])
  })

  it('cannot be made to last', () => {
    expect(problemOf(request('00'))).toBe('InvalidSignatureException')
    expect(problemOf(request('0000000'))).toBe('IncompleteSignatureException')
  })
})
