/**
 * An outbox: table stream -> pipe -> queue of work. It is why no function announces what it wrote.
 *
 * Promises: every record that passes the filter becomes one message of keys only; a batch that fails is halved until the bad
 * record stands alone; what cannot be sent is noted on a dead-letter queue, well before the stream forgets it. Which records
 * matter to whom is said in infra/outboxes.ts.
 */
import { Aws, Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { CfnPipe } from 'aws-cdk-lib/aws-pipes'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Table } from '../../shared/store/tables.ts'
import { accept } from './accept.ts'
import { type Alarming, HubAlarm, type Impact } from './hub-alarm.ts'
import { deadLetterAlarm, deadLetterQueue } from './work-queue.ts'

/** Which records of a table become which message, and what it means when they do not. */
export type Outgoing = {
  /** Names the pipe, its dead letters and its alarms. */
  readonly table: Table
  /** Event pattern on a stream record; every other record is passed over. */
  readonly filter: object
  /** Input template of the pipe: `<$.path>` stands for what is at that path of the record. */
  readonly message: string
  readonly whenFailing: Impact
  readonly whenDead: Impact
}

export type OutboxProps = Outgoing & {
  readonly from: TableV2
  /** The key that the stream is encrypted with. */
  readonly key: IKey
  readonly target: Queue
}

export class Outbox extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, props: OutboxProps) {
    super(scope, id)
    const { table, key, target } = props
    const name = `${alarming.stage.prefix}-${table}`
    const streamArn = streamOf(props)
    const deadLetters = deadLetterQueue(this, 'DeadLetters', `${name}-pipe-dead`)
    accept(
      deadLetters,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of a pipe, which the checker does not follow.',
    )
    const role = this.pipeRole(streamArn, key, [target, deadLetters])
    const pipe = new CfnPipe(this, 'Pipe', {
      name,
      roleArn: role.roleArn,
      source: streamArn,
      sourceParameters: {
        filterCriteria: { filters: [{ pattern: JSON.stringify(props.filter) }] },
        dynamoDbStreamParameters: {
          startingPosition: 'TRIM_HORIZON',
          batchSize: 10,
          parallelizationFactor: 10,
          onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
          maximumRetryAttempts: 100,
          // The stream keeps 24 hours; two of them are left to write the dead letter.
          maximumRecordAgeInSeconds: Duration.hours(22).toSeconds(),
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      },
      target: target.queueArn,
      targetParameters: { inputTemplate: props.message },
    })
    pipe.node.addDependency(role)
    new HubAlarm(this, 'Fails', alarming, {
      heading: `${table} pipe fails`,
      impact: props.whenFailing,
      metric: new Metric({
        namespace: 'AWS/EventBridge/Pipes',
        metricName: 'ExecutionFailed',
        dimensionsMap: { PipeName: name },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
    deadLetterAlarm(this, alarming, deadLetters, `${table} pipe has dead letters`, props.whenDead)
  }

  private pipeRole(streamArn: string, key: IKey, queues: readonly Queue[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    })
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [streamArn],
      }),
    )
    role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }))
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues.map((queue) => queue.queueArn) }),
    )
    return role
  }
}

function streamOf({ table, from }: OutboxProps): string {
  const streamArn = from.tableStreamArn
  if (streamArn === undefined) {
    throw new Error(`STREAM_MISSING: expected table ${table} to have a stream (shared/store/tables.ts), got none`)
  }
  return streamArn
}
