import type { ApiCall } from '../call.ts'

/** `$context` variables by their path, for example `error.message`, and `stageVariables.x`. */
export type TemplateContext = Readonly<Record<string, string>>

/**
 * Fills in `$context.…` and `$stageVariables.…`, plain or in braces. Gateway responses allow nothing else of the
 * template language (API Gateway, "Gateway responses in API Gateway": "simple variable substitution").
 */
export const renderTemplate = (template: string, context: TemplateContext): string =>
  template.replaceAll(
    /\$(?:\{(context|stageVariables)\.([\w.]+)\}|(context|stageVariables)\.([\w.]*\w))/g,
    (_, braced?: string, bracedName?: string, plain?: string, plainName?: string) =>
      lookUp(context, braced ?? plain ?? '', bracedName ?? plainName ?? ''),
  )

function lookUp(context: TemplateContext, kind: string, name: string): string {
  const key = kind === 'context' ? name : `stageVariables.${name}`
  return Object.hasOwn(context, key) ? (context[key] ?? '') : ''
}

/** The value of a response parameter: `'literal'`, `context.x`, `stageVariables.x` or `method.request.….x`. */
export function parameterValue(
  source: string,
  { request, query }: ApiCall,
  context: TemplateContext,
): string | undefined {
  const literal = /^'(.*)'$/s.exec(source)
  if (literal !== null) return literal[1]
  const [, kind, name = ''] =
    /^(context|stageVariables|method\.request\.header|method\.request\.querystring)\.(.+)$/.exec(
      source,
    ) ?? []
  switch (kind) {
    case 'context':
    case 'stageVariables':
      return lookUp(context, kind, name)
    case 'method.request.header': {
      const header = name.toLowerCase()
      return Object.hasOwn(request.headers, header) ? request.headers[header] : undefined
    }
    case 'method.request.querystring':
      return new URLSearchParams(query).get(name) ?? undefined
    case undefined:
    default:
      return undefined
  }
}
