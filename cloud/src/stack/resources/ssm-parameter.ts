import { generatedName } from '../resource-context.ts'
import { inert, oneOf, required, text } from '../property-shape.ts'
import { resourceType } from '../resource-type.ts'

/** CloudFormation, "AWS::SSM::Parameter". */
export const ssmParameter = resourceType({
  type: 'AWS::SSM::Parameter',
  properties: {
    AllowedPattern: inert,
    DataType: inert,
    Description: text,
    Name: text,
    Policies: inert,
    Tags: inert,
    Tier: inert,
    Type: required(oneOf('String', 'StringList')),
    Value: required(text),
  },
  attributes: ['Type', 'Value'],
  async create(context, wanted) {
    const name = wanted.Name ?? generatedName(context)
    await context.parts.parameters.put({
      name,
      type: wanted.Type,
      value: wanted.Value,
      modified: context.environment.clock.now(),
      ...(wanted.Description === undefined ? {} : { description: wanted.Description }),
    })
    return { physicalId: name, attributes: { Type: wanted.Type, Value: wanted.Value } }
  },
  async update(context, existing, { before, after }) {
    if (before.Name !== after.Name) return 'replace'
    await context.parts.parameters.put({
      name: existing.physicalId,
      type: after.Type,
      value: after.Value,
      modified: context.environment.clock.now(),
      ...(after.Description === undefined ? {} : { description: after.Description }),
    })
    return { ...existing, attributes: { Type: after.Type, Value: after.Value } }
  },
  remove: (context, existing) => context.parts.parameters.remove(existing.physicalId),
})
