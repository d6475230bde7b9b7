/** Wiring: queue `notice` -> SMS, WhatsApp, e-mail. The use cases are send-notice.ts and, for sponsors, tell-sponsor.ts. */
import { randomUUID } from 'node:crypto'
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { NOTICE_RULES } from '../../shared/domain/notice.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { PROGRAM_NOTICE_RULES } from '../../shared/domain/sponsors/program-notice.ts'
import { NOTICE } from '../../shared/messages/notice.ts'
import { emailGroupMailer, emailNotifier } from '../../shared/notices/email.ts'
import { smsNotifier } from '../../shared/notices/sms.ts'
import { whatsAppNotifier } from '../../shared/notices/whatsapp.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { dynamoSponsorContacts } from '../../shared/store/contacts/sponsor-contacts.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoNotices } from '../../shared/store/notices/dynamodb.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import { reportNotice, reportTold } from './report-notice.ts'
import { sendNotice } from './send-notice.ts'
import { tellSponsor } from './tell-sponsor.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    CONTACTS_TABLE: z.string(),
    NOTICES_TABLE: z.string(),
    SPONSORS_TABLE: z.string(),
    SMS_SENDER_ID: z.string(),
    WHATSAPP_PHONE_NUMBER_ARN: z.string(),
    EMAIL_FROM: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const dynamo = createDynamoClient()
const ports = {
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  contacts: dynamoContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  notices: dynamoNotices(dynamo, { notices: environment.NOTICES_TABLE }),
  notifiers: [
    smsNotifier({ senderId: environment.SMS_SENDER_ID }),
    whatsAppNotifier({ phoneNumberArn: environment.WHATSAPP_PHONE_NUMBER_ARN }),
    emailNotifier({ from: environment.EMAIL_FROM }),
  ],
  sponsors: dynamoSponsors(dynamo, { sponsors: environment.SPONSORS_TABLE }),
  sponsorContacts: dynamoSponsorContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
  mailer: emailGroupMailer({ from: environment.EMAIL_FROM }),
  programNotices: PROGRAM_NOTICE_RULES,
  rules: RULES,
  noticeRules: NOTICE_RULES,
  now: clock,
  newAttempt: randomUUID,
  cooling: new Map(),
}

export const handler = queueHandler({
  queue: 'notice',
  log,
  metrics,
  read: NOTICE.read,
  groupBy: ({ kpj, program }) => kpj ?? program ?? '',
  park: parkOn(new SQSClient({ cacheMiddleware: true }), environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, logScope) => {
    const { kpj, program } = messages[0] as (typeof messages)[number]
    const reporting = { metrics, log: logScope.log() }
    if (program !== undefined) reportTold(reporting, program, await tellSponsor(ports, program))
    if (kpj !== undefined) reportNotice(reporting, kpj, await sendNotice(ports, kpj), clock())
  },
})
