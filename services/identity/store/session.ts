import {
  GetTokensFromRefreshTokenCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type {
  ChallengeNameType,
  CognitoIdentityProviderClient,
  InitiateAuthResponse,
} from '@aws-sdk/client-cognito-identity-provider'
import { problemOf, signInProblem } from '../domain/refusals.ts'
import type { Challenge } from '../domain/requests.ts'
import { answering } from './answering.ts'

/** Signing in and out, through the app client `ClientId`. */
export function session(client: CognitoIdentityProviderClient, ClientId: string) {
  return {
    login: (username: string, password: string) =>
      answering(signInProblem, async () =>
        signInAnswer(
          await client.send(
            new InitiateAuthCommand({
              ClientId,
              AuthFlow: 'USER_PASSWORD_AUTH',
              AuthParameters: { USERNAME: username, PASSWORD: password },
            }),
          ),
        ),
      ),

    respond: ({ username, session, challenge, responses }: Challenge) =>
      answering(signInProblem, async () =>
        signInAnswer(
          await client.send(
            new RespondToAuthChallengeCommand({
              ClientId,
              Session: session,
              // Any name: Cognito says itself which ones there are.
              ChallengeName: challenge as ChallengeNameType,
              ChallengeResponses: { ...responses, USERNAME: username },
            }),
          ),
        ),
      ),

    /** Takes clients with and without rotation of refresh tokens; REFRESH_TOKEN_AUTH refuses those with. */
    refresh: (refreshToken: string) =>
      answering(problemOf, async () =>
        signInAnswer(
          await client.send(
            new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refreshToken }),
          ),
        ),
      ),

    /** Revokes every token of the user. */
    logout: (accessToken: string) =>
      answering(problemOf, async () => {
        await client.send(new GlobalSignOutCommand({ AccessToken: accessToken }))
        return {}
      }),
  }
}

/** Tokens, or what else must be answered first. */
function signInAnswer(answer: InitiateAuthResponse) {
  const { AuthenticationResult, ChallengeName, Session, ChallengeParameters } = answer
  return AuthenticationResult === undefined
    ? { ChallengeName, Session, ChallengeParameters }
    : { AuthenticationResult }
}
