/** The things that a user pool keeps, in the words of the API where the API shows them as they are. */

export type PasswordPolicy = {
  readonly MinimumLength: number
  readonly RequireUppercase: boolean
  readonly RequireLowercase: boolean
  readonly RequireNumbers: boolean
  readonly RequireSymbols: boolean
  readonly TemporaryPasswordValidityDays: number
  readonly PasswordHistorySize?: number
}

export type SchemaAttribute = {
  readonly Name: string
  readonly AttributeDataType: 'String' | 'Number' | 'DateTime' | 'Boolean'
  readonly DeveloperOnlyAttribute: boolean
  readonly Mutable: boolean
  readonly Required: boolean
  readonly StringAttributeConstraints?: { readonly MinLength?: string; readonly MaxLength?: string }
  readonly NumberAttributeConstraints?: { readonly MinValue?: string; readonly MaxValue?: string }
}

export type Factor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN'
export type AliasKind = 'email' | 'phone_number' | 'preferred_username'

export type LambdaConfig = {
  readonly PreSignUp?: string | undefined
  readonly CustomMessage?: string | undefined
  readonly PostConfirmation?: string | undefined
  readonly PreAuthentication?: string | undefined
  readonly PostAuthentication?: string | undefined
  readonly DefineAuthChallenge?: string | undefined
  readonly CreateAuthChallenge?: string | undefined
  readonly VerifyAuthChallengeResponse?: string | undefined
  readonly PreTokenGeneration?: string | undefined
  readonly UserMigration?: string | undefined
  readonly PreTokenGenerationConfig?:
    | { readonly LambdaVersion: string; readonly LambdaArn: string }
    | undefined
  readonly CustomEmailSender?:
    | { readonly LambdaVersion: string; readonly LambdaArn: string }
    | undefined
  readonly CustomSMSSender?:
    | { readonly LambdaVersion: string; readonly LambdaArn: string }
    | undefined
  readonly KMSKeyID?: string | undefined
}

/** Message templates; `{####}` stands for the code, `{username}` for the user's name. */
export type MessageTexts = {
  readonly SmsMessage?: string | undefined
  /** InviteMessageTemplate spells it this way. */
  readonly SMSMessage?: string | undefined
  readonly EmailMessage?: string | undefined
  readonly EmailSubject?: string | undefined
  readonly EmailMessageByLink?: string | undefined
  readonly EmailSubjectByLink?: string | undefined
  readonly DefaultEmailOption?: 'CONFIRM_WITH_LINK' | 'CONFIRM_WITH_CODE' | undefined
}

export type MfaMode = 'OFF' | 'ON' | 'OPTIONAL'

/** A user pool. Members in capitals are shown by DescribeUserPool as they are. */
export type Pool = {
  readonly id: string
  readonly createdMs: number
  readonly modifiedMs: number
  readonly settings: PoolSettings
}

export type PoolSettings = {
  readonly Name: string
  readonly Policies: {
    readonly PasswordPolicy: PasswordPolicy
    readonly SignInPolicy: { readonly AllowedFirstAuthFactors: readonly Factor[] }
  }
  readonly DeletionProtection: 'ACTIVE' | 'INACTIVE'
  readonly LambdaConfig: LambdaConfig
  readonly SchemaAttributes: readonly SchemaAttribute[]
  readonly AutoVerifiedAttributes?: readonly ('email' | 'phone_number')[] | undefined
  readonly AliasAttributes?: readonly AliasKind[] | undefined
  readonly UsernameAttributes?: readonly ('email' | 'phone_number')[] | undefined
  readonly UsernameConfiguration: { readonly CaseSensitive: boolean }
  readonly VerificationMessageTemplate: MessageTexts
  readonly UserAttributeUpdateSettings: {
    readonly AttributesRequireVerificationBeforeUpdate: readonly ('email' | 'phone_number')[]
  }
  readonly MfaConfiguration: MfaMode
  readonly EnabledMfas: readonly MfaKind[]
  readonly AdminCreateUserConfig: {
    readonly AllowAdminCreateUserOnly: boolean
    readonly UnusedAccountValidityDays: number
    readonly InviteMessageTemplate?: MessageTexts | undefined
  }
  readonly AccountRecoverySetting: {
    readonly RecoveryMechanisms: readonly {
      readonly Priority: number
      readonly Name: 'verified_email' | 'verified_phone_number' | 'admin_only'
    }[]
  }
  readonly UserPoolTags: Readonly<Record<string, string>>
  readonly UserPoolTier: 'LITE' | 'ESSENTIALS' | 'PLUS'
  /** Settings that are kept and shown, and have no effect on this machine (SES, SNS, devices, add-ons). */
  readonly shown: Readonly<Record<string, unknown>>
}

export type MfaKind = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP'

export type TimeUnit = 'seconds' | 'minutes' | 'hours' | 'days'

/** An app client, in the words of DescribeUserPoolClient. */
export type Client = {
  readonly UserPoolId: string
  readonly ClientId: string
  readonly ClientName: string
  readonly ClientSecret?: string | undefined
  readonly RefreshTokenValidity: number
  readonly AccessTokenValidity?: number | undefined
  readonly IdTokenValidity?: number | undefined
  readonly TokenValidityUnits: {
    readonly AccessToken?: TimeUnit | undefined
    readonly IdToken?: TimeUnit | undefined
    readonly RefreshToken?: TimeUnit | undefined
  }
  readonly ReadAttributes?: readonly string[] | undefined
  readonly WriteAttributes?: readonly string[] | undefined
  readonly ExplicitAuthFlows?: readonly string[] | undefined
  readonly SupportedIdentityProviders?: readonly string[] | undefined
  readonly CallbackURLs?: readonly string[] | undefined
  readonly LogoutURLs?: readonly string[] | undefined
  readonly DefaultRedirectURI?: string | undefined
  readonly AllowedOAuthFlows?: readonly ('code' | 'implicit' | 'client_credentials')[] | undefined
  readonly AllowedOAuthScopes?: readonly string[] | undefined
  readonly AllowedOAuthFlowsUserPoolClient: boolean
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined
  readonly EnableTokenRevocation: boolean
  readonly EnablePropagateAdditionalUserContextData: boolean
  readonly AuthSessionValidity: number
  readonly RefreshTokenRotation?:
    | {
        readonly Feature: 'ENABLED' | 'DISABLED'
        readonly RetryGracePeriodSeconds?: number | undefined
      }
    | undefined
  readonly createdMs: number
  readonly modifiedMs: number
}

export type Group = {
  readonly name: string
  readonly description?: string | undefined
  readonly roleArn?: string | undefined
  readonly precedence?: number | undefined
  readonly createdMs: number
  readonly modifiedMs: number
}
