/** Wiring of the console API behind its HTTP API and JWT authorizer. The routes are in routes.ts. */
import { randomInt } from 'node:crypto'
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import { GL_ACCOUNTS } from '../../shared/domain/gl-accounts.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { customerDigest } from '../../shared/ledger/payment-digests.ts'
import { prepareDigestKeys, reference } from '../../shared/runtime/digests.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { httpHandler } from '../../shared/runtime/http.ts'
import { sqsSender } from '../../shared/runtime/queue-sender.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../../shared/store/contacts/contact-changes.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { dynamoSponsorContacts } from '../../shared/store/contacts/sponsor-contacts.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { customerSubject } from '../../shared/store/endpoint-limits/endpoint-limits.ts'
import { dynamoEndpointLocks } from '../../shared/store/endpoint-limits/locks.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoLatestFacts } from '../../shared/store/facts/latest.ts'
import { s3Attachments } from '../../shared/store/files/attachments.ts'
import { s3CohortRows } from '../../shared/store/files/cohort-rows.ts'
import { s3Files } from '../../shared/store/files/files.ts'
import { s3ListSegments } from '../../shared/store/files/list-segments.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { s3SettledLines } from '../../shared/store/files/settled-lines.ts'
import { dynamoJournal } from '../../shared/store/journal/dynamodb.ts'
import { statementsOf } from '../../shared/store/journal/journal-day.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoRegistrations } from '../../shared/store/memberships/registrations.ts'
import { dynamoNotices } from '../../shared/store/notices/dynamodb.ts'
import { participantHash } from '../../shared/store/participant-hash.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoReadTraces } from '../../shared/store/read-traces/dynamodb.ts'
import { dynamoRollingCounts } from '../../shared/store/rolling-counts/dynamodb.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { dynamoPartnerKeys } from '../../shared/store/settlements/partner-keys.ts'
import { dynamoResolutions } from '../../shared/store/settlements/resolutions.ts'
import { dynamoAgents } from '../../shared/store/sponsors/agents.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import { dynamoStatistics } from '../../shared/store/statistics/dynamodb.ts'
import { dynamoLedgerAudits } from '../../shared/store/statistics/ledger-audits.ts'
import { faultReply } from './http/reply.ts'
import { figuresOf } from './operations/figures.ts'
import { cloudWatchReader } from './operations/metric-reader.ts'
import { readQueueAddresses, sqsQueueAdmin } from './operations/queue-admin.ts'
import { secretVersions } from './partners/secret-versions.ts'
import { serveConsole } from './serve-console.ts'

