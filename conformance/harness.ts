import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createCloud } from 'cloudlet'

const repository = join(import.meta.dirname, '..')
const cache = join(repository, 'node_modules', '.cache', 'cloudlet-conformance')
const run = promisify(execFile)

type Settings = Readonly<Record<string, string>>

/** A cloud with the services deployed, as a test sees it: by HTTP alone. */
export type TestCloud = {
  readonly frontDoor: string
  readonly endpoint: string
  /** Deploys one of the services again, with other parameters. */
  readonly redeploy: (
    stackName: string,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<void>
  /** The demo user's token. */
  readonly token: (use?: 'access' | 'id') => Promise<string>
  /** The codes that were sent to a user name, newest first. */
  readonly codes: (username: string) => Promise<string[]>
  readonly close: () => Promise<void>
}

/**
 * Starts a cloud in memory on free ports with the services of this repository.
 *
 * @param settings variables that the services' stacks read
 */
export async function startCloud(settings: Settings = {}): Promise<TestCloud> {
  const assembly = await synthesized(settings)
  const cloud = await createCloud({ port: 0, frontPort: 0, data: 'memory' })
  try {
    await cloud.deployAssembly(assembly)
  } catch (error) {
    await cloud.close()
    throw error
  }
  const { frontDoor, endpoint } = cloud
  if (frontDoor === undefined) throw new Error('The cloud has no front door')
  return {
    frontDoor,
    endpoint,
    async redeploy(stackName, parameters) {
      const template = await withCodeBeside(assembly, stackName)
      await cloud.deployTemplate(template, { stackName, parameters })
    },
    token: (use = 'access') => cloud.demoToken(use),
    async codes(username) {
      const outbox = `${endpoint}/_cloudlet/outbox?user=${encodeURIComponent(username)}`
      const { json } = await send('GET', outbox)
      const { messages } = json as { messages: { code?: string }[] }
      return messages.flatMap(({ code }) => (code === undefined ? [] : [code]))
    },
    close: cloud.close,
  }
}

/** A stack's template that names its code as it lies beside it, and not as it is published. */
async function withCodeBeside(assembly: string, stackName: string): Promise<string> {
  const text = await readFile(join(assembly, `${stackName}.template.json`), 'utf8')
  const file = join(assembly, `${stackName}.beside.json`)
  await writeFile(file, text.replaceAll(/("S3Key":\s*")([0-9a-f]+)\.zip"/g, '$1asset.$2"'))
  return file
}

/** The CDK app's output, made once for the sources as they are and kept. */
async function synthesized(settings: Settings): Promise<string> {
  const folder = join(cache, sourcesHash(settings))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  await run('node', ['--import', 'tsx', 'services/infra/app.ts'], {
    cwd: repository,
    // Emptied, so that a .env of the developer's does not lead to another user pool.
    env: { ...process.env, USER_POOL_ID: '', CLIENT_ID: '', ...settings, CDK_OUTDIR: draft },
  })
  try {
    renameSync(draft, folder)
  } catch {
    // Another test file was faster; its output is the same.
    rmSync(draft, { recursive: true, force: true })
  }
  return folder
}

function sourcesHash(settings: Settings): string {
  const hash = createHash('sha256').update(JSON.stringify(settings))
  const folder = join(repository, 'services')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .toSorted((a, b) => (a < b ? -1 : 1))
  for (const file of [
    ...files.map((name) => join(folder, name)),
    join(repository, 'package-lock.json'),
  ]) {
    hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined where it is no JSON. */
  readonly json: unknown
}

export type Sending = {
  /** Sent as JSON, or as it is where it is text. */
  readonly body?: unknown
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a request and reads the whole answer. */
export async function send(method: string, url: string, sending: Sending = {}): Promise<Answer> {
  const { body, token, headers } = sending
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
