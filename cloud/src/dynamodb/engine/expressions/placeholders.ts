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
  readonly #names: Readonly<Record<string, string>>
  readonly #values: Readonly<Record<string, AttributeValue>>
  readonly #used = new Set<string>()

  constructor(
    names?: Readonly<Record<string, string>>,
    values?: Readonly<Record<string, AttributeValue>>,
  ) {
    this.#names = names === undefined ? {} : checkNames(names)
    this.#values = values === undefined ? {} : checkValues(values)
  }

  /** @param key such as `#n` */
  name(key: string): string {
    const name = this.#names[key]
    if (name === undefined) {
      throw invalid(
        `An expression attribute name used in the document path is not defined; attribute name: ${key}`,
      )
    }
    this.#used.add(key)
    return name
  }

  /** @param key such as `:v` */
  value(key: string): AttributeValue {
    const value = this.#values[key]
    if (value === undefined) {
      throw invalid(
        `An expression attribute value used in expression is not defined; attribute value: ${key}`,
      )
    }
    this.#used.add(key)
    return value
  }

  /** To be called when every expression of the request has been parsed. */
  requireAllUsed(): void {
    this.#requireAll('Names', this.#names)
    this.#requireAll('Values', this.#values)
  }

  #requireAll(what: 'Names' | 'Values', given: Readonly<Record<string, unknown>>): void {
    const unused = Object.keys(given).filter((key) => !this.#used.has(key))
    if (unused.length === 0) return
    throw invalid(
      `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(', ')}}`,
    )
  }
}

/* Keys begin with # or :, so that no key is the name of something that objects inherit. */

function checkNames(names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
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
  return names
}

function checkValues(
  values: Readonly<Record<string, AttributeValue>>,
): Readonly<Record<string, AttributeValue>> {
  const keys = Object.keys(values)
  if (keys.length === 0) throw invalid('ExpressionAttributeValues must not be empty')
  for (const key of keys) {
    if (!valueKey.test(key)) {
      throw invalid(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`)
    }
  }
  const checked: Record<string, AttributeValue> = {}
  for (const key of keys) {
    const value = values[key]
    if (value !== undefined) checked[key] = checkOne(key, value)
  }
  return checked
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
