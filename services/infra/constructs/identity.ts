import { Duration, Tags } from 'aws-cdk-lib'
import type { App, Stack } from 'aws-cdk-lib'
import { AccountRecovery, Mfa, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito'
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito'
import { acknowledge } from './acknowledge.ts'
import { output } from './output.ts'
import { serviceStack } from './service-stack.ts'
import { physicalName, removalPolicy } from './stage.ts'
import type { Stage } from './stage.ts'

/** The user pool that all services trust. */
export type UserPoolTrust = {
  /** The stack `identity`: the pool stands in it unless it existed before, and the identity service's API. */
  readonly stack: Stack
  readonly userPool: IUserPool
  readonly client: IUserPoolClient
}

/** A pool that exists already, and the app client to sign in through. */
export type ExistingUserPool = { readonly userPoolId: string; readonly clientId: string }

/** The one user pool that every service with a sign-in trusts: one that exists, or one of their own. */
export function userPoolTrust(app: App, stage: Stage, existing?: ExistingUserPool): UserPoolTrust {
  const stack = serviceStack(app, 'identity', stage, 'Sign-up and sign-in, and all services’ users')
  if (existing === undefined) return { stack, ...ownUserPool(stack, stage) }
  return {
    stack,
    userPool: UserPool.fromUserPoolId(stack, 'Users', existing.userPoolId),
    client: UserPoolClient.fromUserPoolClientId(stack, 'Client', existing.clientId),
  }
}

function ownUserPool(stack: Stack, stage: Stage): Omit<UserPoolTrust, 'stack'> {
  const userPool = new UserPool(stack, 'Users', {
    userPoolName: physicalName(stage, 'users'),
    selfSignUpEnabled: true,
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(7),
    },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    removalPolicy: removalPolicy(stage),
    deletionProtection: stage.keepsData,
  })
  // The local cloud makes its demo user in the pool that bears this tag; on AWS it is a tag and no more.
  Tags.of(userPool).add('cloudlet:demo-user', 'true')
  acknowledge(userPool, {
    'AwsSolutions-COG2':
      'Each user chooses a second factor; programs sign in with a password alone.',
    'AwsSolutions-COG8':
      'The Plus tier is paid by the user; the threats it finds do not pay for it here.',
    'AwsSolutions-COG3': 'Advanced security belongs to the Plus tier (see COG8).',
  })

  userPool.addGroup('Admins', {
    groupName: 'admins',
    description: 'May see and create users',
  })
  const client = userPool.addClient('Client', {
    userPoolClientName: physicalName(stage, 'services'),
    authFlows: { userPassword: true, userSrp: true },
    generateSecret: false,
    preventUserExistenceErrors: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
    disableOAuth: true,
  })

  output(stack, 'UserPoolId', userPool.userPoolId)
  output(stack, 'UserPoolClientId', client.userPoolClientId)
  return { userPool, client }
}
