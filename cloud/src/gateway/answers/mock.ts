import type { HttpResponse } from '../../kernel/index.ts'
import type { ApiCall } from '../call.ts'
import type { MockIntegration } from '../definitions.ts'
import { parameterValue, renderTemplate, type TemplateContext } from './template.ts'

/**
 * Answers a MOCK integration (API Gateway, "Set up mock integrations in API Gateway"): the request template names
 * a status, which selects the response. Undefined when none fits, which API Gateway calls a configuration error.
 */
export function mockAnswer(
  integration: MockIntegration,
  call: ApiCall,
  context: TemplateContext,
): HttpResponse | undefined {
  const status = requestedStatus(integration)
  const response =
    integration.responses.find(
      ({ selectionPattern }) =>
        selectionPattern !== undefined && new RegExp(`^(?:${selectionPattern})$`).test(status),
    ) ?? integration.responses.find(({ selectionPattern }) => selectionPattern === undefined)
  if (response === undefined) return undefined
  const prefix = 'method.response.header.'
  const headers: [string, string][] = [['content-type', 'application/json']]
  for (const [name, source] of Object.entries(response.responseParameters ?? {})) {
    const value = name.startsWith(prefix) ? parameterValue(source, call, context) : undefined
    if (value !== undefined) headers.push([name.slice(prefix.length).toLowerCase(), value])
  }
  const template = response.responseTemplates?.['application/json']
  return {
    status: Number(response.statusCode),
    headers: Object.fromEntries(headers),
    body: template === undefined ? '' : renderTemplate(template, context),
  }
}

/** CDK writes the template as `{ statusCode: 200 }`, which API Gateway takes though it is no strict JSON. */
const requestedStatus = ({ requestTemplates }: MockIntegration): string =>
  /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(
    requestTemplates?.['application/json'] ?? '',
  )?.[1] ?? '200'
