/**
 * A door: functions/answer-channel deployed for one channel, with its own role, concurrency, secret and alarms.
 *
 * Promises: one partner's storm or one partner's bad key touches no other door; a door reads its own channel's secret and
 * no other's. All doors run the same bundle. The route that leads here is in infra/constructs/partners-api.ts.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ChannelProfile } from '../../shared/channels/channel.ts'
import type { MetricName } from '../../shared/runtime/metrics.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { DOOR } from '../stages.ts'
import { type Alarming, HubAlarm, hubMetric, type Impact } from './alarm.ts'
import { HubFunction } from './function.ts'
import { readSecrets, useTables } from './permissions.ts'

const SERVICE = 'answer-channel'

export type DoorProps = { readonly profile: ChannelProfile; readonly ledger: LedgerStack; readonly code: Code }

export class Door extends Construct {
  readonly lambda: IFunction

  constructor(scope: Construct, id: string, alarming: Alarming, { profile, ledger, code }: DoorProps) {
    super(scope, id)
    const { tables, tablesKey, secretsKey, evidence } = ledger
    const secret = ledger.channelSecret(profile.name)
    const { lambda } = new HubFunction(this, 'Door', alarming, {
      service: SERVICE,
      channel: profile.name,
      description: `Answers ${profile.partner}: inquiry, payment, reversal, status`,
      code,
      size: DOOR,
      reservedConcurrency: profile.reservedConcurrency,
      secrets: 'reads',
      environment: {
        CHANNEL: profile.name,
        CHANNEL_SECRET: secret.name,
        DIGEST_SECRET: ledger.digestSecret.name,
        EVIDENCE_SECRET: ledger.evidenceSecret.name,
        EVIDENCE_STREAM: evidence.streamName,
        CLAIMS_TABLE: tables.claims.tableName,
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        CONTACTS_TABLE: tables.contacts.tableName,
        BILLS_TABLE: tables.bills.tableName,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'claims', actions: ['GetItem', 'PutItem'] },
          { table: 'facts', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'] },
          { table: 'memberships', actions: ['GetItem', 'BatchGetItem'] },
          { table: 'contacts', actions: ['GetItem', 'BatchGetItem'] },
          { table: 'bills', actions: ['GetItem', 'Query', 'UpdateItem'] },
        ]),
        ...readSecrets(secretsKey, secret.secret, ledger.digestSecret.secret, ledger.evidenceSecret.secret),
        new PolicyStatement({ actions: ['firehose:PutRecord'], resources: [evidence.streamArn] }),
      ],
      whenCrashed: {
        on: 'member',
        feels: 'Payers stand at the counter without an answer; their payment may have been taken and must be repeated or reversed.',
      },
    })
    this.lambda = lambda
    this.alarms(alarming, profile.name)
  }

  private alarms(alarming: Alarming, channel: string): void {
    const minute = { statistic: 'Sum', period: Duration.minutes(1) }
    this.counted(alarming, channel, 'Faults', 'answer-channel has faults', 'FaultsBeforeClaim', 5, {
      on: 'member',
      feels: 'Payers are told to try again; no money was taken.',
    })
    this.counted(alarming, channel, 'Unknown', 'answer-channel has unknown outcomes', 'UnknownOutcomes', 0, {
      on: 'member',
      feels: 'A payer was charged by the partner or not, and nobody knows until the partner repeats or reverses.',
    })
    this.counted(alarming, channel, 'Unreadable', 'answer-channel gets unreadable messages', 'UnreadableAuthentic', 0, {
      on: 'partner',
      feels: 'Correctly signed messages are refused because we cannot read them; the partner or we changed the format.',
    })
    this.counted(alarming, channel, 'Conflicts', 'answer-channel gets conflicting payments', 'PaymentConflicts', 5, {
      on: 'partner',
      feels: 'The partner uses payment ids twice for different payments; each second payer is refused.',
    })
    this.bounded(alarming, channel, 'TurnedAway', 'answer-channel turns callers away', this.lambda.metricThrottles(minute), 0, {
      on: 'partner',
      feels: 'More calls arrive than the concurrency set aside for this door; the partner sees the gateway’s own 503.',
    })
    const slow = hubMetric(alarming.stage, SERVICE, 'DoorLatencyMillis', { channel }, 'p99')
    this.bounded(alarming, channel, 'Slow', 'answer-channel is slow', slow, Duration.seconds(3).toMilliseconds(), {
      on: 'member',
      feels: 'Payers wait at the counter; some partners give up after a few seconds and reverse.',
    })
  }

  private counted(
    alarming: Alarming,
    channel: string,
    id: string,
    heading: string,
    metric: MetricName,
    threshold: number,
    impact: Impact,
  ): void {
    this.bounded(alarming, channel, id, heading, hubMetric(alarming.stage, SERVICE, metric, { channel }, 'Sum'), threshold, impact)
  }

  /** Three minutes of five: long enough not to wake somebody for one partner's retry. Zero tolerance fires on the first. */
  private bounded(
    alarming: Alarming,
    channel: string,
    id: string,
    heading: string,
    metric: IMetric,
    threshold: number,
    impact: Impact,
  ): void {
    new HubAlarm(this, id, alarming, {
      heading,
      channel,
      impact,
      metric,
      threshold,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: threshold === 0 ? { bad: 1, of: 1 } : { bad: 3, of: 5 },
    })
  }
}
