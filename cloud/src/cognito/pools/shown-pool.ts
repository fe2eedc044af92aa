import type { Environment } from '../../kernel/index.ts'
import { arn } from '../../kernel/index.ts'
import type { Pool } from './pool.ts'

/** A pool as DescribeUserPool shows it. */
export function shownPool(environment: Environment, pool: Pool, users: number) {
  const { shown, EnabledMfas: _, ...settings } = pool.settings
  return {
    Id: pool.id,
    ...shown,
    ...settings,
    LastModifiedDate: pool.modifiedMs / 1000,
    CreationDate: pool.createdMs / 1000,
    EstimatedNumberOfUsers: users,
    Arn: arn(environment, 'cognito-idp', `userpool/${pool.id}`),
    SmsVerificationMessage: settings.VerificationMessageTemplate.SmsMessage,
    EmailVerificationMessage: settings.VerificationMessageTemplate.EmailMessage,
    EmailVerificationSubject: settings.VerificationMessageTemplate.EmailSubject,
  }
}
