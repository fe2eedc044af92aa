import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud } from '../harness.ts'
import type { Answer, TestCloud } from '../harness.ts'

let cloud: TestCloud
let token: string
beforeAll(async () => {
  cloud = await startCloud()
  token = await cloud.token('id')
})
afterAll(() => cloud.close())

const post = (body: unknown, authorization = `Bearer ${token}`): Promise<Answer> =>
  send('POST', `${cloud.frontDoor}/manager/DynamoDBManager`, { body, headers: { authorization } })

const manage = (operation: string, payload?: unknown): Promise<Answer> =>
  post({ operation, tableName: 'lambda-apigateway', payload })

describe('operations', () => {
  it('creates, reads, updates, lists and deletes an item', async () => {
    const created = await manage('create', { Item: { id: '1', number: 5 } })
    const read = await manage('read', { Key: { id: '1' } })
    const updated = await manage('update', {
      Key: { id: '1' },
      UpdateExpression: 'SET #n = :n',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':n': 6 },
      ReturnValues: 'ALL_NEW',
    })
    const listed = await manage('list', {})
    const deleted = await manage('delete', { Key: { id: '1' }, ReturnValues: 'ALL_OLD' })
    const gone = await manage('read', { Key: { id: '1' } })

    expect([created.status, created.json]).toEqual([200, {}])
    expect([read.status, read.json]).toEqual([200, { Item: { id: '1', number: 5 } }])
    expect(updated.json).toEqual({ Attributes: { id: '1', number: 6 } })
    expect(listed.json).toEqual({ Items: [{ id: '1', number: 6 }], Count: 1, ScannedCount: 1 })
    expect(deleted.json).toEqual({ Attributes: { id: '1', number: 6 } })
    expect([gone.status, gone.json]).toEqual([200, {}])
  })

  it('pages through a list', async () => {
    for (const id of ['a', 'b']) await manage('create', { Item: { id } })

    const first = await manage('list', { Limit: 1 })
    const { LastEvaluatedKey } = first.json as { LastEvaluatedKey: unknown }
    const second = await manage('list', { ExclusiveStartKey: LastEvaluatedKey })

    expect(first.json).toMatchObject({
      Count: 1,
      LastEvaluatedKey: { id: expect.any(String) as unknown },
    })
    expect(second.json).toHaveProperty('Count', 1)
    for (const id of ['a', 'b']) await manage('delete', { Key: { id } })
  })

  it('keeps the digits of numbers that a double cannot hold', async () => {
    const item = '{"id":"big","n":12345678901234567890,"m":{"d":[0.12345678901234567891]}}'

    await post(`{"operation":"create","tableName":"lambda-apigateway","payload":{"Item":${item}}}`)
    const { text } = await manage('read', { Key: { id: 'big' } })

    expect(text).toContain('12345678901234567890')
    expect(text).toContain('0.12345678901234567891')
  })

  it('echoes anything and answers a ping', async () => {
    const payload = { a: [1, null, 'x', { b: true }] }

    const echo = await manage('echo', payload)
    const digits = await post('{"operation":"echo","payload":12345678901234567890}')
    const ping = await post({ operation: 'ping' })

    expect(echo.json).toEqual(payload)
    expect(digits.text).toBe('12345678901234567890')
    expect(ping.text).toBe('"pong"')
  })
})

describe('what it refuses', () => {
  it('is an unknown operation', async () => {
    const { status, json } = await manage('x')

    expect([status, json]).toEqual([400, { error: 'Unrecognized operation "x"' }])
  })

  it.each(['orders', 'users', 'nowhere', ''])('is the table %j', async (tableName) => {
    const { status, json } = await post({ operation: 'list', tableName, payload: {} })

    expect(status).toBe(403)
    expect(json).toHaveProperty('error')
  })

  it('is a table named in the payload', async () => {
    const { status, json } = await manage('list', { TableName: 'orders' })

    expect(status).toBe(400)
    expect(json).toMatchObject({ issues: [{ path: 'payload.TableName' }] })
  })

  it('is what DynamoDB refuses, in its words', async () => {
    const noKey = await manage('create', { Item: { number: 5 } })
    const wrong = await manage('update', { Key: { id: '1' }, UpdateExpression: 'SET' })

    expect([noKey.status, wrong.status]).toEqual([400, 400])
    expect(noKey.json).toMatchObject({ error: expect.stringContaining('id') as unknown })
  })

  it('is a failed condition, as a conflict', async () => {
    const payload = { Item: { id: 'once' }, ConditionExpression: 'attribute_not_exists(id)' }

    const first = await manage('create', payload)
    const second = await manage('create', payload)

    expect([first.status, second.status]).toEqual([200, 409])
    expect(second.json).toEqual({ error: 'The conditional request failed' })
  })

  it.each(['', '{', 'null', '[]', '{"operation":5}', '{}'])('is the body %s', async (body) => {
    const { status, json } = await post(body)

    expect(status).toBe(400)
    expect(json).toHaveProperty('error')
  })

  it('is keys that mean something to JavaScript, without harm', async () => {
    const body =
      '{"operation":"create","payload":{"Item":{"id":"p","__proto__":{"x":1},"constructor":2}}}'

    const { status } = await post(body)

    expect(status).toBe(200)
  })
})

describe('who may call', () => {
  it('takes the id token with or without Bearer', async () => {
    expect((await post({ operation: 'ping' }, token)).status).toBe(200)
  })

  it.each(['', 'Bearer', 'Bearer x.y.z', 'nonsense'])(
    'refuses the token %j',
    async (authorization) => {
      const { status, json } = await post({ operation: 'ping' }, authorization)

      expect([status, json]).toEqual([401, { error: 'Unauthorized' }])
    },
  )

  it('refuses a token that was changed', async () => {
    const [head, , signature] = token.split('.')
    const claims = Buffer.from('{"sub":"someone"}').toString('base64url')

    expect((await post({ operation: 'ping' }, `${head}.${claims}.${signature}`)).status).toBe(401)
  })
})
