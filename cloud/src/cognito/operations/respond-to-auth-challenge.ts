import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { respond } from '../flows/respond.ts'
import { authParameters, challengeName, clientId, session } from './shapes.ts'
import { operation } from './operation.ts'

/** Answers the challenge of a sign-in. */
export const respondToAuthChallenge = operation('RespondToAuthChallenge', {
  input: {
    ClientId: clientId,
    ChallengeName: challengeName,
    Session: optional(session),
    ChallengeResponses: optional(authParameters),
    ClientMetadata: optional(map(text)),
  },
  run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    const attempt = { pool, client, admin: false, clientMetadata: input.ClientMetadata ?? {} }
    return respond(ctx, attempt, input.ChallengeName, input.Session, input.ChallengeResponses ?? {})
  },
})
