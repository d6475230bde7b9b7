/** The half of the cloud assembly that must never be lost: tables, queues, pipe, evidence, secrets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { QUEUE_NAMES, type QueueName, WORK } from '../../infra/stages.ts'
import { passes } from '../../local/event-sources/filter.ts'
import { rendered } from '../../local/event-sources/input-template.ts'
import { RETENTIONS } from '../../shared/domain/personal-data.ts'
import { selfPaidKey } from '../../shared/store/payment-decisions/item.ts'
import { TABLE_SHAPES, TABLES } from '../../shared/store/tables.ts'
import { participantOf } from '../support/ids.ts'
import {
  CHANNELS,
  type CloudAssembly,
  cloudAssembly,
  ofType,
  type Properties,
  type Resource,
} from './cloud-assembly.ts'

let plan: CloudAssembly
let ledger: readonly Resource[]
let hub: readonly Resource[]

beforeAll(async () => {
  plan = await cloudAssembly()
  ledger = plan.ledger
  hub = plan.hub
}, 120_000)

afterAll(() => plan.remove())

describe('the ledger', () => {
  test('has the tables of shared/store/tables.ts, encrypted with our key, recoverable, and kept', () => {
    const tables = ofType(ledger, 'AWS::DynamoDB::GlobalTable')
    expect(tables.map(({ properties }) => properties.TableName).sort()).toEqual(
      TABLES.map((table) => `hub-${table}`).sort(),
    )
    for (const { id, properties } of tables) {
      const shape = TABLE_SHAPES[properties.TableName.slice('hub-'.length) as keyof typeof TABLE_SHAPES]
      const keys = [shape.partitionKey, shape.sortKey].flatMap((key) => (key === null ? [] : [key.name]))
      expect(properties.KeySchema.map(({ AttributeName }: Properties) => AttributeName)).toEqual(keys)
      expect(properties.StreamSpecification?.StreamViewType ?? null).toBe(shape.stream)
      expect(properties.TimeToLiveSpecification?.AttributeName ?? null).toBe(shape.expiry)
      expect((properties.GlobalSecondaryIndexes ?? []).map(({ IndexName }: Properties) => IndexName)).toEqual(
        shape.indexes.map(({ name }) => name),
      )
      expect(properties.Replicas).toEqual([
        expect.objectContaining({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { KMSMasterKeyId: expect.anything() },
        }),
      ])
      expect(plan.synthesized.templates.Ledger?.Resources[id]).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      })
    }
  })

  test('holds no secret’s value', () => {
    const secrets = ofType(ledger, 'AWS::SecretsManager::Secret')
    expect(secrets.map(({ properties }) => properties.Name).sort()).toEqual(
      [...CHANNELS, 'digests', 'evidence', 'file-keys'].map((name) => `hub/${name}`).sort(),
    )
    for (const { properties } of secrets) {
      expect(properties).not.toHaveProperty('SecretString')
      expect(properties).not.toHaveProperty('GenerateSecretString')
    }
  })

  test('keeps evidence for ten years where nobody can delete it', () => {
    const locked = ofType(ledger, 'AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled === true)
    expect(locked.map(({ properties }) => properties.ObjectLockConfiguration.Rule.DefaultRetention)).toEqual([
      { Mode: 'COMPLIANCE', Days: 3653 },
    ])
  })

  test('lets go of evidence when its lock has ended, of the chain’s anchors never', () => {
    const [locked] = ofType(ledger, 'AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled === true)
    const rules: readonly Properties[] = locked?.properties.LifecycleConfiguration.Rules
    expect(rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual(
      ['requests/', 'direct/', 'undelivered/'].map((prefix) => [prefix, RETENTIONS['ten-years'].days + 1]),
    )
  })

  test('sends each inserted fact that the fold must see to the queue, as keys only, and gives up within a day', () => {
    const pipe = ofType(ledger, 'AWS::Pipes::Pipe').find(({ properties }) => properties.Name === 'hub-facts')
    const source = pipe?.properties.SourceParameters
    const pattern = JSON.parse(source.FilterCriteria.Filters[0].Pattern)
    expect(pattern.eventName).toEqual(['INSERT'])
    const kinds = pattern.dynamodb.Keys.fact.S.map(({ prefix }: { prefix: string }) => prefix)
    expect(kinds).toContain('payment#')
    expect(kinds).not.toContain('late-reversal#')
    expect(source.DynamoDBStreamParameters).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
      MaximumRetryAttempts: expect.any(Number),
      DeadLetterConfig: { Arn: expect.anything() },
    })
    expect(source.DynamoDBStreamParameters.MaximumRecordAgeInSeconds).toBeLessThan(86_400)
    expect(pipe?.properties.TargetParameters.InputTemplate).toBe(
      '{"account":"<$.dynamodb.Keys.account.S>","fact":"<$.dynamodb.Keys.fact.S>"}',
    )
  })

  test.each([
    ['hub-memberships', { kpj: { S: '25081700147' }, noticeDue: { S: 'lapsed' } }, '{"kpj":"25081700147"}'],
    ['hub-memberships', { kpj: { S: '25081700147' } }, undefined],
    [
      'hub-settlements',
      { part: { S: 'files#bni#2026-11-20' }, entry: { S: 'file#0001' } },
      '{"part":"files#bni#2026-11-20","entry":"file#0001"}',
    ],
    [
      'hub-settlements',
      { part: { S: 'bank#2026-11-20' }, entry: { S: 'credit#1' } },
      '{"part":"bank#2026-11-20","entry":"credit#1"}',
    ],
    [
      'hub-settlements',
      { part: { S: 'placements#2026-11-20' }, entry: { S: 'placement#1#0001' } },
      '{"part":"placements#2026-11-20","entry":"placement#1#0001"}',
    ],
    [
      'hub-settlements',
      { part: { S: 'bank-waiting' }, entry: { S: 'chain#abc#1' } },
      '{"part":"bank-waiting","entry":"chain#abc#1"}',
    ],
    ['hub-settlements', { part: { S: 'file-inputs#2026-11-20' }, entry: { S: 'files#bni~file#0001' } }, undefined],
    ['hub-settlements', { part: { S: 'day#bni#2026-11-20' }, entry: { S: 'statement#0001' } }, undefined],
    [
      'hub-payment-decisions',
      { decision: { S: 'bni#T%231' }, d: { S: 'accepted' } },
      '{"task":"decision","decision":"bni#T%231"}',
    ],
    ['hub-payment-decisions', { decision: { S: 'bni#T1' }, d: { S: 'refused:unknown-customer' } }, undefined],
    [
      'hub-payment-decisions',
      { decision: { S: selfPaidKey(participantOf('someone')) }, kpj: { S: '25081700147' } },
      undefined,
    ],
    ['hub-settlements', { part: { S: 'day#bni#2026-11-20' }, entry: { S: 'paid#2026-11-21#1' } }, undefined],
  ])('lets pipe %s turn a new item %j into %s', (name, item, message) => {
    const pipe = ofType(ledger, 'AWS::Pipes::Pipe').find(({ properties }) => properties.Name === name)
    const filter = pipe?.properties.SourceParameters.FilterCriteria.Filters[0]
    const record = { eventName: 'INSERT', dynamodb: { Keys: item, NewImage: item } }
    const passed = passes(JSON.parse(filter.Pattern), record)
    expect(passed ? rendered(pipe?.properties.TargetParameters.InputTemplate, record) : undefined).toBe(message)
  })

  test('keeps files in one encrypted bucket, every version of them, and tells queue import what was dropped', () => {
    const [bucket, ...others] = ofType(ledger, 'AWS::S3::Bucket').filter(
      ({ properties }) => properties.NotificationConfiguration !== undefined,
    )
    expect(others).toEqual([])
    expect(bucket?.properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { LogFilePrefix: 'files/' },
      NotificationConfiguration: {
        QueueConfigurations: [
          { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'drop/' }] } } },
        ],
      },
    })
    const encryption = bucket?.properties.BucketEncryption.ServerSideEncryptionConfiguration[0]
    expect(encryption.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms')
    const expiring = bucket?.properties.LifecycleConfiguration.Rules.filter(
      (rule: Properties) => rule.ExpirationInDays !== undefined,
    )
    expect(
      expiring.map(({ Prefix, ExpirationInDays: days, NoncurrentVersionExpiration }: Properties) => [
        Prefix,
        days,
        NoncurrentVersionExpiration.NoncurrentDays,
      ]),
    ).toEqual([
      ['drop/', RETENTIONS['ninety-days'].days, 90],
      // The day after their keys are destroyed: never before, and no older version of them for much longer.
      ...['kept/', 'lists/', 'attachments/', 'outgoing/'].map((prefix) => [
        prefix,
        RETENTIONS['ten-years'].days + 1,
        35,
      ]),
    ])
    expect(plan.synthesized.templates.Ledger?.Resources[bucket?.id ?? '']).toMatchObject({ DeletionPolicy: 'Retain' })
    const queue = bucket?.properties.NotificationConfiguration.QueueConfigurations[0].Queue['Fn::GetAtt'][0]
    const policy = ofType(ledger, 'AWS::SQS::QueuePolicy').find(({ properties }) => properties.Queues[0].Ref === queue)
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
      }),
    )
    expect(bucket?.dependsOn).toContain(policy?.id)
  })
})

describe('queues', () => {
  test('of work have a dead-letter queue, alarms on both, and hide a message six times as long as its worker may take', () => {
    const queues = ofType(ledger, 'AWS::SQS::Queue')
    const watched = JSON.stringify(
      ofType(ledger, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties.Dimensions),
    )
    const mappings = ofType(hub, 'AWS::Lambda::EventSourceMapping')
    const work = queues.filter(({ properties }) => !properties.QueueName.endsWith('-dead'))
    expect(work.map(({ properties }) => properties.QueueName)).toEqual(QUEUE_NAMES.map((name) => `hub-${name}`))
    for (const { id, properties } of queues) {
      expect(watched).toContain(`"${id}"`)
      expect(properties.SqsManagedSseEnabled).toBe(true)
      expect(properties.MessageRetentionPeriod).toBe(1_209_600)
    }
    for (const { id, properties } of work) {
      expect(properties.RedrivePolicy.maxReceiveCount).toBe(5)
      expect(queues.map((queue) => queue.id)).toContain(properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0])
      const mapping = mappings.find((each) => JSON.stringify(each.properties.EventSourceArn).includes(id))
      const { batchSize } = WORK[properties.QueueName.slice('hub-'.length) as QueueName]
      expect(mapping?.properties).toMatchObject({
        BatchSize: batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      })
      const worker = hub.find((each) => each.id === mapping?.properties.FunctionName.Ref)
      expect(properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker?.properties.Timeout)
    }
  })

  test('hold nothing back, but for accepted decisions: a quarter of an hour', () => {
    const delayed = ofType(ledger, 'AWS::SQS::Queue').filter(({ properties }) => properties.DelaySeconds !== undefined)
    expect(delayed.map(({ properties }) => [properties.QueueName, properties.DelaySeconds])).toEqual([
      ['hub-decision', 900],
    ])
  })

  test('are swept at ten past midnight in Jakarta', () => {
    const clock = ofType(hub, 'AWS::Scheduler::Schedule').find(({ properties }) => properties.Name === 'hub-nightly')
    expect(clock?.properties).toMatchObject({
      ScheduleExpression: 'cron(10 0 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Jakarta',
      Target: { Input: '{"task":"nightly"}', DeadLetterConfig: { Arn: expect.anything() } },
    })
  })
})
