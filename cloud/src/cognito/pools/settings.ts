import type {
  AliasKind,
  Factor,
  LambdaConfig,
  MessageTexts,
  MfaKind,
  MfaMode,
  PasswordPolicy,
  PoolSettings,
} from './pool.ts'
import { invalidParameter } from '../errors.ts'
import { temporaryPasswordDefaultDays } from '../limits.ts'
import { newSchema, type GivenSchemaAttribute } from './schema.ts'

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined }
type AddressKind = 'email' | 'phone_number'

/** The settings that UpdateUserPool can change. */
export type GivenSettings = {
  readonly Policies?:
    | {
        readonly PasswordPolicy?: Optional<PasswordPolicy> | undefined
        readonly SignInPolicy?:
          | { readonly AllowedFirstAuthFactors?: readonly Factor[] | undefined }
          | undefined
      }
    | undefined
  readonly DeletionProtection?: 'ACTIVE' | 'INACTIVE' | undefined
  readonly LambdaConfig?: LambdaConfig | undefined
  readonly AutoVerifiedAttributes?: readonly AddressKind[] | undefined
  readonly VerificationMessageTemplate?: MessageTexts | undefined
  readonly SmsVerificationMessage?: string | undefined
  readonly EmailVerificationMessage?: string | undefined
  readonly EmailVerificationSubject?: string | undefined
  readonly SmsAuthenticationMessage?: string | undefined
  readonly UserAttributeUpdateSettings?:
    | {
        readonly AttributesRequireVerificationBeforeUpdate?: readonly AddressKind[] | undefined
      }
    | undefined
  readonly MfaConfiguration?: MfaMode | undefined
  readonly DeviceConfiguration?: object | undefined
  readonly EmailConfiguration?: object | undefined
  readonly SmsConfiguration?: object | undefined
  readonly UserPoolTags?: Readonly<Record<string, string>> | undefined
  readonly AdminCreateUserConfig?:
    | {
        readonly AllowAdminCreateUserOnly?: boolean | undefined
        readonly UnusedAccountValidityDays?: number | undefined
        readonly InviteMessageTemplate?: MessageTexts | undefined
      }
    | undefined
  readonly UserPoolAddOns?: object | undefined
  readonly AccountRecoverySetting?:
    | {
        readonly RecoveryMechanisms?:
          | PoolSettings['AccountRecoverySetting']['RecoveryMechanisms']
          | undefined
      }
    | undefined
  readonly UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS' | undefined
}

/** All that CreateUserPool takes. */
export type GivenPool = GivenSettings & {
  readonly PoolName: string
  readonly Schema?: readonly GivenSchemaAttribute[] | undefined
  readonly AliasAttributes?: readonly AliasKind[] | undefined
  readonly UsernameAttributes?: readonly AddressKind[] | undefined
  readonly UsernameConfiguration?: { readonly CaseSensitive?: boolean | undefined } | undefined
}

/** The settings of a new pool, AWS's defaults filled in ("CreateUserPool"). */
export const newSettings = (given: GivenPool): PoolSettings => ({
  Name: given.PoolName,
  ...changeable(given, []),
  SchemaAttributes: newSchema(given.Schema ?? []),
  AliasAttributes: given.AliasAttributes,
  UsernameAttributes: given.UsernameAttributes,
  // "UsernameConfiguration": pools made by the API are case sensitive unless told otherwise; by the console not.
  UsernameConfiguration: { CaseSensitive: given.UsernameConfiguration?.CaseSensitive ?? true },
})

/** The settings after UpdateUserPool: what is absent goes back to its default; how users sign in never changes. */
export const updatedSettings = (
  before: PoolSettings,
  given: GivenSettings & { readonly PoolName?: string | undefined },
): PoolSettings => ({
  ...changeable(given, before.EnabledMfas),
  Name: given.PoolName ?? before.Name,
  SchemaAttributes: before.SchemaAttributes,
  AliasAttributes: before.AliasAttributes,
  UsernameAttributes: before.UsernameAttributes,
  UsernameConfiguration: before.UsernameConfiguration,
  UserPoolTier: given.UserPoolTier ?? before.UserPoolTier,
})

