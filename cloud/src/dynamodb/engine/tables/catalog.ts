import { arn, AwsError, type Environment } from '../../../kernel/index.ts'
import { documents, type Reader, type Store, type Writer } from '../../../storage/index.ts'
import { Counters } from '../counters.ts'
import { countersKey } from '../layout.ts'
import type { TableDefinition } from './definition.ts'
import { tableOf, type Table } from './table.ts'

const tableDocuments = documents<TableDefinition>('dynamodb/tables')
const numbers = documents<number>('dynamodb/numbers')

/** The tables, kept in memory as they are committed; changed through the store first. */
export class Catalog {
  private readonly tables = new Map<string, Table>()
  private readonly store: Store
  private readonly environment: Environment

  constructor(store: Store, environment: Environment) {
    this.store = store
    this.environment = environment
    for (const [, definition] of tableDocuments.list(store.reader)) this.keep(definition)
  }

  /** @throws AwsError ResourceNotFoundException as item operations say it, also while the table is being restored */
  get(nameOrArn: string): Table {
    const table = this.find(nameOrArn)
    if (table === undefined || table.definition.restore?.from !== undefined) {
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found')
    }
    return table
  }

  /** @throws AwsError ResourceNotFoundException as table operations say it */
  getNamed(nameOrArn: string): Table {
    const table = this.find(nameOrArn)
    if (table === undefined) throw tableNotFound(tableNameOf(nameOrArn))
    return table
  }

  find(nameOrArn: string): Table | undefined {
    const direct = this.tables.get(nameOrArn)
    if (direct !== undefined || !nameOrArn.startsWith('arn:')) return direct
    const table = this.tables.get(tableNameOf(nameOrArn))
    return table?.arn === nameOrArn ? table : undefined
  }

  /** In order of their names. */
  names(): string[] {
    return [...this.tables.keys()].sort()
  }

  all(): Iterable<Table> {
    return this.tables.values()
  }

  arnOf(tableName: string): string {
    return arn(this.environment, 'dynamodb', `table/${tableName}`)
  }

  /** Takes over what is committed under a name, for writers that found their definition out of date. */
  refresh(name: string): void {
    const definition = tableDocuments.get(this.store.reader, name)
    if (definition === undefined) this.tables.delete(name)
    else this.keep(definition)
  }

  private keep(definition: TableDefinition): void {
    this.tables.set(definition.name, tableOf(definition, this.arnOf(definition.name)))
  }

  /**
   * Adds a table.
   *
   * @param make the definition, given the table's number
   * @throws AwsError ResourceInUseException when there is one of this name
   */
  async create(
    name: string,
    make: (id: number, writer: Writer) => TableDefinition,
  ): Promise<Table> {
    await this.store.write((writer) => {
      if (tableDocuments.get(writer, name) !== undefined) {
        throw new AwsError('ResourceInUseException', `Table already exists: ${name}`)
      }
      const definition = make(nextNumber(writer, 'table'), writer)
      tableDocuments.put(writer, name, definition)
      writer.put(countersKey(definition.id), Counters.start(definition.version).toBytes())
    })
    this.refresh(name)
    return this.getNamed(name)
  }

  /**
   * Changes a definition. `change` sees the committed one; a new version makes writers look again.
   *
   * @throws AwsError ResourceNotFoundException, and what `change` throws
   */
  async change(
    name: string,
    change: (definition: TableDefinition, writer: Writer, counters: Counters) => TableDefinition,
  ): Promise<Table> {
    await this.store.write((writer) => {
      const before = tableDocuments.get(writer, name)
      const counters =
        before === undefined ? undefined : Counters.read(writer, countersKey(before.id))
      if (before === undefined || counters === undefined) throw tableNotFound(name)
      const after = { ...change(before, writer, counters), version: before.version + 1 }
      counters.version = after.version
      tableDocuments.put(writer, name, after)
      writer.put(countersKey(after.id), counters.toBytes())
    })
    this.refresh(name)
    return this.getNamed(name)
  }

  /**
   * Removes a table's definition; `clean` leaves a note for the task that removes its items.
   *
   * @returns the table as it was
   */
  async remove(
    name: string,
    clean: (definition: TableDefinition, writer: Writer) => void,
  ): Promise<Table> {
    const table = this.getNamed(name)
    await this.store.write((writer) => {
      const definition = tableDocuments.get(writer, name)
      if (definition === undefined) throw tableNotFound(name)
      clean(definition, writer)
      tableDocuments.remove(writer, name)
      writer.remove(countersKey(definition.id))
    })
    this.refresh(name)
    return table
  }

  counters(table: Table, reader: Reader = this.store.reader): Counters {
    return Counters.read(reader, table.countersKey) ?? Counters.start(0)
  }
}

/** A number that was never given out under this name before. */
export function nextNumber(writer: Writer, name: 'table' | 'stream' | 'backup'): number {
  const next = (numbers.get(writer, name) ?? 0) + 1
  numbers.put(writer, name, next)
  return next
}

export const tableNotFound = (name: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  )

/** The table's name in an ARN; anything else is a name already. */
export const tableNameOf = (nameOrArn: string): string =>
  /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn
