import { beforeEach, expect, it } from 'vitest'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'day', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byDay',
        KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  })
  for (let id = 0; id < itemCount; id++) {
    await engine.call('PutItem', { TableName: 'Orders', Item: order(id) })
  }
})

/** More than one step of the background's. */
const itemCount = 600
const order = (id: number): object => ({ id: { S: `o${id}` }, day: { S: `d${id % 2}` } })

async function backedUp(): Promise<string> {
  const answer = (await engine.call('CreateBackup', {
    TableName: 'Orders',
    BackupName: 'nightly',
  })) as { BackupDetails: { BackupArn: string } }
  await engine.db.sweep()
  return answer.BackupDetails.BackupArn
}

async function restored(operation: string, input: object): Promise<unknown> {
  const answer = await engine.call(operation, input)
  await engine.db.sweep()
  return answer
}

it('makes a backup and restores it, indexes and counts included', async () => {
  const BackupArn = await backedUp()
  await engine.call('DeleteItem', { TableName: 'Orders', Key: { id: { S: 'o1' } } })

  const answer = await restored('RestoreTableFromBackup', { TargetTableName: 'Copy', BackupArn })

  expect(answer).toMatchObject({
    TableDescription: { TableStatus: 'CREATING', RestoreSummary: { RestoreInProgress: true } },
  })
  expect(await engine.call('DescribeTable', { TableName: 'Copy' })).toMatchObject({
    Table: {
      TableStatus: 'ACTIVE',
      ItemCount: itemCount,
      GlobalSecondaryIndexes: [{ IndexName: 'byDay', ItemCount: itemCount }],
      RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: false },
    },
  })
  expect(await engine.call('GetItem', { TableName: 'Copy', Key: { id: { S: 'o1' } } })).toEqual({
    Item: order(1),
  })
})

it('describes, lists and deletes backups', async () => {
  const BackupArn = await backedUp()

  expect(await engine.call('DescribeBackup', { BackupArn })).toMatchObject({
    BackupDescription: {
      BackupDetails: { BackupName: 'nightly', BackupStatus: 'AVAILABLE', BackupType: 'USER' },
      SourceTableDetails: { TableName: 'Orders', ItemCount: itemCount },
    },
  })
  expect(await engine.call('ListBackups', { TableName: 'Orders' })).toMatchObject({
    BackupSummaries: [{ BackupArn, TableName: 'Orders' }],
  })
  expect(await engine.call('DeleteBackup', { BackupArn })).toMatchObject({
    BackupDescription: { BackupDetails: { BackupStatus: 'DELETED' } },
  })
  expect(await engine.refusal('DescribeBackup', { BackupArn })).toBe(
    `BackupNotFoundException: Backup not found: ${BackupArn}`,
  )
})

it('keeps a backup when its table is gone', async () => {
  const BackupArn = await backedUp()
  await engine.call('DeleteTable', { TableName: 'Orders' })

  await restored('RestoreTableFromBackup', { TargetTableName: 'Orders', BackupArn })

  expect(await engine.call('Scan', { TableName: 'Orders', Select: 'COUNT' })).toMatchObject({
    Count: itemCount,
  })
})

it('answers no item requests for a table that is being restored', async () => {
  const BackupArn = await backedUp()

  await engine.call('RestoreTableFromBackup', { TargetTableName: 'Copy', BackupArn })

  expect(await engine.refusal('Scan', { TableName: 'Copy' })).toBe(
    'ResourceNotFoundException: Requested resource not found',
  )
  await engine.db.sweep()
})

it('restores the latest state where point-in-time recovery is on, and no other', async () => {
  const request = { SourceTableName: 'Orders', TargetTableName: 'Copy' }
  expect(
    await engine.refusal('RestoreTableToPointInTime', {
      ...request,
      UseLatestRestorableTime: true,
    }),
  ).toBe(
    "PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table 'Orders'",
  )
  expect(
    await engine.call('UpdateContinuousBackups', {
      TableName: 'Orders',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  ).toMatchObject({
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 35,
      },
    },
  })

  await restored('RestoreTableToPointInTime', { ...request, UseLatestRestorableTime: true })

  expect(await engine.call('Scan', { TableName: 'Copy', Select: 'COUNT' })).toMatchObject({
    Count: itemCount,
  })
  expect(
    await engine.refusal('RestoreTableToPointInTime', {
      ...request,
      TargetTableName: 'Other',
      RestoreDateTime: 1,
    }),
  ).toMatch(/^InvalidRestoreTimeException: Cloudlet keeps no log/)
})

it('says what is missing', async () => {
  expect(await engine.refusal('CreateBackup', { TableName: 'Nope', BackupName: 'nightly' })).toBe(
    'TableNotFoundException: Table not found: Nope',
  )
  expect(await engine.refusal('DescribeContinuousBackups', { TableName: 'Nope' })).toBe(
    'TableNotFoundException: Table not found: Nope',
  )
})
