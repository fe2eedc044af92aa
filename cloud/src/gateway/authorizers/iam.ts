import type { Environment } from '../../kernel/index.ts'
import type { FindCredential } from '../ports.ts'
import { deny, type Authorizer } from './authorizer.ts'
import { verifySignature } from './signature.ts'

/**
 * IAM authorization: requests signed with Signature Version 4 by a key that the cloud knows. Here every key is the
 * account's own and may call everything; policies of users and roles are not evaluated.
 */
export function iamAuthorizer(environment: Environment, find: FindCredential): Authorizer {
  const { region, accountId } = environment
  const userArn = `arn:aws:iam::${accountId}:root`
  return ({ request, nowMs }) => {
    const signed = verifySignature(request, { nowMs, region, service: 'execute-api', find })
    if ('problem' in signed) {
      return signed.problem === 'MissingAuthenticationTokenException'
        ? deny('unsigned', signed.message)
        : deny('signature', signed.message, signed.problem)
    }
    const accessKey = signed.accessKeyId
    const iam = {
      accessKey,
      accountId,
      callerId: accountId,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn,
      userId: accountId,
    }
    return {
      kind: 'allow',
      v1: undefined,
      v2: { iam },
      identity: { accessKey, accountId, caller: accountId, user: accountId, userArn },
    }
  }
}
