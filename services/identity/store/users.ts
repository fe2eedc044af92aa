import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { usernameFilter } from '../domain/username-filter.ts'
import { problemOf } from '../domain/refusals.ts'
import { answering } from './answering.ts'

type Page = { readonly limit: number; readonly pagination_token?: string | undefined }

/** The users of the pool, for admins. */
export function users(client: CognitoIdentityProviderClient, UserPoolId: string) {
  return {
    page: ({ limit, pagination_token }: Page) =>
      answering(problemOf, async () => {
        const { Users, PaginationToken } = await client.send(
          new ListUsersCommand({ UserPoolId, Limit: limit, PaginationToken: pagination_token }),
        )
        return { Users: Users ?? [], PaginationToken }
      }),

    search: (username: string) =>
      answering(problemOf, async () => {
        const { Users } = await client.send(
          new ListUsersCommand({ UserPoolId, Filter: usernameFilter(username) }),
        )
        return { Users: Users ?? [] }
      }),
  }
}
