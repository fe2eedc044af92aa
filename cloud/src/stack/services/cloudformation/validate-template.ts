import { optional, text } from '../../../kernel/index.ts'
import { parseTemplate } from '../../../template/index.ts'
import { operation } from '../operation.ts'
import { templateBody } from './stack-input.ts'

/** AWS CloudFormation, "ValidateTemplate": the form of a template, and the parameters it takes. */
export const validateTemplate = operation('ValidateTemplate', {
  input: { TemplateBody: optional(text), TemplateURL: optional(text) },
  run(_context, input) {
    const template = parseTemplate(templateBody(input))
    return {
      ...(template.description === undefined ? {} : { Description: template.description }),
      Parameters: [...template.parameters].map(([ParameterKey, parameter]) => ({
        ParameterKey,
        ...(parameter.default === undefined ? {} : { DefaultValue: parameter.default }),
        NoEcho: parameter.noEcho,
      })),
      Capabilities: [],
    }
  },
})
