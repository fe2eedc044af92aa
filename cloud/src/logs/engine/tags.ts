import type { Store } from '../../storage/index.ts'
import { invalidParameter } from '../errors.ts'
import { tagsMax } from '../limits.ts'
import { groupRecords, requireGroup } from './records.ts'

/** @throws AwsError InvalidParameterException */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags)
  const wrong = entries.find(([key, value]) => key === '' || key.length > 128 || value.length > 256)
  if (wrong !== undefined) throw invalidParameter(`Invalid tag: ${wrong[0]}`)
  if (entries.length > tagsMax) throw invalidParameter(`At most ${tagsMax} tags are allowed.`)
}

/** @throws AwsError ResourceNotFoundException; InvalidParameterException */
export const changeTags = (
  store: Store,
  name: string,
  change: (tags: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Promise<void> =>
  store.write((writer) => {
    const group = requireGroup(writer, name)
    const tags = change(group.tags)
    checkTags(tags)
    groupRecords.put(writer, name, { ...group, tags })
  })

export const withoutTags = (
  tags: Readonly<Record<string, string>>,
  keys: readonly string[],
): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)))
