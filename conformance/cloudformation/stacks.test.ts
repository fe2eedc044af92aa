import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import {
  inlineFunction,
  refusal,
  startDeployedCloud,
  table,
  type DeployedCloud,
  type Json,
} from '../deployed-cloud.ts'

let run: DeployedCloud
let stacks: CloudFormationClient
let dynamodb: DynamoDBClient
let lambda: LambdaClient

beforeAll(async () => {
  run = await startDeployedCloud()
  stacks = new CloudFormationClient(run.settings)
  dynamodb = new DynamoDBClient(run.settings)
  lambda = new LambdaClient(run.settings)
})
afterAll(async () => {
  for (const each of [stacks, dynamodb, lambda]) each.destroy()
  await run.stop()
})

/** A table and a function that is told its name; `word` is what changes. */
const shop = (word: string, more: Json = {}): string =>
  JSON.stringify({
    Description: 'A shop.',
    Parameters: {
      TableName: { Type: 'String', Default: 'shop' },
      Secret: { Type: 'String', NoEcho: true, Default: 'hush' },
    },
    Resources: {
      Table: table({ TableName: { Ref: 'TableName' } }),
      Function: inlineFunction('exports.handler = async () => process.env', {
        FunctionName: { 'Fn::Sub': '${AWS::StackName}-function' },
        Environment: { Variables: { TABLE: { Ref: 'Table' }, WORD: word } },
      }),
      ...more,
    },
    Outputs: {
      TableArn: {
        Value: { 'Fn::GetAtt': ['Table', 'Arn'] },
        Export: { Name: { 'Fn::Sub': '${AWS::StackName}-table' } },
      },
    },
  })

const create = (StackName: string, TemplateBody: string) =>
  stacks.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }))

const described = async (StackName: string) =>
  (await stacks.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]

async function word(FunctionName: string): Promise<unknown> {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }))
  const { TABLE, WORD } = JSON.parse(Payload?.transformToString() ?? '') as Record<string, string>
  return { TABLE, WORD }
}

describe('a stack', () => {
  it('is created, shown, updated by difference and deleted by TemplateBody', async () => {
    const { StackId } = await stacks.send(
      new CreateStackCommand({
        StackName: 'shop',
        TemplateBody: shop('first'),
        Parameters: [{ ParameterKey: 'TableName', ParameterValue: 'articles' }],
      }),
    )
    await waitUntilStackCreateComplete({ client: stacks, maxWaitTime: 40 }, { StackName: 'shop' })
    const created = await described('shop')
    const first = await word('shop-function')
    await stacks.send(
      new UpdateStackCommand({
        StackName: 'shop',
        TemplateBody: shop('second'),
        Parameters: [{ ParameterKey: 'TableName', UsePreviousValue: true }],
      }),
    )
    const second = await word('shop-function')
    const updated = await described('shop')

    expect(StackId).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/shop\//)
    expect(created).toMatchObject({
      StackId,
      StackName: 'shop',
      Description: 'A shop.',
      StackStatus: 'CREATE_COMPLETE',
      CreationTime: expect.any(Date),
      Parameters: [
        { ParameterKey: 'TableName', ParameterValue: 'articles' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
      ],
      Outputs: [
        {
          OutputKey: 'TableArn',
          OutputValue: 'arn:aws:dynamodb:us-east-1:000000000000:table/articles',
          ExportName: 'shop-table',
        },
      ],
    })
    expect(updated).toMatchObject({ StackId, StackStatus: 'UPDATE_COMPLETE' })
    expect([first, second]).toEqual([
      { TABLE: 'articles', WORD: 'first' },
      { TABLE: 'articles', WORD: 'second' },
    ])

    await stacks.send(new DeleteStackCommand({ StackName: 'shop' }))
    await waitUntilStackDeleteComplete({ client: stacks, maxWaitTime: 40 }, { StackName: 'shop' })
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).not.toContain('articles')
    expect(await refusal(word('shop-function'))).toContain('404 ResourceNotFoundException')
    expect(await refusal(described('shop'))).toBe(
      '400 ValidationError: Stack with id shop does not exist',
    )
    expect(await described(StackId ?? '')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' })
  })

  it('shows its resources, events and template', async () => {
    await create('shown', shop('x').replace('"Default":"shop"', '"Default":"shown"'))
    const StackName = 'shown'

    const listed = await stacks.send(new ListStackResourcesCommand({ StackName }))
    const resources = await stacks.send(new DescribeStackResourcesCommand({ StackName }))
    const one = await stacks.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Table' }),
    )
    const events = await stacks.send(new DescribeStackEventsCommand({ StackName }))
    const template = await stacks.send(new GetTemplateCommand({ StackName }))
    const summaries = await stacks.send(
      new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }),
    )
    const exported = await stacks.send(new ListExportsCommand({}))

    const ids = listed.StackResourceSummaries?.map((each) => [
      each.LogicalResourceId,
      each.PhysicalResourceId,
      each.ResourceType,
      each.ResourceStatus,
    ])
    expect(ids?.toSorted()).toEqual([
      ['Function', 'shown-function', 'AWS::Lambda::Function', 'CREATE_COMPLETE'],
      ['Table', 'shown', 'AWS::DynamoDB::Table', 'CREATE_COMPLETE'],
    ])
    expect(resources.StackResources).toHaveLength(2)
    expect(one.StackResourceDetail).toMatchObject({ PhysicalResourceId: 'shown' })
    expect(
      events.StackEvents?.map((each) => `${each.LogicalResourceId} ${each.ResourceStatus}`),
    ).toEqual([
      'shown CREATE_COMPLETE',
      'Function CREATE_COMPLETE',
      'Function CREATE_IN_PROGRESS',
      'Table CREATE_COMPLETE',
      'Table CREATE_IN_PROGRESS',
      'shown CREATE_IN_PROGRESS',
    ])
    expect(JSON.parse(template.TemplateBody ?? '')).toMatchObject({ Description: 'A shop.' })
    expect(summaries.StackSummaries?.map((each) => each.StackName)).toContain('shown')
    expect(exported.Exports?.map((each) => each.Name)).toContain('shown-table')
  })

  it('is rolled back when a resource cannot be made', async () => {
    await dynamodb.send(new ListTablesCommand({}))
    await create('taken', shop('x').replace('"Default":"shop"', '"Default":"taken"'))

    const sentence = await refusal(
      create('second', shop('x').replace('"Default":"shop"', '"Default":"taken"')),
    )

    expect(sentence).toMatch(/^400 .*taken/)
    expect(await refusal(word('second-function'))).toContain('404')
    expect(await word('taken-function')).toEqual({ TABLE: 'taken', WORD: 'x' })
  })
})

