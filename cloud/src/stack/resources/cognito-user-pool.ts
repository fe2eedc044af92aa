import { arn } from '../../kernel/index.ts'
import { callOperation, generatedName, type ResourceContext } from '../resource-context.ts'
import {
  boolean,
  inert,
  json,
  list,
  map,
  number,
  oneOf,
  refused,
  text,
  members,
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
  EnabledMfas: inert,
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
/** What CreateUserPool takes and UpdateUserPool does not. */
const creationOnly = new Set<string>([...fixed, 'Schema', 'UserPoolName'])

export const cognitoUserPool = resourceType({
  type: 'AWS::Cognito::UserPool',
  properties,
  attributes: ['Arn', 'ProviderName', 'ProviderURL', 'UserPoolId'],
  check(wanted, report) {
    // With OPTIONAL, every user signs in with the password alone until a second factor is set up.
    if (wanted.MfaConfiguration === 'ON') {
      report('MfaConfiguration', 'is not simulated as ON: use OPTIONAL or OFF')
    }
  },
  async create(context, wanted) {
    const { UserPoolName, ...settings } = wanted
    const answer = await callOperation(context.parts.cognito, 'CreateUserPool', {
      ...settings,
      PoolName: UserPoolName ?? generatedName(context, 128),
    })
    const pool = answer['UserPool'] as { Id: string }
    return physical(context, pool.Id)
  },
  async update(context, existing, { before, after }) {
    const moved = fixed.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    if (moved) return 'replace'
    const { cognito } = context.parts
    const UserPoolId = existing.physicalId
    const settings = Object.entries(after).filter(([name]) => !creationOnly.has(name))
    await callOperation(cognito, 'UpdateUserPool', {
      ...Object.fromEntries(settings),
      UserPoolId,
      ...(after.UserPoolName === undefined ? {} : { PoolName: after.UserPoolName }),
    })
    const known = new Set((before.Schema ?? []).map((each) => each.Name))
    const CustomAttributes = (after.Schema ?? []).filter((each) => !known.has(each.Name))
    if (CustomAttributes.length > 0) {
      await callOperation(cognito, 'AddCustomAttributes', { UserPoolId, CustomAttributes })
    }
    return existing
  },
  async remove(context, existing) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteUserPool', { UserPoolId: existing.physicalId }),
    )
  },
})

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
