/**
 * The auditor of the ledger: functions/audit-ledger with its two queues, its schedules, and the alarms for what it finds.
 *
 * It may read what it compares and write its own lines; no fact, no view and no decision. Every night after the sweep has had
 * its time it proves the day before, on Sundays everything; each accepted decision comes by a queue that holds it back.
 */
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { MetricName } from '../../shared/runtime/metrics.ts'
import { BY_DAY } from '../../shared/store/tables.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { type Alarming, HubAlarm, hubMetric } from './hub-alarm.ts'
import { readSecrets, sendTo, useTables } from './permissions.ts'
import { Schedule } from './schedule.ts'
import { Worker } from './worker.ts'

const SERVICE = 'audit-ledger'

export type LedgerAuditorProps = { readonly ledger: LedgerStack; readonly code: Code }

export class LedgerAuditor extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code }: LedgerAuditorProps) {
    super(scope, id)
    const { auditKey, evidence, tables, tablesKey, queues, secretsKey, digestSecret } = ledger
    new Worker(this, 'AuditLedger', alarming, {
      service: SERVICE,
      description: 'Proves that the money of the facts is the money of the places, the views and the bills',
      code,
      from: queues.audit,
      alsoFrom: queues.decision,
      // A walk goes on by messages to itself: its bound is in functions/audit-ledger/audit-ledger.ts.
      recursion: 'feeds itself',
      secrets: 'reads',
      environment: {
        PAYMENT_DECISIONS_TABLE: tables['payment-decisions'].tableName,
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        BILLS_TABLE: tables.bills.tableName,
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        AUDIT_TABLE: tables.audit.tableName,
        STATISTICS_TABLE: tables.statistics.tableName,
        AUDIT_KEY: auditKey.keyArn,
        DIGEST_SECRET: digestSecret.name,
        EVIDENCE_BUCKET: evidence.bucket.bucketName,
        AUDIT_QUEUE_URL: queues.audit.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'payment-decisions', actions: ['GetItem', 'Scan'] },
          { table: 'facts', actions: ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable'] },
          { table: 'facts', index: BY_DAY, actions: ['Query'] },
          { table: 'memberships', actions: ['GetItem'] },
          { table: 'bills', actions: ['GetItem'] },
          { table: 'settlements', actions: ['GetItem', 'Query'] },
          { table: 'audit', actions: ['Query'] },
          { table: 'statistics', actions: ['PutItem'] },
        ]),
        ...readSecrets(secretsKey, digestSecret.secret),
        evidence.listVersions(),
        new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [auditKey.keyArn] }),
        sendTo(queues.audit.queue),
      ],
      whenCrashed: { on: 'finance', feels: 'Nobody proves that the money is where it should be while this lasts.' },
      whenDefect: { on: 'finance', feels: 'A part of the ledger cannot be audited, and trying again will not help.' },
    })
    this.findings(alarming)
    this.schedules(alarming, ledger)
  }

  private findings(alarming: Alarming): void {
    const alarm = (id: string, metric: MetricName, heading: string, feels: string) =>
      new HubAlarm(this, id, alarming, {
        heading,
        impact: { on: 'finance', feels },
        metric: hubMetric(alarming.stage, SERVICE, metric, {}, 'Sum'),
        threshold: 0,
        comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      })
    alarm(
      'Differences',
      'AuditDifferences',
      'audit found a difference',
      'Money is not where the books say, or somebody has put something past the hub.',
    )
    alarm(
      'ChainBroken',
      'AuditChainBroken',
      'audit chain is broken',
      'The record of who decided what is not the one that was signed: somebody has rewritten, cut off or deleted it.',
    )
    alarm(
      'WithoutFact',
      'DecisionsWithoutFact',
      'accepted payment has no fact',
      'A payer may have paid, and the hub has not recorded it a quarter of an hour later.',
    )
  }

  private schedules(alarming: Alarming, { queues }: LedgerStack): void {
    new Schedule(this, 'Nightly', alarming, {
      name: 'audit-nightly',
      at: '30 3 * * ? *',
      message: { task: 'nightly' },
      to: queues.audit,
      heading: 'nightly audit did not run',
      whenSilent: { on: 'finance', feels: 'Nobody has proved that yesterday’s money is where it should be.' },
    })
    new Schedule(this, 'Weekly', alarming, {
      name: 'audit-weekly',
      at: '30 5 ? * 1 *',
      message: { task: 'weekly' },
      to: queues.audit,
      heading: 'weekly audit did not run',
      everyDays: 7,
      whenSilent: { on: 'finance', feels: 'Nobody has compared all facts with their decisions this week.' },
    })
  }
}
