import { NumberValue } from '@aws-sdk/lib-dynamodb'
import { isLosslessNumber } from 'lossless-json'

/*
 * Items travel as plain JSON ("document form"). What JSON has no form for is answered in the nearest one: a set as a
 * list (without an order that means anything), binary as Base64 text. A list that is sent stays a list: the manager
 * cannot write sets or binary.
 */

function convert(
  value: unknown,
  leaf: (value: object) => { readonly as: unknown } | undefined,
): unknown {
  if (typeof value !== 'object' || value === null) return value
  const converted = leaf(value)
  if (converted !== undefined) return converted.as
  if (Array.isArray(value)) return value.map((member: unknown) => convert(member, leaf))
  // fromEntries keeps a key such as __proto__ as a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, convert(member, leaf)]),
  )
}

/** JSON as parsed without losing digits, in the form that the document client stores without losing any. */
export const toDocument = (json: unknown): unknown =>
  convert(json, (value) =>
    isLosslessNumber(value) ? { as: NumberValue.from(value.value) } : undefined,
  )

/** What the document client answered, as JSON. */
export const toJson = (document: unknown): unknown =>
  convert(document, (value) => {
    if (isLosslessNumber(value)) return { as: value }
    if (value instanceof Set) return { as: [...value].map(toJson) }
    if (value instanceof Uint8Array) return { as: Buffer.from(value).toString('base64') }
    return undefined
  })
