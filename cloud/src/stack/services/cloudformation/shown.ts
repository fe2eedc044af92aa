import type { ResourceState, StackEvent, StackState } from '../../deploy/stack-state.ts'

/** How CloudFormation's answers write times. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

export const shownStack = (stack: StackState): object => ({
  StackId: stack.id,
  StackName: stack.name,
  ...(stack.description === undefined ? {} : { Description: stack.description }),
  StackStatus: stack.status,
  ...(stack.reason === undefined ? {} : { StackStatusReason: stack.reason }),
  CreationTime: isoTime(stack.created),
  ...(stack.updated === stack.created ? {} : { LastUpdatedTime: isoTime(stack.updated) }),
  ...(stack.status === 'DELETE_COMPLETE' ? { DeletionTime: isoTime(stack.updated) } : {}),
  DisableRollback: false,
  EnableTerminationProtection: false,
  NotificationARNs: [],
  Capabilities: [],
  Tags: [],
  RollbackConfiguration: {},
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  Parameters: Object.entries(stack.parameters).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: stack.hidden.includes(ParameterKey) ? '****' : value,
  })),
  Outputs: stack.outputs.map((output) => ({
    OutputKey: output.name,
    OutputValue: output.value,
    ...(output.description === undefined ? {} : { Description: output.description }),
    ...(output.exportName === undefined ? {} : { ExportName: output.exportName }),
  })),
})

export const shownResource = (stack: StackState, resource: ResourceState): object => ({
  StackName: stack.name,
  StackId: stack.id,
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId,
  ResourceType: resource.type,
  ResourceStatus: resource.status,
  Timestamp: isoTime(resource.updated),
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
})

/** What a list shows of a resource. */
export const summaryOf = (resource: ResourceState): object => ({
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId,
  ResourceType: resource.type,
  ResourceStatus: resource.status,
  LastUpdatedTimestamp: isoTime(resource.updated),
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
})

export const shownEvent = (event: StackEvent): object => ({
  EventId: event.id,
  StackId: event.stackId,
  StackName: event.stackName,
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  ResourceStatus: event.status,
  ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
  Timestamp: isoTime(event.time),
})
