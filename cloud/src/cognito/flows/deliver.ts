import type { CognitoContext } from '../context.ts'
import type { MessageTexts, Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { callIfSet, callTrigger, triggerAttributes } from './triggers.ts'

/** Why a message is sent: the last part of the triggers' sources. */
export type Occasion =
  | 'SignUp'
  | 'AdminCreateUser'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication'

export type Delivery = {
  readonly pool: Pool
  readonly clientId: string
  readonly user: User
  readonly occasion: Occasion
  readonly attribute: 'email' | 'phone_number'
  readonly destination: string
  /** A code, or the temporary password of an invitation. */
  readonly code: string
  readonly clientMetadata: Readonly<Record<string, string>>
}

export type CodeDeliveryDetails = {
  readonly AttributeName: string
  readonly DeliveryMedium: 'EMAIL' | 'SMS'
  readonly Destination: string
}

/** Sends a message by the pool's sender function, or into the outbox. */
export async function deliver(
  ctx: CognitoContext,
  delivery: Delivery,
): Promise<CodeDeliveryDetails> {
  const { pool, user, attribute, destination, code, occasion } = delivery
  const medium = attribute === 'email' ? 'EMAIL' : 'SMS'
  const details = {
    AttributeName: attribute,
    DeliveryMedium: medium,
    Destination: maskedDestination(attribute, destination),
  } as const
  if (await sendByFunction(ctx, delivery, medium)) return details
  const texts = await messageTexts(ctx, delivery)
  const template = (medium === 'EMAIL' ? texts.EmailMessage : texts.SmsMessage) ?? '{####}'
  const fill = (text: string): string =>
    text
      .replaceAll('{####}', () => code)
      .replaceAll('{username}', () => user.username)
      .replaceAll(/\{##(.*?)##\}/g, (_, label: string) => `${label} ${code}`)
  await ctx.outbox.add({
    poolId: pool.id,
    username: user.username,
    medium,
    destination,
    ...(medium === 'EMAIL'
      ? { subject: fill(texts.EmailSubject ?? 'Your verification code') }
      : {}),
    body: fill(template),
    occasion: `CustomMessage_${occasion}`,
    code,
  })
  return details
}

/** "CustomMessage" may rewrite the pool's texts; the placeholders stand for what is secret until sending. */
async function messageTexts(ctx: CognitoContext, delivery: Delivery): Promise<MessageTexts> {
  const { pool, user, occasion } = delivery
  const texts = configuredTexts(pool, occasion)
  const response = await callIfSet(ctx, { pool, clientId: delivery.clientId }, 'CustomMessage', {
    userName: user.username,
    triggerSource: `CustomMessage_${occasion}`,
    request: {
      userAttributes: triggerAttributes(user),
      codeParameter: '{####}',
      linkParameter: '{##Click Here##}',
      usernameParameter: occasion === 'AdminCreateUser' ? '{username}' : null,
      clientMetadata: delivery.clientMetadata,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  })
  const own = (name: string): string | undefined => {
    const value = response?.[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    SmsMessage: own('smsMessage') ?? texts.SmsMessage,
    EmailMessage: own('emailMessage') ?? texts.EmailMessage,
    EmailSubject: own('emailSubject') ?? texts.EmailSubject,
  }
}

/** The pool's templates, or Cognito's own sentences. */
function configuredTexts(pool: Pool, occasion: Occasion): MessageTexts {
  if (occasion === 'AdminCreateUser') {
    const invite = pool.settings.AdminCreateUserConfig.InviteMessageTemplate
    const text = 'Your username is {username} and temporary password is {####}.'
    return {
      SmsMessage: invite?.SMSMessage ?? text,
      EmailMessage: invite?.EmailMessage ?? text,
      EmailSubject: invite?.EmailSubject ?? 'Your temporary password',
    }
  }
  const own = pool.settings.VerificationMessageTemplate
  const byLink = own.DefaultEmailOption === 'CONFIRM_WITH_LINK' && occasion === 'SignUp'
  const noun = occasion === 'Authentication' ? 'authentication' : 'confirmation'
  const text = `Your ${noun} code is {####}.`
  return {
    SmsMessage: own.SmsMessage ?? text,
    EmailMessage: (byLink ? own.EmailMessageByLink : own.EmailMessage) ?? text,
    EmailSubject: (byLink ? own.EmailSubjectByLink : own.EmailSubject) ?? 'Your verification code',
  }
}

/**
 * "Custom email sender Lambda trigger": the function sends instead of the pool. AWS encrypts the code with the
 * customer's KMS key; on this machine, which has no KMS, `code` is its Base64.
 */
async function sendByFunction(
  ctx: CognitoContext,
  delivery: Delivery,
  medium: 'EMAIL' | 'SMS',
): Promise<boolean> {
  const { pool, user, occasion } = delivery
  const config = pool.settings.LambdaConfig
  const sender = medium === 'EMAIL' ? config.CustomEmailSender : config.CustomSMSSender
  if (sender === undefined) return false
  const trigger = medium === 'EMAIL' ? 'CustomEmailSender' : 'CustomSMSSender'
  await callTrigger(ctx, {
    pool,
    clientId: delivery.clientId,
    userName: user.username,
    trigger,
    functionArn: sender.LambdaArn,
    triggerSource: `${trigger}_${occasion}`,
    request: {
      type: medium === 'EMAIL' ? 'customEmailSenderRequestV1' : 'customSMSSenderRequestV1',
      code: Buffer.from(delivery.code).toString('base64'),
      userAttributes: triggerAttributes(user),
      clientMetadata: delivery.clientMetadata,
    },
    response: {},
  })
  return true
}

/** As Cognito shows an address to who may not own it: `f***@e***`, `+*******1234`. */
export const maskedDestination = (
  attribute: 'email' | 'phone_number',
  destination: string,
): string => {
  if (attribute === 'phone_number') return `+*******${destination.slice(-4)}`
  const [name = '', host = ''] = destination.split('@')
  return `${name.charAt(0)}***@${host.charAt(0)}***`
}
