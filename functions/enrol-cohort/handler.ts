/** Wiring: queue `enrolment` -> the next step of a list, or of a program. The use cases are enrol-cohort.ts and follow-program.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { RULES } from '../../shared/domain/rules.ts'
import { PROGRAM_NOTICE_RULES } from '../../shared/domain/sponsors/program-notice.ts'
import { ENROLMENT } from '../../shared/messages/enrolment.ts'
import { prepareDigestKeys } from '../../shared/runtime/digests.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn } from '../../shared/runtime/queue-sender.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../../shared/store/contacts/contact-changes.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import { s3CohortRows } from '../../shared/store/files/cohort-rows.ts'
import { s3Files } from '../../shared/store/files/files.ts'
import { s3ListSegments } from '../../shared/store/files/list-segments.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { participantHash } from '../../shared/store/participant-hash.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import { enrolCohort } from './enrol-cohort.ts'
import { followProgram } from './follow-program.ts'

const environment = readEnv(
  z.object({
    SPONSORS_TABLE: z.string(),
    FACTS_TABLE: z.string(),
    CONTACTS_TABLE: z.string(),
    MEMBERSHIPS_TABLE: z.string(),
    BILLS_TABLE: z.string(),
    FILES_BUCKET: z.string(),
    FILE_DATA_KEYS_TABLE: z.string(),
    DIGEST_SECRET: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
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
const ports = {
  sponsors: {
    ...dynamoSponsors(dynamo, { sponsors: environment.SPONSORS_TABLE }),
    ...s3CohortRows(s3, environment.FILES_BUCKET, sealing),
  },
  facts: dynamoFacts(dynamo, { facts: environment.FACTS_TABLE }),
  contacts: {
    ...dynamoContacts(dynamo, { contacts: environment.CONTACTS_TABLE }),
    ...dynamoContactChanges(dynamo, { contacts: environment.CONTACTS_TABLE }),
  },
  memberships: dynamoMemberships(dynamo, { memberships: environment.MEMBERSHIPS_TABLE }),
  bills: dynamoBills(dynamo, { bills: environment.BILLS_TABLE }),
  files: s3Files(s3, environment.FILES_BUCKET, sealing),
  segments: s3ListSegments(s3, environment.FILES_BUCKET, sealing),
  rules: RULES,
  programNotices: PROGRAM_NOTICE_RULES,
  now: clock,
}

export const handler = queueHandler({
  queue: 'enrolment',
  log,
  metrics,
  read: ENROLMENT.read,
  groupBy: (message) => ('program' in message ? message.program : message.cohort),
  park: parkOn(new SQSClient({ cacheMiddleware: true }), environment.DEAD_LETTER_QUEUE_URL),
  handle: async (messages, logScope) => {
    const [first] = messages
    if (!first) return
    const keys = await secrets.prepared(environment.DIGEST_SECRET, prepareDigestKeys)
    const participantOf = (nik: string) => participantHash(keys, nik)
    if ('program' in first) {
      const cause = messages.some((each) => 'program' in each && each.cause === 'nightly') ? 'nightly' : undefined
      const { steps, woken } = await followProgram({ ...ports, participantOf }, first.program, cause)
      for (const step of steps) logScope.log().info('A program took a step', { sponsor: first.program, step })
      if (woken > 0) logScope.log().info('Work on lists was taken up again', { count: woken, cause })
      return
    }
    const done = await enrolCohort({ ...ports, participantOf }, first.cohort)
    if (done.outcome !== 'stepped') return
    const { counts, state } = done.cohort
    logScope.log().info('A list was worked on', {
      outcome: done.from,
      state,
      count: counts.rows,
      accepted: counts.accepted,
      refused: counts.refused,
    })
  },
})
