import { join } from 'node:path'
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib'
import { tokensStack } from '../tokens/stack.ts'
import { handlerBundles } from './constructs/bundle.ts'
import { identityStack } from './constructs/identity.ts'
import { stageOf } from './constructs/stage.ts'

const app = new App({
  analyticsReporting: false,
  // The cdk command checks the bootstrap version itself; without the rule the template needs no parameter store.
  defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
})
const stage = stageOf(app.node)
const services = join(import.meta.dirname, '..')
const bundles = handlerBundles(services, ['tokens'])
const users = identityStack(app, stage)
tokensStack(app, { stage, bundles, users })
app.synth()
