import { AwsError, document, list, optional, structure, text } from '../../../kernel/index.ts'

/** What CreateStack and UpdateStack take of a stack. */
export const stackInput = {
  StackName: text,
  TemplateBody: optional(text),
  TemplateURL: optional(text),
  UsePreviousTemplate: optional(text),
  Parameters: optional(
    list(
      structure({
        ParameterKey: text,
        ParameterValue: optional(text),
        UsePreviousValue: optional(text),
      }),
    ),
  ),
  Capabilities: optional(document),
  Tags: optional(document),
} as const

type Given = {
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
}

/** @throws AwsError ValidationError when the template is not in the request */
export function templateBody({ TemplateBody, TemplateURL }: Given): string {
  if (TemplateBody !== undefined) return TemplateBody
  throw new AwsError(
    'ValidationError',
    TemplateURL === undefined
      ? 'Either Template URL or Template Body must be specified.'
      : 'TemplateURL is not simulated: there is no S3 here. Send the template as TemplateBody, or deploy it with cloudlet up.',
  )
}

type Parameter = {
  readonly ParameterKey: string
  readonly ParameterValue?: string | undefined
  readonly UsePreviousValue?: string | undefined
}

/** Parameters by name; those to be kept take the value that the stack has. */
export const parameterValues = (
  parameters: readonly Parameter[] | undefined,
  former: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (parameters ?? []).flatMap(({ ParameterKey, ParameterValue, UsePreviousValue }) => {
      const kept = Object.hasOwn(former, ParameterKey) ? former[ParameterKey] : undefined
      const value = UsePreviousValue === 'true' ? kept : ParameterValue
      return value === undefined ? [] : [[ParameterKey, value]]
    }),
  )
