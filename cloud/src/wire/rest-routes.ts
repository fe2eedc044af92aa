import type { RestRoute, RestService } from '../kernel/index.ts'

export type RestMatch = {
  readonly route: RestRoute
  readonly signingName: string
  readonly parameters: Readonly<Record<string, string>>
}

type CompiledRoute = {
  readonly route: RestRoute
  readonly signingName: string
  readonly segments: readonly string[]
}

const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .filter((segment, index, all) => index > 0 && !(segment === '' && index === all.length - 1))

/**
 * Finds operations by method and path. Literal segments win over parameters; a trailing slash does not matter,
 * as Lambda's own addresses are written both ways.
 */
export function restRoutes(
  services: readonly RestService[],
): (method: string, path: string, signingName: string | undefined) => RestMatch | undefined {
  const byMethod = new Map<string, CompiledRoute[]>()
  for (const { signingName, routes } of services) {
    for (const route of routes) {
      const compiled = { route, signingName, segments: segmentsOf(route.path) }
      byMethod.set(route.method, [...(byMethod.get(route.method) ?? []), compiled])
    }
  }
  for (const routes of byMethod.values())
    routes.sort((a, b) => parameterCount(a) - parameterCount(b))

  return (method, path, signingName) => {
    const segments = segmentsOf(path)
    let found: RestMatch | undefined
    for (const compiled of byMethod.get(method) ?? []) {
      const parameters = matchSegments(compiled.segments, segments)
      if (parameters === undefined) continue
      const match = { route: compiled.route, signingName: compiled.signingName, parameters }
      if (signingName === undefined || signingName === compiled.signingName) return match
      found ??= match
    }
    return found
  }
}

const isParameter = (segment: string): boolean => segment.startsWith('{')

const parameterCount = ({ segments }: CompiledRoute): number => segments.filter(isParameter).length

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const parameters: [string, string][] = []
  for (const [index, wanted] of pattern.entries()) {
    const given = segments[index] ?? ''
    if (!isParameter(wanted)) {
      if (wanted !== given) return undefined
      continue
    }
    const decoded = decodedSegment(given)
    if (decoded === undefined || decoded === '') return undefined
    parameters.push([wanted.slice(1, -1), decoded])
  }
  return Object.fromEntries(parameters)
}

function decodedSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
