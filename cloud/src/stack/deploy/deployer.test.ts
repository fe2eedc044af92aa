import { afterAll, describe, expect, it } from 'vitest'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLmdbStore } from '../../storage/index.ts'
import type { Cloud } from '../cloud.ts'
import { inlineFunction, table, testBench, type Sections } from '../test-cloud.ts'
import { openStateStore } from './stack-state.ts'

const bench = testBench()
afterAll(() => bench.done())

async function call(cloud: Cloud, name: string, input: object): Promise<Record<string, unknown>> {
  const answer: unknown = await cloud.operations.dynamodb.get(name)?.(input)
  return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>
}

const tables = async (cloud: Cloud): Promise<unknown> =>
  (await call(cloud, 'ListTables', {}))['TableNames']

async function events(cloud: Cloud, stack: string): Promise<string[]> {
  const answer = (await cloud.operations.cloudformation.get('DescribeStackEvents')?.({
    StackName: stack,
  })) as { StackEvents: { LogicalResourceId: string; ResourceStatus: string }[] }
  return answer.StackEvents.map(
    (each) => `${each.LogicalResourceId} ${each.ResourceStatus}`,
  ).reverse()
}

const message = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'it did not fail'
}

describe('a template that cannot be deployed', () => {
  it('is refused with every reason at once, before anything is created', async () => {
    const cloud = await bench.start()

    const sentence = await message(
      bench.deploy(cloud, 'refused', {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Log: { Type: 'Custom::LogRetention', Properties: { RetentionInDays: 1 } },
        Table: table({ TableName: 'refused', Flavour: 'sweet', ImportSourceSpecification: {} }),
        Python: inlineFunction('', { Runtime: 'python3.12', Layers: ['x'] }),
        Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 'soon' } },
        Other: inlineFunction('', { Role: { 'Fn::GetAtt': ['Table', 'Colour'] } }),
      }),
    )

    expect(sentence.split('\n')).toEqual([
      'Template errors:',
      '  - Resource Bucket: AWS::S3::Bucket is not simulated: there is no S3 here; code is taken from the assembly or from beside the template',
      '  - Resource Log: Custom::LogRetention is not simulated: custom resources are not invoked; give the function a LogGroup of its own (CDK: logGroup instead of logRetention)',
      '  - Resource Table (AWS::DynamoDB::Table): Properties.Flavour: is not simulated',
      '  - Resource Table (AWS::DynamoDB::Table): Properties.ImportSourceSpecification: is not simulated: there is no S3 here to import from; write the items instead',
      '  - Resource Python (AWS::Lambda::Function): Properties.Layers: is not simulated: bundle what the layer holds with the function',
      '  - Resource Queue (AWS::SQS::Queue): Properties.DelaySeconds: must be a number, not the text "soon"',
      '  - Resource Other: Properties.Role: Fn::GetAtt: AWS::DynamoDB::Table has no attribute Colour here (it has Arn, StreamArn)',
    ])
    expect(await tables(cloud)).toEqual([])
    expect(cloud.stacks()).toEqual([])
  })
})

