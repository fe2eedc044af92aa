import { documents, type Reader, type Writer } from '../../storage/index.ts'
import type { Group } from './pool.ts'

/** The groups of all pools: `cognito/groups`, poolId/group name → Group. */
const groups = documents<Group>('cognito/groups')

export const groupOf = (reader: Reader, poolId: string, name: string): Group | undefined =>
  groups.get(reader, `${poolId}/${name}`)

export const putGroup = (writer: Writer, poolId: string, group: Group): void =>
  groups.put(writer, `${poolId}/${group.name}`, group)

export const removeGroup = (writer: Writer, poolId: string, name: string): void =>
  groups.remove(writer, `${poolId}/${name}`)

export function* groupsOf(
  reader: Reader,
  poolId: string,
  after?: string,
): Generator<Group, void, undefined> {
  const found = groups.list(reader, {
    prefix: `${poolId}/`,
    ...(after === undefined ? {} : { after: `${poolId}/${after}` }),
  })
  for (const [, group] of found) yield group
}

/** Groups by precedence, least first; those without one last, by name ("Adding groups to a user pool"). */
export const byPrecedence = (a: Group, b: Group): number =>
  (a.precedence ?? Infinity) === (b.precedence ?? Infinity)
    ? a.name < b.name
      ? -1
      : 1
    : (a.precedence ?? Infinity) - (b.precedence ?? Infinity)

export const shownGroup = (poolId: string, group: Group) => ({
  GroupName: group.name,
  UserPoolId: poolId,
  Description: group.description,
  RoleArn: group.roleArn,
  Precedence: group.precedence,
  LastModifiedDate: group.modifiedMs / 1000,
  CreationDate: group.createdMs / 1000,
})
