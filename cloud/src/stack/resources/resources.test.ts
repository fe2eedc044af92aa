import { afterAll, describe, expect, it } from 'vitest'
import type { Cloud } from '../cloud.ts'
import { inlineFunction, table, testBench, type Sections } from '../test-cloud.ts'

const bench = testBench()
afterAll(() => bench.done())

async function dynamo(cloud: Cloud, name: string, input: object): Promise<Record<string, unknown>> {
  const answer: unknown = await cloud.operations.dynamodb.get(name)?.(input)
  return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>
}

describe('AWS::Lambda::EventSourceMapping', () => {
  /** Writes what it saw to a log line; failures go to the queue. */
  const resources = (code: string): Sections => ({
    Orders: table({ TableName: 'orders', StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Projector: inlineFunction(code, { FunctionName: 'projector' }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
        FunctionName: { Ref: 'Projector' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: '10',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': 'Failed.Arn' } } },
      },
    },
  })

  it('feeds a function from a stream, and its failures to a queue', async () => {
    const cloud = await bench.start()
    await bench.deploy(
      cloud,
      'orders',
      resources(`exports.handler = async () => { throw new Error('no') }`),
    )

    await dynamo(cloud, 'PutItem', { TableName: 'orders', Item: { id: { S: '1' } } })

    const url = (await cloud.operations.sqs.get('GetQueueUrl')?.({ QueueName: 'failed' })) as {
      QueueUrl: string
    }
    const received = (await cloud.operations.sqs.get('ReceiveMessage')?.({
      QueueUrl: url.QueueUrl,
      WaitTimeSeconds: 20,
    })) as { Messages: { Body: string }[] }
    expect(JSON.parse(received.Messages[0]?.Body ?? '{}')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1 },
    })
  })
})

describe('API Gateway REST APIs', () => {
  const pieces: Sections = {
    Handler: inlineFunction(
      `exports.handler = async (event) => ({ statusCode: 200, body: event.resource + ' ' + event.requestContext.stage })`,
    ),
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'pieces', Tags: [{ Key: 'cloudlet:base-path', Value: 'p' }] },
    },
    Users: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' },
        PathPart: 'users',
      },
    },
    User: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'Users' }, PathPart: '{id}' },
    },
    GetUser: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'User' },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: {
            'Fn::Sub':
              'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Handler.Arn}/invocations',
          },
        },
      },
    },
    NotFound: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
        StatusCode: 404,
        ResponseTemplates: { 'application/json': '{"error":"Not found"}' },
      },
    },
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: 'GetUser',
      Properties: { RestApiId: { Ref: 'Api' } },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: 'Deployment' },
        StageName: 'live',
      },
    },
  }

  it('are put together from their pieces', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'pieces', pieces)

    const found = await fetch(`${cloud.frontDoor}/p/users/7`)
    const missing = await fetch(`${cloud.frontDoor}/p/nowhere`)

    expect([found.status, await found.text()]).toEqual([200, '/users/{id} live'])
    expect([missing.status, await missing.text()]).toEqual([404, '{"error":"Not found"}'])
  })

  it('go when their stack goes', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'pieces', pieces)

    await cloud.removeStack('pieces')

    expect(cloud.services()).toEqual({})
    await expect(cloud.invoke('pieces-Handler', '{}')).rejects.toThrow('Function not found')
  })

  it('have one stage each', async () => {
    const cloud = await bench.start()
    const second = {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: 'Deployment' },
        StageName: 'beta',
      },
    }

    await expect(bench.deploy(cloud, 'pieces', { ...pieces, Second: second })).rejects.toThrow(
      'Resource Second (AWS::ApiGateway::Stage): is a second stage of the API Api; one stage an API is simulated',
    )
  })
})

describe('types without an effect', () => {
  it('answer Ref and Fn::GetAtt all the same', async () => {
    const cloud = await bench.start()

    const { stack } = await bench.deploy(
      cloud,
      'inert',
      {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'worker', AssumeRolePolicyDocument: { Statement: [] } },
        },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1 } },
        Code: inlineFunction('exports.handler = async () => 7', { FunctionName: 'seven' }),
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Code' } } },
        Alias: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: { Ref: 'Code' },
            FunctionVersion: { 'Fn::GetAtt': 'Version.Version' },
            Name: 'live',
          },
        },
      },
      {
        Outputs: {
          Role: { Value: { 'Fn::GetAtt': 'Role.Arn' } },
          Alias: { Value: { Ref: 'Alias' } },
        },
      },
    )

    expect(stack.outputs.map((each) => each.value)).toEqual([
      'arn:aws:iam::000000000000:role/worker',
      'arn:aws:lambda:us-east-1:000000000000:function:seven:live',
    ])
  })
})
