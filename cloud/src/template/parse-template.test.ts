import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'
import { TemplateError } from './template-error.ts'

function problems(text: string): readonly string[] {
  try {
    parseTemplate(text)
  } catch (error) {
    if (error instanceof TemplateError) return error.problems
    throw error
  }
  return []
}

describe('parseTemplate', () => {
  it('reads resources with their policies', () => {
    const text = JSON.stringify({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          DeletionPolicy: 'Retain',
          DependsOn: 'Role',
          Metadata: {},
        },
      },
    })

    const table = parseTemplate(text).resources.get('Table')

    expect(table).toEqual({
      logicalId: 'Table',
      type: 'AWS::DynamoDB::Table',
      properties: {},
      dependsOn: ['Role'],
      condition: undefined,
      deletionPolicy: 'Retain',
      updateReplacePolicy: 'Delete',
    })
  })

  it('says that YAML is not read', () => {
    expect(problems('Resources:\n  A: 1')[0]).toMatch(
      /^The template is no valid JSON \(YAML is not read/,
    )
  })

  it('names every mistake of form', () => {
    const text = JSON.stringify({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        'a-b': { Type: 'T' },
        A: { Properties: {} },
        B: { Type: 'T', UpdatePolicy: {} },
        C: { Type: 'T', DeletionPolicy: 'Keep' },
      },
      Outputs: { O: {} },
    })

    expect(problems(text)).toEqual([
      'Template: Transform (macros) is not simulated',
      'Resource a-b: a logical id is 1 to 255 letters and digits',
      'Resource A: Type is missing',
      'Resource B: UpdatePolicy is not simulated',
      'Resource C: DeletionPolicy: must be one of Delete, Retain, RetainExceptOnCreate, Snapshot',
      'Output O: Value is missing',
    ])
  })
})
