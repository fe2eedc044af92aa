import { noCondition, readCondition, type RequestFacts } from './policy-condition.ts'
import { wildcardMatch } from './wildcard.ts'

/** What a policy says of a resource. */
export type Decision = 'allow' | 'explicit deny' | 'implicit deny'

type Statement = {
  readonly effect: 'Allow' | 'Deny'
  readonly covers: (arn: string, facts: RequestFacts) => boolean
}

export type Policy = readonly Statement[]

const ACTION = 'execute-api:invoke'

/**
 * Reads the policy document of a Lambda authorizer's answer (API Gateway, "Output from an API Gateway Lambda
 * authorizer").
 *
 * @returns a sentence where it is no policy
 */
export function readPolicy(document: unknown): Policy | string {
  if (!isObject(document)) return 'policyDocument is missing'
  const { Statement: given } = document
  const statements: Statement[] = []
  for (const each of Array.isArray(given) ? given : [given]) {
    const statement = readStatement(each)
    if (typeof statement === 'string') return statement
    statements.push(statement)
  }
  return statements
}

/** A statement that denies wins; what no statement covers is denied implicitly. */
export function decide(policy: Policy, arn: string, facts: RequestFacts): Decision {
  const covering = policy.filter(({ covers }) => covers(arn, facts))
  if (covering.some(({ effect }) => effect === 'Deny')) return 'explicit deny'
  return covering.length > 0 ? 'allow' : 'implicit deny'
}

function readStatement(value: unknown): Statement | string {
  if (!isObject(value)) return 'Statement is no object'
  const { Effect: effect, Action: actions, NotAction, Resource: resources, NotResource } = value
  if (effect !== 'Allow' && effect !== 'Deny') return 'Effect is neither Allow nor Deny'
  const condition =
    value['Condition'] === undefined ? noCondition : readCondition(value['Condition'])
  if (typeof condition === 'string') return condition
  if ((actions === undefined) === (NotAction === undefined)) return 'Action is missing'
  if ((resources === undefined) === (NotResource === undefined)) return 'Resource is missing'
  const actionPatterns = texts(actions ?? NotAction)
  const resourcePatterns = texts(resources ?? NotResource)
  if (actionPatterns === undefined) return 'Action is no text'
  if (resourcePatterns === undefined) return 'Resource is no text'
  const named = actionPatterns.some((pattern) => wildcardMatch(pattern.toLowerCase(), ACTION))
  const acts = named === (actions !== undefined)
  return {
    effect,
    covers(arn, facts) {
      if (!acts) return false
      const listed = resourcePatterns.some((pattern) => wildcardMatch(pattern, arn))
      return listed === (resources !== undefined) && condition(facts)
    },
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function texts(value: unknown): readonly string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const found = list.filter((each) => typeof each === 'string')
  return found.length === list.length && list.length > 0 ? found : undefined
}
