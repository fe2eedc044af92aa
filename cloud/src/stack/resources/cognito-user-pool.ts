import { arn, AwsError } from '../../kernel/index.ts'
import { callOperation, generatedName, type ResourceContext } from '../resource-context.ts'
import {
  boolean,
  json,
  list,
  map,
  number,
  oneOf,
  refused,
  text,
  members,
  type PropertiesOf,
} from '../property-shape.ts'
import { resourceType, unless, type PhysicalResource } from '../resource-type.ts'

/** CloudFormation, "AWS::Cognito::UserPool". Names and values are those of CreateUserPool. */
const properties = {
  AccountRecoverySetting: json,
  AdminCreateUserConfig: members({
    AllowAdminCreateUserOnly: boolean,
    InviteMessageTemplate: json,
    UnusedAccountValidityDays: number,
  }),
  AliasAttributes: list(oneOf('email', 'phone_number', 'preferred_username')),
  AutoVerifiedAttributes: list(oneOf('email', 'phone_number')),
  DeletionProtection: oneOf('ACTIVE', 'INACTIVE'),
  DeviceConfiguration: json,
  EmailAuthenticationMessage: text,
  EmailAuthenticationSubject: text,
  EmailConfiguration: json,
  EmailVerificationMessage: text,
  EmailVerificationSubject: text,
  EnabledMfas: list(oneOf('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP')),
  LambdaConfig: json,
  MfaConfiguration: oneOf('OFF', 'ON', 'OPTIONAL'),
  Policies: members({
    PasswordPolicy: members({
      MinimumLength: number,
      PasswordHistorySize: number,
      RequireLowercase: boolean,
      RequireNumbers: boolean,
      RequireSymbols: boolean,
      RequireUppercase: boolean,
      TemporaryPasswordValidityDays: number,
    }),
    SignInPolicy: json,
  }),
  Schema: list(
    members({
      AttributeDataType: oneOf('String', 'Number', 'DateTime', 'Boolean'),
      DeveloperOnlyAttribute: boolean,
      Mutable: boolean,
      Name: text,
      NumberAttributeConstraints: map(text),
      Required: boolean,
      StringAttributeConstraints: map(text),
    }),
  ),
  SmsAuthenticationMessage: text,
  SmsConfiguration: json,
  SmsVerificationMessage: text,
  UserAttributeUpdateSettings: json,
  UserPoolAddOns: json,
  UserPoolName: text,
  UserPoolTags: map(text),
  UserPoolTier: oneOf('LITE', 'ESSENTIALS', 'PLUS'),
  UsernameAttributes: list(oneOf('email', 'phone_number')),
  UsernameConfiguration: members({ CaseSensitive: boolean }),
  VerificationMessageTemplate: json,
  WebAuthnFactorConfiguration: refused('passkeys'),
  WebAuthnRelyingPartyID: refused('passkeys'),
  WebAuthnUserVerification: refused('passkeys'),
} as const

/** What a pool keeps for life ("Updating user pool configuration"). */
const fixed = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'] as const
/** What SetUserPoolMfaConfig takes instead of the operations that make and change pools. */
const mfaOnly = new Set<string>([
  'EnabledMfas',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
])
/** What CreateUserPool takes and UpdateUserPool does not. */
const creationOnly = new Set<string>([...fixed, 'Schema', 'UserPoolName'])

