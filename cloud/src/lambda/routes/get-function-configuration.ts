import { configurationOf } from './configuration.ts'
import type { RouteMaker } from './context.ts'

export const getFunctionConfiguration: RouteMaker = ({ registry }) => ({
  operation: 'GetFunctionConfiguration',
  method: 'GET',
  path: '/2015-03-31/functions/{FunctionName}/configuration',
  run({ parameters, query }) {
    const target = registry.require(parameters['FunctionName'] ?? '', query.get('Qualifier'))
    return { status: 200, body: configurationOf(target.definition) }
  },
})
