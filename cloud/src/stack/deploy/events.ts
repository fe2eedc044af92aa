import type { Tools } from './deployer.ts'
import type { StackState } from './stack-state.ts'

type About = {
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason?: string
}

/** Writes down what has happened to a resource. */
export const recordEvent = (tools: Tools, stack: StackState, about: About): Promise<void> =>
  tools.state.addEvent({
    stackId: stack.id,
    stackName: stack.name,
    logicalId: about.logicalId,
    physicalId: about.physicalId,
    type: about.type,
    status: about.status,
    ...(about.reason === undefined ? {} : { reason: about.reason }),
    time: tools.environment.clock.now(),
  })

/** Writes down what has happened to the stack itself. */
export const stackEvent = (tools: Tools, stack: StackState): Promise<void> =>
  recordEvent(tools, stack, {
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status: stack.status,
    ...(stack.reason === undefined ? {} : { reason: stack.reason }),
  })
