/**
 * A schedule: a time of day in Jakarta at which one message goes into a queue of work, and the alarm for when it did not.
 *
 * The schedule writes straight into the queue, so a busy or broken worker delays the work and never drops it.
 * Consumer: the worker of that queue.
 */
import { Aws, Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { KEYS } from '../../shared/messages/keys.ts'
import type { WrittenOf } from '../../shared/messages/queue-schema.ts'
import type { SETTLEMENT } from '../../shared/messages/settlement.ts'
import type { SWEEP } from '../../shared/messages/sweep.ts'
import { type Alarming, HubAlarm, type Impact } from './hub-alarm.ts'
import { sendTo } from './permissions.ts'
import type { WorkQueue } from './work-queue.ts'

export type ScheduleProps = {
  readonly name: string
  /** EventBridge Scheduler's cron, WIB. */
  readonly at: string
  readonly message: WrittenOf<typeof SWEEP> | WrittenOf<typeof SETTLEMENT> | WrittenOf<typeof KEYS>
  readonly to: WorkQueue
  readonly heading: string
  readonly whenSilent: Impact
  /** Falls due once in so many days, at most 7; 1 when not given. */
  readonly everyDays?: number
}

export class Schedule extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, props: ScheduleProps) {
    super(scope, id)
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    })
    role.addToPolicy(sendTo(props.to.queue, props.to.deadLetters))
    // A group of its own, because the scheduler counts by group: so one that is silent is not hidden by the others.
    const name = `${alarming.stage.prefix}-${props.name}`
    const days = props.everyDays ?? 1
    const group = new CfnScheduleGroup(this, 'Group', { name })
    const schedule = new CfnSchedule(this, 'Schedule', {
      name,
      groupName: name,
      scheduleExpression: `cron(${props.at})`,
      scheduleExpressionTimezone: 'Asia/Jakarta',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.to.queue.queueArn,
        roleArn: role.roleArn,
        input: JSON.stringify(props.message),
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(6).toSeconds(), maximumRetryAttempts: 100 },
        deadLetterConfig: { arn: props.to.deadLetters.queueArn },
      },
    })
    schedule.node.addDependency(role, group)
    new HubAlarm(this, 'Silent', alarming, {
      heading: props.heading,
      impact: props.whenSilent,
      metric: new Metric({
        namespace: 'AWS/Scheduler',
        metricName: 'InvocationAttemptCount',
        dimensionsMap: { ScheduleGroup: name },
        statistic: 'Sum',
        period: Duration.days(1),
      }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      // Silent means: in each of those days.
      periods: { bad: days, window: days },
      silence: 'alarming',
    })
  }
}
