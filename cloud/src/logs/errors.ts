import { AwsError } from '../kernel/index.ts'

export const groupDoesNotExist = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')

export const streamDoesNotExist = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')

export const alreadyExists = (what: 'group' | 'stream'): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`)

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message)
