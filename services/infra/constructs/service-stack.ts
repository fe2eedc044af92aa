import { DefaultStackSynthesizer, Stack, Tags } from 'aws-cdk-lib'
import type { App, IStackSynthesizer } from 'aws-cdk-lib'
import type { HandlerBundles } from './bundle.ts'
import type { UserPoolTrust } from './identity.ts'
import { physicalName } from './stage.ts'
import type { Stage } from './stage.ts'

/** What the app hands to each service's stack. */
export type ServiceStackProps = {
  readonly stage: Stage
  readonly bundles: HandlerBundles
  /** The user pool and app client whose tokens the services accept. */
  readonly users: UserPoolTrust
}

/** An empty stack for the service `name`; no account or region, so that it deploys anywhere. */
export function serviceStack(app: App, name: string, stage: Stage, description: string): Stack {
  // The cdk command checks the bootstrap version itself; without the rule a template needs no parameter store.
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false })
  const stack = new Stack(app, physicalName(stage, name), {
    description,
    // A cast, because the library's own types differ under exactOptionalPropertyTypes.
    synthesizer: synthesizer as IStackSynthesizer,
  })
  Tags.of(stack).add('service', name)
  Tags.of(stack).add('stage', stage.name)
  return stack
}
