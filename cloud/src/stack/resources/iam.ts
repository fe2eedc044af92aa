import { arn, type Environment } from '../../kernel/index.ts'
import { recorded } from './recorded.ts'

/*
 * Roles and policies are recorded, so that a template's references resolve; they are not evaluated: on one
 * machine, every caller of the endpoint may do everything.
 */

const iamArn = (environment: Environment, resource: string): string =>
  arn({ ...environment, region: '' }, 'iam', resource) // IAM's ARNs name no region

export const iamRole = recorded(
  'AWS::IAM::Role',
  [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'PermissionsBoundary',
    'Policies',
    'RoleName',
    'Tags',
  ],
  {
    nameProperty: 'RoleName',
    attributes: ['Arn', 'RoleId'],
    record: (name, context) => ({
      physicalId: name,
      attributes: {
        Arn: iamArn(context.environment, `role/${name}`),
        RoleId: `AROA${name
          .replaceAll(/[^A-Za-z0-9]/g, '')
          .toUpperCase()
          .padEnd(17, '0')
          .slice(-17)}`,
      },
    }),
  },
)

export const iamPolicy = recorded(
  'AWS::IAM::Policy',
  ['Groups', 'PolicyDocument', 'PolicyName', 'Roles', 'Users'],
  {
    nameProperty: 'PolicyName',
    attributes: ['Id'],
    record: (name) => ({ physicalId: name, attributes: { Id: name } }),
  },
)

export const iamManagedPolicy = recorded(
  'AWS::IAM::ManagedPolicy',
  [
    'Description',
    'Groups',
    'ManagedPolicyName',
    'Path',
    'PolicyDocument',
    'Roles',
    'Tags',
    'Users',
  ],
  {
    nameProperty: 'ManagedPolicyName',
    attributes: ['PolicyArn'],
    record(name, context) {
      const policyArn = iamArn(context.environment, `policy/${name}`)
      return { physicalId: policyArn, attributes: { PolicyArn: policyArn } }
    },
  },
)
