import { AwsError } from '../../kernel/index.ts'
import type { RouteMaker } from './context.ts'
import { eventSourceConfigurationOf } from './event-source-configuration.ts'

export const getEventSourceMapping: RouteMaker = ({ environment, registry, eventSources }) => ({
  operation: 'GetEventSourceMapping',
  method: 'GET',
  path: '/2015-03-31/event-source-mappings/{UUID}',
  run({ parameters }) {
    const found = eventSources
      .list()
      .find(({ definition }) => definition.uuid === parameters['UUID'])
    if (found === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        'The resource you requested does not exist.',
        { status: 404 },
      )
    }
    return { status: 200, body: eventSourceConfigurationOf(environment, registry, found) }
  },
})
