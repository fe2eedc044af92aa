/**
 * Shapes of inputs as data, checked the way AWS's service framework does: a value of the wrong JSON type is a
 * SerializationException; values of the right type that break a constraint are gathered into one message,
 * "2 validation errors detected: Value … failed to satisfy constraint: Member must …; …".
 */
export type Shape =
  | TextShape
  | { readonly kind: 'integer' | 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' | 'document' }
  | { readonly kind: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly kind: 'map'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly kind: 'structure'; readonly members: Members }
  | { readonly kind: 'optional'; readonly of: Shape }
  | { readonly kind: 'custom'; readonly check: CustomCheck; readonly type?: unknown }

export type TextShape = {
  readonly kind: 'text'
  readonly min?: number
  readonly max?: number
  /** Anchored by the checker: the whole text must match. */
  readonly pattern?: string
  readonly values?: readonly string[]
  /** The value is left out of messages. */
  readonly secret?: boolean
}

export type Members = Readonly<Record<string, Shape>>
export type CustomCheck = (value: unknown, path: string, problems: Problems) => void

/** The TypeScript type that a checked value has. */
export type TypeOf<S> = S extends { readonly kind: 'text'; readonly values: readonly (infer V)[] }
  ? V
  : S extends { readonly kind: 'text' }
    ? string
    : S extends { readonly kind: 'integer' | 'number' }
      ? number
      : S extends { readonly kind: 'boolean' }
        ? boolean
        : S extends { readonly kind: 'optional'; readonly of: infer O }
          ? TypeOf<O> | undefined
          : S extends { readonly kind: 'list'; readonly of: infer O }
            ? TypeOf<O>[]
            : S extends { readonly kind: 'map'; readonly of: infer O }
              ? Record<string, TypeOf<O>>
              : S extends { readonly kind: 'structure'; readonly members: infer M }
                ? StructureOf<M>
                : S extends { readonly kind: 'custom'; readonly type?: infer T }
                  ? T
                  : unknown

type OptionalKeys<M> = {
  [K in keyof M]: M[K] extends { readonly kind: 'optional' } ? K : never
}[keyof M]

export type StructureOf<M> = { [K in Exclude<keyof M, OptionalKeys<M>>]: TypeOf<M[K]> } & {
  [K in OptionalKeys<M>]?: TypeOf<M[K]>
}

/** Text in any form. `secret` keeps its value out of messages. */
export const text = { kind: 'text' } as const
export const integer = { kind: 'integer' } as const
export const number = { kind: 'number' } as const
export const boolean = { kind: 'boolean' } as const
/** Any JSON value. */
export const document = { kind: 'document' } as const

export const textOf = <const T extends Omit<TextShape, 'kind'>>(limits: T) =>
  ({ kind: 'text', ...limits }) as const
export const oneOf = <const V extends readonly string[]>(...values: V) =>
  ({ kind: 'text', values }) as const
export const integerOf = (min: number, max?: number) =>
  ({ kind: 'integer', min, ...(max === undefined ? {} : { max }) }) as const
export const list = <const S extends Shape>(of: S, limits: { min?: number; max?: number } = {}) =>
  ({ kind: 'list', of, ...limits }) as const
export const map = <const S extends Shape>(of: S, limits: { min?: number; max?: number } = {}) =>
  ({ kind: 'map', of, ...limits }) as const
export const structure = <const M extends Members>(members: M) =>
  ({ kind: 'structure', members }) as const
export const optional = <const S extends Shape>(of: S) => ({ kind: 'optional', of }) as const
/** A shape with a check of its own; `T` is the type of what passes. */
export const custom = <T>(check: CustomCheck) =>
  ({ kind: 'custom', check }) as {
    readonly kind: 'custom'
    readonly check: CustomCheck
    readonly type?: T
  }

/** Thrown for a value of the wrong JSON type; the caller turns it into the protocol's SerializationException. */
export class WrongType extends Error {
  override readonly name = 'WrongType'
}

/** Gathers broken constraints while a value is walked. */
export class Problems {
  readonly messages: string[] = []
  /** `path` in AWS's spelling, for example `keySchema.1.member.attributeName`. */
  constraint(value: string | null, path: string, must: string): void {
    const shown = value === null ? 'Value null' : `Value '${value}'`
    this.messages.push(`${shown} at '${path}' failed to satisfy constraint: Member must ${must}`)
  }
  secret(path: string, must: string): void {
    this.messages.push(`Value at '${path}' failed to satisfy constraint: Member must ${must}`)
  }
  /** The sentence AWS answers with, or undefined when all was well. */
  sentence(): string | undefined {
    const count = this.messages.length
    if (count === 0) return undefined
    return `${count} validation error${count === 1 ? '' : 's'} detected: ${this.messages.join('; ')}`
  }
}

/**
 * Checks a parsed JSON value. Members that are null count as absent and are removed, as AWS does.
 *
 * @throws WrongType when a value has another JSON type than its shape
 */
export function checkShape(shape: Shape, value: unknown, path: string, problems: Problems): void {
  switch (shape.kind) {
    case 'text':
      return checkText(shape, requireText(value), path, problems)
    case 'integer':
    case 'number':
      return checkNumber(shape, value, path, problems)
    case 'boolean':
      if (typeof value !== 'boolean') throw new WrongType(wrongType(value, 'Boolean'))
      return
    case 'document':
      return
    case 'list':
      return checkList(shape, value, path, problems)
    case 'map':
      return checkMap(shape, value, path, problems)
    case 'structure':
      return checkStructure(shape.members, value, path, problems)
    case 'optional':
      if (value !== undefined && value !== null) checkShape(shape.of, value, path, problems)
      return
    case 'custom':
      return shape.check(value, path, problems)
  }
}

/** Observed on DynamoDB: what the framework says of a JSON value that cannot be the type asked for. */
export function wrongType(
  value: unknown,
  wanted: 'String' | 'Boolean' | 'Integer' | 'Double',
): string {
  if (Array.isArray(value))
    return 'Unexpected collection type: start of list found where not expected'
  if (typeof value === 'object') return 'Start of structure or map found where not expected'
  if (typeof value === 'boolean')
    return `${value ? 'TRUE' : 'FALSE'}_VALUE cannot be converted to ${wanted}`
  return `${typeof value === 'string' ? 'STRING' : 'NUMBER'}_VALUE cannot be converted to ${wanted}`
}

function requireText(value: unknown): string {
  if (typeof value !== 'string') throw new WrongType(wrongType(value, 'String'))
  return value
}

const patterns = new Map<string, RegExp>()
function anchored(pattern: string): RegExp {
  let compiled = patterns.get(pattern)
  if (compiled === undefined) {
    compiled = new RegExp(`^(?:${pattern})$`, 'su')
    patterns.set(pattern, compiled)
  }
  return compiled
}

function checkText(shape: TextShape, value: string, path: string, problems: Problems): void {
  const broken = (must: string): void =>
    shape.secret === true ? problems.secret(path, must) : problems.constraint(value, path, must)
  if (shape.values !== undefined && !shape.values.includes(value)) {
    broken(`satisfy enum value set: [${shape.values.join(', ')}]`)
  }
  if (shape.pattern !== undefined && !anchored(shape.pattern).test(value)) {
    broken(`satisfy regular expression pattern: ${shape.pattern}`)
  }
  if (shape.max !== undefined && value.length > shape.max) {
    broken(`have length less than or equal to ${shape.max}`)
  }
  if (shape.min !== undefined && value.length < shape.min) {
    broken(`have length greater than or equal to ${shape.min}`)
  }
}

function checkNumber(
  shape: { kind: 'integer' | 'number'; min?: number; max?: number },
  value: unknown,
  path: string,
  problems: Problems,
): void {
  if (typeof value !== 'number') {
    throw new WrongType(wrongType(value, shape.kind === 'integer' ? 'Integer' : 'Double'))
  }
  if (shape.max !== undefined && value > shape.max) {
    problems.constraint(String(value), path, `have value less than or equal to ${shape.max}`)
  }
  if (shape.min !== undefined && value < shape.min) {
    problems.constraint(String(value), path, `have value greater than or equal to ${shape.min}`)
  }
}

type Sized = { readonly of: Shape; readonly min?: number; readonly max?: number }

function checkSize(
  shape: Sized,
  size: number,
  value: unknown,
  path: string,
  problems: Problems,
): void {
  if (shape.max !== undefined && size > shape.max) {
    problems.constraint(shown(value), path, `have length less than or equal to ${shape.max}`)
  }
  if (shape.min !== undefined && size < shape.min) {
    problems.constraint(shown(value), path, `have length greater than or equal to ${shape.min}`)
  }
}

/** How the framework prints collections in messages: `[a, b]`, `{k=v}`. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}=${shown(member)}`)
      .join(', ')}}`
  }
  return String(value)
}

function checkList(shape: Sized, value: unknown, path: string, problems: Problems): void {
  if (!Array.isArray(value)) {
    if (value !== null && typeof value === 'object') {
      throw new WrongType('Start of structure or map found where not expected')
    }
    throw new WrongType('Expected a list')
  }
  checkSize(shape, value.length, value, path, problems)
  for (const [index, member] of value.entries()) {
    const memberPath = `${path}.${index + 1}.member`
    if (member === null) problems.constraint(null, memberPath, 'not be null')
    else checkShape(shape.of, member, memberPath, problems)
  }
}

function checkMap(shape: Sized, value: unknown, path: string, problems: Problems): void {
  const members = requireObject(value)
  const keys = Object.keys(members)
  checkSize(shape, keys.length, value, path, problems)
  for (const key of keys) {
    const member = members[key]
    const memberPath = `${path}.${key}.member`
    if (member === null) problems.constraint(null, memberPath, 'not be null')
    else checkShape(shape.of, member, memberPath, problems)
  }
}

function requireObject(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) throw new WrongType('Start of list found where not expected')
  if (value === null || typeof value !== 'object')
    throw new WrongType('Expected a structure or map')
  return value as Record<string, unknown>
}

function checkStructure(members: Members, value: unknown, path: string, problems: Problems): void {
  const object = requireObject(value)
  for (const { name, wireName, shape } of named(members)) {
    const member = Object.hasOwn(object, name) ? object[name] : undefined
    if (member === undefined && shape.kind === 'optional') continue
    const memberPath = path === '' ? wireName : `${path}.${wireName}`
    if (member === undefined || member === null) {
      if (member === null) delete object[name]
      if (shape.kind !== 'optional') problems.constraint(null, memberPath, 'not be null')
    } else checkShape(shape, member, memberPath, problems)
  }
}

type NamedMember = { readonly name: string; readonly wireName: string; readonly shape: Shape }

/** A structure's members with their names as messages spell them: worked out once for each structure. */
const namedMembers = new WeakMap<Members, readonly NamedMember[]>()

function named(members: Members): readonly NamedMember[] {
  const known = namedMembers.get(members)
  if (known !== undefined) return known
  const found = Object.entries(members).map(([name, shape]) => ({
    name,
    wireName: name.charAt(0).toLowerCase() + name.slice(1),
    shape,
  }))
  namedMembers.set(members, found)
  return found
}
