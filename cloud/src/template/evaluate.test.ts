import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateTemplate, type Evaluation, type EvaluationInput } from './evaluate.ts'
import type { Json, JsonObject } from './json.ts'
import { parseTemplate } from './parse-template.ts'
import type { FindPhysical } from './scope.ts'
import { TemplateError } from './template-error.ts'

const input: EvaluationInput = {
  region: 'eu-west-1',
  accountId: '123456789012',
  stackName: 'shop',
  stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1',
  parameters: {},
  findSsmParameter: (name) => (name === '/version' ? '30' : undefined),
  findExport: (name) => (name === 'vpc-id' ? 'vpc-1' : undefined),
}

type Sections = Readonly<Record<string, unknown>>

const evaluate = (sections: Sections, over: Partial<EvaluationInput> = {}): Evaluation =>
  evaluateTemplate(parseTemplate(JSON.stringify({ Resources: {}, ...sections })), {
    ...input,
    ...over,
  })

const physical: FindPhysical = (logicalId) => ({
  physicalId: `${logicalId}-id`,
  attributes: { Arn: `arn:${logicalId}` },
})

/** What one property resolves to, beside a resource `Table`. */
function resolved(value: unknown, sections: Sections = {}): Json | undefined {
  const evaluation = evaluate({
    ...sections,
    Resources: { Table: { Type: 'T' }, Foo: { Type: 'F', Properties: { Bar: value } } },
  })
  return evaluation.properties('Foo', physical)['Bar']
}

function problems(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof TemplateError) return error.problems
    throw error
  }
  return []
}

describe('intrinsic functions', () => {
  it.each<[string, unknown, Json]>([
    ['Ref to a resource', { Ref: 'Table' }, 'Table-id'],
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['GetAtt, list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:Table'],
    ['GetAtt, dotted', { 'Fn::GetAtt': 'Table.Arn' }, 'arn:Table'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'Table' }, 3]] }, 'a/Table-id/3'],
    ['Split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [
      'Select',
      { 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] },
      'Table',
    ],
    [
      'Sub, text',
      { 'Fn::Sub': '${Table}:${Table.Arn}:${AWS::AccountId}:${!Raw}' },
      'Table-id:arn:Table:123456789012:${Raw}',
    ],
    [
      'Sub, with values',
      { 'Fn::Sub': ['${a}-${Table}', { a: { Ref: 'AWS::StackName' } }] },
      'shop-Table-id',
    ],
    ['Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['ImportValue', { 'Fn::ImportValue': 'vpc-id' }, 'vpc-1'],
    ['NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    [
      'a policy that has a Condition',
      [{ Effect: 'Allow', Condition: { A: 'b' } }],
      [{ Effect: 'Allow', Condition: { A: 'b' } }],
    ],
  ])('%s', (_name, value, wanted) => {
    const result = resolved(value)

    expect(result).toEqual(wanted)
  })

  it('leaves out a property that is AWS::NoValue', () => {
    const result = resolved({ a: { Ref: 'AWS::NoValue' }, b: 1 })

    expect(result).toEqual({ b: 1 })
  })

  it('chooses by condition, and finds in mappings', () => {
    const sections = {
      Parameters: { Stage: { Type: 'String', Default: 'prod' } },
      Mappings: { Size: { prod: { memory: 512 }, constructor: { memory: 1 } } },
      Conditions: {
        IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        Both: {
          'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
        },
      },
    }

    expect(resolved({ 'Fn::If': ['Both', 'yes', { 'Fn::GetAtt': 'Gone.Arn' }] }, sections)).toBe(
      'yes',
    )
    expect(resolved({ 'Fn::FindInMap': ['Size', { Ref: 'Stage' }, 'memory'] }, sections)).toBe(512)
    expect(
      problems(() => resolved({ 'Fn::FindInMap': ['Size', 'toString', 'memory'] }, sections)),
    ).toEqual([
      'Resource Foo: Properties.Bar: Fn::FindInMap there is no mapping Size → toString → memory',
    ])
  })

  it.each<[unknown, string]>([
    [
      { 'Fn::GetAtt': ['Baz', 'Arn'] },
      'Resource Foo: Properties.Bar: Fn::GetAtt names unknown resource Baz',
    ],
    [
      { 'Fn::GetAtt': ['Table', 'Nope'] },
      'Resource Foo: Properties.Bar: Fn::GetAtt names unknown attribute Nope of Table',
    ],
    [{ Ref: 'Baz' }, 'Resource Foo: Properties.Bar: Ref names unknown resource Baz'],
    [{ Ref: '__proto__' }, 'Resource Foo: Properties.Bar: Ref names unknown resource __proto__'],
    [
      { 'Fn::Sub': 'a ${Baz.Arn}' },
      'Resource Foo: Properties.Bar: Fn::Sub names unknown resource Baz',
    ],
    [
      { a: [{ 'Fn::Select': [2, ['x']] }] },
      'Resource Foo: Properties.Bar.a[0]: Fn::Select index 2 is outside the list of 1 values',
    ],
    [
      { 'Fn::Cidr': ['10.0.0.0/16', 1] },
      'Resource Foo: Properties.Bar: Fn::Cidr is not simulated: there are no networks here',
    ],
    [
      { 'Fn::Nonsense': 1 },
      'Resource Foo: Properties.Bar: Fn::Nonsense is no function that may stand here',
    ],
    [
      { 'Fn::ImportValue': 'none' },
      'Resource Foo: Properties.Bar: Fn::ImportValue names an unknown export none',
    ],
    [
      { 'Fn::If': ['None', 1, 2] },
      'Resource Foo: Properties.Bar: Fn::If names unknown condition None',
    ],
    [
      { 'Fn::Join': ['', 'text'] },
      'Resource Foo: Properties.Bar: Fn::Join wants a list of values, not the text "text"',
    ],
  ])('%j says what is wrong and where', (value, sentence) => {
    expect(problems(() => resolved(value))).toEqual([sentence])
  })
})

