import { AwsError } from '../../kernel/index.ts'
import { invalidParameter } from '../errors.ts'
import { tagsMax } from '../limits.ts'

/** @throws AwsError InvalidParameterValue; OverLimit */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128) {
      throw invalidParameter('TagKey', key, 'Tag keys have 1 to 128 characters.')
    }
    if (value.length > 256) {
      throw invalidParameter('TagValue', value, 'Tag values have up to 256 characters.')
    }
  }
  const count = Object.keys(tags).length
  if (count > tagsMax) throw new AwsError('OverLimit', `Too many tags: ${count}.`, { status: 403 })
}
