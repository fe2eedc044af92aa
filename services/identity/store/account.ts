import {
  ChangePasswordCommand,
  DeleteUserCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type {
  AttributeType,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import { problemOf } from '../domain/refusals.ts'
import { answering } from './answering.ts'

type Address = 'email' | 'phone_number'

/** What users do with their own account; who they are, their access token says to Cognito. */
export function account(client: CognitoIdentityProviderClient) {
  return {
    me: (AccessToken: string) =>
      answering(problemOf, async () => {
        const { Username, UserAttributes } = await client.send(new GetUserCommand({ AccessToken }))
        return { Username, UserAttributes: UserAttributes ?? [] }
      }),

    update: (AccessToken: string, UserAttributes: AttributeType[]) =>
      answering(problemOf, async () => {
        const { CodeDeliveryDetailsList } = await client.send(
          new UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
        )
        return { CodeDeliveryDetailsList: CodeDeliveryDetailsList ?? [] }
      }),

    sendCode: (AccessToken: string, AttributeName: Address) =>
      answering(problemOf, async () => {
        const { CodeDeliveryDetails } = await client.send(
          new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }),
        )
        return { CodeDeliveryDetails }
      }),

    verify: (AccessToken: string, AttributeName: Address, Code: string) =>
      answering(problemOf, async () => {
        await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }))
        return {}
      }),

    changePassword: (AccessToken: string, PreviousPassword: string, ProposedPassword: string) =>
      answering(problemOf, async () => {
        await client.send(
          new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }),
        )
        return {}
      }),

    remove: (AccessToken: string) =>
      answering(problemOf, async () => {
        await client.send(new DeleteUserCommand({ AccessToken }))
        return {}
      }),
  }
}
