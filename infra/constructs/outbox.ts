/**
 * The outbox: table stream of the facts -> pipe -> queue `reconcile`. It is why no function announces what it wrote.
 *
 * Promises: every inserted fact that the fold must see becomes one message of keys only; a batch that fails is halved until
 * the bad record stands alone; what cannot be sent is noted on a dead-letter queue, well before the stream forgets it.
 * Producers: whoever puts facts (shared/store/facts.ts). Consumer: functions/reconcile-membership.
 */
import { Aws, Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { CfnPipe } from 'aws-cdk-lib/aws-pipes'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { FactKind } from '../../shared/domain/fact.ts'
import { accept } from './accept.ts'
import { type Alarming, HubAlarm } from './alarm.ts'
import { deadLetterAlarm, deadLetterQueue } from './queue.ts'

/** Every kind is here, so a new one is a compile error until somebody has decided. A late reversal moves no money. */
const WAKES_THE_FOLD: Readonly<Record<FactKind, boolean>> = {
  payment: true,
  posting: true,
  share: true,
  reversal: true,
  'late-reversal': false,
  suspension: true,
  terms: true,
  closing: true,
  reopening: true,
}

/** The sort key begins with the kind (shared/domain/fact.ts, `factKey`). */
const FILTER = {
  eventName: ['INSERT'],
  dynamodb: {
    Keys: {
      fact: {
        S: Object.entries(WAKES_THE_FOLD)
          .filter(([, wakes]) => wakes)
          .map(([kind]) => ({ prefix: `${kind}#` })),
      },
    },
  },
}

const MESSAGE = '{"account":"<$.dynamodb.Keys.account.S>","fact":"<$.dynamodb.Keys.fact.S>"}'

export type OutboxProps = {
  readonly streamArn: string
  /** The key that the stream is encrypted with. */
  readonly key: IKey
  readonly target: Queue
}

export class Outbox extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { streamArn, key, target }: OutboxProps) {
    super(scope, id)
    const name = `${alarming.stage.prefix}-facts`
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
        filterCriteria: { filters: [{ pattern: JSON.stringify(FILTER) }] },
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
      targetParameters: { inputTemplate: MESSAGE },
    })
    pipe.node.addDependency(role)
    this.alarms(alarming, name)
    deadLetterAlarm(this, alarming, deadLetters, 'facts pipe has dead letters', {
      on: 'member',
      feels: 'A payment is recorded, but the membership it pays for may still look unpaid until the nightly repair.',
    })
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

  private alarms(alarming: Alarming, pipeName: string): void {
    new HubAlarm(this, 'Fails', alarming, {
      heading: 'facts pipe fails',
      impact: { on: 'member', feels: 'Payments are recorded, but memberships do not become active while this lasts.' },
      metric: new Metric({
        namespace: 'AWS/EventBridge/Pipes',
        metricName: 'ExecutionFailed',
        dimensionsMap: { PipeName: pipeName },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, of: 5 },
    })
  }
}
