import { join } from 'node:path'
import { repository, temporaryFolder } from './contender.ts'
import { awsRequest, cognitoService, dynamodbService } from './aws-request.ts'
import { get, post } from './drive.ts'
import { helloProject, helloTemplateFile } from './hello.ts'
import {
  cognitoLocalProgram,
  dynaliteProgram,
  dynamodbLocalProgram,
  freePort,
  serverlessOfflineProgram,
} from './peers.ts'
import { firstAnswerMs, type Program } from './program.ts'
import { keep, median, printTable, range, type Row } from './report.ts'

/**
 * The question: how long from the command to the first answer? Each contender in a process of its own, seen from
 * outside, turn about. Cloudlet's folder holds what was deployed before, as on every start but the first.
 */

type Start = {
  readonly answers: string
  readonly program: () => Promise<Program>
  readonly request: string
}

/** `cloudlet …` on a folder that it keeps from start to start. */
function cloudlet(words: readonly string[], listens: 'cloud' | 'front'): () => Promise<Program> {
  const data = join(temporaryFolder(), 'data')
  return async () => {
    const [port, front] = [await freePort(), await freePort()]
    const fronts = words[0] === 'up' ? ['--front-port', String(front)] : []
    return {
      name: 'Cloudlet',
      port: listens === 'front' ? front : port,
      command: 'node',
      words: [
        'cloud/bin/cloudlet.mjs',
        ...words,
        '--port',
        String(port),
        ...fronts,
        '--data',
        data,
      ],
      folder: repository,
    }
  }
}

const tables = {
  answers: 'ListTables, the engine alone',
  request: awsRequest(dynamodbService, 'ListTables', {}),
}

/** The engine and its peers. */
const engines = (): readonly Start[] => [
  { ...tables, program: cloudlet(['dynamodb'], 'cloud') },
  { ...tables, program: dynaliteProgram },
  { ...tables, program: dynamodbLocalProgram },
]

/** The one list of what is started. */
function starts(): readonly Start[] {
  const folder = temporaryFolder()
  helloProject(folder)
  const template = helloTemplateFile(folder)
  const pools = temporaryFolder()
  const app = ['--app', 'node --import tsx services/infra/app.ts', '--sources', 'services']
  const users = {
    answers: 'ListUserPools',
    request: awsRequest(cognitoService, 'ListUserPools', { MaxResults: 1 }),
  }
  const hello = { answers: 'a hello function' }
  return [
    ...engines(),
    { ...users, program: cloudlet(['up'], 'cloud') },
    { ...users, program: () => cognitoLocalProgram(pools) },
    {
      ...hello,
      program: cloudlet(['up', '--template', template], 'front'),
      request: get('/hello/'),
    },
    {
      ...hello,
      program: () => serverlessOfflineProgram(folder, 'worker threads'),
      request: get('/'),
    },
    { ...hello, program: () => serverlessOfflineProgram(folder, 'in process'), request: get('/') },
    {
      answers: 'all five services',
      program: cloudlet(['up', ...app], 'front'),
      request: post('/tokens/create', '{"entityId":"bench"}'),
    },
  ]
}

/** Starts each program once to warm up and then `rounds` times, turn about. */
async function measured(starts: readonly Start[], rounds: number): Promise<Row[]> {
  const all = starts.map((start) => ({ ...start, times: [] as number[], name: '' }))
  for (let round = 0; round <= rounds; round++) {
    for (const each of all) {
      const program = await each.program()
      const ms = await firstAnswerMs(program, each.request)
      each.name = program.name
      if (round > 0) each.times.push(ms) // the first deploys, and fills the system's file cache
      process.stdout.write('.')
    }
  }
  return all.map(({ answers, name, times }): Row => ({
    'what answers': answers,
    contender: name,
    ms: Math.round(median(times)),
    range: range(times),
  }))
}

/** The starts of the engine and its peers alone. */
export const engineStarts = (rounds: number): Promise<Row[]> => measured(engines(), rounds)

export async function startup(): Promise<void> {
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
  const rows = await measured(starts(), rounds)
  console.log(`\n\nFrom the command to the first answer, ${rounds} interleaved starts, medians:\n`)
  printTable(rows)
  keep('startup', { rounds, rows })
}
