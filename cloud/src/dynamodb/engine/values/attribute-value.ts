/** A value in DynamoDB's wire form, which is also the form it has in memory. Binary is base64 text. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }

/**
 * Attributes by name. Names come from users, so `__proto__` and `constructor` are ordinary names: read with
 * {@link attributeOf}, copy with spread, write with {@link setAttribute}.
 */
export type Item = Readonly<Record<string, AttributeValue>>
/** An item under construction. */
export type MutableItem = Record<string, AttributeValue>

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'L' | 'M' | 'SS' | 'NS' | 'BS'
/** The types that a key attribute may have. */
export type ScalarType = 'S' | 'N' | 'B'

export const attributeTypes: readonly AttributeType[] = [
  ...(['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'] as const),
]

/** The datatype of a checked value. */
export function typeOf(value: AttributeValue): AttributeType {
  if ('S' in value) return 'S'
  if ('N' in value) return 'N'
  if ('M' in value) return 'M'
  if ('L' in value) return 'L'
  if ('BOOL' in value) return 'BOOL'
  if ('NULL' in value) return 'NULL'
  if ('B' in value) return 'B'
  if ('SS' in value) return 'SS'
  if ('NS' in value) return 'NS'
  return 'BS'
}

/** An item's attribute, or undefined; never something inherited. */
export const attributeOf = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined

/** Sets an attribute whatever its name is. */
export function setAttribute(item: MutableItem, name: string, value: AttributeValue): void {
  if (name === '__proto__') {
    Object.defineProperty(item, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  } else item[name] = value
}
