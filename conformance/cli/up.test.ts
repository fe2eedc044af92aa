import { statSync } from 'node:fs'
import { request, type RequestOptions } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../harness.ts'
import { cloudlet, endAll, startCloudlet } from './cloudlet-process.ts'
import { inlineFunction } from '../deployed-cloud.ts'
import { greetingTemplate, smallApp, type SmallApp } from './small-app.ts'

const apps: SmallApp[] = []
afterAll(() => {
  endAll()
  for (const each of apps) each.remove()
})

const FREE_PORTS = ['--port', '0', '--front-port', '0']
const READY = ['--ready-file', 'ready.json']
const APP = ['--app', 'node app.mjs']

type Ready = {
  readonly endpoint: string
  readonly frontDoor: string
  readonly services: Record<string, string>
  readonly demoUser?: { readonly username: string; readonly password: string }
}

describe('cloudlet up', () => {
  let app: SmallApp
  beforeEach(() => {
    app = smallApp()
    apps.push(app)
    app.source(greetingTemplate('Hello'))
  })

  const start = (...words: string[]) =>
    startCloudlet(['up', ...FREE_PORTS, ...words], { cwd: app.folder })
  const ready = () => app.json('ready.json') as Ready // written by the command under test

  it('--app deploys what the app synthesizes, and the ready file says where it is', async () => {
    const up = start('--memory', ...APP, ...READY)
    await up.printed(/is ready/)
    const { endpoint, frontDoor, services, demoUser, ...more } = ready()

    const answer = await send('GET', `${services['hello']}/there`)
    const mode = statSync(join(app.folder, 'ready.json')).mode & 0o777

    expect(more).toEqual({})
    expect(endpoint).toMatch(/^http:\/\/localhost:\d+$/)
    expect(frontDoor).toMatch(/^http:\/\/localhost:\d+$/)
    expect(services).toEqual({ hello: `${frontDoor}/hello` })
    expect(demoUser).toEqual({ username: 'demo', password: expect.stringMatching(/^\S{16,}$/) })
    expect(mode).toBe(0o600)
    expect(answer).toMatchObject({ status: 200, text: 'Hello /there' })
    for (const shown of [endpoint, frontDoor, `${services['hello']}`, `${demoUser?.password}`]) {
      expect(up.stdout()).toContain(shown)
    }
  })

  it('stops on Ctrl-C and on SIGTERM, and takes the ready file along', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const up = start('--memory', ...READY)
      await up.printed(/is ready/)

      const { code, stderr } = await up.stop(signal)

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(() => ready()).toThrow(/ENOENT/)
    }
  })

  it('--template deploys files with code inline and code beside them', async () => {
    app.write('greeting.template.json', JSON.stringify(greetingTemplate('Hello')))
    app.write('index.js', 'exports.handler = async () => ({ from: "a folder" })')
    const besides = inlineFunction('', {
      FunctionName: 'besides',
      Code: { S3Bucket: 'ignored', S3Key: '.' },
    })
    app.write('other.json', JSON.stringify({ Resources: { Besides: besides } }))
    const up = start('--memory', '-t', 'greeting.template.json', '-t', 'other.json', ...READY)
    await up.printed(/is ready/)
    const port = new URL(ready().endpoint).port

    const answer = await send('GET', `${ready().services['hello']}/x`)
    const invoked = await cloudlet(['invoke', 'besides', '--port', port], { cwd: app.folder })
    const status = await cloudlet(['status', '--json', '--port', port], { cwd: app.folder })

    expect(answer.text).toBe('Hello /x')
    expect(invoked).toEqual({ code: 0, stdout: '{"from":"a folder"}\n', stderr: '' })
    expect(JSON.parse(status.stdout)).toMatchObject({
      stacks: [
        { name: 'greeting', status: 'CREATE_COMPLETE' },
        { name: 'other', status: 'CREATE_COMPLETE' },
      ],
    })
  })

  it('--watch deploys again when a source changes, and outlives a mistake', async () => {
    const up = start('--memory', ...APP, ...READY, '--watch')
    await up.printed(/Watching/)
    const url = `${ready().services['hello']}/x`

    app.source(greetingTemplate('Servus'))
    await up.printed(/Deployed again/)
    const changed = await send('GET', url)
    app.write('source.json', '{ "Resources": ')
    await up.complained(/Template error/)
    const kept = await send('GET', url)
    const from = up.stdout().length
    app.source(greetingTemplate('Hola'))
    await up.printed(/Deployed again/, from)
    const mended = await send('GET', url)

    expect([changed.text, kept.text, mended.text]).toEqual(['Servus /x', 'Servus /x', 'Hola /x'])
    expect((await up.stop()).code).toBe(0)
  })

  it('--watch --template deploys again when the file changes, and leaves its own data alone', async () => {
    app.write('greeting.json', JSON.stringify(greetingTemplate('Hello')))
    const up = start('--data', 'data', '--template', 'greeting.json', ...READY, '--watch')
    await up.printed(/Watching/)
    const url = `${ready().services['hello']}/x`
    await send('GET', url)

    app.write('greeting.json', JSON.stringify(greetingTemplate('Servus')))
    await up.printed(/Deployed again/)

    expect((await send('GET', url)).text).toBe('Servus /x')
    expect((await up.stop()).stdout.match(/Deployed again/g)).toHaveLength(1)
  })

  it('keeps everything acknowledged when it is killed, and what was deployed', async () => {
    const words = ['--data', 'data', ...APP, ...READY]
    const first = start(...words)
    await first.printed(/is ready/)
    const before = ready()
    await putItem(before.endpoint, 'kept', '1')
    await first.stop('SIGKILL')

    const second = start(...words)
    await second.printed(/is ready/)
    const after = ready()

    expect(await getItem(after.endpoint, 'kept', '1')).toEqual({ Item: { id: { S: '1' } } })
    expect(after.demoUser).toEqual(before.demoUser)
    expect((await send('GET', `${after.services['hello']}/x`)).text).toBe('Hello /x')
    expect((await second.stop()).code).toBe(0)
  })

  it('--host binds to another address, and --allow-host lets it be called by another name', async () => {
    const up = start('--memory', '--host', '127.0.0.2', '--allow-host', 'cloud.test', ...READY)
    await up.printed(/is ready/)
    const { port } = new URL(ready().endpoint)
    const call = (address: string, host: string) =>
      statusOf({ host: address, port, path: '/_cloudlet/status', headers: { host } })

    expect(await call('127.0.0.2', `cloud.test:${port}`)).toBe(200)
    expect(await call('127.0.0.2', `evil.test:${port}`)).toBe(403)
    await expect(call('127.0.0.1', `localhost:${port}`)).rejects.toThrow('ECONNREFUSED')
  })

  it('--allow-origin lets that page call, and no other', async () => {
    const up = start('--memory', '--allow-origin', 'http://localhost:5173', ...READY)
    await up.printed(/is ready/)
    const call = (origin: string) =>
      send('GET', `${ready().endpoint}/_cloudlet/status`, { headers: { origin } })

    expect((await call('http://localhost:5173')).status).toBe(200)
    expect(await call('http://evil.example')).toMatchObject({
      status: 403,
      text: expect.stringContaining('--allow-origin'),
    })
  })
})

/** fetch sets `Host` itself. */
const statusOf = (options: RequestOptions): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })

const dynamodb = (endpoint: string, operation: string, body: object) =>
  send('POST', endpoint, {
    body,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
      'x-amz-date': '20260101T000000Z',
    },
  })

async function putItem(endpoint: string, TableName: string, id: string): Promise<void> {
  const { status } = await dynamodb(endpoint, 'PutItem', { TableName, Item: { id: { S: id } } })
  expect(status).toBe(200)
}

async function getItem(endpoint: string, TableName: string, id: string): Promise<unknown> {
  return (await dynamodb(endpoint, 'GetItem', { TableName, Key: { id: { S: id } } })).json
}
