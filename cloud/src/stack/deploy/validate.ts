import {
  problemAt,
  ProblemList,
  type Definition,
  type Evaluation,
  type JsonObject,
} from '../../template/index.ts'
import { checkStages } from '../apis/one-stage.ts'
import type { ResourceContext } from '../resource-context.ts'
import { refusedTypes, resourceTypes } from '../resource-types.ts'
import type { ResourceType } from '../resource-type.ts'

export type MakeContext = (logicalId: string) => ResourceContext

/**
 * Checks everything that can be checked before anything is created: that each type, property, value and attribute is
 * simulated.
 *
 * @throws TemplateError with every refusal
 */
export function validate(evaluation: Evaluation, contextOf: MakeContext): void {
  const problems = new ProblemList()
  for (const [logicalId, resource] of evaluation.resources) {
    const type = resourceTypes.get(resource.type)
    if (type === undefined) {
      problems.add(`Resource ${logicalId}`, refusal(resource.type))
      continue
    }
    type.validate(contextOf(logicalId), resource.preview, problems)
    for (const policy of ['deletionPolicy', 'updateReplacePolicy'] as const) {
      if (resource[policy] !== 'Snapshot') continue
      const name = policy === 'deletionPolicy' ? 'DeletionPolicy' : 'UpdateReplacePolicy'
      problems.add(`Resource ${logicalId}`, `${name} Snapshot is not simulated; use Retain`)
    }
    for (const reference of resource.references) checkAttribute(evaluation, reference, problems)
  }
  checkStages(evaluation, problems)
  problems.throwIfAny()
}

function refusal(type: string): string {
  const hint = refusedTypes.get(type) ?? refusedTypes.get(`${type.split('::')[0] ?? ''}::`)
  return `${type} is not simulated${hint === undefined ? '' : `: ${hint}`}`
}

function checkAttribute(
  evaluation: Evaluation,
  reference: { logicalId: string; attribute: string | undefined; path: string },
  problems: ProblemList,
): void {
  if (reference.attribute === undefined) return
  const type = resourceTypes.get(evaluation.resources.get(reference.logicalId)?.type ?? '')
  if (type === undefined || type.attributes.includes(reference.attribute)) return
  problems.add(
    reference.path,
    `${type.type} has no attribute ${reference.attribute} here (it has ${type.attributes.join(', ') || 'none'})`,
  )
}

/** The resource type of that name. */
export function typeNamed(name: string): ResourceType {
  const type = resourceTypes.get(name)
  if (type === undefined) throw problemAt(`Resource type ${name}`, 'is not simulated')
  return type
}

/** What the planned resources will be made from, to be compared with what was deployed. */
export function plannedDefinitions(
  evaluation: Evaluation,
  contextOf: MakeContext,
): ReadonlyMap<string, Definition & { readonly fingerprint: string | undefined }> {
  return new Map(
    [...evaluation.resources].map(([logicalId, resource]) => {
      const fingerprint = typeNamed(resource.type).fingerprint(
        contextOf(logicalId),
        resource.preview,
      )
      return [
        logicalId,
        {
          type: resource.type,
          preview: fingerprinted(resource.preview, fingerprint),
          dependencies: resource.dependencies,
          fingerprint,
        },
      ]
    }),
  )
}

/** Lets a change outside the template (a function's code) count as a change of the resource. */
export const fingerprinted = (preview: JsonObject, fingerprint: string | undefined): JsonObject =>
  fingerprint === undefined ? preview : { ...preview, '⟦fingerprint⟧': fingerprint }
