import { randomUUID } from 'node:crypto'
import type { Answer } from './answer.ts'
import { isUnavailable, unavailable } from './dependency.ts'
import { readEvent } from './http-event.ts'
import type { HttpEvent, HttpRequest, HttpResult } from './http-event.ts'
import { parseJson, writeJson } from './json.ts'
import { logger } from './log.ts'
import type { Logger } from './log.ts'
import { badRequest, HttpProblem } from './problem.ts'
import { validate } from './validate.ts'
import type { Schema } from './validate.ts'

const BODY_BYTES_MAX = 256 * 1024

/** A request with what its handler needs from outside: the time, new ids, a log. */
export type HttpCall = HttpRequest & {
  readonly now: Date
  /** A random UUID v4 from the operating system's secure generator. */
  readonly newId: () => string
  readonly log: Logger
}

/** A call whose body and query have been checked. */
export type Call<Body, Query> = Omit<HttpCall, 'query'> & {
  readonly body: Body
  readonly query: Query
}

type Options<Body, Query> = {
  readonly body?: Schema<Body>
  readonly query?: Schema<Query>
  /** `exact`: numbers keep all their digits, in and out (see parseJson). */
  readonly numbers?: 'exact' | 'double'
}

type System = { readonly now: () => Date; readonly newId: () => string }

const liveSystem: System = { now: () => new Date(), newId: () => randomUUID() }

/**
 * A Lambda handler for API Gateway, REST API or HTTP API alike: checks the request, runs `run` and turns
 * what it returns or throws into an answer. An HttpProblem is answered as it says, a failed dependency as
 * 503, anything else as 500 with the error in the log alone.
 */
export function httpHandler<Body = undefined, Query = Readonly<Record<string, string>>>(
  options: Options<Body, Query>,
  run: (call: Call<Body, Query>) => Promise<Answer> | Answer,
  system: System = liveSystem,
): (event: HttpEvent) => Promise<HttpResult> {
  const numbers = options.numbers ?? 'double'
  return async (event) => {
    const request = readEvent(event)
    const log = logger({ requestId: request.requestId })
    let answer: Answer
    try {
      requireSize(request)
      const call = { ...request, now: system.now(), newId: system.newId, log }
      // Without a schema the options' types are the defaults, which these values have.
      const query = (options.query ? validate(options.query, call.query) : call.query) as Query
      const body = (options.body ? readBody(call, options.body, numbers) : undefined) as Body
      answer = await run({ ...call, query, body })
    } catch (error) {
      answer = answerTo(error, log)
    }
    return resultOf(answer, numbers, request.restApi)
  }
}

function requireSize(request: HttpRequest): void {
  if (request.bodyBytes > BODY_BYTES_MAX) {
    throw new HttpProblem(413, `The body must not be larger than ${BODY_BYTES_MAX / 1024} KB.`)
  }
}

/** The call's JSON body as `schema` has it; a 400 where it is not JSON or not valid. */
export function readBody<Body>(
  request: HttpRequest,
  schema: Schema<Body>,
  numbers: 'exact' | 'double' = 'double',
): Body {
  let value: unknown
  try {
    value = parseJson(request.bodyText, numbers)
  } catch {
    // Deep nesting ends in a RangeError: not JSON that anyone can use, either.
    throw badRequest('The body is not valid JSON.')
  }
  return validate(schema, value)
}

function answerTo(error: unknown, log: Logger): Answer {
  const problem = asProblem(error, log)
  const { status, headers, message, issues } = problem
  return { status, headers, body: { error: message, ...(issues.length > 0 ? { issues } : {}) } }
}

function asProblem(error: unknown, log: Logger): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (isUnavailable(error)) {
    log.warn('A dependency failed', { error })
    return unavailable(error)
  }
  log.error('Unexpected error', { error })
  return new HttpProblem(500, 'Something went wrong on our side. Please try again later.')
}

function resultOf(answer: Answer, numbers: 'exact' | 'double', restApi: boolean): HttpResult {
  const isText = answer.text !== undefined
  return {
    statusCode: answer.status,
    headers: {
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
      // An HTTP API sets the CORS headers itself; behind a REST API they are the function's to set
      // ("Enable CORS for a resource using proxy integrations").
      ...(restApi ? { 'access-control-allow-origin': '*' } : {}),
      ...answer.headers,
    },
    body: answer.text ?? writeJson(answer.body, numbers),
    isBase64Encoded: false,
  }
}
