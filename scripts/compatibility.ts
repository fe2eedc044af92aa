import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as dynamodb from '@aws-sdk/client-dynamodb'
import * as dynamodbStreams from '@aws-sdk/client-dynamodb-streams'
import { operations } from '../cloud/src/dynamodb/operations/index.ts'
import { streamOperations } from '../cloud/src/dynamodb/operations/streams/index.ts'
import { refusalReasons } from '../cloud/src/dynamodb/operations/unsupported.ts'

/** Where the page is kept, from the repository's root. */
export const compatibilityFile = join(import.meta.dirname, '..', 'docs', 'compatibility.md')

export const readmeFile = join(import.meta.dirname, '..', 'README.md')
const start = '<!-- left out of DynamoDB: written by `npm run compatibility` -->'
const end = '<!-- end of what is left out -->'

/** The operations that an AWS SDK client knows: what the API has. */
const operationsOf = (sdk: object): string[] =>
  Object.keys(sdk)
    .filter((name) => /^[A-Z]\w*Command$/.test(name))
    .map((name) => name.slice(0, -'Command'.length))
    .sort()

type Row = {
  readonly name: string
  readonly answer: 'supported' | 'refused' | 'unknown'
  readonly note: string
}

function rowsOf(sdk: object, implemented: ReadonlySet<string>): Row[] {
  return operationsOf(sdk).map((name) => {
    const reason = refusalReasons.get(name)
    if (reason !== undefined) return { name, answer: 'refused', note: reason }
    if (!implemented.has(name))
      return { name, answer: 'unknown', note: 'not known to this version' }
    return { name, answer: 'supported', note: notes[name] ?? '' }
  })
}

/** What a reader must know of a supported operation. */
const notes: Readonly<Record<string, string>> = {
  RestoreTableToPointInTime: 'the latest restorable time only',
  DescribeContinuousBackups: 'the restorable time is always now',
  CreateBackup: 'items are copied inside the data folder',
}

/** The page in Markdown: every operation of the API and whether it is answered, made from the code itself. */
export function compatibilityPage(): string {
  const items = rowsOf(dynamodb, new Set(operations.map(({ name }) => name)))
  const streams = rowsOf(dynamodbStreams, new Set(streamOperations.map(({ name }) => name)))
  return [
    '# DynamoDB: which operations are answered',
    '',
    'Made by `npm run compatibility` from the list of operations and from the AWS SDK; not to be edited by hand.',
    'An operation that is refused answers `UnknownOperationException` with the reason below.',
    '',
    ...section('DynamoDB', items),
    '',
    ...section('DynamoDB Streams', streams),
    '',
  ].join('\n')
}

/** The README with the operations that are refused, by reason. @throws Error when the README has no place for them */
export function withLeftOut(readme: string): string {
  const from = readme.indexOf(start)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The README has no "${start}" … "${end}".`)
  const reasons = new Map<string, string[]>()
  for (const [name, reason] of refusalReasons) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), name])
  }
  const { length } = operationsOf(dynamodb)
  const table = [
    `Of ${length} operations ${length - refusalReasons.size} are answered, and all of DynamoDB Streams. The others say why not:`,
    '',
    '| left out | because |',
    '|---|---|',
    ...[...reasons].map(([reason, names]) => `| ${names.join(', ')} | ${reason} |`),
  ].join('\n')
  return `${readme.slice(0, from)}${start}\n\n${table}\n\n${readme.slice(to)}`
}

function section(title: string, rows: readonly Row[]): string[] {
  const supported = rows.filter(({ answer }) => answer === 'supported').length
  return [
    `## ${title}: ${supported} of ${rows.length}`,
    '',
    '| operation | | |',
    '|---|---|---|',
    ...rows.map(({ name, answer, note }) => `| ${name} | ${answer} | ${note} |`),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(compatibilityFile), { recursive: true })
  writeFileSync(compatibilityFile, compatibilityPage())
  writeFileSync(readmeFile, withLeftOut(readFileSync(readmeFile, 'utf8')))
}
