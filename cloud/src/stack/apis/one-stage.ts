import {
  isObject,
  member,
  type Evaluation,
  type Json,
  type ProblemList,
} from '../../template/index.ts'

const stageTypes: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Stage': 'RestApiId',
  'AWS::ApiGatewayV2::Stage': 'ApiId',
}

/** The gateway serves one stage an API: a second is refused before anything is created. */
export function checkStages(evaluation: Evaluation, problems: ProblemList): void {
  const taken = new Set<string>()
  for (const [logicalId, { type, properties, preview }] of evaluation.resources) {
    const apiProperty = Object.hasOwn(stageTypes, type) ? stageTypes[type] : undefined
    if (apiProperty === undefined) continue
    const api = JSON.stringify(member(preview, apiProperty))
    if (taken.has(api)) {
      problems.add(
        `Resource ${logicalId} (${type})`,
        `is a second stage of the API ${named(member(properties, apiProperty))}; one stage an API is simulated`,
      )
    }
    taken.add(api)
  }
}

/** The API's logical id where the template refers to it. */
function named(value: Json | undefined): string {
  const reference = isObject(value) ? member(value, 'Ref') : value
  return typeof reference === 'string' ? reference : JSON.stringify(reference)
}
