import { afterAll, describe, expect, it } from 'vitest'
import type { Cloud } from '../../cloud.ts'
import { table, testBench } from '../../test-cloud.ts'

const bench = testBench()
afterAll(() => bench.done())

const template = (name: string): string =>
  JSON.stringify({
    Parameters: {
      Name: { Type: 'String', Default: name },
      Secret: { Type: 'String', NoEcho: true, Default: 's3' },
    },
    Resources: { Table: table({ TableName: { Ref: 'Name' } }) },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': 'Table.Arn' }, Export: { Name: 'table-arn' } } },
  })

async function call(
  cloud: Cloud,
  operation: string,
  input: object = {},
): Promise<Record<string, unknown>> {
  const answer: unknown = await cloud.operations.cloudformation.get(operation)?.(input)
  return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>
}

describe('CloudFormation', () => {
  it('creates, shows, updates and deletes a stack', async () => {
    const cloud = await bench.start()

    const { StackId } = await call(cloud, 'CreateStack', {
      StackName: 's1',
      TemplateBody: template('first'),
    })
    const created = await call(cloud, 'DescribeStacks', { StackName: 's1' })
    const exported = await call(cloud, 'ListExports')
    await call(cloud, 'UpdateStack', {
      StackName: 's1',
      UsePreviousTemplate: 'true',
      Parameters: [
        { ParameterKey: 'Name', ParameterValue: 'second' },
        { ParameterKey: 'Secret', UsePreviousValue: 'true' },
      ],
    })
    const resources = await call(cloud, 'ListStackResources', { StackName: 's1' })
    await call(cloud, 'DeleteStack', { StackName: 's1' })

    expect(created).toMatchObject({
      Stacks: [
        {
          StackId,
          StackStatus: 'CREATE_COMPLETE',
          Parameters: [
            { ParameterKey: 'Name', ParameterValue: 'first' },
            { ParameterKey: 'Secret', ParameterValue: '****' },
          ],
        },
      ],
    })
    expect(exported).toMatchObject({ Exports: [{ Name: 'table-arn', ExportingStackId: StackId }] })
    expect(resources).toMatchObject({
      StackResourceSummaries: [{ LogicalResourceId: 'Table', PhysicalResourceId: 'second' }],
    })
    await expect(call(cloud, 'DescribeStacks', { StackName: 's1' })).rejects.toThrow(
      'Stack with id s1 does not exist',
    )
    expect(await call(cloud, 'DescribeStacks', { StackName: StackId })).toMatchObject({
      Stacks: [{ StackStatus: 'DELETE_COMPLETE' }],
    })
  })

  it('says that nothing has changed, and that a stack is there already', async () => {
    const cloud = await bench.start()
    const input = { StackName: 's1', TemplateBody: template('first') }
    await call(cloud, 'CreateStack', input)

    await expect(call(cloud, 'UpdateStack', input)).rejects.toThrow(
      'No updates are to be performed.',
    )
    await expect(call(cloud, 'CreateStack', input)).rejects.toThrow('Stack [s1] already exists')
  })

  it('answers Query requests in XML', async () => {
    const cloud = await bench.start()

    const answer = await fetch(cloud.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=x',
      },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })

    expect(await answer.text()).toContain('<Account>000000000000</Account>')
  })
})
