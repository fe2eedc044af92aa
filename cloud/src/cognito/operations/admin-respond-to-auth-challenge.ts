import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { respond } from '../flows/respond.ts'
import { authParameters, challengeName, clientId, session, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Answers the challenge of a sign-in that a trusted server began. */
export const adminRespondToAuthChallenge = operation('AdminRespondToAuthChallenge', {
  input: {
    UserPoolId: userPoolId,
    ClientId: clientId,
    ChallengeName: challengeName,
    ChallengeResponses: optional(authParameters),
    Session: optional(session),
    ClientMetadata: optional(map(text)),
  },
  run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId, input.UserPoolId)
    const attempt = { pool, client, admin: true, clientMetadata: input.ClientMetadata ?? {} }
    return respond(ctx, attempt, input.ChallengeName, input.Session, input.ChallengeResponses ?? {})
  },
})
