import { optional, randomAlphanumeric } from '../../kernel/index.ts'
import { invalidParameter } from '../errors.ts'
import { shownPool } from '../pools/shown-pool.ts'
import { newSettings } from '../pools/settings.ts'
import {
  accountRecoverySetting,
  adminCreateUserConfig,
  aliasAttributesList,
  deletionProtection,
  deviceConfiguration,
  emailConfiguration,
  emailVerificationMessage,
  emailVerificationSubject,
  lambdaConfig,
  schemaAttributesList,
  smsConfiguration,
  smsVerificationMessage,
  userAttributeUpdateSettings,
  userPoolAddOns,
  userPoolMfa,
  userPoolName,
  userPoolPolicy,
  userPoolTier,
  usernameAttributesList,
  usernameConfiguration,
  verificationMessageTemplate,
  verifiedAttributesList,
} from './pool-shapes.ts'
import { userPoolTags } from './shapes.ts'
import { operation } from './operation.ts'

/** Makes a user pool. Its signing keys are made in the background. */
export const createUserPool = operation('CreateUserPool', {
  input: {
    PoolName: userPoolName,
    Policies: optional(userPoolPolicy),
    DeletionProtection: optional(deletionProtection),
    LambdaConfig: optional(lambdaConfig),
    AutoVerifiedAttributes: optional(verifiedAttributesList),
    AliasAttributes: optional(aliasAttributesList),
    UsernameAttributes: optional(usernameAttributesList),
    SmsVerificationMessage: optional(smsVerificationMessage),
    EmailVerificationMessage: optional(emailVerificationMessage),
    EmailVerificationSubject: optional(emailVerificationSubject),
    VerificationMessageTemplate: optional(verificationMessageTemplate),
    SmsAuthenticationMessage: optional(smsVerificationMessage),
    MfaConfiguration: optional(userPoolMfa),
    UserAttributeUpdateSettings: optional(userAttributeUpdateSettings),
    DeviceConfiguration: optional(deviceConfiguration),
    EmailConfiguration: optional(emailConfiguration),
    SmsConfiguration: optional(smsConfiguration),
    UserPoolTags: optional(userPoolTags),
    AdminCreateUserConfig: optional(adminCreateUserConfig),
    Schema: optional(schemaAttributesList),
    UserPoolAddOns: optional(userPoolAddOns),
    UsernameConfiguration: optional(usernameConfiguration),
    AccountRecoverySetting: optional(accountRecoverySetting),
    UserPoolTier: optional(userPoolTier),
  },
  async run(ctx, input) {
    const { environment, pools, store } = ctx
    if (input.AliasAttributes !== undefined && input.UsernameAttributes !== undefined) {
      throw invalidParameter('Only one of aliasAttributes or usernameAttributes can be set.')
    }
    const nowMs = environment.clock.now()
    const pool = {
      id: `${environment.region}_${randomAlphanumeric(environment.ids, 9)}`,
      createdMs: nowMs,
      modifiedMs: nowMs,
      settings: newSettings(input),
    }
    await store.write((writer) => pools.putPool(writer, pool))
    ctx.makeKeys(pool.id)
    return { UserPool: shownPool(environment, pool, 0) }
  },
})
