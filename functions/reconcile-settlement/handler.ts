/** Wiring: queue `settlement` -> a channel-day, a resolution, a morning's look, the journal. The use case is reconcile-settlement.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { settlementDigests } from '../../shared/ledger/payment-digests.ts'
import { type JournalTask, SETTLEMENT, type SettlementTask } from '../../shared/messages/settlement.ts'
import { emailMailer } from '../../shared/notices/email.ts'
import { readRecipients } from '../../shared/notices/recipients.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn, sqsSender } from '../../shared/runtime/queue-sender.ts'
import { retryTransient } from '../../shared/runtime/retry.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoAudit } from '../../shared/store/audit/dynamodb.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { s3Files } from '../../shared/store/files/files.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { s3SettledLines } from '../../shared/store/files/settled-lines.ts'
import { dynamoJournal } from '../../shared/store/journal/dynamodb.ts'
import { statementsOf } from '../../shared/store/journal/journal-day.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { journalTask } from './journal.ts'
import { reconcileSettlement } from './reconcile-settlement.ts'

const environment = readEnv(
  z.object({
    PAYMENT_DECISIONS_TABLE: z.string(),
    FACTS_TABLE: z.string(),
    CONTACTS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    AUDIT_TABLE: z.string(),
    FILES_BUCKET: z.string(),
    FILE_DATA_KEYS_TABLE: z.string(),
    SETTLEMENT_QUEUE_URL: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    DIGEST_SECRET: z.string(),
    EMAIL_FROM: z.string(),
    STATEMENT_RECIPIENTS: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
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
const s3 = createS3Client()
const sqs = new SQSClient({ cacheMiddleware: true })
const queue = sqsSender(sqs, environment.SETTLEMENT_QUEUE_URL)
const send = (tasks: readonly Message[]) => queue.send(tasks.map(SETTLEMENT.write))
const bills = environment.BILLS_TABLE
const settlements = dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE })
const journal = dynamoJournal(dynamo, { settlements: environment.SETTLEMENTS_TABLE })
const stores = {
  settlements,
  audit: dynamoAudit(dynamo, { audit: environment.AUDIT_TABLE }),
  lines: s3SettledLines(s3, environment.FILES_BUCKET),
  files: s3Files(s3, environment.FILES_BUCKET, sealing),
  decisions: dynamoPaymentDecisions(dynamo, { 'payment-decisions': environment.PAYMENT_DECISIONS_TABLE, bills }),
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE, bills }),
  contacts: dynamoContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
  bills: dynamoBills(dynamo, { bills }),
}
const ports = {
  ...stores,
  journal,
  channels: settlementChannels,
  sendDays: send,
  sendFees: send,
  sendMails: send,
  mailer: emailMailer({ from: environment.EMAIL_FROM }),
  recipientsOf: readRecipients(
    environment.STATEMENT_RECIPIENTS,
    settlementChannels.map(({ profile }) => profile.name),
  ),
  sendJournal: (date: BusinessDate) => send([{ task: 'journal', date }]),
  wait: (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis)),
  rules: RULES,
  now: clock,
  metrics,
}
const journalPorts = {
  ...statementsOf(settlements),
  facts: stores.facts,
  bills: stores.bills,
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  journal,
  sources: [...settlementChannels.map(({ profile }) => profile.name), ...OTHER_SOURCES],
  sendTasks: (tasks: readonly JournalTask[]) => send(tasks),
  parts: 4,
  rules: RULES,
  now: clock,
}

type Message = SettlementTask | JournalTask

export const handler = queueHandler<Message>({
  queue: 'settlement',
  log,
  metrics,
  read: SETTLEMENT.read,
  groupBy: (task) => JSON.stringify(task),
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async ([task], logScope) => {
    if (!task) return
    if (isOfJournal(task)) {
      const done = await retryTransient(() => journalTask(journalPorts, task))
      logScope.log().info('A task of the journal was done', { task: task.task, outcome: done.outcome })
      return
    }
    const digests = await secrets.prepared(environment.DIGEST_SECRET, settlementDigests)
    const done = await retryTransient(() => reconcileSettlement({ ...ports, digests, log: logScope.log() }, task))
    logScope.log().info('A settlement task was done', { task: 'task' in task ? task.task : 'entry', ...done })
  },
})

function isOfJournal(task: Message): task is JournalTask {
  return 'task' in task && (task.task === 'journal' || task.task === 'journal-part')
}
