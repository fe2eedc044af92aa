import type { Environment } from '../../kernel/index.ts'
import type { Gateway } from '../../gateway/index.ts'
import type { StateStore } from '../deploy/stack-state.ts'
import { byType } from './elements.ts'
import { httpApiDefinitions } from './http-api.ts'
import { restApiDefinitions } from './rest-api.ts'

/**
 * Keeps the gateway's APIs the same as what the stacks hold: gathers the pieces of every stack, hands over the
 * APIs that have changed and takes away those that are gone.
 */
export function apiRefresher(o: {
  readonly environment: Environment
  readonly gateway: Gateway
  readonly state: StateStore
}): () => void {
  const known = new Map<string, string>()
  return function refresh() {
    const { state } = o
    const resources = state.stacks().flatMap((stack) => [...state.resources(stack.name).values()])
    const elements = byType(resources)
    const taken = new Map<string, string>()
    const place = <D extends { apiId: string; name: string; basePath?: string }>(api: D): D => {
      const { apiId, basePath } = api
      if (basePath === undefined) return api
      const holder = taken.get(basePath)
      if (holder === undefined) {
        taken.set(basePath, api.name)
        return api
      }
      const other = `${basePath}-${apiId}`
      taken.set(other, api.name)
      o.environment.report({
        level: 'warn',
        part: 'stack',
        message: `The APIs ${holder} and ${api.name} both want the base path /${basePath}: ${api.name} is mounted at /${other}. Tag it with cloudlet:base-path.`,
      })
      return { ...api, basePath: other }
    }
    const present = new Set<string>()
    const put = <D extends { apiId: string; name: string; basePath?: string }>(
      definition: D,
      hand: (definition: D) => void,
    ): void => {
      const placed = place(definition)
      present.add(placed.apiId)
      const text = JSON.stringify(placed)
      if (known.get(placed.apiId) === text) return
      hand(placed)
      known.set(placed.apiId, text)
    }
    for (const api of restApiDefinitions(elements)) put(api, (each) => o.gateway.putRestApi(each))
    for (const api of httpApiDefinitions(elements)) put(api, (each) => o.gateway.putHttpApi(each))
    for (const apiId of known.keys()) {
      if (present.has(apiId)) continue
      o.gateway.removeApi(apiId)
      known.delete(apiId)
    }
  }
}
