import { BlockList, isIP } from 'node:net'
import type { ApiCall } from '../call.ts'
import { wildcardMatch } from './wildcard.ts'

/** What a call is known by, under the condition keys' names in lower case. */
export type RequestFacts = ReadonlyMap<string, string>

/** Whether a statement holds for a call. */
export type Condition = (facts: RequestFacts) => boolean

export const noCondition: Condition = () => true

/**
 * The keys that API Gateway knows of callers who did not sign (API Gateway, "AWS condition keys that can be used in API
 * Gateway resource policies"; those of private APIs are absent here).
 */
export function requestFacts({ request, nowMs }: ApiCall): RequestFacts {
  const facts = new Map([
    ['aws:sourceip', request.remoteAddress.replace(/^::ffff:/, '')],
    ['aws:currenttime', new Date(nowMs).toISOString()],
    ['aws:epochtime', String(Math.floor(nowMs / 1000))],
    // API Gateway serves HTTPS alone: a policy that insists on it must hold here, too.
    ['aws:securetransport', 'true'],
  ])
  const { 'user-agent': agent, referer } = request.headers
  if (agent !== undefined) facts.set('aws:useragent', agent)
  if (referer !== undefined) facts.set('aws:referer', referer)
  return facts
}

/** Compares a fact with what a policy says; undefined where the policy says nothing that makes sense. */
type Compare = (wanted: string) => ((fact: string) => boolean) | undefined
type Operator = { readonly compare: Compare; readonly negated?: true }

/**
 * Reads a `Condition` (IAM, "IAM JSON policy elements: Condition operators"): operators and keys are joined by AND,
 * the values of one key by OR, by NOR where the operator negates.
 *
 * @returns a sentence where it is none
 */
export function readCondition(value: unknown): Condition | string {
  if (!isObject(value)) return 'Condition is no object'
  const all: Condition[] = []
  for (const [operator, keys] of Object.entries(value)) {
    if (!isObject(keys)) return `${operator} is no object`
    for (const [key, wanted] of Object.entries(keys)) {
      const condition = readTest(operator, key.toLowerCase(), wanted)
      if (typeof condition === 'string') return condition
      all.push(condition)
    }
  }
  return (facts) => all.every((holds) => holds(facts))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function readTest(operator: string, key: string, wanted: unknown): Condition | string {
  const values = texts(wanted)
  if (values === undefined) return `The value of ${key} is no text`
  const [, set, name = '', ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  if (name === 'Null') return nullTest(key, values)
  const known = operators.get(name)
  if (known === undefined) return `${operator} is no condition operator`
  const tests: ((fact: string) => boolean)[] = []
  for (const each of values) {
    const test = known.compare(each)
    if (test === undefined) return `${each} is no value for ${operator}`
    tests.push(test)
  }
  const negated = known.negated === true
  // "If the key is not present, the values do not match": true for operators that negate. Of no values, all match.
  const absent = ifExists !== undefined || set === 'ForAllValues:' || (negated && set === undefined)
  return (facts) => {
    const fact = facts.get(key)
    if (fact === undefined) return absent
    return tests.some((matches) => matches(fact)) !== negated
  }
}

function nullTest(key: string, values: readonly string[]): Condition | string {
  const wanted = values.map((each) => each.toLowerCase())
  if (!wanted.every((each) => each === 'true' || each === 'false')) {
    return 'Null wants true or false'
  }
  return (facts) => wanted.includes(facts.has(key) ? 'false' : 'true')
}

function texts(value: unknown): readonly string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const found = list.filter((each) => ['string', 'number', 'boolean'].includes(typeof each))
  return found.length === list.length && list.length > 0 ? found.map(String) : undefined
}

/** Policy variables (`${aws:SourceIp}`) are not filled in: such a policy is refused, for it would not mean what it says. */
const onText =
  (test: (fact: string, wanted: string) => boolean): Compare =>
  (wanted) =>
    wanted.includes('${') ? undefined : (fact) => test(fact, wanted)

const onNumber =
  (
    test: (fact: number, wanted: number) => boolean,
    read: (text: string) => number = Number,
  ): Compare =>
  (text) => {
    const wanted = read(text)
    return Number.isNaN(wanted) ? undefined : (fact) => test(read(fact), wanted)
  }

/** A date as ISO 8601 writes it, or seconds since 1970, which `aws:EpochTime` is compared with as well. */
const dateMs = (text: string): number =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)

const inRange: Compare = (range) => {
  const [address = '', bits] = range.split('/')
  const family = isIP(address)
  const bitsMax = family === 4 ? 32 : 128
  const prefix = bits === undefined ? bitsMax : Number(bits)
  if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > bitsMax) return undefined
  const list = new BlockList()
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  return (fact) => isIP(fact) === family && list.check(fact, family === 4 ? 'ipv4' : 'ipv6')
}

const equals = onText((fact, wanted) => fact === wanted)
const like = onText((fact, wanted) => wildcardMatch(wanted, fact))
const equalsIgnoringCase = onText((fact, wanted) => fact.toLowerCase() === wanted.toLowerCase())
const ordered = {
  Equals: (fact: number, wanted: number) => fact === wanted,
  LessThan: (fact: number, wanted: number) => fact < wanted,
  LessThanEquals: (fact: number, wanted: number) => fact <= wanted,
  GreaterThan: (fact: number, wanted: number) => fact > wanted,
  GreaterThanEquals: (fact: number, wanted: number) => fact >= wanted,
} as const

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', { compare: equals }],
  ['StringNotEquals', { compare: equals, negated: true }],
  ['StringEqualsIgnoreCase', { compare: equalsIgnoringCase }],
  ['StringNotEqualsIgnoreCase', { compare: equalsIgnoringCase, negated: true }],
  ['StringLike', { compare: like }],
  ['StringNotLike', { compare: like, negated: true }],
  ['ArnEquals', { compare: like }],
  ['ArnNotEquals', { compare: like, negated: true }],
  ['ArnLike', { compare: like }],
  ['ArnNotLike', { compare: like, negated: true }],
  ['Bool', { compare: equalsIgnoringCase }],
  ['BinaryEquals', { compare: equals }],
  ['IpAddress', { compare: inRange }],
  ['NotIpAddress', { compare: inRange, negated: true }],
  ['NumericNotEquals', { compare: onNumber(ordered.Equals), negated: true }],
  ['DateNotEquals', { compare: onNumber(ordered.Equals, dateMs), negated: true }],
  ...Object.entries(ordered).flatMap(([order, test]): [string, Operator][] => [
    [`Numeric${order}`, { compare: onNumber(test) }],
    [`Date${order}`, { compare: onNumber(test, dateMs) }],
  ]),
])
