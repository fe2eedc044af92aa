import { numberText, shortText } from '@cloudlet/kit'
import * as z from 'zod/mini'
import type { EntityId } from './token.ts'

const ENTITY_CHARACTERS_MAX = 256
/** DynamoDB keeps 38 significant digits of a number. */
const ENTITY_DIGITS_MAX = 38
const TTL_SECONDS_MIN = 60
const TTL_SECONDS_MAX = 365 * 24 * 3600

const WHOLE_NUMBER = new RegExp(`^-?\\d{1,${ENTITY_DIGITS_MAX}}$`)

/** A plain number where it is exact, else a bigint. */
function wholeNumber(digits: string): number | bigint {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : BigInt(digits)
}

const entityNumber = z.pipe(
  z.custom((value) => WHOLE_NUMBER.test(numberText(value) ?? ''), 'must be a whole number'),
  z.transform((value) => wholeNumber(numberText(value) ?? '')),
)

/** Text of 1 to 256 characters or a whole number. */
export const entityId = z.pipe(
  z.unknown(),
  z.transform((value, context): EntityId => {
    const schema = typeof value === 'string' ? shortText(ENTITY_CHARACTERS_MAX) : entityNumber
    const result = z.safeParse(schema, value)
    if (result.success) return result.data
    context.issues.push({ code: 'custom', input: value, message: problemWith(value) })
    return z.NEVER
  }),
)

const problemWith = (value: unknown): string =>
  value === undefined
    ? 'is required'
    : `must be text of 1 to ${ENTITY_CHARACTERS_MAX} characters or a whole number`

const ttlError = `must be a whole number from ${TTL_SECONDS_MIN} to ${TTL_SECONDS_MAX}`

export const CreateToken = z.object({
  entityId,
  ttlSeconds: z.optional(
    z.int(ttlError).check(z.gte(TTL_SECONDS_MIN, ttlError), z.lte(TTL_SECONDS_MAX, ttlError)),
  ),
})

export const PairToken = z.object({ entityId })
