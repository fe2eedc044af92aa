import { tagKeyLengthMax, tagsPerResourceMax, tagValueLengthMax } from '../../limits.ts'
import type { Tag } from './definition.ts'

export type TagInput = { readonly Key: string; readonly Value: string }

/** "Tagging resources in DynamoDB": lengths, number, no key twice, none of AWS's own. */
export function checkTags(tags: readonly TagInput[] | undefined): string | undefined {
  if (tags === undefined) return undefined
  const keys = new Set<string>()
  for (const [at, { Key: key, Value: value }] of tags.entries()) {
    const member = `tags.${at + 1}.member`
    if (key.length === 0 || key.length > tagKeyLengthMax) {
      return lengthProblem(key, `${member}.key`, key.length === 0 ? undefined : tagKeyLengthMax)
    }
    if (value.length > tagValueLengthMax) {
      return lengthProblem(value, `${member}.value`, tagValueLengthMax)
    }
    if (key.startsWith('aws:')) {
      return `One or more parameter values were invalid: Tag keys starting with 'aws:' are reserved: ${key}`
    }
    if (keys.has(key)) {
      return `One or more parameter values were invalid: Duplicate tag key: ${key}`
    }
    keys.add(key)
  }
  return tags.length > tagsPerResourceMax
    ? `One or more parameter values were invalid: Too many tags: at most ${tagsPerResourceMax} are allowed`
    : undefined
}

const lengthProblem = (value: string, path: string, max: number | undefined): string =>
  `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must have length ` +
  (max === undefined ? 'greater than or equal to 1' : `less than or equal to ${max}`)

/** The tags after some were set: a known key gets the new value. */
export function withTags(tags: readonly Tag[], added: readonly TagInput[]): Tag[] {
  const merged = new Map(tags.map((tag) => [tag.Key, tag.Value]))
  for (const { Key: key, Value: value } of added) merged.set(key, value)
  return [...merged].map(([Key, Value]) => ({ Key, Value }))
}
