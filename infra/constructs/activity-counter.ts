/**
 * The rolling counts: functions/count-activity behind the streams of `facts` and `memberships`.
 *
 * Each shard's batches come one after the other and whole, never in halves: what makes a batch count once rests on it. So a
 * batch that fails is tried until the stream forgets it; the alarm on its age comes long before, and the night's run mends what
 * was lost. Counting needs no queue: it must see each record once and in order, and nobody waits for it.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import {
  type Code,
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { factKeyPrefix } from '../../shared/domain/fact.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { COUNTING } from '../stages.ts'
import { type Alarming, HubAlarm, hubMetric, type Impact } from './hub-alarm.ts'
import { HubFunction } from './hub-function.ts'
import { streamOf, useTables } from './permissions.ts'

const SERVICE = 'count-activity'
const LOOKS: Impact = {
  on: 'operator',
  feels: 'The overview shows older figures than it says; no payment and no membership is touched.',
}
/** Only what brings money or takes it back is counted. */
const MONEY = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { fact: { S: [{ prefix: factKeyPrefix('payment') }, { prefix: factKeyPrefix('reversal') }] } } },
}

export type ActivityCounterProps = { readonly ledger: LedgerStack; readonly code: Code }

export class ActivityCounter extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code }: ActivityCounterProps) {
    super(scope, id)
    const { tables, tablesKey } = ledger
    const counted = { facts: tables.facts, memberships: tables.memberships }
    const { lambda } = new HubFunction(this, 'Counter', alarming, {
      service: SERVICE,
      description: 'Adds what payments and views change to the counters that the overview shows',
      code,
      size: COUNTING,
      secrets: 'none',
      environment: { FACTS_TABLE: tables.facts.tableName, STATISTICS_TABLE: tables.statistics.tableName },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'statistics', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
        ]),
        new PolicyStatement({
          actions: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          resources: Object.values(counted).map(streamOf),
        }),
      ],
      whenCrashed: LOOKS,
    })
    this.follow(lambda, 'Facts', counted.facts, MONEY)
    this.follow(lambda, 'Memberships', counted.memberships, { eventName: ['INSERT', 'MODIFY'] })
    this.alarms(alarming, lambda)
  }

  private follow(lambda: LambdaFunction, id: string, table: TableV2, filter: Readonly<Record<string, unknown>>): void {
    const mapping = new EventSourceMapping(this, `${id}Stream`, {
      target: lambda,
      eventSourceArn: streamOf(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: COUNTING.batchSize,
      maxBatchingWindow: Duration.seconds(COUNTING.windowSeconds),
      parallelizationFactor: 1,
      bisectBatchOnError: false,
      filters: [{ pattern: JSON.stringify(filter) }],
    })
    if (lambda.role !== undefined) mapping.node.addDependency(lambda.role)
  }

  private alarms(alarming: Alarming, lambda: LambdaFunction): void {
    new HubAlarm(this, 'Behind', alarming, {
      heading: `${SERVICE} is behind`,
      impact: LOOKS,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: lambda.functionName },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
      threshold: COUNTING.lateAfterSeconds * 1_000,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
    new HubAlarm(this, 'Defects', alarming, {
      heading: `${SERVICE} has defects`,
      impact: { on: 'operator', feels: 'A change was not counted; the overview is wrong by it until the night.' },
      metric: hubMetric(alarming.stage, SERVICE, 'Defects', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }
}
