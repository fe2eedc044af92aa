import type { Environment, HttpResponse } from '../kernel/index.ts'
import { apiAuthorizers, type MakeAuthorizer } from './authorizers/index.ts'
import type { Asked, Authorizer, Verdict } from './authorizers/authorizer.ts'
import type { ApiCall } from './call.ts'
import type { AuthorizerDefinition, StageDefinition, ThrottlingDefinition } from './definitions.ts'
import type { EventParts } from './events/v1.ts'
import { headerBytes } from './headers.ts'
import { gatewayBodyBytesMax, headerBytesMax } from './limits.ts'
import type { InvokeFunction } from './ports.ts'
import { createRouter } from './router.ts'
import { throttle } from './token-bucket.ts'

/** What APIs need to answer. */
export type ApiPorts = {
  readonly environment: Environment
  readonly invoke: InvokeFunction
  readonly makeAuthorizer: MakeAuthorizer
}

/** A call that has found its route. */
export type Found<R> = {
  readonly call: ApiCall
  readonly route: R
  readonly parameters: Record<string, string> | undefined
}

/** A call that may go on. */
export type Passed<R> = Found<R> & {
  /** Undefined where the route has no authorizer. */
  readonly allowed: Extract<Verdict, { kind: 'allow' }> | undefined
}

/** Why a call goes no further. */
export type Refusal =
  | { readonly kind: 'too large' | 'headers too large' | 'no route' | 'throttled' }
  | { readonly kind: 'denied'; readonly verdict: Extract<Verdict, { kind: 'deny' }> }

type Route = {
  readonly method: string
  readonly path: string
  readonly authorizer?: string
  readonly scopes?: readonly string[]
  readonly throttling?: ThrottlingDefinition
  readonly resourceId?: string
}

type Ready<R> = {
  readonly method: string
  readonly path: string
  readonly route: R
  readonly authorize: Authorizer | undefined
  readonly mayPass: ((nowMs: number) => boolean) | undefined
}

type Answer = HttpResponse | Promise<HttpResponse>

/**
 * What every API does with a call before its integration: limits, route, throttle, authorizer, in this order. `Ids`
 * is what the kind of API gives each call to be known by.
 *
 * @throws AwsError BadRequestException for an authorizer that is missing or of a kind that is not simulated
 */
export function stagePipeline<R extends Route, Ids>(
  definition: {
    readonly routes: readonly R[]
    readonly stage: StageDefinition
    readonly authorizers?: Readonly<Record<string, AuthorizerDefinition>>
  },
  mode: 'resources' | 'routes',
  makeAuthorizer: MakeAuthorizer,
  steps: {
    readonly run: (passed: Passed<R>, ids: Ids) => Answer
    readonly refuse: (refusal: Refusal, call: ApiCall, ids: Ids, route: R | undefined) => Answer
    /** The call as events show it, without a body, for authorizers. */
    readonly parts: (found: Found<R>, ids: Ids) => EventParts
  },
): (call: ApiCall, ids: Ids) => Answer {
  const authorizerOf = apiAuthorizers(definition.authorizers, makeAuthorizer)
  const routes = definition.routes.map((route): Ready<R> => ({
    method: route.method,
    path: route.path,
    route,
    authorize: authorizerOf(route),
    mayPass: throttle(route.throttling),
  }))
  const find = createRouter(routes, mode)
  const stageMayPass = throttle(definition.stage.throttling)

  return (call, ids) => {
    const { request, nowMs } = call
    const refuse = (refusal: Refusal, route?: R): Answer => steps.refuse(refusal, call, ids, route)
    if (request.body.length > gatewayBodyBytesMax) return refuse({ kind: 'too large' })
    if (headerBytes(request.target, request.headers) > headerBytesMax) {
      return refuse({ kind: 'headers too large' })
    }
    const match = find(request.method, call.path)
    if (match === undefined) return refuse({ kind: 'no route' })
    const { parameters } = match
    const { route, authorize, mayPass } = match.route
    if (stageMayPass?.(nowMs) === false || mayPass?.(nowMs) === false) {
      return refuse({ kind: 'throttled' }, route)
    }
    if (authorize === undefined) {
      return steps.run({ call, route, parameters, allowed: undefined }, ids)
    }
    const decide = (verdict: Verdict): Answer =>
      verdict.kind === 'deny'
        ? refuse({ kind: 'denied', verdict }, route)
        : steps.run({ call, route, parameters, allowed: verdict }, ids)
    const asked: Asked = {
      scopes: route.scopes ?? [],
      routeKey: routeKey(route),
      resourceId: route.resourceId,
      parts: () => steps.parts({ call, route, parameters }, ids),
    }
    const verdict = authorize(call, asked)
    return verdict instanceof Promise ? verdict.then(decide) : decide(verdict)
  }
}

/** `GET /users/{userId}`, or `$default`. */
export const routeKey = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  path === '$default' ? path : `${method} ${path}`
