/**
 * A queue of work: its dead-letter queue, and the two alarms that every queue has.
 *
 * Promises: a message is hidden for six times its consumer's timeout, tried five times, then kept for 14 days; nothing is
 * sent without TLS or kept unencrypted. Messages carry keys only. The consumer is infra/constructs/worker.ts.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { MAX_RECEIVES, type QueueName, WORK } from '../stages.ts'
import { type Alarming, HubAlarm, type Impact } from './hub-alarm.ts'

export type WorkQueueProps = {
  readonly name: QueueName
  readonly whenLate: Impact
  readonly whenDead: Impact
}

export class WorkQueue extends Construct {
  readonly name: QueueName
  readonly queue: Queue
  readonly deadLetters: Queue

  constructor(scope: Construct, id: string, alarming: Alarming, props: WorkQueueProps) {
    super(scope, id)
    const { timeoutSeconds, lateAfterSeconds, delaySeconds } = WORK[props.name]
    this.name = props.name
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', `${alarming.stage.prefix}-${props.name}-dead`)
    this.queue = new Queue(this, 'Queue', {
      queueName: `${alarming.stage.prefix}-${props.name}`,
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      ...(delaySeconds === undefined ? {} : { deliveryDelay: Duration.seconds(delaySeconds) }),
      retentionPeriod: Duration.days(14),
      receiveMessageWaitTime: Duration.seconds(20),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    })
    new HubAlarm(this, 'Late', alarming, {
      heading: `${props.name} queue is late`,
      impact: props.whenLate,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(1) }),
      threshold: lateAfterSeconds,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
    deadLetterAlarm(this, alarming, this.deadLetters, `${props.name} has dead letters`, props.whenDead)
  }
}

/** Where messages wait for a person: 14 days, which is the longest there is. */
export function deadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  return new Queue(scope, id, {
    queueName,
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  })
}

/** One dead letter is one account that is not brought up to date. */
export function deadLetterAlarm(
  scope: Construct,
  alarming: Alarming,
  queue: Queue,
  heading: string,
  impact: Impact,
): void {
  new HubAlarm(scope, 'Dead', alarming, {
    heading,
    impact,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: 0,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
  })
}
