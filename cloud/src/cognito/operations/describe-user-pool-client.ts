import { requireClient } from '../context.ts'
import { shownClient } from '../pools/client-settings.ts'
import { clientId, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** An app client's settings, its secret included. */
export const describeUserPoolClient = operation('DescribeUserPoolClient', {
  input: { UserPoolId: userPoolId, ClientId: clientId },
  run(ctx, input) {
    const { client } = requireClient(ctx, input.ClientId, input.UserPoolId)
    return { UserPoolClient: shownClient(client) }
  },
})
