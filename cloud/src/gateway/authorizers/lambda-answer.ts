import { deny, type Verdict } from './authorizer.ts'
import { decide, readPolicy, type Decision, type Policy } from './policy.ts'
import type { RequestFacts } from './policy-condition.ts'

/** In which form a function answers: a REST API's, an HTTP API's 1.0 or 2.0, or 2.0's simple one. */
export type AnswerForm = 'rest' | '1.0' | '2.0' | 'simple'

type Context = Readonly<Record<string, unknown>>

/** An answer that can be kept and asked again for another method. */
export type LambdaAnswer = {
  readonly policy: Policy | { readonly allowed: boolean }
  readonly principalId: string | undefined
  readonly context: Context | undefined
}

/**
 * Reads what an authorizer function has answered (API Gateway, "Output from an API Gateway Lambda authorizer" and
 * "Control access to HTTP APIs with AWS Lambda authorizers").
 *
 * @returns a sentence where the answer means nothing
 */
export function readAnswer(payload: string, form: AnswerForm): LambdaAnswer | string {
  const answer = parse(payload)
  if (answer === undefined) return 'the answer is no JSON object'
  const context = readContext(answer['context'], form)
  if (typeof context === 'string') return context
  if (form === 'simple') {
    const { isAuthorized: allowed } = answer
    if (typeof allowed !== 'boolean') return 'isAuthorized is neither true nor false'
    return { policy: { allowed }, principalId: undefined, context: context.values }
  }
  const { principalId } = answer
  if (form === 'rest' && typeof principalId !== 'string') return 'principalId is missing'
  const policy = readPolicy(answer['policyDocument'])
  if (typeof policy === 'string') return policy
  return {
    policy,
    principalId: typeof principalId === 'string' ? principalId : undefined,
    context: context.values,
  }
}

/** Whether an answer lets a method be called, and what the integration's function sees of it. */
export function judge(
  { policy, principalId, context }: LambdaAnswer,
  { methodArn, facts }: { readonly methodArn: string; readonly facts: () => RequestFacts },
  latencyMs: number | undefined,
): Verdict {
  const decision =
    'allowed' in policy ? simpleDecision(policy.allowed) : decide(policy, methodArn, facts())
  if (decision !== 'allow') return deny('refused', sentences[decision])
  const v1 = {
    ...context,
    ...(principalId === undefined ? {} : { principalId }),
    ...(latencyMs === undefined ? {} : { integrationLatency: latencyMs }),
  }
  return { kind: 'allow', v1, v2: { lambda: context ?? null } }
}

const simpleDecision = (allowed: boolean): Decision => (allowed ? 'allow' : 'implicit deny')

const sentences = {
  'explicit deny': 'User is not authorized to access this resource with an explicit deny',
  'implicit deny': 'User is not authorized to access this resource',
} as const

function parse(payload: string): Context | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Context) // a JSON object: its members are looked at one by one
      : undefined
  } catch {
    return undefined
  }
}

/** REST APIs show a context as texts and refuse lists and objects in it; HTTP APIs show it as it is. */
function readContext(
  value: unknown,
  form: AnswerForm,
): { readonly values: Context | undefined } | string {
  if (value === undefined || value === null) return { values: undefined }
  if (typeof value !== 'object' || Array.isArray(value)) return 'context is no object'
  if (form !== 'rest') return { values: { ...value } }
  const texts: [string, string][] = []
  for (const [name, each] of Object.entries(value) as [string, unknown][]) {
    if (each === null) continue
    if (typeof each === 'object') return `context.${name} is neither text, number nor boolean`
    texts.push([name, typeof each === 'string' ? each : JSON.stringify(each)])
  }
  return { values: Object.fromEntries(texts) }
}
