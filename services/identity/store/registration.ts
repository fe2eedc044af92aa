import {
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { problemOf } from '../domain/refusals.ts'
import type { SignUp } from '../domain/requests.ts'
import { answering } from './answering.ts'

/** How people come into the pool, through the app client `ClientId`. */
export function registration(client: CognitoIdentityProviderClient, ClientId: string) {
  return {
    signUp: ({ username, password, email }: SignUp) =>
      answering(problemOf, async () => {
        const { UserConfirmed, UserSub, CodeDeliveryDetails } = await client.send(
          new SignUpCommand({
            ClientId,
            Username: username,
            Password: password,
            UserAttributes: [{ Name: 'email', Value: email }],
          }),
        )
        return { UserConfirmed, UserSub, CodeDeliveryDetails }
      }),

    confirm: (username: string, code: string) =>
      answering(problemOf, async () => {
        const input = { ClientId, Username: username, ConfirmationCode: code }
        await client.send(new ConfirmSignUpCommand(input))
        return {}
      }),

    resendCode: (username: string) =>
      answering(problemOf, async () => {
        const { CodeDeliveryDetails } = await client.send(
          new ResendConfirmationCodeCommand({ ClientId, Username: username }),
        )
        return { CodeDeliveryDetails }
      }),
  }
}
