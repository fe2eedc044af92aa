import { pathToFileURL } from 'node:url'
import { configurationOf } from './configuration.ts'
import type { RouteMaker } from './context.ts'

/** GetFunction: the configuration, and where the code lies (a file address: there is no S3 here). */
export const getFunction: RouteMaker = ({ registry }) => ({
  operation: 'GetFunction',
  method: 'GET',
  path: '/2015-03-31/functions/{FunctionName}',
  run({ parameters, query }) {
    const { definition } = registry.require(
      parameters['FunctionName'] ?? '',
      query.get('Qualifier'),
    )
    const { reservedConcurrency, tags } = definition
    return {
      status: 200,
      body: {
        Configuration: configurationOf(definition),
        Code: { RepositoryType: 'file', Location: pathToFileURL(definition.codeFolder).href },
        ...(Object.keys(tags).length > 0 ? { Tags: tags } : {}),
        ...(reservedConcurrency === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
      },
    }
  },
})