describe('createOrUpdate', () => {
  it('replaces what cannot be changed, and deletes what went', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'shop', {
      A: table({ TableName: 'aaa' }),
      B: table({ TableName: 'bbb' }),
    })

    await bench.deploy(cloud, 'shop', { A: table({ TableName: 'aa2' }) })

    expect(await tables(cloud)).toEqual(['aa2'])
    expect((await events(cloud, 'shop')).slice(-9)).toEqual([
      'shop UPDATE_IN_PROGRESS',
      'A UPDATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'shop UPDATE_COMPLETE',
    ])
  })

  it('changes a table in place: index, stream, time to live, protection, tags', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'shop', { A: table({ TableName: 'aaa' }) })
    await call(cloud, 'PutItem', { TableName: 'aaa', Item: { id: { S: '1' }, kind: { S: 'x' } } })

    await bench.deploy(cloud, 'shop', {
      A: table({
        TableName: 'aaa',
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'kind', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-kind',
            KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        DeletionProtectionEnabled: 'true',
        Tags: [{ Key: 'team', Value: 'shop' }],
      }),
    })

    const { Table } = await call(cloud, 'DescribeTable', { TableName: 'aaa' })
    expect(Table).toMatchObject({
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [{ IndexName: 'by-kind', ItemCount: 1 }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    })
    const ttl = await call(cloud, 'DescribeTimeToLive', { TableName: 'aaa' })
    expect(ttl['TimeToLiveDescription']).toMatchObject({ AttributeName: 'expires' })
    const { TableArn } = Table as { TableArn: string }
    expect(await call(cloud, 'ListTagsOfResource', { ResourceArn: TableArn })).toMatchObject({
      Tags: [{ Key: 'team', Value: 'shop' }],
    })
  })

  it('is as it was before when a resource fails', async () => {
    const cloud = await bench.start()
    const before = {
      A: table({ TableName: 'aaa' }),
      F: inlineFunction('exports.handler = () => 1', { FunctionName: 'f', Timeout: 5 }),
    }
    await bench.deploy(cloud, 'shop', before)
    await call(cloud, 'CreateTable', {
      TableName: 'taken',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })

    const sentence = await message(
      bench.deploy(cloud, 'shop', {
        A: table({ TableName: 'aa2' }),
        F: inlineFunction('exports.handler = () => 2', { FunctionName: 'f', Timeout: 9 }),
        Z: { ...table({ TableName: 'taken' }), DependsOn: ['A', 'F'] },
      }),
    )

    expect(sentence).toMatch(
      /^Stack shop was not deployed\. Resource Z \(AWS::DynamoDB::Table\): .*taken.* It is as it was before\.$/,
    )
    expect(await tables(cloud)).toEqual(['aaa', 'taken'])
    expect(cloud.stacks()).toMatchObject([{ status: 'UPDATE_ROLLBACK_COMPLETE' }])
    expect(await bench.deploy(cloud, 'shop', before)).toMatchObject({
      stack: { status: 'UPDATE_COMPLETE' },
    })
  })

  it('keeps nothing of a stack whose creation failed, and tries again', async () => {
    const cloud = await bench.start()
    const broken: Sections = {
      A: table({ TableName: 'aaa' }),
      B: { ...table({ TableName: 'aaa' }), DependsOn: 'A' },
    }

    const sentence = await message(bench.deploy(cloud, 'shop', broken))
    const mended = await bench.deploy(cloud, 'shop', { ...broken, B: table({ TableName: 'bbb' }) })

    expect(sentence).toMatch(/Nothing of it was kept\.$/)
    expect(mended.stack.status).toBe('CREATE_COMPLETE')
    expect(await tables(cloud)).toEqual(['aaa', 'bbb'])
  })

  it('takes new code from a folder beside the template though the template is the same', async () => {
    const cloud = await bench.start()
    const folder = join(bench.folder, 'code')
    mkdirSync(folder)
    const write = (answer: number): void =>
      writeFileSync(join(folder, 'index.js'), `exports.handler = async () => ${answer}`)
    const resources = {
      F: inlineFunction('', { FunctionName: 'coded', Code: { S3Bucket: 'local', S3Key: 'code' } }),
    }
    const invoke = async (): Promise<string> => (await cloud.invoke('coded', '{}')).payload
    write(1)
    await bench.deploy(cloud, 'coded', resources)
    const first = await invoke()

    write(2)
    const outcome = await bench.deploy(cloud, 'coded', resources)

    expect(outcome.changed).toBe(true)
    expect([first, await invoke()]).toEqual(['1', '2'])
  })
})

describe('a deployment that was cut short', () => {
  it('is completed by the next', async () => {
    const data = { folder: join(bench.folder, 'cut') }
    const resources = {
      A: table({ TableName: 'aaa' }),
      B: { ...table({ TableName: 'bbb' }), DependsOn: 'A' },
    }
    const first = await bench.start({ data })
    await bench.deploy(first, 'shop', { A: resources.A })
    await bench.stop(first)
    const store = openLmdbStore(data.folder, { durability: 'process' })
    const state = openStateStore(store)
    const [stack] = state.stacks()
    const made = state.resources('shop').get('A')
    if (stack === undefined || made === undefined) throw new Error('nothing was deployed')
    // As the disk looks when the process is killed after the table was made and before that was written down.
    await state.putStack({ ...stack, status: 'UPDATE_IN_PROGRESS' })
    await state.putResource('shop', {
      ...made,
      status: 'CREATE_IN_PROGRESS',
      physicalId: '',
      attributes: {},
    })
    await store.close()

    const second = await bench.start({ data })
    const outcome = await bench.deploy(second, 'shop', resources)

    expect(outcome.stack.status).toBe('UPDATE_COMPLETE')
    expect(await tables(second)).toEqual(['aaa', 'bbb'])
    expect(bench.reports).toContain(
      'The last deployment of shop was cut short (UPDATE_IN_PROGRESS). Deploy it again to complete it.',
    )
  })
})

describe('removing a stack', () => {
  it('keeps what the template retains', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'shop', {
      Kept: { ...table({ TableName: 'kept' }), DeletionPolicy: 'Retain' },
      Gone: table({ TableName: 'gone' }),
    })

    await cloud.removeStack('shop')

    expect(await tables(cloud)).toEqual(['kept'])
    expect(cloud.stacks()).toEqual([])
  })

  it('is refused while another stack reads its export', async () => {
    const cloud = await bench.start()
    await bench.deploy(
      cloud,
      'base',
      { A: table({ TableName: 'aaa' }) },
      { Outputs: { Arn: { Value: { 'Fn::GetAtt': 'A.Arn' }, Export: { Name: 'a-arn' } } } },
    )
    await bench.deploy(cloud, 'user', {
      P: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: '/a', Value: { 'Fn::ImportValue': 'a-arn' } },
      },
    })

    const refused = await message(cloud.removeStack('base'))
    const changed = await message(bench.deploy(cloud, 'base', { A: table({ TableName: 'aaa' }) }))
    await cloud.removeStack('user')
    await cloud.removeStack('base')

    expect(refused).toBe('Cannot delete export a-arn as it is in use by user')
    expect(changed).toContain('Cannot delete export a-arn as it is in use by user')
    expect(await tables(cloud)).toEqual([])
  })
})
