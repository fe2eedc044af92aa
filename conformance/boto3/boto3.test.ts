import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDeployedCloud, type DeployedCloud } from '../deployed-cloud.ts'

/** boto3 is Python's: where this machine has none, the suite is skipped, and counted as such. */
const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0
const because = hasBoto3 ? '' : ' (skipped: python3 with boto3 is not on this machine)'

describe.skipIf(!hasBoto3)(`boto3${because}`, () => {
  let run: DeployedCloud
  beforeAll(async () => {
    run = await startDeployedCloud()
  })
  afterAll(() => run.stop())

  it('works with every service by the environment variables of the README', async () => {
    const { stdout } = await promisify(execFile)(
      'python3',
      [join(import.meta.dirname, 'tour.py')],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: process.env['HOME'],
          AWS_ENDPOINT_URL: run.cloud.endpoint,
          AWS_REGION: 'us-east-1',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
        },
      },
    )

    expect(JSON.parse(stdout)).toEqual({
      account: '000000000000',
      dynamodb: {
        queried: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
        blob: [0, 255],
        set: [1, 2],
        pages: [25, 25, 10],
        refused: 'ConditionalCheckFailedException',
      },
      cloudformation: { status: 'CREATE_COMPLETE', refused: 'AlreadyExistsException' },
      lambda: {
        answer: 'Hello Ann',
        logged: 'greeting Ann',
        refused: 'ResourceNotFoundException',
      },
      sqs: { bodies: ['first'], kind: 'x', refused: 'AWS.SimpleQueueService.NonExistentQueue' },
    })
  })
})
