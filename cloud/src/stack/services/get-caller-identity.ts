import { operation } from './operation.ts'

/** AWS STS, "GetCallerIdentity": every caller is the account's root. */
export const getCallerIdentity = operation('GetCallerIdentity', {
  input: {},
  run: ({ environment: { accountId } }) => ({
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:root`,
    UserId: accountId,
  }),
})
