import type { Environment } from '../../kernel/index.ts'
import { decodeText, type ApiCall } from '../call.ts'
import type { EventParts } from '../events/v1.ts'
import { invokeWithin, type Outcome } from '../invoke.ts'
import { authorizerTtlSecondsMax, httpAuthorizerTimeoutMsMax, restTimeoutMsMax } from '../limits.ts'
import type { InvokeFunction } from '../ports.ts'
import { deny, type Verdict } from './authorizer.ts'
import { judge, readAnswer, type AnswerForm, type LambdaAnswer } from './lambda-answer.ts'
import { requestFacts } from './policy-condition.ts'
import { resultCache } from './result-cache.ts'

/** What Lambda authorizers need from outside. */
export type LambdaPorts = { readonly environment: Environment; readonly invoke: InvokeFunction }

/** An identity, and what it asks for. */
export type Question = {
  /** What answers are kept by. */
  readonly identity: readonly string[]
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  readonly methodArn: string
  /** The call itself: policies may have conditions about it. */
  readonly call: ApiCall
  /** The function's event. */
  readonly event: () => object
}

/**
 * Asks an authorizer function, or looks up what it has answered before. Kept are answers, not verdicts: one policy is
 * asked again for each method ("cached policy applies to any cached method"). Failures are not kept.
 */
export function functionAsker(
  { environment, invoke }: LambdaPorts,
  o: { readonly functionArn: string; readonly form: AnswerForm; readonly ttlSeconds: number },
): (question: Question) => Verdict | Promise<Verdict> {
  const kept = resultCache<LambdaAnswer>()
  const ttlMs = Math.min(o.ttlSeconds, authorizerTtlSecondsMax) * 1000
  const timeoutMsMax = o.form === 'rest' ? restTimeoutMsMax : httpAuthorizerTimeoutMsMax

  function report(problem: string): void {
    const message = `The authorizer ${o.functionArn} gave no usable answer: ${problem}`
    environment.report({ level: 'warn', part: 'gateway', message })
  }

  async function ask(question: Question): Promise<Verdict> {
    const text = JSON.stringify(question.event())
    const outcome = await invokeWithin(environment, invoke, o, timeoutMsMax, text)
    if (outcome.kind !== 'answer') {
      if (saysUnauthorized(outcome)) return deny('unidentified', 'Unauthorized')
      report(outcome.kind)
      return deny('failed', outcome.kind)
    }
    const answer = readAnswer(outcome.payload, o.form)
    if (typeof answer === 'string') {
      report(answer)
      return deny('misconfigured', answer)
    }
    const answeredMs = environment.clock.now()
    if (ttlMs > 0) kept.put(question.identity, answer, answeredMs + ttlMs)
    return judgeFor(question, answer, answeredMs - question.call.nowMs)
  }

  /** @param askingMs how long the function took; HTTP APIs do not tell */
  const judgeFor = (
    { call, methodArn }: Question,
    answer: LambdaAnswer,
    askingMs: number,
  ): Verdict => {
    const facts = () => requestFacts(call)
    return judge(answer, { methodArn, facts }, o.form === 'rest' ? askingMs : undefined)
  }

  return (question) => {
    const known = ttlMs > 0 ? kept.get(question.identity, question.call.nowMs) : undefined
    return known === undefined ? ask(question) : judgeFor(question, known, 0)
  }
}

/** A function that fails with exactly this message asks for a 401. */
function saysUnauthorized(outcome: Outcome): boolean {
  if (outcome.kind !== 'function error') return false
  try {
    const error = JSON.parse(outcome.payload) as { errorMessage?: unknown } | null // Lambda writes it
    return error?.errorMessage === 'Unauthorized'
  } catch {
    return false
  }
}

/**
 * The ARN that a call's method and path have for policies. The path is the route's with its variables filled in,
 * decoded: however a client spells a path (`/%61dmin`, `/admin/`), a policy about `/admin` is about it.
 */
export function methodArn(
  { region }: Environment,
  { call, source, resource, parameters = {} }: EventParts,
): string {
  const { accountId, apiId, stage } = source
  const path =
    resource === '$default'
      ? call.path.split('/').map(decodeText).map(segment).join('/')
      : resource.replaceAll(/\{([^}]+?)(\+?)\}/g, (_, name: string, greedy: string) => {
          const value = Object.hasOwn(parameters, name) ? (parameters[name] ?? '') : ''
          return greedy === '' ? segment(value) : value
        })
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${call.request.method}${path}`
}

/** A slash in one segment stays encoded: it leads to no other path. */
const segment = (value: string): string => value.replaceAll('/', '%2F')
