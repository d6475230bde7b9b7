/**
 * The anchoring of the audit chain: functions/anchor-audit behind the stream of table `audit`.
 *
 * It may sign with one key, put below one folder of the locked bucket, and read one stream: no table and no other object. So
 * whoever holds its role can add anchors and take none away, and whoever may write the chain can make none.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { type Code, EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { LedgerStack } from '../ledger-stack.ts'
import { ANCHORING } from '../stages.ts'
import { type Alarming, HubAlarm, hubMetric, type Impact } from './hub-alarm.ts'
import { HubFunction } from './hub-function.ts'
import { streamOf } from './permissions.ts'

const SERVICE = 'anchor-audit'
const UNSIGNED: Impact = {
  on: 'finance',
  feels: 'What people decide is recorded, and for a while nobody could prove that the record was not rewritten.',
}

export type AuditAnchoringProps = { readonly ledger: LedgerStack; readonly code: Code }

export class AuditAnchoring extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code }: AuditAnchoringProps) {
    super(scope, id)
    const { auditKey, evidence, tables, tablesKey } = ledger
    const stream = streamOf(tables.audit)
    const { lambda, role } = new HubFunction(this, 'Anchoring', alarming, {
      service: SERVICE,
      description: 'Signs the heads of the audit chain and puts them where nothing can be changed',
      code,
      size: ANCHORING,
      secrets: 'none',
      environment: { AUDIT_KEY: auditKey.keyArn, EVIDENCE_BUCKET: evidence.bucket.bucketName },
      may: [
        new PolicyStatement({ actions: ['kms:Sign'], resources: [auditKey.keyArn] }),
        new PolicyStatement({ actions: ['kms:Decrypt'], resources: [tablesKey.keyArn] }),
        new PolicyStatement({
          actions: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          resources: [stream],
        }),
      ],
      whenCrashed: UNSIGNED,
    })
    evidence.allowAnchors(role)
    const mapping = new EventSourceMapping(this, 'Stream', {
      target: lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: ANCHORING.batchSize,
      maxBatchingWindow: Duration.seconds(ANCHORING.windowSeconds),
      parallelizationFactor: 1,
      bisectBatchOnError: false,
    })
    mapping.node.addDependency(role)
    new HubAlarm(this, 'Behind', alarming, {
      heading: `${SERVICE} is behind`,
      impact: UNSIGNED,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: lambda.functionName },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
      threshold: ANCHORING.lateAfterSeconds * 1_000,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 3, window: 5 },
    })
    new HubAlarm(this, 'Touched', alarming, {
      heading: 'somebody changed the audit chain',
      impact: { on: 'finance', feels: 'The record of who decided what was written over, past the hub.' },
      metric: hubMetric(alarming.stage, SERVICE, 'AuditChainTouched', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }
}
