import { unqualified } from '../function-name.ts'
import { inert, refused, required, text } from '../property-shape.ts'
import { resourceType } from '../resource-type.ts'

/**
 * CloudFormation, "AWS::Lambda::Version". A version is a name for the function as it is now: here every version runs
 * the code that was deployed last.
 */
export const lambdaVersion = resourceType({
  type: 'AWS::Lambda::Version',
  properties: {
    CodeSha256: inert,
    Description: inert,
    FunctionName: required(text),
    FunctionScalingConfig: inert,
    ProvisionedConcurrencyConfig: inert,
    RuntimePolicy: inert,
  },
  attributes: ['FunctionArn', 'Version'],
  create(context, wanted) {
    const known = context.parts.functions.get(unqualified(wanted.FunctionName))
    const arn = known?.arn ?? wanted.FunctionName
    const version = String(Math.max(1, context.serial))
    return {
      physicalId: `${arn}:${version}`,
      attributes: { FunctionArn: `${arn}:${version}`, Version: version },
    }
  },
  update: (_context, existing, { before, after }) =>
    before.FunctionName === after.FunctionName ? existing : 'replace',
})

/** CloudFormation, "AWS::Lambda::Alias". Points at the function as it was deployed last. */
export const lambdaAlias = resourceType({
  type: 'AWS::Lambda::Alias',
  properties: {
    Description: inert,
    FunctionName: required(text),
    FunctionVersion: inert,
    Name: required(text),
    ProvisionedConcurrencyConfig: inert,
    RoutingConfig: refused('an alias points at one version: the one deployed last'),
  },
  attributes: ['AliasArn'],
  create(context, wanted) {
    const known = context.parts.functions.get(unqualified(wanted.FunctionName))
    const arn = `${known?.arn ?? unqualified(wanted.FunctionName)}:${wanted.Name}`
    return { physicalId: arn, attributes: { AliasArn: arn } }
  },
  update: (_context, existing, { before, after }) =>
    before.FunctionName === after.FunctionName && before.Name === after.Name ? existing : 'replace',
})