export const cognitoUserPool = resourceType({
  type: 'AWS::Cognito::UserPool',
  properties,
  attributes: ['Arn', 'ProviderName', 'ProviderURL', 'UserPoolId'],
  check(wanted, report) {
    const factors = wanted.EnabledMfas ?? []
    if (
      wanted.MfaConfiguration === 'ON' &&
      factors.length + (wanted.SmsConfiguration ? 1 : 0) === 0
    ) {
      report('MfaConfiguration', 'is ON without a factor: name at least one in EnabledMfas')
    }
  },
  async create(context, wanted) {
    const { UserPoolName, ...settings } = wanted
    const answer = await callOperation(context.parts.cognito, 'CreateUserPool', {
      ...Object.fromEntries(Object.entries(settings).filter(([name]) => !mfaOnly.has(name))),
      PoolName: UserPoolName ?? generatedName(context, 128),
    })
    const pool = answer['UserPool'] as { Id: string }
    await setFactors(context, pool.Id, wanted)
    return physical(context, pool.Id)
  },
  async update(context, existing, { before, after }) {
    const moved = fixed.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    if (moved) return 'replace'
    requireSameAttributes(before, after)
    const UserPoolId = existing.physicalId
    const settings = Object.entries(after).filter(
      ([name]) => !creationOnly.has(name) && !mfaOnly.has(name),
    )
    await callOperation(context.parts.cognito, 'UpdateUserPool', {
      ...Object.fromEntries(settings),
      UserPoolId,
      ...(after.UserPoolName === undefined ? {} : { PoolName: after.UserPoolName }),
    })
    await setFactors(context, UserPoolId, after)
    await addAttributes(context, UserPoolId, after)
    return existing
  },
  async remove(context, existing) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteUserPool', { UserPoolId: existing.physicalId }),
    )
  },
})

type Wanted = PropertiesOf<typeof properties>

/** "SetUserPoolMfaConfig": CreateUserPool and UpdateUserPool know no factors but text messages. */
async function setFactors(
  context: ResourceContext,
  UserPoolId: string,
  wanted: Wanted,
): Promise<void> {
  const { MfaConfiguration = 'OFF', EnabledMfas: factors = [] } = wanted
  if (MfaConfiguration === 'OFF' || factors.length === 0) return
  const SmsAuthenticationMessage = wanted.SmsAuthenticationMessage
  const Message = wanted.EmailAuthenticationMessage
  const Subject = wanted.EmailAuthenticationSubject
  await callOperation(context.parts.cognito, 'SetUserPoolMfaConfig', {
    UserPoolId,
    MfaConfiguration,
    ...(factors.includes('SOFTWARE_TOKEN_MFA')
      ? { SoftwareTokenMfaConfiguration: { Enabled: true } }
      : {}),
    ...(factors.includes('SMS_MFA')
      ? {
          SmsMfaConfiguration: {
            ...(SmsAuthenticationMessage === undefined ? {} : { SmsAuthenticationMessage }),
            ...(wanted.SmsConfiguration === undefined
              ? {}
              : { SmsConfiguration: wanted.SmsConfiguration }),
          },
        }
      : {}),
    ...(factors.includes('EMAIL_OTP')
      ? {
          EmailMfaConfiguration: {
            ...(Message === undefined ? {} : { Message }),
            ...(Subject === undefined ? {} : { Subject }),
          },
        }
      : {}),
  })
}

/** CloudFormation says so in these words. @throws AwsError InvalidParameterException */
function requireSameAttributes(before: Wanted, after: Wanted): void {
  for (const attribute of after.Schema ?? []) {
    const known = before.Schema?.find(({ Name }) => Name === attribute.Name)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(attribute)) {
      throw new AwsError(
        'InvalidParameterException',
        'Existing schema attributes cannot be modified or deleted.',
      )
    }
  }
}

/** "AddCustomAttributes": those that the pool lacks. It keeps the ones that a template no longer names. */
async function addAttributes(
  context: ResourceContext,
  UserPoolId: string,
  wanted: Wanted,
): Promise<void> {
  const { cognito } = context.parts
  const answer = await callOperation(cognito, 'DescribeUserPool', { UserPoolId })
  const { SchemaAttributes } = answer['UserPool'] as { SchemaAttributes: { Name: string }[] }
  const known = new Set(SchemaAttributes.map(({ Name }) => bareName(Name)))
  const CustomAttributes = (wanted.Schema ?? []).filter(
    ({ Name = '' }) => !known.has(bareName(Name)),
  )
  if (CustomAttributes.length === 0) return
  await callOperation(cognito, 'AddCustomAttributes', { UserPoolId, CustomAttributes })
}

const bareName = (name: string): string => name.replace(/^(dev:)?custom:/, '')

function physical(context: ResourceContext, id: string): PhysicalResource {
  const { environment } = context
  const provider = `cognito-idp.${environment.region}.amazonaws.com/${id}`
  return {
    physicalId: id,
    attributes: {
      Arn: arn(environment, 'cognito-idp', `userpool/${id}`),
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
      UserPoolId: id,
    },
  }
}
