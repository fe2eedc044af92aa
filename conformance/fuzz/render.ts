import type {
  Command,
  Condition,
  Operand,
  Path,
  Schema,
  SetOperand,
  Source,
  UpdateAction,
  Value,
  Write,
} from './commands.ts'
import { included } from './commands.ts'

/** From the fuzzer's trees to requests of the API. */

export const tableName = 'fuzz'
const indexName = { gsi: 'global', lsi: 'local' }

export function tableRequest(schema: Schema): object {
  const projection = (source: 'gsi' | 'lsi'): object => ({
    ProjectionType: schema.projections[source],
    ...(schema.projections[source] === 'INCLUDE' ? { NonKeyAttributes: included } : {}),
  })
  const key = (hash: string, range: string): object[] => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ]
  const types = { p: schema.partition, s: schema.sort, g: 'S', n: 'N' }
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: key('p', 's'),
    GlobalSecondaryIndexes: [
      { IndexName: indexName.gsi, KeySchema: key('g', 'n'), Projection: projection('gsi') },
    ],
    LocalSecondaryIndexes: [
      { IndexName: indexName.lsi, KeySchema: key('p', 'n'), Projection: projection('lsi') },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }
}

/** Gathers names and values while expressions are written. */
class Texts {
  private readonly names = new Map<string, string>()
  private readonly values: Value[] = []

  name(name: string): string {
    const known = this.names.get(name)
    if (known !== undefined) return known
    const placeholder = `#n${this.names.size}`
    this.names.set(name, placeholder)
    return placeholder
  }

  value = (value: Value): string => `:v${this.values.push(value) - 1}`

