import { unqualified } from '../function-name.ts'
import {
  inert,
  members,
  number,
  refused,
  required,
  text,
  type PropertiesOf,
} from '../property-shape.ts'
import { generatedName, type ResourceContext } from '../resource-context.ts'
import { resourceType } from '../resource-type.ts'

/** CloudFormation, "AWS::Lambda::EventInvokeConfig". */
const properties = {
  DestinationConfig: members({
    OnFailure: members({ Destination: required(text) }),
    OnSuccess: refused('only failed events have a destination here'),
  }),
  FunctionName: required(text),
  MaximumEventAgeInSeconds: number,
  MaximumRetryAttempts: number,
  Qualifier: inert,
} as const

type ConfigProperties = PropertiesOf<typeof properties>

/** Lambda, "Retry behavior": what counts without a configuration. */
const retryAttemptsDefault = 2
const eventAgeSecondsDefault = 6 * 3600

export const lambdaEventInvokeConfig = resourceType({
  type: 'AWS::Lambda::EventInvokeConfig',
  properties,
  create(context, wanted) {
    apply(context, wanted)
    return { physicalId: generatedName(context), attributes: {} }
  },
  update(context, existing, { before, after }) {
    if (before.FunctionName !== after.FunctionName) return 'replace'
    apply(context, after)
    return existing
  },
  remove(context, _existing, { FunctionName }) {
    if (context.parts.functions.get(unqualified(FunctionName)) !== undefined)
      apply(context, { FunctionName })
  },
  restore: (context, _existing, wanted) => apply(context, wanted),
})

function apply(context: ResourceContext, wanted: ConfigProperties): void {
  const { functions } = context.parts
  const known = functions.get(unqualified(wanted.FunctionName))
  if (known === undefined) throw new Error(`There is no function ${wanted.FunctionName}.`)
  const destination = wanted.DestinationConfig?.OnFailure?.Destination
  functions.put({
    ...known,
    ...(destination === undefined ? {} : { onFailure: destination }),
    maximumRetryAttempts: wanted.MaximumRetryAttempts ?? retryAttemptsDefault,
    maximumEventAgeSeconds: wanted.MaximumEventAgeInSeconds ?? eventAgeSecondsDefault,
  })
}
