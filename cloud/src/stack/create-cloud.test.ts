import { afterAll, describe, expect, it } from 'vitest'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createCloud } from './create-cloud.ts'
import { httpApi, inlineFunction, table, testBench, type Sections } from './test-cloud.ts'
import { version } from './version.ts'

const bench = testBench()
afterAll(() => bench.done())

const greeter = `exports.handler = async (event) => ({
  statusCode: 200, body: process.env.GREETING + ' ' + event.pathParameters.name })`

const greeting = (word: string): Sections => ({
  Greeter: inlineFunction(greeter, { Environment: { Variables: { GREETING: word } } }),
  ...httpApi('Greeting API', 'Greeter'),
})

const get = async (url: string): Promise<string> => (await fetch(url)).text()

describe('createCloud', () => {
  it('deploys a function behind an HTTP API and mounts it by its name', async () => {
    const cloud = await bench.start()

    const outcome = await bench.deploy(cloud, 'greeting', greeting('Hello'), {
      Outputs: { Url: { Value: { 'Fn::GetAtt': 'Api.ApiEndpoint' } } },
    })

    expect(outcome.stack.status).toBe('CREATE_COMPLETE')
    expect(outcome.stack.outputs[0]?.value).toMatch(
      /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
    )
    expect(cloud.services()).toEqual({ 'greeting-api': `${cloud.frontDoor}/greeting-api` })
    expect(await get(`${cloud.frontDoor}/greeting-api/hello/Ann`)).toBe('Hello Ann')
  })

  it('does nothing for an unchanged template, and updates by difference', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'greeting', greeting('Hello'))
    const url = `${cloud.frontDoor}/greeting-api/hello/Ann`

    const same = await bench.deploy(cloud, 'greeting', greeting('Hello'))
    const other = await bench.deploy(cloud, 'greeting', greeting('Servus'))

    expect(same.changed).toBe(false)
    expect(other).toMatchObject({ changed: true, stack: { status: 'UPDATE_COMPLETE' } })
    expect(await get(url)).toBe('Servus Ann')
  })

  it('brings everything back after a restart', async () => {
    const data = { folder: join(bench.folder, 'restart') }
    const first = await bench.start({ data })
    await bench.deploy(first, 'greeting', {
      ...greeting('Hello'),
      Table: table({ TableName: 'kept' }),
    })
    await first.operations.dynamodb.get('PutItem')?.({
      TableName: 'kept',
      Item: { id: { S: '1' } },
    })
    await bench.stop(first)

    const second = await bench.start({ data })
    const again = await bench.deploy(second, 'greeting', {
      ...greeting('Hello'),
      Table: table({ TableName: 'kept' }),
    })

    expect(again.changed).toBe(false)
    expect(await get(`${second.frontDoor}/greeting-api/hello/Bob`)).toBe('Hello Bob')
    const found = await second.operations.dynamodb.get('GetItem')?.({
      TableName: 'kept',
      Key: { id: { S: '1' } },
    })
    expect(JSON.parse(JSON.stringify(found))).toEqual({ Item: { id: { S: '1' } } })
    expect(statSync(join(data.folder, 'keys')).mode & 0o777).toBe(0o600)
  })

  it('runs twice in one process, each with its own data', async () => {
    const [one, two] = [await bench.start(), await bench.start()]
    await bench.deploy(one, 'greeting', greeting('One'))
    await bench.deploy(two, 'greeting', greeting('Two'))

    expect(await get(`${one.frontDoor}/greeting-api/hello/A`)).toBe('One A')
    expect(await get(`${two.frontDoor}/greeting-api/hello/A`)).toBe('Two A')
  })

  it('says which folder is in use', async () => {
    const data = { folder: join(bench.folder, 'busy') }
    await bench.start({ data })

    await expect(createCloud({ port: 0, frontPort: 'none', data })).rejects.toThrow(
      /is in use by process/,
    )
  })

  it('tells its state to tools', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'greeting', {
      ...greeting('Hello'),
      Table: table({ TableName: 'orders' }),
    })

    const status: unknown = JSON.parse(await get(`${cloud.endpoint}/_cloudlet/status`))

    expect(status).toMatchObject({
      version,
      endpoint: cloud.endpoint,
      services: { 'greeting-api': `${cloud.frontDoor}/greeting-api` },
      stacks: [{ name: 'greeting', status: 'CREATE_COMPLETE' }],
      functions: [{ runtime: 'nodejs22.x', memoryMb: 128 }],
      tables: ['orders'],
    })
  })

  it('names the version of the package', () => {
    const file = join(import.meta.dirname, '../../package.json')

    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version })
  })
})

describe('the demo user', () => {
  const pool = (tags: Sections): Sections => ({
    Users: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTags: tags } },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: { Ref: 'Users' },
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      },
    },
    Admins: {
      Type: 'AWS::Cognito::UserPoolGroup',
      Properties: { UserPoolId: { Ref: 'Users' }, GroupName: 'admins' },
    },
  })

  it('is in pools that are tagged for it, an admin, with the same password after a restart', async () => {
    const data = { folder: join(bench.folder, 'demo') }
    const first = await bench.start({ data })
    await bench.deploy(first, 'users', pool({ 'cloudlet:demo-user': 'true' }))
    const user = first.demoUser
    const token = await first.demoToken('access')
    await bench.stop(first)
    const second = await bench.start({ data })

    expect(second.demoUser).toEqual(user)
    expect(statSync(join(data.folder, 'demo-user.json')).mode & 0o777).toBe(0o600)
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    )
    expect(claims).toMatchObject({
      username: 'demo',
      'cognito:groups': ['admins'],
      token_use: 'access',
    })
    const answer = await fetch(`${second.endpoint}/_cloudlet/token?use=id`, { method: 'POST' })
    expect(await answer.json()).toMatchObject({ token: expect.stringMatching(/^ey/) })
  })

  it('is not where nobody asked for it', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'users', pool({}))

    const answer = await fetch(`${cloud.endpoint}/_cloudlet/token`, { method: 'POST' })

    expect(cloud.demoUser).toBeUndefined()
    expect(answer.status).toBe(404)
  })
})
