/**
 * An endpoint: functions/answer-channel deployed for one channel, with its own role, concurrency, secret and alarms.
 *
 * Promises: one partner's storm or one partner's bad key touches no other endpoint; an endpoint reads its own channel's secret and
 * no other's. All endpoints run the same bundle. The route that leads here is in infra/constructs/partners-api.ts.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import type { MetricName } from '../../shared/runtime/metrics.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { ENDPOINT } from '../stages.ts'
import { type Alarming, HubAlarm, hubMetric, type Impact } from './hub-alarm.ts'
import { HubFunction } from './hub-function.ts'
import { readSecrets, useTables } from './permissions.ts'
import { alarmUnknownNumbers } from './unknown-numbers-alarm.ts'

const SERVICE = 'answer-channel'

type Bound = { readonly heading: `${typeof SERVICE} ${string}`; readonly above: number; readonly impact: Impact }
type Limit = Bound & { readonly metric: IMetric }

/** What is counted at an endpoint, per minute, and how much of it is too much. */
const COUNTS: readonly (Bound & { readonly metric: MetricName })[] = [
  {
    heading: 'answer-channel has faults',
    metric: 'FaultsBeforeDecision',
    above: 5,
    impact: { on: 'member', feels: 'Payers are told to try again; no money was taken.' },
  },
  {
    heading: 'answer-channel has unknown outcomes',
    metric: 'UnknownOutcomes',
    above: 0,
    impact: {
      on: 'member',
      feels: 'A payer has paid or has not, and nobody knows until the partner repeats or reverses.',
    },
  },
  {
    heading: 'answer-channel gets unreadable messages',
    metric: 'UnreadableAuthentic',
    above: 0,
    impact: {
      on: 'partner',
      feels: 'Correctly signed messages are refused, because the partner or we changed the format.',
    },
  },
  {
    heading: 'answer-channel keeps evidence directly',
    metric: 'EvidenceKeptDirectly',
    above: 0,
    impact: {
      on: 'operator',
      feels:
        'The evidence stream takes too little: nothing is lost, payments are slower and each costs a write of its own.',
    },
  },
  {
    heading: 'answer-channel has no key of the day',
    metric: 'EvidenceKeyOfOtherDay',
    above: 0,
    impact: {
      on: 'member',
      feels: 'Payments go on, and what is kept of them is forgotten later than promised.',
    },
  },
  {
    heading: 'answer-channel gets conflicting payments',
    metric: 'PaymentConflicts',
    above: 5,
    impact: {
      on: 'partner',
      feels: 'Payment ids are used twice for different payments; each second payer is refused.',
    },
  },
  {
    heading: 'answer-channel locks callers out',
    metric: 'LimitsReached',
    above: 0,
    impact: {
      on: 'partner',
      feels:
        'An outlet, a store or a customer is locked out, or a kind of message for the day: somebody tries numbers, or a machine has gone wrong.',
    },
  },
  {
    heading: 'answer-channel refuses signatures',
    metric: 'SignaturesRefused',
    above: 30,
    impact: {
      on: 'partner',
      feels:
        'Calls with a wrong key, token or PIN keep coming: a partner changed its keys without us, or somebody tries.',
    },
  },
  {
    heading: 'answer-channel gets payment ids reused',
    metric: 'PaymentIdsReused',
    above: 0,
    impact: {
      on: 'member',
      feels:
        'An outlet has collected money again under an old payment id; the payer holds a receipt and no month is paid by it.',
    },
  },
]

const TURNED_AWAY: Bound = {
  heading: 'answer-channel turns callers away',
  above: 0,
  impact: {
    on: 'partner',
    feels: 'More calls arrive than this endpoint has room for; the partner sees the gateway’s own 503.',
  },
}

const SLOW: Bound = {
  heading: 'answer-channel is slow',
  above: 3000,
  impact: { on: 'member', feels: 'Payers wait at the counter; partners that give up after a few seconds reverse.' },
}

export type EndpointProps = { readonly profile: ChannelProfile; readonly ledger: LedgerStack; readonly code: Code }

export class ChannelEndpoint extends Construct {
  readonly lambda: IFunction

  constructor(scope: Construct, id: string, alarming: Alarming, { profile, ledger, code }: EndpointProps) {
    super(scope, id)
    const { tables, tablesKey, secretsKey, evidence } = ledger
    const secret = ledger.channelSecret(profile.name)
    const { lambda, role } = new HubFunction(this, 'ChannelEndpoint', alarming, {
      service: SERVICE,
      channel: profile.name,
      description: `Answers ${profile.partner}: inquiry, payment, reversal, status`,
      code,
      size: ENDPOINT,
      reservedConcurrency: profile.reservedConcurrency,
      secrets: 'reads',
      environment: {
        CHANNEL: profile.name,
        CHANNEL_SECRET: secret.name,
        DIGEST_SECRET: ledger.digestSecret.name,
        EVIDENCE_SECRET: ledger.evidenceSecret.name,
        EVIDENCE_STREAM: evidence.streamName,
        EVIDENCE_BUCKET: evidence.bucket.bucketName,
        PAYMENT_DECISIONS_TABLE: tables['payment-decisions'].tableName,
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        CONTACTS_TABLE: tables.contacts.tableName,
        BILLS_TABLE: tables.bills.tableName,
        ENDPOINT_LIMITS_TABLE: tables['endpoint-limits'].tableName,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'payment-decisions', actions: ['GetItem', 'BatchGetItem', 'PutItem'] },
          { table: 'facts', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'] },
          { table: 'memberships', actions: ['GetItem', 'BatchGetItem'] },
          { table: 'contacts', actions: ['GetItem', 'BatchGetItem'] },
          { table: 'bills', actions: ['GetItem', 'BatchGetItem', 'UpdateItem'] },
          { table: 'endpoint-limits', actions: ['Query', 'PutItem', 'UpdateItem'] },
        ]),
        ...readSecrets(secretsKey, secret.secret, ledger.digestSecret.secret, ledger.evidenceSecret.secret),
      ],
      whenCrashed: {
        on: 'member',
        feels:
          'Payers stand at the counter without an answer; their payment may have been taken and must be repeated or reversed.',
      },
    })
    evidence.allowPut(role)
    this.lambda = lambda
    this.alarms(alarming, profile.name)
    alarmUnknownNumbers(this, alarming, profile.name)
  }

  private alarms(alarming: Alarming, channel: string): void {
    const measured = (metric: MetricName, statistic: string) =>
      hubMetric(alarming.stage, SERVICE, metric, { channel }, statistic)
    const limits: readonly Limit[] = [
      ...COUNTS.map(({ metric, ...limit }) => ({ ...limit, metric: measured(metric, 'Sum') })),
      { ...TURNED_AWAY, metric: this.lambda.metricThrottles({ statistic: 'Sum', period: Duration.minutes(1) }) },
      { ...SLOW, metric: measured('EndpointLatencyMillis', 'p99') },
    ]
    for (const { heading, impact, metric, above } of limits) {
      new HubAlarm(this, idOf(heading), alarming, {
        heading,
        channel,
        impact,
        metric,
        threshold: above,
        comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
        // What must never happen fires at once; the rest must last, so that one partner's retry wakes nobody.
        periods: above === 0 ? { bad: 1, window: 1 } : { bad: 3, window: 5 },
      })
    }
  }
}

/** `answer-channel has faults` -> `HasFaults` */
function idOf(heading: string): string {
  const words = heading.slice(SERVICE.length + 1).split(' ')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
