import { join } from 'node:path'
import { Stack } from 'aws-cdk-lib'
import type { App } from 'aws-cdk-lib'
import { cargoStack } from '../cargo/stack.ts'
import { directoryStack } from '../directory/stack.ts'
import { identityStack } from '../identity/stack.ts'
import { managerStack } from '../manager/stack.ts'
import { telegramBotStack } from '../telegram-bot/stack.ts'
import { tokensStack } from '../tokens/stack.ts'
import { handlerBundles } from './constructs/bundle.ts'
import { existingUserPool } from './constructs/existing-user-pool.ts'
import { userPoolTrust } from './constructs/identity.ts'
import type { ServiceStackProps } from './constructs/service-stack.ts'
import { stageOf } from './constructs/stage.ts'

/** The services that need nothing of another one. */
const SERVICES: Readonly<Record<string, (app: App, props: ServiceStackProps) => void>> = {
  cargo: cargoStack,
  directory: directoryStack,
  manager: managerStack,
  identity: identityStack,
}

/** Adds every service to the app, one stack each, in the stage that the app's context names. */
export function addServices(app: App): void {
  const stage = stageOf(app.node)
  const existing = existingUserPool(app.node, process.env)
  const services = join(import.meta.dirname, '..')
  const bundles = handlerBundles(services, ['tokens', 'telegram-bot', ...Object.keys(SERVICES)])
  const users = userPoolTrust(app, stage, existing)
  const props = { stage, bundles, users }
  const tokens = tokensStack(app, props)
  telegramBotStack(app, { ...props, tokensUrl: tokens.url })
  for (const addStack of Object.values(SERVICES)) addStack(app, props)
  if (existing !== undefined) deployLast(app, users.stack)
}

/**
 * Of stacks that are deployed already, those that used the services' own pool let go of it first: CloudFormation keeps
 * the identity stack from giving it up as long as another one imports it.
 */
function deployLast(app: App, last: Stack): void {
  const others = app.node.children.filter((each) => Stack.isStack(each))
  for (const stack of others) if (stack !== last) last.addDependency(stack)
}
