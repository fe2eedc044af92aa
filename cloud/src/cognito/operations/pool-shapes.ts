import {
  boolean,
  integerOf,
  list,
  oneOf,
  optional,
  structure,
  text,
  textOf,
} from '../../kernel/index.ts'
import { arn, userPoolTags } from './shapes.ts'

/** Shapes of a pool's settings, with the limits of Cognito's API model. */

export const customAttributeName = textOf({
  min: 1,
  max: 20,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
})
export const attributeData = oneOf('String', 'Number', 'DateTime', 'Boolean')
export const numberAttributeConstraints = structure({
  MinValue: optional(text),
  MaxValue: optional(text),
})
export const stringAttributeConstraints = structure({
  MinLength: optional(text),
  MaxLength: optional(text),
})
export const schemaAttribute = structure({
  Name: optional(customAttributeName),
  AttributeDataType: optional(attributeData),
  DeveloperOnlyAttribute: optional(boolean),
  Mutable: optional(boolean),
  Required: optional(boolean),
  NumberAttributeConstraints: optional(numberAttributeConstraints),
  StringAttributeConstraints: optional(stringAttributeConstraints),
})
export const customAttributesList = list(schemaAttribute, { min: 1, max: 25 })
export const userPoolName = textOf({ min: 1, max: 128, pattern: '[\\w\\s+=,.@-]+' })
export const passwordPolicyMinLength = integerOf(6, 99)
export const passwordHistorySize = integerOf(0, 24)
export const temporaryPasswordValidityDays = integerOf(0, 365)
export const passwordPolicy = structure({
  MinimumLength: optional(passwordPolicyMinLength),
  RequireUppercase: optional(boolean),
  RequireLowercase: optional(boolean),
  RequireNumbers: optional(boolean),
  RequireSymbols: optional(boolean),
  PasswordHistorySize: optional(passwordHistorySize),
  TemporaryPasswordValidityDays: optional(temporaryPasswordValidityDays),
})
export const authFactor = oneOf('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN')
export const allowedFirstAuthFactorsList = list(authFactor, { min: 1, max: 4 })
export const signInPolicy = structure({
  AllowedFirstAuthFactors: optional(allowedFirstAuthFactorsList),
})
export const userPoolPolicy = structure({
  PasswordPolicy: optional(passwordPolicy),
  SignInPolicy: optional(signInPolicy),
})
export const deletionProtection = oneOf('ACTIVE', 'INACTIVE')
export const preTokenGenerationLambdaVersion = oneOf('V1_0', 'V2_0', 'V3_0')
export const preTokenGenerationVersionConfig = structure({
  LambdaVersion: preTokenGenerationLambdaVersion,
  LambdaArn: arn,
})
export const customSMSSenderLambdaVersion = oneOf('V1_0')
export const customSMSLambdaVersionConfig = structure({
  LambdaVersion: customSMSSenderLambdaVersion,
  LambdaArn: arn,
})
export const customEmailSenderLambdaVersion = oneOf('V1_0')
export const customEmailLambdaVersionConfig = structure({
  LambdaVersion: customEmailSenderLambdaVersion,
  LambdaArn: arn,
})
export const inboundFederationLambdaVersion = oneOf('V1_0')
export const inboundFederationLambda = structure({
  LambdaVersion: inboundFederationLambdaVersion,
  LambdaArn: arn,
})
export const lambdaConfig = structure({
  PreSignUp: optional(arn),
  CustomMessage: optional(arn),
  PostConfirmation: optional(arn),
  PreAuthentication: optional(arn),
  PostAuthentication: optional(arn),
  DefineAuthChallenge: optional(arn),
  CreateAuthChallenge: optional(arn),
  VerifyAuthChallengeResponse: optional(arn),
  PreTokenGeneration: optional(arn),
  UserMigration: optional(arn),
  PreTokenGenerationConfig: optional(preTokenGenerationVersionConfig),
  CustomSMSSender: optional(customSMSLambdaVersionConfig),
  CustomEmailSender: optional(customEmailLambdaVersionConfig),
  KMSKeyID: optional(arn),
  InboundFederation: optional(inboundFederationLambda),
})
export const verifiedAttribute = oneOf('phone_number', 'email')
export const verifiedAttributesList = list(verifiedAttribute)
export const aliasAttribute = oneOf('phone_number', 'email', 'preferred_username')
export const aliasAttributesList = list(aliasAttribute)
export const usernameAttribute = oneOf('phone_number', 'email')
export const usernameAttributesList = list(usernameAttribute)
export const smsVerificationMessage = textOf({ min: 6, max: 140, pattern: '.*\\{####\\}.*' })
export const emailVerificationMessage = textOf({
  min: 6,
  max: 20000,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
})
export const emailVerificationSubject = textOf({
  min: 1,
  max: 140,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+',
})
export const emailVerificationMessageByLink = textOf({
  min: 6,
  max: 20000,
  pattern:
    '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
})
export const emailVerificationSubjectByLink = textOf({
  min: 1,
  max: 140,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+',
})
export const defaultEmailOption = oneOf('CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE')
export const verificationMessageTemplate = structure({
  SmsMessage: optional(smsVerificationMessage),
  EmailMessage: optional(emailVerificationMessage),
  EmailSubject: optional(emailVerificationSubject),
  EmailMessageByLink: optional(emailVerificationMessageByLink),
  EmailSubjectByLink: optional(emailVerificationSubjectByLink),
  DefaultEmailOption: optional(defaultEmailOption),
})
export const userPoolMfa = oneOf('OFF', 'ON', 'OPTIONAL')
export const attributesRequireVerificationBeforeUpdate = list(verifiedAttribute)
export const userAttributeUpdateSettings = structure({
  AttributesRequireVerificationBeforeUpdate: optional(attributesRequireVerificationBeforeUpdate),
})
export const deviceConfiguration = structure({
  ChallengeRequiredOnNewDevice: optional(boolean),
  DeviceOnlyRememberedOnUserPrompt: optional(boolean),
})
export const emailAddress = textOf({
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
})
export const emailSendingAccount = oneOf('COGNITO_DEFAULT', 'DEVELOPER')
export const sESConfigurationSet = textOf({ min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' })
export const emailConfiguration = structure({
  SourceArn: optional(arn),
  ReplyToEmailAddress: optional(emailAddress),
  EmailSendingAccount: optional(emailSendingAccount),
  From: optional(text),
  ConfigurationSet: optional(sESConfigurationSet),
})
export const regionCode = textOf({ min: 5, max: 32 })
export const smsConfiguration = structure({
  SnsCallerArn: arn,
  ExternalId: optional(text),
  SnsRegion: optional(regionCode),
})
export const adminCreateUserUnusedAccountValidityDays = integerOf(0, 365)
export const smsInviteMessage = textOf({ min: 6, max: 140, pattern: '.*' })
export const emailInviteMessage = textOf({
  min: 6,
  max: 20000,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
})
export const messageTemplate = structure({
  SMSMessage: optional(smsInviteMessage),
  EmailMessage: optional(emailInviteMessage),
  EmailSubject: optional(emailVerificationSubject),
})
export const adminCreateUserConfig = structure({
  AllowAdminCreateUserOnly: optional(boolean),
  UnusedAccountValidityDays: optional(adminCreateUserUnusedAccountValidityDays),
  InviteMessageTemplate: optional(messageTemplate),
})
export const schemaAttributesList = list(schemaAttribute, { min: 1, max: 50 })
export const advancedSecurityMode = oneOf('OFF', 'AUDIT', 'ENFORCED')
export const advancedSecurityEnabledMode = oneOf('AUDIT', 'ENFORCED')
export const advancedSecurityAdditionalFlows = structure({
  CustomAuthMode: optional(advancedSecurityEnabledMode),
})
export const userPoolAddOns = structure({
  AdvancedSecurityMode: advancedSecurityMode,
  AdvancedSecurityAdditionalFlows: optional(advancedSecurityAdditionalFlows),
})
export const usernameConfiguration = structure({ CaseSensitive: boolean })
export const priority = integerOf(1, 2)
export const recoveryOptionName = oneOf('verified_email', 'verified_phone_number', 'admin_only')
export const recoveryOption = structure({ Priority: priority, Name: recoveryOptionName })
export const recoveryMechanisms = list(recoveryOption, { min: 1, max: 2 })
export const accountRecoverySetting = structure({
  RecoveryMechanisms: optional(recoveryMechanisms),
})
export const userPoolTier = oneOf('LITE', 'ESSENTIALS', 'PLUS')
export const smsMfaConfig = structure({
  SmsAuthenticationMessage: optional(smsVerificationMessage),
  SmsConfiguration: optional(smsConfiguration),
})
export const softwareTokenMfaConfig = structure({ Enabled: optional(boolean) })
export const emailMfaMessage = textOf({
  min: 6,
  max: 20000,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
})
export const emailMfaSubject = textOf({ pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+' })
export const emailMfaConfig = structure({
  Message: optional(emailMfaMessage),
  Subject: optional(emailMfaSubject),
})
export const relyingPartyId = textOf({ min: 1, max: 127 })
export const userVerification = oneOf('required', 'preferred')
export const webAuthnFactorConfiguration = oneOf(
  'SINGLE_FACTOR',
  'MULTI_FACTOR_WITH_USER_VERIFICATION',
)
export const webAuthnConfiguration = structure({
  RelyingPartyId: optional(relyingPartyId),
  UserVerification: optional(userVerification),
  FactorConfiguration: optional(webAuthnFactorConfiguration),
})

/** The settings that a pool can be made with, and that an update replaces. */
export const poolSettings = {
  Policies: optional(userPoolPolicy),
  DeletionProtection: optional(deletionProtection),
  LambdaConfig: optional(lambdaConfig),
  AutoVerifiedAttributes: optional(verifiedAttributesList),
  SmsVerificationMessage: optional(smsVerificationMessage),
  EmailVerificationMessage: optional(emailVerificationMessage),
  EmailVerificationSubject: optional(emailVerificationSubject),
  VerificationMessageTemplate: optional(verificationMessageTemplate),
  SmsAuthenticationMessage: optional(smsVerificationMessage),
  UserAttributeUpdateSettings: optional(userAttributeUpdateSettings),
  MfaConfiguration: optional(userPoolMfa),
  DeviceConfiguration: optional(deviceConfiguration),
  EmailConfiguration: optional(emailConfiguration),
  SmsConfiguration: optional(smsConfiguration),
  UserPoolTags: optional(userPoolTags),
  AdminCreateUserConfig: optional(adminCreateUserConfig),
  UserPoolAddOns: optional(userPoolAddOns),
  AccountRecoverySetting: optional(accountRecoverySetting),
  UserPoolTier: optional(userPoolTier),
} as const
