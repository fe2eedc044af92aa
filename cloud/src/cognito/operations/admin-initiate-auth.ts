import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { initiate } from '../flows/initiate.ts'
import { authFlow, authParameters, clientId, session, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Begins a sign-in on behalf of a trusted server. */
export const adminInitiateAuth = operation('AdminInitiateAuth', {
  input: {
    UserPoolId: userPoolId,
    ClientId: clientId,
    AuthFlow: authFlow,
    AuthParameters: optional(authParameters),
    ClientMetadata: optional(map(text)),
    Session: optional(session),
  },
  run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId, input.UserPoolId)
    const attempt = { pool, client, admin: true, clientMetadata: input.ClientMetadata ?? {} }
    return initiate(ctx, attempt, input.AuthFlow, input.AuthParameters ?? {})
  },
})
