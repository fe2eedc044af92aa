import type { Client, Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import type { IssuedTokens } from '../tokens/issue.ts'

/** Someone signing in: through which client, from where, with what for the triggers. */
export type Attempt = {
  readonly pool: Pool
  readonly client: Client
  /** By AdminInitiateAuth, which trusted servers call with AWS credentials. */
  readonly admin: boolean
  readonly clientMetadata: Readonly<Record<string, string>>
  /** Takes the user when every challenge is answered, instead of tokens: the hosted pages give those later. */
  readonly signedIn?: (user: User) => void
}

/** The answer of InitiateAuth and RespondToAuthChallenge. */
export type AuthAnswer = {
  readonly ChallengeName?: string
  readonly Session?: string
  readonly ChallengeParameters: Readonly<Record<string, string>>
  readonly AvailableChallenges?: readonly string[]
  readonly AuthenticationResult?: IssuedTokens
}
