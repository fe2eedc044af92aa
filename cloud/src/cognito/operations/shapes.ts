import { integerOf, list, oneOf, optional, structure, textOf } from '../../kernel/index.ts'

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
export const tokenModel = textOf({ pattern: '[A-Za-z0-9-_=.]+', secret: true })
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
export const clientSecret = textOf({ min: 24, max: 64, pattern: '[\\w+]+', secret: true })
export const deviceKey = textOf({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-f-]+' })
export const clientsLimit = integerOf(1, 60)
export const paginationKey = textOf({ min: 1, pattern: '[\\S]+' })
export const poolQueryLimit = integerOf(1, 60)
export const searchedAttributeNamesList = list(attributeName)
export const searchPaginationToken = textOf({ min: 1, pattern: '[\\S]+' })
export const userFilter = textOf({ max: 256 })
