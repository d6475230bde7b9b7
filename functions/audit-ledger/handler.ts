/** Wiring: queues `audit` and `decision` -> what the ledger's audit found. The use case is audit-ledger.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { channels } from '../../shared/channels/registry.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { billedMembers } from '../../shared/ledger/billed-members.ts'
import { ledgerMacs } from '../../shared/ledger/payment-digests.ts'
import { AUDIT, type AuditTask } from '../../shared/messages/audit.ts'
import { prepareDigestKeys } from '../../shared/runtime/digests.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { bucketAnchorNames } from '../../shared/store/audit/anchor-bucket.ts'
import { verifyAnchoredChain } from '../../shared/store/audit/anchored-chain.ts'
import { anchorKey } from '../../shared/store/audit/anchors.ts'
import type { AuditHead } from '../../shared/store/audit/audit.ts'
import { dynamoAudit } from '../../shared/store/audit/dynamodb.ts'
import { entriesAt } from '../../shared/store/audit/entries-at.ts'
import { kmsHeadKey } from '../../shared/store/audit/head-key.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { tableSize } from '../../shared/store/dynamo/table-size.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoFactPages } from '../../shared/store/facts/pages.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoDecisionPages } from '../../shared/store/payment-decisions/pages.ts'
import { dynamoSettlements, entryTable } from '../../shared/store/settlements/dynamodb.ts'
import { HEAD } from '../../shared/store/settlements/item.ts'
import { accountsRecordedOn } from '../../shared/store/settlements/settlements.ts'
import { dynamoLedgerAudits } from '../../shared/store/statistics/ledger-audits.ts'
import { auditLedger } from './audit-ledger.ts'
import { reportAudit } from './report-audit.ts'

const environment = readEnv(
  z.object({
    PAYMENT_DECISIONS_TABLE: z.string(),
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    AUDIT_TABLE: z.string(),
    STATISTICS_TABLE: z.string(),
    AUDIT_KEY: z.string(),
    DIGEST_SECRET: z.string(),
    EVIDENCE_BUCKET: z.string(),
    AUDIT_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_KMS: z._default(z.string(), ''),
    PARAMETERS_SECRETS_EXTENSION_HTTP_HOST: z._default(z.string(), 'localhost'),
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z._default(z.string(), '2773'),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const secrets = extensionSecrets({
  host: environment.PARAMETERS_SECRETS_EXTENSION_HTTP_HOST,
  port: Number(environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT),
  token: environment.AWS_SESSION_TOKEN,
  clock,
  log,
})
const dynamo = createDynamoClient()
const sqs = new SQSClient({ cacheMiddleware: true })
const audit = sqsSender(sqs, environment.AUDIT_QUEUE_URL)
const chain = dynamoAudit(dynamo, { audit: environment.AUDIT_TABLE })
const heads = entryTable(dynamo, environment.SETTLEMENTS_TABLE)
const settlements = dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE })
const anchors = bucketAnchorNames(createS3Client(), environment.EVIDENCE_BUCKET)
const auditKey = kmsHeadKey({
  key: environment.AUDIT_KEY,
  region: environment.AWS_REGION,
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
  },
  endpoint: environment.AWS_ENDPOINT_URL_KMS,
})
const bills = dynamoBills(dynamo, { bills: environment.BILLS_TABLE })
const ports = {
  facts: {
    ...dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
    ...dynamoFactPages(dynamo, { facts: environment.FACTS_TABLE }),
  },
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  bills,
  decisions: {
    ...dynamoPaymentDecisions(dynamo, { 'payment-decisions': environment.PAYMENT_DECISIONS_TABLE }),
    ...dynamoDecisionPages(dynamo, { 'payment-decisions': environment.PAYMENT_DECISIONS_TABLE }),
  },
  audits: dynamoLedgerAudits(dynamo, { statistics: environment.STATISTICS_TABLE }),
  recordedOn: accountsRecordedOn(settlements),
  books: settlements,
  channels: channels.map(({ profile }) => profile.name),
  chainAt: (at: Instant) => entriesAt(chain, at),
  verifyChain: async (now: Instant) =>
    verifyAnchoredChain({
      // The anchors before the head, the head before the chain: what comes between is more chain, never less.
      anchorNames: anchors.names(),
      head: (await heads.get<AuditHead>(HEAD.part, HEAD.entry)) ?? null,
      items: chain.items(),
      key: anchorKey(await auditKey.publicKey()),
      now,
    }),
  sources: [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES],
  factCount: () => tableSize(dynamo, environment.FACTS_TABLE),
  sendTasks: (tasks: readonly AuditTask[]) => audit.send(tasks.map(AUDIT.write)),
  // By process: the parts of a walk meet the same bills.
  billed: billedMembers(bills),
  rules: RULES,
  now: clock,
}

export const handler = queueHandler({
  queue: 'audit',
  log,
  metrics,
  read: AUDIT.read,
  groupBy: (task) => JSON.stringify(task),
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, logScope) => {
    const task = messages[0] as AuditTask
    const macs = await secrets.prepared(environment.DIGEST_SECRET, (text) => ledgerMacs(prepareDigestKeys(text)))
    reportAudit({ metrics, log: logScope.log() }, task, await auditLedger({ ...ports, macs }, task))
  },
})
