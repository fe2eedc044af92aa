import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  eventually,
  inlineFunction,
  refusal,
  startDeployedCloud,
  type DeployedCloud,
} from '../deployed-cloud.ts'

let run: DeployedCloud
let logs: CloudWatchLogsClient
let lambda: LambdaClient

beforeAll(async () => {
  run = await startDeployedCloud()
  await run.deploy('talker', {
    Talker: inlineFunction(
      `exports.handler = async (event) => {
        console.log('said', event.word)
        console.error('warned')
        console.log(JSON.stringify({ level: 'INFO', price: event.price, word: event.word }))
      }`,
      { FunctionName: 'talker' },
    ),
  })
  logs = new CloudWatchLogsClient(run.settings)
  lambda = new LambdaClient(run.settings)
})
afterAll(async () => {
  logs.destroy()
  lambda.destroy()
  await run.stop()
})

async function messages(logGroupName: string, filterPattern?: string, limit = 100) {
  const found: string[] = []
  const pages = paginateFilterLogEvents(
    { client: logs },
    { logGroupName, limit, ...(filterPattern === undefined ? {} : { filterPattern }) },
  )
  for await (const { events = [] } of pages) found.push(...events.map((each) => `${each.message}`))
  return found
}

describe('the log of a function', () => {
  it('holds START, what it printed, END and REPORT, and can be filtered', async () => {
    const said = (word: string, price: number) =>
      lambda.send(
        new InvokeCommand({ FunctionName: 'talker', Payload: JSON.stringify({ word, price }) }),
      )
    await said('hello', 5)
    await said('goodbye', 50)
    const group = '/aws/lambda/talker'

    const all = await eventually(async () => {
      const found = await messages(group).catch(() => [])
      return found.filter((each) => each.startsWith('REPORT')).length === 2 ? found : undefined
    })

    expect(
      all.map((each) => each.split(/[ \t]/)[0]).filter((each) => !/^\d/.test(`${each}`)),
    ).toEqual(['INIT_START', 'START', 'END', 'REPORT', 'START', 'END', 'REPORT'])
    expect(await messages(group, '"said hello"')).toHaveLength(1)
    expect(await messages(group, 'ERROR warned')).toHaveLength(2)
    expect(await messages(group, '?hello ?goodbye')).toHaveLength(4)
    expect(await messages(group, undefined, 2)).toEqual(all)
  })

  it('lies in streams named as Lambda names them', async () => {
    const { logStreams = [] } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/talker' }),
    )

    expect(logStreams.length).toBeGreaterThan(0)
    for (const { logStreamName } of logStreams) {
      expect(logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    }
  })
})

describe('a log group of one’s own', () => {
  it('keeps what is put, and gives it back in order, page by page', async () => {
    const logGroupName = 'own'
    const stream = { logGroupName, logStreamName: 'first' }
    const now = Date.now()
    await logs.send(new CreateLogGroupCommand({ logGroupName }))
    await logs.send(new CreateLogStreamCommand(stream))
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }))

    await logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: ['a', 'b', 'c'].map((message, index) => ({ timestamp: now + index, message })),
      }),
    )
    const page = await logs.send(
      new GetLogEventsCommand({ ...stream, startFromHead: true, limit: 2 }),
    )
    const next = await logs.send(
      new GetLogEventsCommand({
        ...stream,
        startFromHead: true,
        nextToken: page.nextForwardToken,
      }),
    )
    const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'own' }))

    expect(page.events?.map((each) => [each.timestamp, each.message])).toEqual([
      [now, 'a'],
      [now + 1, 'b'],
    ])
    expect(next.events?.map((each) => each.message)).toEqual(['c'])
    expect(groups.logGroups).toMatchObject([{ logGroupName, retentionInDays: 7 }])
  })

  it('refuses what CloudWatch refuses', async () => {
    expect(await refusal(logs.send(new CreateLogGroupCommand({ logGroupName: 'own' })))).toBe(
      '400 ResourceAlreadyExistsException: The specified log group already exists',
    )
    expect(await refusal(logs.send(new DeleteLogGroupCommand({ logGroupName: 'none' })))).toBe(
      '400 ResourceNotFoundException: The specified log group does not exist.',
    )
    expect(await refusal(logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' })))).toMatch(
      /^400 InvalidParameterException: /,
    )
  })
})
