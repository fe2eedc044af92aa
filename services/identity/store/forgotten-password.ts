import {
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { pretendedDelivery } from '../domain/pretended-delivery.ts'
import { problemOf, tellsExistence } from '../domain/refusals.ts'
import { answering } from './answering.ts'

/**
 * A new password for who forgot the old one, through the app client `ClientId`.
 *
 * @param deliveryKey see pretendedDelivery
 */
export function forgottenPassword(
  client: CognitoIdentityProviderClient,
  ClientId: string,
  deliveryKey: string,
) {
  return {
    /** One call to Cognito, whoever asks: who exists shows in neither answer nor time of ours. */
    sendCode: (username: string) =>
      answering(problemOf, async () => {
        try {
          const { CodeDeliveryDetails } = await client.send(
            new ForgotPasswordCommand({ ClientId, Username: username }),
          )
          return { CodeDeliveryDetails }
        } catch (error) {
          if (!tellsExistence(error)) throw error
          return { CodeDeliveryDetails: pretendedDelivery(deliveryKey, username) }
        }
      }),

    confirm: (username: string, code: string, password: string) =>
      answering(problemOf, async () => {
        await client.send(
          new ConfirmForgotPasswordCommand({
            ClientId,
            Username: username,
            ConfirmationCode: code,
            Password: password,
          }),
        )
        return {}
      }),
  }
}