  path = (path: Path): string =>
    path
      .map((step, at) =>
        typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${this.name(step)}`,
      )
      .join('')

  operand(operand: Operand): string {
    if ('path' in operand) return this.path(operand.path)
    return 'value' in operand ? this.value(operand.value) : `size(${this.path(operand.size)})`
  }

  condition(given: Condition): string {
    if ('and' in given) return given.and.map((each) => this.grouped(each)).join(' AND ')
    if ('or' in given) return given.or.map((each) => this.grouped(each)).join(' OR ')
    if ('not' in given) return `NOT ${this.grouped(given.not)}`
    if ('exists' in given) return `attribute_exists(${this.path(given.exists)})`
    if ('missing' in given) return `attribute_not_exists(${this.path(given.missing)})`
    if ('type' in given) {
      return `attribute_type(${this.path(given.type)}, ${this.value({ S: given.is })})`
    }
    if ('begins' in given)
      return `begins_with(${this.path(given.begins)}, ${this.value(given.with)})`
    if ('contains' in given) {
      return `contains(${this.path(given.contains)}, ${this.value(given.member)})`
    }
    if ('in' in given)
      return `${this.operand(given.in)} IN (${given.among.map(this.value).join(', ')})`
    if ('between' in given) {
      return `${this.operand(given.between)} BETWEEN ${this.value(given.low)} AND ${this.value(given.high)}`
    }
    return `${this.operand(given.left)} ${given.compare} ${this.operand(given.right)}`
  }

  private grouped(given: Condition): string {
    return 'and' in given || 'or' in given ? `(${this.condition(given)})` : this.condition(given)
  }

  update(actions: readonly UpdateAction[]): string {
    const sections = new Map<string, string[]>()
    const add = (section: string, text: string): void =>
      void sections.set(section, [...(sections.get(section) ?? []), text])
    for (const action of actions) {
      if ('set' in action) add('SET', `${this.path(action.set)} = ${this.setOperand(action.to)}`)
      else if ('remove' in action) add('REMOVE', this.path(action.remove))
      else if ('add' in action) add('ADD', `${this.name(action.add)} ${this.value(action.value)}`)
      else add('DELETE', `${this.name(action.delete)} ${this.value(action.value)}`)
    }
    return [...sections].map(([section, texts]) => `${section} ${texts.join(', ')}`).join(' ')
  }

  private setOperand(operand: SetOperand): string {
    if ('path' in operand) return this.path(operand.path)
    if ('value' in operand) return this.value(operand.value)
    if ('ifNotExists' in operand) {
      return `if_not_exists(${this.path(operand.ifNotExists)}, ${this.value(operand.otherwise)})`
    }
    if ('append' in operand) {
      return `list_append(${operand.append.map((each) => this.setOperand(each)).join(', ')})`
    }
    return operand.sum.map((each) => this.setOperand(each)).join(` ${operand.sign} `)
  }

  members(): object {
    const names = [...this.names].map(([name, placeholder]) => [placeholder, name])
    const values = this.values.map((value, at) => [`:v${at}`, value])
    return {
      ...(names.length === 0
        ? {}
        : { ExpressionAttributeNames: Object.fromEntries(names) as object }),
      ...(values.length === 0
        ? {}
        : { ExpressionAttributeValues: Object.fromEntries(values) as object }),
    }
  }
}

export type Request = { readonly operation: string; readonly input: object }

function writeParts(write: Write): { kind: 'Put' | 'Update' | 'Delete'; input: object } {
  const texts = new Texts()
  const condition =
    write.condition === undefined ? {} : { ConditionExpression: texts.condition(write.condition) }
  if ('put' in write) {
    return { kind: 'Put', input: { Item: write.put, ...condition, ...texts.members() } }
  }
  if ('delete' in write) {
    return { kind: 'Delete', input: { Key: write.delete, ...condition, ...texts.members() } }
  }
  const UpdateExpression = texts.update(write.actions)
  return {
    kind: 'Update',
    input: { Key: write.update, UpdateExpression, ...condition, ...texts.members() },
  }
}

export function writeRequest(write: Write, returns: string | undefined): Request {
  const { kind, input } = writeParts(write)
  return {
    operation: `${kind}Item`,
    input: {
      TableName: tableName,
      ...input,
      ...(returns === undefined ? {} : { ReturnValues: returns }),
    },
  }
}

export function transactRequest(command: Extract<Command, { kind: 'transactWrite' }>): Request {
  const TransactItems = command.writes.map((write) => {
    if (!('check' in write)) {
      const { kind, input } = writeParts(write)
      return { [kind]: { TableName: tableName, ...input } }
    }
    const texts = new Texts()
    const ConditionExpression = texts.condition(write.condition)
    const names = texts.members()
    return {
      ConditionCheck: { TableName: tableName, Key: write.check, ConditionExpression, ...names },
    }
  })
  return { operation: 'TransactWriteItems', input: { TransactItems } }
}

export function getRequest(command: Extract<Command, { kind: 'get' }>): Request {
  const texts = new Texts()
  const projection = command.projection?.map(texts.path).join(', ')
  return {
    operation: 'GetItem',
    input: {
      TableName: tableName,
      Key: command.key,
      ...(projection === undefined ? {} : { ProjectionExpression: projection }),
      ...texts.members(),
    },
  }
}

const sourceKeys = (source: Source): [string, string] =>
  source === 'table' ? ['p', 's'] : source === 'gsi' ? ['g', 'n'] : ['p', 'n']

export function readRequest(command: Extract<Command, { kind: 'query' | 'scan' }>): Request {
  const texts = new Texts()
  const [hash, sort] = sourceKeys(command.source)
  const input: Record<string, unknown> = { TableName: tableName }
  if (command.source !== 'table') input.IndexName = indexName[command.source]
  if (command.limit !== undefined) input.Limit = command.limit
  if (command.filter !== undefined) input.FilterExpression = texts.condition(command.filter)
  if (command.projection !== undefined) {
    input.ProjectionExpression = command.projection.map(texts.path).join(', ')
  }
  if (command.kind === 'scan') return { operation: 'Scan', input: { ...input, ...texts.members() } }
  const { partition, range } = command
  let text = `${texts.name(hash)} = ${texts.value(partition)}`
  if (range !== undefined) {
    const name = texts.name(sort)
    if (range.operator === 'between') {
      text += ` AND ${name} BETWEEN ${texts.value(range.low)} AND ${texts.value(range.high)}`
    } else if (range.operator === 'begins_with') {
      text += ` AND begins_with(${name}, ${texts.value(range.value)})`
    } else text += ` AND ${name} ${range.operator} ${texts.value(range.value)}`
  }
  input.KeyConditionExpression = text
  input.ScanIndexForward = !command.reverse
  return { operation: 'Query', input: { ...input, ...texts.members() } }
}
