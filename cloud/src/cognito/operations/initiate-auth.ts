import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { initiate } from '../flows/initiate.ts'
import { authFlow, authParameters, clientId, session } from './shapes.ts'
import { operation } from './operation.ts'

/** Begins a sign-in. */
export const initiateAuth = operation('InitiateAuth', {
  input: {
    AuthFlow: authFlow,
    AuthParameters: optional(authParameters),
    ClientMetadata: optional(map(text)),
    ClientId: clientId,
    Session: optional(session),
  },
  run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    const attempt = { pool, client, admin: false, clientMetadata: input.ClientMetadata ?? {} }
    return initiate(ctx, attempt, input.AuthFlow, input.AuthParameters ?? {})
  },
})
