import type { MessageEntity } from 'grammy/types'
import { badRequest } from './api-error.ts'

/** A file that came with a call. */
export type Upload = { readonly name: string; readonly mime: string; readonly base64: string }

/** What a call was given, by JSON, a form or the address: values may be text where JSON has numbers. */
export type Arguments = {
  readonly values: Readonly<Record<string, unknown>>
  readonly uploads: ReadonlyMap<string, Upload>
}

const own = ({ values }: Arguments, name: string): unknown =>
  Object.hasOwn(values, name) ? values[name] : undefined

export function optionalText(from: Arguments, name: string): string | undefined {
  const value = own(from, name)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw badRequest(`Can't parse "${name}": expected a string`)
}

export const textOf = (from: Arguments, name: string): string => optionalText(from, name) ?? ''

export function optionalInteger(from: Arguments, name: string): number | undefined {
  const value = own(from, name)
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw badRequest(`Can't parse "${name}": expected an Integer`)
  }
  return number
}

export function integer(from: Arguments, name: string): number {
  const value = optionalInteger(from, name)
  if (value === undefined) throw badRequest(`${name} is empty`)
  return value
}

export function flag(from: Arguments, name: string): boolean {
  const value = own(from, name)
  return value === true || value === 'true' || value === 'True' || value === '1' || value === 1
}

/** An object or a list: JSON as it is, or as text in a form. */
export function structure(from: Arguments, name: string): unknown {
  const value = own(from, name)
  if (typeof value !== 'string') return value ?? undefined
  if (value === '') return undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    throw badRequest(`can't parse ${name}: Can't parse JSON object`)
  }
}

export function list(from: Arguments, name: string): readonly unknown[] | undefined {
  const value = structure(from, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw badRequest(`can't parse ${name}: expected an Array`)
  return value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export function object(from: Arguments, name: string): Record<string, unknown> | undefined {
  const value = structure(from, name)
  if (value === undefined) return undefined
  if (!isObject(value)) throw badRequest(`can't parse ${name}: expected an Object`)
  return value
}

/** Formatting; what lies outside the text is left out, as Telegram does. */
export function entitiesOf(
  from: Arguments,
  name: string,
  text: string,
): MessageEntity[] | undefined {
  const given = list(from, name)
  if (given === undefined) return undefined
  const entities = given.map((each) => {
    if (
      !isObject(each) ||
      typeof each['type'] !== 'string' ||
      !Number.isInteger(each['offset']) ||
      !Number.isInteger(each['length'])
    ) {
      throw badRequest(`can't parse ${name}: Can't parse MessageEntity`)
    }
    // A cast: what all kinds have in common was checked.
    return each as unknown as MessageEntity
  })
  const inside = entities.filter(
    (each) => each.offset >= 0 && each.length > 0 && each.offset + each.length <= text.length,
  )
  return inside.length === 0 ? undefined : inside
}
