import { arn, AwsError, boolean, optional, text } from '../../kernel/index.ts'
import { operation } from './operation.ts'

/** AWS Systems Manager, "GetParameter". */
export const getParameter = operation('GetParameter', {
  input: { Name: text, WithDecryption: optional(boolean) },
  run({ environment, parameters }, { Name }) {
    const found = parameters.find(Name)
    if (found === undefined) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`)
    return {
      Parameter: {
        Name,
        Type: found.type,
        Value: found.value,
        Version: found.version,
        LastModifiedDate: found.modified / 1000,
        ARN: arn(environment, 'ssm', `parameter/${Name.replace(/^\//, '')}`),
        DataType: 'text',
      },
    }
  },
})
