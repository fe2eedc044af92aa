import { unqualified } from '../function-name.ts'

/**
 * The function that an integration's URI names: the ARN itself, or API Gateway's form
 * `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`.
 */
export const functionArn = (uri: string): string =>
  unqualified(
    /^arn:[^:]*:apigateway:[^:]*:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(
      uri,
    )?.[1] ?? uri,
  )
