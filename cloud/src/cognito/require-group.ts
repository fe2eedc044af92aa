import type { Reader } from '../storage/index.ts'
import { notFound } from './errors.ts'
import { groupOf } from './pools/group-store.ts'
import type { Group, Pool } from './pools/pool.ts'

/** @throws ResourceNotFoundException */
export function requireGroup(reader: Reader, pool: Pool, name: string): Group {
  const group = groupOf(reader, pool.id, name)
  if (group === undefined) throw notFound('Group not found.')
  return group
}