describe('refusals', () => {
  it('are listed together, before anything is made', async () => {
    const template = JSON.stringify({
      Resources: {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Table: table({ TableName: 'never', Flavour: 'sweet' }),
        Python: inlineFunction('', { Runtime: 'python3.12' }),
      },
    })

    const sentence = await refusal(create('refused', template))

    expect(sentence).toContain('400 ValidationError')
    expect(sentence).toContain('AWS::S3::Bucket is not simulated')
    expect(sentence).toContain('Properties.Flavour: is not simulated')
    expect(sentence).toContain('python3.12 is not simulated')
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).not.toContain('never')
    expect(await refusal(described('refused'))).toContain('does not exist')
  })

  it('name what is wrong with the call', async () => {
    await create('again', shop('x').replace('"Default":"shop"', '"Default":"again"'))

    expect(await refusal(create('again', shop('x')))).toBe(
      '400 AlreadyExistsException: Stack [again] already exists',
    )
    expect(
      await refusal(
        stacks.send(new UpdateStackCommand({ StackName: 'again', UsePreviousTemplate: true })),
      ),
    ).toBe('400 ValidationError: No updates are to be performed.')
    expect(
      await refusal(
        stacks.send(new UpdateStackCommand({ StackName: 'none', TemplateBody: shop('x') })),
      ),
    ).toMatch(/^400 ValidationError: Stack .*none.* does not exist/)
    expect(await refusal(create('1bad', shop('x')))).toMatch(/^400 ValidationError: .*stackName/)
    expect(await refusal(create('broken', '{'))).toMatch(/^400 ValidationError: .*JSON/)
    expect(
      await refusal(stacks.send(new ValidateTemplateCommand({ TemplateBody: '{"Resources":3}' }))),
    ).toMatch(/^400 ValidationError: /)
  })
})

describe('STS', () => {
  it('tells the account', async () => {
    const sts = new STSClient(run.settings)

    const identity = await sts.send(new GetCallerIdentityCommand({}))
    sts.destroy()

    expect(identity).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    })
  })
})
