import { AwsError } from '../../../kernel/index.ts'
import { checkAttributeValue } from '../values/index.ts'
import type { AttributeValue } from '../values/index.ts'

/** What is wrong with an expression, or with what comes with it. */
export const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

const nameKey = /^#[0-9a-zA-Z_]+$/
const valueKey = /^:[0-9a-zA-Z_]+$/

/**
 * ExpressionAttributeNames and ExpressionAttributeValues of one request: checked when made, their use kept count
 * of while expressions are parsed.
 *
 * @throws AwsError ValidationException for empty maps, ill-formed keys and invalid values
 */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>
  readonly #values: ReadonlyMap<string, AttributeValue>
  readonly #unusedNames: Set<string>
  readonly #unusedValues: Set<string>

  constructor(
    names?: Readonly<Record<string, string>>,
    values?: Readonly<Record<string, AttributeValue>>,
  ) {
    this.#names = names === undefined ? none : checkNames(names)
    this.#values = values === undefined ? none : checkValues(values)
    this.#unusedNames = new Set(this.#names.keys())
    this.#unusedValues = new Set(this.#values.keys())
  }

  /** @param key such as `#n` */
  name(key: string): string {
    const name = this.#names.get(key)
    if (name === undefined) {
      throw invalid(
        `An expression attribute name used in the document path is not defined; attribute name: ${key}`,
      )
    }
    this.#unusedNames.delete(key)
    return name
  }

  /** @param key such as `:v` */
  value(key: string): AttributeValue {
    const value = this.#values.get(key)
    if (value === undefined) {
      throw invalid(
        `An expression attribute value used in expression is not defined; attribute value: ${key}`,
      )
    }
    this.#unusedValues.delete(key)
    return value
  }

  /** To be called when every expression of the request has been parsed. */
  requireAllUsed(): void {
    requireNone('Names', this.#unusedNames)
    requireNone('Values', this.#unusedValues)
  }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

function requireNone(what: 'Names' | 'Values', unused: ReadonlySet<string>): void {
  if (unused.size === 0) return
  throw invalid(
    `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${[...unused].join(', ')}}`,
  )
}

function checkNames(names: Readonly<Record<string, string>>): Map<string, string> {
  const entries = Object.entries(names)
  if (entries.length === 0) throw invalid('ExpressionAttributeNames must not be empty')
  for (const [key, name] of entries) {
    if (!nameKey.test(key)) {
      throw invalid(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`)
    }
    if (name === '') {
      throw invalid(
        `ExpressionAttributeNames contains invalid value: Empty attribute name for key ${key}`,
      )
    }
  }
  return new Map(entries)
}

function checkValues(
  values: Readonly<Record<string, AttributeValue>>,
): Map<string, AttributeValue> {
  const entries = Object.entries(values)
  if (entries.length === 0) throw invalid('ExpressionAttributeValues must not be empty')
  for (const [key] of entries) {
    if (!valueKey.test(key)) {
      throw invalid(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`)
    }
  }
  return new Map(entries.map(([key, value]) => [key, checkOne(key, value)]))
}

function checkOne(key: string, value: AttributeValue): AttributeValue {
  try {
    return checkAttributeValue(value)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalid(
      `ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`,
    )
  }
}
