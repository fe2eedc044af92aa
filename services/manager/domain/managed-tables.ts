import { forbidden } from '@cloudlet/kit'

/** The table of a request: the named one, else the first; a 403 for one that is not managed. */
export function managedTable(tables: readonly string[], named: string | undefined): string {
  const table = named ?? tables[0]
  if (table === undefined || !tables.includes(table)) {
    throw forbidden(`Table ${JSON.stringify(table ?? '')} is not managed here`)
  }
  return table
}
