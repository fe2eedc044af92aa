import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CreateFunctionCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import {
  inlineFunction,
  refusal,
  startDeployedCloud,
  table,
  type DeployedCloud,
} from '../deployed-cloud.ts'

const CODE = 'exports.handler = async () => 1'

let run: DeployedCloud
let lambda: LambdaClient
let mappingId = ''

beforeAll(async () => {
  run = await startDeployedCloud()
  const id = await run.deploy('functions', {
    One: inlineFunction(CODE, {
      FunctionName: 'one',
      Description: 'The first.',
      MemorySize: 512,
      Timeout: 9,
      Environment: { Variables: { KEY: 'value' } },
      Tags: [{ Key: 'team', Value: 'shop' }],
      ReservedConcurrentExecutions: 5,
      TracingConfig: { Mode: 'Active' },
    }),
    Two: inlineFunction(CODE, { FunctionName: 'two' }),
    Three: inlineFunction(CODE, { FunctionName: 'three' }),
    Table: table({ TableName: 'orders', StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'One' },
        EventSourceArn: { 'Fn::GetAtt': 'Table.StreamArn' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 7,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      },
    },
  })
  mappingId = id('Mapping')
  lambda = new LambdaClient(run.settings)
})
afterAll(async () => {
  lambda.destroy()
  await run.stop()
})

describe('GetFunction', () => {
  it('shows what was deployed', async () => {
    const { Configuration, Tags, Concurrency, Code } = await lambda.send(
      new GetFunctionCommand({ FunctionName: 'one' }),
    )

    expect(Configuration).toMatchObject({
      FunctionName: 'one',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:one',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Description: 'The first.',
      Timeout: 9,
      MemorySize: 512,
      Version: '$LATEST',
      State: 'Active',
      Environment: { Variables: { KEY: 'value' } },
      TracingConfig: { Mode: 'Active' },
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      LoggingConfig: { LogGroup: '/aws/lambda/one' },
    })
    expect(Number.isNaN(Date.parse(Configuration?.LastModified ?? ''))).toBe(false)
    expect({ Tags, Concurrency }).toEqual({
      Tags: { team: 'shop' },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    })
    expect(Code?.Location).toMatch(/^file:/)
  })

  it('changes the hash with the code alone', async () => {
    const hash = async (): Promise<string | undefined> =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'other' }))).CodeSha256
    const deploy = (code: string) =>
      run.deploy('other', { Other: inlineFunction(code, { FunctionName: 'other' }) })

    await deploy(CODE)
    const first = await hash()
    await deploy(`${CODE} // changed`)
    const second = await hash()

    expect(first).not.toBe(second)
    expect(first).toHaveLength(createHash('sha256').digest('base64').length)
  })

  it('refuses what is not there', async () => {
    expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: 'none' })))).toBe(
      '404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:none',
    )
  })
})

describe('ListFunctions', () => {
  it('lists them in pages', async () => {
    const pages: (string | undefined)[][] = []
    for await (const { Functions = [] } of paginateListFunctions(
      { client: lambda, pageSize: 2 },
      {},
    )) {
      pages.push(Functions.map((each) => each.FunctionName).filter((name) => name !== 'other'))
    }

    expect(pages.flat()).toEqual(['one', 'three', 'two'])
    expect(pages.length).toBeGreaterThan(1)
  })

  it('refuses a page size that there is not', async () => {
    const { Functions } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }))

    expect(Functions).toHaveLength(1)
    expect(await refusal(lambda.send(new ListFunctionsCommand({ MaxItems: -1 })))).toMatch(/^400 /)
  })
})

describe('event source mappings', () => {
  it('are listed by function and by stream, and shown', async () => {
    const shown = {
      UUID: mappingId,
      BatchSize: 7,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      State: 'Enabled',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:one',
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    }

    const byName = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: 'one' }))
    const none = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: 'two' }))
    const one = await lambda.send(new GetEventSourceMappingCommand({ UUID: mappingId }))

    expect(byName.EventSourceMappings).toMatchObject([shown])
    expect(none.EventSourceMappings).toEqual([])
    expect(one).toMatchObject(shown)
    expect(one.EventSourceArn).toMatch(/:table\/orders\/stream\//)
  })
})

describe('what comes from templates alone', () => {
  it('is refused by name', async () => {
    const create = new CreateFunctionCommand({
      FunctionName: 'new',
      Role: 'arn:aws:iam::000000000000:role/test',
      Code: { ZipFile: new Uint8Array([1]) },
    })
    const update = new UpdateFunctionCodeCommand({
      FunctionName: 'one',
      ZipFile: new Uint8Array([1]),
    })

    expect(await refusal(lambda.send(create))).toMatch(/^400 .*CreateFunction is not simulated/)
    expect(await refusal(lambda.send(update))).toMatch(/^400 .*UpdateFunctionCode is not simulated/)
  })
})