type Changeable = Omit<
  PoolSettings,
  'Name' | 'SchemaAttributes' | 'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration'
>

function changeable(given: GivenSettings, mfas: readonly MfaKind[]): Changeable {
  const admin = given.AdminCreateUserConfig
  const policy = passwordPolicy(given)
  const factors = given.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD']
  if (!factors.includes('PASSWORD')) {
    throw invalidParameter('PASSWORD must be one of the allowed first authentication factors.')
  }
  return {
    Policies: {
      PasswordPolicy: policy,
      SignInPolicy: { AllowedFirstAuthFactors: factors },
    },
    DeletionProtection: given.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: given.LambdaConfig ?? {},
    AutoVerifiedAttributes: given.AutoVerifiedAttributes,
    VerificationMessageTemplate: messageTemplate(given),
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate:
        given.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    },
    MfaConfiguration: given.MfaConfiguration ?? 'OFF',
    EnabledMfas: enabledMfas(given, mfas),
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: admin?.AllowAdminCreateUserOnly ?? false,
      UnusedAccountValidityDays: policy.TemporaryPasswordValidityDays,
      ...(admin?.InviteMessageTemplate === undefined
        ? {}
        : { InviteMessageTemplate: admin.InviteMessageTemplate }),
    },
    AccountRecoverySetting: {
      RecoveryMechanisms: given.AccountRecoverySetting?.RecoveryMechanisms ?? [
        { Priority: 1, Name: 'verified_email' },
        { Priority: 2, Name: 'verified_phone_number' },
      ],
    },
    UserPoolTags: given.UserPoolTags ?? {},
    UserPoolTier: given.UserPoolTier ?? 'ESSENTIALS',
    shown: shownOnly(given),
  }
}

/** With SMS configured, text messages are a second factor; apps and e-mail are enabled by SetUserPoolMfaConfig. */
function enabledMfas(given: GivenSettings, mfas: readonly MfaKind[]): readonly MfaKind[] {
  if (mfas.length > 0) return mfas
  return given.MfaConfiguration !== undefined && given.SmsConfiguration !== undefined
    ? ['SMS_MFA']
    : []
}

/** A policy that is given replaces the default one as a whole: rules that it does not name are off. */
function passwordPolicy(given: GivenSettings): PasswordPolicy {
  const own = given.Policies?.PasswordPolicy
  const days =
    own?.TemporaryPasswordValidityDays ??
    given.AdminCreateUserConfig?.UnusedAccountValidityDays ??
    temporaryPasswordDefaultDays
  return {
    MinimumLength: own?.MinimumLength ?? 8,
    RequireUppercase: own === undefined || own.RequireUppercase === true,
    RequireLowercase: own === undefined || own.RequireLowercase === true,
    RequireNumbers: own === undefined || own.RequireNumbers === true,
    RequireSymbols: own === undefined || own.RequireSymbols === true,
    ...(own?.PasswordHistorySize === undefined
      ? {}
      : { PasswordHistorySize: own.PasswordHistorySize }),
    TemporaryPasswordValidityDays: days === 0 ? temporaryPasswordDefaultDays : days,
  }
}

const messageTemplate = (given: GivenSettings): MessageTexts => ({
  SmsMessage: given.SmsVerificationMessage,
  EmailMessage: given.EmailVerificationMessage,
  EmailSubject: given.EmailVerificationSubject,
  DefaultEmailOption: 'CONFIRM_WITH_CODE',
  ...given.VerificationMessageTemplate,
})

function shownOnly(given: GivenSettings): Record<string, unknown> {
  const { DeviceConfiguration, SmsConfiguration, UserPoolAddOns, SmsAuthenticationMessage } = given
  return {
    EmailConfiguration: given.EmailConfiguration ?? { EmailSendingAccount: 'COGNITO_DEFAULT' },
    ...(DeviceConfiguration === undefined ? {} : { DeviceConfiguration }),
    ...(SmsConfiguration === undefined ? {} : { SmsConfiguration }),
    ...(UserPoolAddOns === undefined ? {} : { UserPoolAddOns }),
    ...(SmsAuthenticationMessage === undefined ? {} : { SmsAuthenticationMessage }),
  }
}
