import { optional } from '../../kernel/index.ts'
import { changePool } from '../change-pool.ts'
import { updatedSettings } from '../pools/settings.ts'
import {
  accountRecoverySetting,
  adminCreateUserConfig,
  deletionProtection,
  deviceConfiguration,
  emailConfiguration,
  emailVerificationMessage,
  emailVerificationSubject,
  lambdaConfig,
  smsConfiguration,
  smsVerificationMessage,
  userAttributeUpdateSettings,
  userPoolAddOns,
  userPoolMfa,
  userPoolName,
  userPoolPolicy,
  userPoolTier,
  verificationMessageTemplate,
  verifiedAttributesList,
} from './pool-shapes.ts'
import { operation } from './operation.ts'
import { userPoolId, userPoolTags } from './shapes.ts'

/** Replaces a pool's settings: what is not given goes back to its default, as on AWS. */
export const updateUserPool = operation('UpdateUserPool', {
  input: {
    UserPoolId: userPoolId,
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
    PoolName: optional(userPoolName),
    UserPoolTier: optional(userPoolTier),
  },
  async run(ctx, input) {
    await changePool(ctx, input.UserPoolId, (before) => updatedSettings(before, input))
    return {}
  },
})
