import {
  boolean,
  checkShape,
  custom,
  integerOf,
  list,
  map,
  oneOf,
  optional,
  structure,
  text,
  textOf,
} from '../../kernel/index.ts'

/** Shapes that the inputs of several operations share, with the limits of Cognito's API model. */

export const userPoolId = textOf({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' })
export const username = textOf({
  min: 1,
  max: 128,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
  secret: true,
})
export const groupName = textOf({ min: 1, max: 128, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' })
export const attributeName = textOf({
  min: 1,
  max: 32,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+',
})
export const attributeValue = textOf({ max: 2048, secret: true })
export const attribute = structure({ Name: attributeName, Value: optional(attributeValue) })
export const attributeList = list(attribute)
export const password = textOf({ max: 256, pattern: '[\\S]+', secret: true })
export const messageAction = oneOf('RESEND', 'SUPPRESS')
export const deliveryMedium = oneOf('SMS', 'EMAIL')
export const deliveryMediumList = list(deliveryMedium)
export const attributeNameList = list(attributeName)
export const deviceKey = textOf({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-f-]+' })
export const clientId = textOf({ min: 1, max: 128, pattern: '[\\w+]+', secret: true })
export const authFlow = oneOf(
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
)
export const session = textOf({ min: 20, max: 8192, secret: true })
export const queryLimit = integerOf(0, 60)
export const searchPaginationToken = textOf({ min: 1, pattern: '[\\S]+' })
export const longPaginationKey = textOf({ min: 1, max: 131072, pattern: '[\\S]+' })
export const challengeName = oneOf(
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
)
export const sMSMfaSettings = structure({
  Enabled: optional(boolean),
  PreferredMfa: optional(boolean),
})
export const softwareTokenMfaSettings = structure({
  Enabled: optional(boolean),
  PreferredMfa: optional(boolean),
})
export const emailMfaSettings = structure({
  Enabled: optional(boolean),
  PreferredMfa: optional(boolean),
})
export const webAuthnMfaSettings = structure({ Enabled: optional(boolean) })
export const deviceRememberedStatus = oneOf('remembered', 'not_remembered')
export const tokenModel = textOf({ pattern: '[A-Za-z0-9-_=.]+', secret: true })
export const deviceSecretVerifierConfig = structure({
  PasswordVerifier: optional(text),
  Salt: optional(text),
})
export const deviceName = textOf({ min: 1, max: 1024 })
export const secretHash = textOf({ min: 1, max: 128, pattern: '[\\w+=/]+', secret: true })
export const confirmationCode = textOf({ min: 1, max: 2048, pattern: '[\\S]+' })
export const description = textOf({ max: 2048 })
export const arn = textOf({
  min: 20,
  max: 2048,
  pattern:
    'arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?',
})
export const precedence = integerOf(0)
export const resourceServerIdentifier = textOf({
  min: 1,
  max: 256,
  pattern: '[\\x21\\x23-\\x5B\\x5D-\\x7E]+',
})
export const resourceServerName = textOf({ min: 1, max: 256, pattern: '[\\w\\s+=,.@-]+' })
export const resourceServerScopeName = textOf({
  min: 1,
  max: 256,
  pattern: '[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+',
})
export const resourceServerScopeDescription = textOf({ min: 1, max: 256 })
export const resourceServerScope = structure({
  ScopeName: resourceServerScopeName,
  ScopeDescription: resourceServerScopeDescription,
})
export const resourceServerScopeList = list(resourceServerScope, { max: 100 })
export const tagValue = textOf({ min: 0, max: 256 })
export const userPoolTags = map(tagValue)
export const clientSecret = textOf({ min: 24, max: 64, pattern: '[\\w+]+', secret: true })
/** A prefix, or a whole name where the domain is the customer's own. */
export const domain = textOf({
  min: 1,
  max: 63,
  pattern: '[a-z0-9](?:[a-z0-9.\\-]{0,61}[a-z0-9])?',
})
export const customDomainConfig = structure({ CertificateArn: arn })
export const listProvidersLimit = integerOf(0, 60)
export const paginationKey = textOf({ min: 1, pattern: '[\\S]+' })
export const listResourceServersLimit = integerOf(1, 50)
export const clientsLimit = integerOf(1, 60)
export const poolQueryLimit = integerOf(1, 60)
export const searchedAttributeNamesList = list(attributeName)
export const userFilter = textOf({ max: 256 })
export const webAuthnCredentialsQueryLimit = integerOf(0, 20)
export const tagKeys = textOf({ min: 1, max: 128 })
export const userPoolTagsList = list(tagKeys)
export const softwareTokenMFAUserCode = textOf({ min: 6, max: 6, pattern: '[0-9]+', secret: true })

const texts = map(text)

/**
 * Parameters of sign-ins. Members that are null count as absent: amazon-cognito-identity-js sends a device key of
 * null with every refresh.
 */
export const authParameters = custom<Record<string, string>>((value, path, problems) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (member === null) Reflect.deleteProperty(value, name)
    }
  }
  checkShape(texts, value, path, problems)
})