const environment = readEnv(
  z.object({
    PAYMENT_DECISIONS_TABLE: z.string(),
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    CONTACTS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    STATISTICS_TABLE: z.string(),
    NOTICES_TABLE: z.string(),
    SPONSORS_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    AUDIT_TABLE: z.string(),
    READ_TRACES_TABLE: z.string(),
    ENDPOINT_LIMITS_TABLE: z.string(),
    FILES_BUCKET: z.string(),
    FILE_DATA_KEYS_TABLE: z.string(),
    SWEEP_QUEUE_URL: z.string(),
    AUDIT_QUEUE_URL: z.string(),
    QUEUES: z.string(),
    DIGEST_SECRET: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
    FUNCTIONS: z.string(),
    CHANNEL_SECRETS: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_ENDPOINT_URL_CLOUDWATCH: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: z._default(z.string(), ''),
    AWS_SESSION_TOKEN: z._default(z.string(), ''),
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
const sealing = sealingKeys(dynamoDataKeys(dynamo, environment.FILE_DATA_KEYS_TABLE), clock)
const sqs = new SQSClient({ cacheMiddleware: true })
const s3 = createS3Client()
const channels = settlementChannels.map(({ profile }) => profile.name)
const aws = {
  region: environment.AWS_REGION,
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
  },
  now: clock,
}
const readMetrics = cloudWatchReader({ ...aws, endpoint: environment.AWS_ENDPOINT_URL_CLOUDWATCH })
const settlements = dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE })
const ports = {
  settlements,
  lines: s3SettledLines(s3, environment.FILES_BUCKET),
  files: s3Files(s3, environment.FILES_BUCKET, sealing),
  segments: s3ListSegments(s3, environment.FILES_BUCKET, sealing),
  attachments: s3Attachments(s3, environment.FILES_BUCKET, sealing),
  settling: settlementChannels,
  resolutions: dynamoResolutions(dynamo, {
    settlements: environment.SETTLEMENTS_TABLE,
    audit: environment.AUDIT_TABLE,
  }),
  books: {
    ...statementsOf(settlements),
    journal: dynamoJournal(dynamo, { settlements: environment.SETTLEMENTS_TABLE }),
    sources: [...channels, ...OTHER_SOURCES],
  },
  decisions: dynamoPaymentDecisions(dynamo, { 'payment-decisions': environment.PAYMENT_DECISIONS_TABLE }),
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  latestFacts: dynamoLatestFacts(dynamo, { facts: environment.FACTS_TABLE }),
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  contacts: {
    ...dynamoContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
    ...dynamoContactChanges(dynamo, { contacts: environment.CONTACTS_TABLE }),
  },
  sponsors: {
    ...dynamoSponsors(dynamo, { sponsors: environment.SPONSORS_TABLE }),
    ...s3CohortRows(s3, environment.FILES_BUCKET, sealing),
  },
  agents: dynamoAgents(dynamo, { sponsors: environment.SPONSORS_TABLE }),
  sponsorContacts: dynamoSponsorContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
  bills: dynamoBills(dynamo, { bills: environment.BILLS_TABLE }),
  registrations: dynamoRegistrations(dynamo, {
    'payment-decisions': environment.PAYMENT_DECISIONS_TABLE,
    facts: environment.FACTS_TABLE,
    contacts: environment.CONTACTS_TABLE,
  }),
  statistics: dynamoStatistics(dynamo, { statistics: environment.STATISTICS_TABLE }),
  counts: dynamoRollingCounts(dynamo, { statistics: environment.STATISTICS_TABLE }),
  audits: dynamoLedgerAudits(dynamo, { statistics: environment.STATISTICS_TABLE }),
  notices: dynamoNotices(dynamo, { notices: environment.NOTICES_TABLE }),
  readTraces: dynamoReadTraces(dynamo, { 'read-traces': environment.READ_TRACES_TABLE }),
  locks: dynamoEndpointLocks(dynamo, { 'endpoint-limits': environment.ENDPOINT_LIMITS_TABLE }),
  rules: RULES,
  glAccounts: GL_ACCOUNTS,
  now: clock,
  randomSerial: () => randomInt(10_000_000) * 1_000_000 + randomInt(1_000_000),
  channels,
  figures: figuresOf(
    {
      functions: environment.FUNCTIONS.split(','),
      channels,
      namespace: environment.POWERTOOLS_METRICS_NAMESPACE,
    },
    readMetrics,
    log,
  ),
  partnerKeys: dynamoPartnerKeys(dynamo, { settlements: environment.SETTLEMENTS_TABLE }),
  secretWrittenAt: secretVersions(
    environment.CHANNEL_SECRETS.split(','),
    { ...aws, endpoint: environment.AWS_ENDPOINT_URL_SECRETS_MANAGER },
    log,
  ),
  queues: readQueueAddresses(environment.QUEUES).map((address) => sqsQueueAdmin(sqs, address)),
  requestSweep: sqsSender(sqs, environment.SWEEP_QUEUE_URL).send,
  requestAudit: sqsSender(sqs, environment.AUDIT_QUEUE_URL).send,
  metrics,
}

export const handler = httpHandler({
  log,
  metrics,
  handle: async (request, logScope) => {
    const keys = await secrets.prepared(environment.DIGEST_SECRET, prepareDigestKeys)
    const participantOf = (nik: string) => participantHash(keys, nik)
    const referenceOf = (channel: string, paymentId: string) => reference(keys, channel, paymentId)
    const customerSubjectOf = (customerId: string) => customerSubject(customerDigest(keys, customerId))
    return serveConsole({ ...ports, participantOf, referenceOf, customerSubjectOf, log: logScope.log() }, request)
  },
  onFault: (kind) => {
    metrics.count('ConsoleAnswers', { outcome: '5xx' })
    return faultReply(kind)
  },
})
