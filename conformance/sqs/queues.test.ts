import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  paginateListQueues,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { refusal, startDeployedCloud, type DeployedCloud } from '../deployed-cloud.ts'

let run: DeployedCloud
let sqs: SQSClient

beforeAll(async () => {
  run = await startDeployedCloud()
  sqs = new SQSClient(run.settings)
})
afterAll(async () => {
  sqs.destroy()
  await run.stop()
})

async function queue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  return QueueUrl
}

const receive = async (QueueUrl: string, more: object = {}) =>
  (
    await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...more,
      }),
    )
  ).Messages ?? []

describe('a queue', () => {
  it('hands a message over with its attributes and digests, until it is deleted', async () => {
    const QueueUrl = await queue('plain')

    const sent = await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'ünï 🚚',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
      }),
    )
    const [message, ...more] = await receive(QueueUrl)
    const hidden = await receive(QueueUrl)
    run.advance(31_000)
    const [again] = await receive(QueueUrl)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }))
    run.advance(31_000)

    expect(more).toEqual([])
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'ünï 🚚',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
      Attributes: { ApproximateReceiveCount: '1' },
    })
    expect(hidden).toEqual([])
    expect(again?.Attributes?.['ApproximateReceiveCount']).toBe('2')
    expect(await receive(QueueUrl)).toEqual([])
  })

  it('wakes who waits for a message', async () => {
    const QueueUrl = await queue('awaited')

    const waiting = receive(QueueUrl, { WaitTimeSeconds: 20 })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'here' }))

    expect((await waiting).map((each) => each.Body)).toEqual(['here'])
  })

  it('takes and deletes batches, and names what failed of them', async () => {
    const QueueUrl = await queue('batches')

    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: '\u0000' },
        ],
      }),
    )
    const received = await receive(QueueUrl)
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'x', ReceiptHandle: received[0]?.ReceiptHandle },
          { Id: 'y', ReceiptHandle: 'nonsense' },
        ],
      }),
    )

    expect(sent.Successful?.map((each) => each.Id)).toEqual(['a'])
    expect(sent.Failed).toMatchObject([
      { Id: 'b', SenderFault: true, Code: 'InvalidMessageContents' },
    ])
    expect(deleted.Successful?.map((each) => each.Id)).toEqual(['x'])
    expect(deleted.Failed).toMatchObject([{ Id: 'y', Code: 'ReceiptHandleIsInvalid' }])
  })

  it('moves what fails again and again to its dead-letter queue', async () => {
    const dead = await queue('dead')
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
    )
    const QueueUrl = await queue('redriven', {
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: Attributes?.['QueueArn'],
        maxReceiveCount: 2,
      }),
    })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }))

    for (let count = 0; count < 2; count += 1) {
      expect(await receive(QueueUrl)).toHaveLength(1)
      run.advance(2_000)
    }

    expect(await receive(QueueUrl)).toEqual([])
    expect((await receive(dead)).map((each) => each.Body)).toEqual(['poison'])
  })

  it('counts, purges, is found, listed and deleted', async () => {
    const QueueUrl = await queue('counted')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }))
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 60 }))
    const counts = async () =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })))
        .Attributes

    const before = await counts()
    await sqs.send(new PurgeQueueCommand({ QueueUrl }))
    const after = await counts()
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'counted' }))
    const listed: string[] = []
    for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs, pageSize: 2 }, {})) {
      listed.push(...QueueUrls)
    }
    await sqs.send(new DeleteQueueCommand({ QueueUrl }))

    expect(before).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    })
    expect(after).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
    })
    expect(found.QueueUrl).toBe(QueueUrl)
    expect(listed).toContain(QueueUrl)
    expect(await refusal(sqs.send(new GetQueueUrlCommand({ QueueName: 'counted' })))).toMatch(
      /^400 QueueDoesNotExist: /,
    )
  })

  it('refuses what SQS refuses', async () => {
    const QueueUrl = await queue('strict')
    const send = (MessageBody: string) =>
      refusal(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })))

    expect(await send('x'.repeat(1024 * 1024 + 1))).toMatch(/^400 InvalidParameterValue: /)
    expect(await send('')).toMatch(/^400 MissingParameter: /)
    expect(await refusal(queue('no good'))).toMatch(/^400 InvalidParameterValue: /)
    expect(await refusal(queue('strict', { VisibilityTimeout: '7' }))).toMatch(
      /^400 QueueNameExists: /,
    )
    expect(
      await refusal(
        sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl,
            ReceiptHandle: 'nonsense',
            VisibilityTimeout: 1,
          }),
        ),
      ),
    ).toMatch(/^400 ReceiptHandleIsInvalid: /)
    expect(await refusal(receive(QueueUrl, { MaxNumberOfMessages: 11 }))).toMatch(
      /^400 InvalidParameterValue: /,
    )
  })
})