describe('intrinsic functions, for any text', () => {
  const plain = fc.string().filter((text) => !/[⟦⟧]/.test(text))

  it('Split takes apart what Join has joined', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(',', '/', '::', ' '),
        fc.array(plain, { minLength: 1 }),
        (delimiter, parts) => {
          fc.pre(!parts.some((part) => `${part}${delimiter}`.indexOf(delimiter) < part.length))
          const joined = { 'Fn::Join': [delimiter, parts] }

          expect(resolved({ 'Fn::Split': [delimiter, joined] })).toEqual(
            parts.join(delimiter).split(delimiter),
          )
        },
      ),
    )
  })

  it('Sub puts any value in unchanged, without reading it again', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const result = resolved({ 'Fn::Sub': ['<${v}>', { v: value }] })

        expect(result).toBe(`<${value}>`)
      }),
    )
  })

  it('leaves JSON without functions as it is', () => {
    const key = fc.string().filter((name) => !name.startsWith('Fn::') && name !== 'Ref')
    const tree = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    })).value

    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(resolved(value))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('Select gives the member of a list', () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), fc.nat(), (values, n) => {
        const index = n % values.length

        expect(resolved({ 'Fn::Select': [index, values] })).toBe(values[index])
      }),
    )
  })
})

describe('evaluateTemplate', () => {
  it('takes a template as CDK writes it: SSM parameter, rule, conditions that leave resources out', () => {
    const evaluation = evaluate({
      Parameters: {
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' },
      },
      Rules: {
        CheckBootstrapVersion: {
          Assertions: [
            {
              Assert: {
                'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }],
              },
              AssertDescription: 'CDK bootstrap stack version 6 required.',
            },
          ],
        },
      },
      Conditions: {
        InChina: {
          'Fn::Or': [
            { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-1'] },
            { 'Fn::Equals': ['a', 'b'] },
          ],
        },
      },
      Resources: {
        CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'InChina' },
        Table: { Type: 'T', DependsOn: ['CDKMetadata', 'Role'] },
        Role: { Type: 'R', Properties: { Table: 'x' } },
      },
    })

    expect([...evaluation.resources.keys()]).toEqual(['Table', 'Role'])
    expect([...(evaluation.resources.get('Table')?.dependencies ?? [])]).toEqual(['Role'])
    expect(evaluation.parameters.get('BootstrapVersion')).toBe('30')
  })

  it('shows what will be resolved later as marks, and who depends on whom', () => {
    const evaluation = evaluate({
      Resources: {
        Fn: {
          Type: 'F',
          Properties: {
            Arn: { 'Fn::GetAtt': ['Table', 'Arn'] },
            Parts: { 'Fn::Split': ['/', { Ref: 'Table' }] },
          },
        },
        Table: { Type: 'T' },
      },
    })

    const planned = evaluation.resources.get('Fn')
    expect(planned?.preview).toEqual({ Arn: '⟦Table.Arn⟧', Parts: '⟦Table⟧' })
    expect([...(planned?.dependencies ?? [])]).toEqual(['Table'])
  })

  it('gives outputs with exports, and records imports', () => {
    const evaluation = evaluate({
      Resources: { Table: { Type: 'T', Properties: { V: { 'Fn::ImportValue': 'vpc-id' } } } },
      Outputs: {
        Name: {
          Value: { Ref: 'Table' },
          Export: { Name: { 'Fn::Sub': '${AWS::StackName}-table' } },
        },
      },
    })

    expect(evaluation.outputs(physical)).toEqual([
      { name: 'Name', value: 'Table-id', description: undefined, exportName: 'shop-table' },
    ])
    expect([...evaluation.imports]).toEqual(['vpc-id'])
  })

  it('names every problem at once', () => {
    const sentences = problems(() =>
      evaluate({
        Resources: {
          A: { Type: 'T', Properties: { X: { Ref: 'Nope' } }, DependsOn: 'Gone' },
          B: { Type: 'T', Properties: { Y: { 'Fn::Cidr': [] } } },
        },
        Outputs: { O: { Value: { 'Fn::GetAtt': 'Z.Arn' } } },
      }),
    )

    expect(sentences).toEqual([
      'Resource A: Properties.X: Ref names unknown resource Nope',
      'Resource A: DependsOn: names unknown resource Gone',
      'Resource B: Properties.Y: Fn::Cidr is not simulated: there are no networks here',
      'Output O: Value: Fn::GetAtt names unknown resource Z',
    ])
  })

  it.each<[string, Sections, string]>([
    [
      'a parameter without a value',
      { Parameters: { P: { Type: 'String' } } },
      'Parameter P: has no value and no default',
    ],
    [
      'a value that is not allowed',
      { Parameters: { P: { Type: 'String', Default: 'x', AllowedValues: ['a', 'b'] } } },
      'Parameter P: "x" is none of the allowed values [a, b]',
    ],
    [
      'a number out of range',
      { Parameters: { P: { Type: 'Number', Default: 9, MaxValue: 5 } } },
      'Parameter P: must be at most 5',
    ],
    [
      'an unknown SSM parameter',
      { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/no' } } },
      'Parameter P: there is no SSM parameter /no',
    ],
    [
      'a condition that depends on itself',
      { Conditions: { A: { 'Fn::Not': [{ Condition: 'A' }] } } },
      'Condition A: depends on itself (A → A)',
    ],
    [
      'a rule that does not hold',
      {
        Rules: {
          R: {
            Assertions: [
              { Assert: { 'Fn::Equals': ['a', 'b'] }, AssertDescription: 'a must be b' },
            ],
          },
        },
      },
      'Rule R: a must be b',
    ],
  ])('refuses %s', (_name, sections, sentence) => {
    expect(problems(() => evaluate(sections))).toEqual([sentence])
  })

  it('splits list parameters', () => {
    const evaluation = evaluate(
      { Parameters: { L: { Type: 'CommaDelimitedList' } } },
      { parameters: { L: 'a, b' } },
    )

    expect(evaluation.parameters.get('L')).toEqual(['a', 'b'])
  })

  it('keeps members that are named like those of Object', () => {
    const source =
      '{"Resources":{"A":{"Type":"T","Properties":{"__proto__":{"Ref":"AWS::Region"},"constructor":1}}}}'

    const properties: JsonObject = evaluateTemplate(parseTemplate(source), input).properties(
      'A',
      physical,
    )

    expect(JSON.stringify(properties)).toBe('{"__proto__":"eu-west-1","constructor":1}')
  })
})
