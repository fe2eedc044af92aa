import { AwsError, type RestRoute } from '../../kernel/index.ts'

const FUNCTIONS = '/2015-03-31/functions'
const FUNCTION = `${FUNCTIONS}/{FunctionName}`
const MAPPINGS = '/2015-03-31/event-source-mappings'

/** Operations of the Lambda API that are refused by name: what is deployed comes from the template. */
const REFUSED: readonly (readonly [string, RestRoute['method'], string])[] = [
  ['CreateFunction', 'POST', FUNCTIONS],
  ['DeleteFunction', 'DELETE', FUNCTION],
  ['UpdateFunctionCode', 'PUT', `${FUNCTION}/code`],
  ['PublishVersion', 'POST', `${FUNCTION}/versions`],
  ['ListVersionsByFunction', 'GET', `${FUNCTION}/versions`],
  ['CreateAlias', 'POST', `${FUNCTION}/aliases`],
  ['ListAliases', 'GET', `${FUNCTION}/aliases`],
  ['GetAlias', 'GET', `${FUNCTION}/aliases/{Name}`],
  ['UpdateAlias', 'PUT', `${FUNCTION}/aliases/{Name}`],
  ['DeleteAlias', 'DELETE', `${FUNCTION}/aliases/{Name}`],
  ['AddPermission', 'POST', `${FUNCTION}/policy`],
  ['GetPolicy', 'GET', `${FUNCTION}/policy`],
  ['RemovePermission', 'DELETE', `${FUNCTION}/policy/{StatementId}`],
  ['PutFunctionConcurrency', 'PUT', '/2017-10-31/functions/{FunctionName}/concurrency'],
  ['DeleteFunctionConcurrency', 'DELETE', '/2017-10-31/functions/{FunctionName}/concurrency'],
  ['GetFunctionConcurrency', 'GET', '/2019-09-30/functions/{FunctionName}/concurrency'],
  [
    'PutFunctionEventInvokeConfig',
    'PUT',
    '/2019-09-25/functions/{FunctionName}/event-invoke-config',
  ],
  [
    'GetFunctionEventInvokeConfig',
    'GET',
    '/2019-09-25/functions/{FunctionName}/event-invoke-config',
  ],
  ['CreateFunctionUrlConfig', 'POST', '/2021-10-31/functions/{FunctionName}/url'],
  ['GetFunctionUrlConfig', 'GET', '/2021-10-31/functions/{FunctionName}/url'],
  ['CreateEventSourceMapping', 'POST', MAPPINGS],
  ['UpdateEventSourceMapping', 'PUT', `${MAPPINGS}/{UUID}`],
  ['DeleteEventSourceMapping', 'DELETE', `${MAPPINGS}/{UUID}`],
  ['InvokeAsync', 'POST', '/2014-11-13/functions/{FunctionName}/invoke-async'],
  [
    'InvokeWithResponseStream',
    'POST',
    '/2021-11-15/functions/{FunctionName}/response-streaming-invocations',
  ],
  ['ListTags', 'GET', '/2017-03-31/tags/{Resource}'],
  ['TagResource', 'POST', '/2017-03-31/tags/{Resource}'],
  ['UntagResource', 'DELETE', '/2017-03-31/tags/{Resource}'],
  ['GetAccountSettings', 'GET', '/2016-08-19/account-settings'],
  ['ListLayers', 'GET', '/2018-10-31/layers'],
]

export const refusedRoutes: readonly RestRoute[] = REFUSED.map(([operation, method, path]) => ({
  operation,
  method,
  path,
  run() {
    throw new AwsError(
      'InvalidRequestContentException',
      `Lambda's ${operation} is not simulated. Functions and event-source mappings come from the CloudFormation template that is deployed.`,
    )
  },
}))
