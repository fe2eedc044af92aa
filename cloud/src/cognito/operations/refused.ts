import { AwsError, type Operation } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'

/** Operations of Amazon Cognito that are not offered here: refused by name, never accepted in silence. */
const refusedNames = [
  'AddUserPoolClientSecret',
  'AdminDisableProviderForUser',
  'AdminLinkProviderForUser',
  'AdminListUserAuthEvents',
  'AdminSetUserSettings',
  'AdminUpdateAuthEventFeedback',
  'CompleteWebAuthnRegistration',
  'CreateIdentityProvider',
  'CreateManagedLoginBranding',
  'CreateTerms',
  'CreateUserImportJob',
  'DeleteIdentityProvider',
  'DeleteManagedLoginBranding',
  'DeleteTerms',
  'DeleteUserPoolClientSecret',
  'DeleteWebAuthnCredential',
  'DescribeIdentityProvider',
  'DescribeManagedLoginBranding',
  'DescribeManagedLoginBrandingByClient',
  'DescribeRiskConfiguration',
  'DescribeTerms',
  'DescribeUserImportJob',
  'GetCSVHeader',
  'GetIdentityProviderByIdentifier',
  'GetLogDeliveryConfiguration',
  'GetSigningCertificate',
  'GetUICustomization',
  'ListTerms',
  'ListUserImportJobs',
  'ListUserPoolClientSecrets',
  'SetLogDeliveryConfiguration',
  'SetRiskConfiguration',
  'SetUICustomization',
  'SetUserSettings',
  'StartUserImportJob',
  'StartWebAuthnRegistration',
  'StopUserImportJob',
  'UpdateAuthEventFeedback',
  'UpdateIdentityProvider',
  'UpdateManagedLoginBranding',
  'UpdateTerms',
] as const

export const refusedOperations: readonly Operation<CognitoContext>[] = refusedNames.map((name) => {
  const refuse = (): never => {
    throw new AwsError(
      'UnsupportedOperationException',
      `${name} is an operation of Amazon Cognito that this local cloud does not offer.`,
    )
  }
  return { name, run: refuse, call: refuse }
})
