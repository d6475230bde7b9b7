/** Wiring: queue `keys` -> data keys made and destroyed. The use case is keep-data-keys.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import type { DataKeyPurpose } from '../../shared/domain/data-keys.ts'
import { KEYS } from '../../shared/messages/keys.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { secretKeyWindow } from '../../shared/store/evidence/key-window.ts'
import { dynamoResolutions } from '../../shared/store/settlements/resolutions.ts'
import { keepDataKeys } from './keep-data-keys.ts'

const environment = readEnv(
  z.object({
    EVIDENCE_DATA_KEYS_TABLE: z.string(),
    FILE_DATA_KEYS_TABLE: z.string(),
    AUDIT_TABLE: z.string(),
    SETTLEMENTS_TABLE: z.string(),
    EVIDENCE_SECRET: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: z._default(z.string(), ''),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const dynamo = createDynamoClient()
const evidenceKeys = dynamoDataKeys(dynamo, environment.EVIDENCE_DATA_KEYS_TABLE)
const fileKeys = dynamoDataKeys(dynamo, environment.FILE_DATA_KEYS_TABLE)
const ports = {
  archiveOf: (purpose: DataKeyPurpose) => (purpose === 'evidence' ? evidenceKeys : fileKeys),
  window: secretKeyWindow({
    secret: environment.EVIDENCE_SECRET,
    region: environment.AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
    },
    endpoint: environment.AWS_ENDPOINT_URL_SECRETS_MANAGER,
    now: clock,
  }),
  recordAct: dynamoResolutions(dynamo, { audit: environment.AUDIT_TABLE, settlements: environment.SETTLEMENTS_TABLE })
    .recordAct,
  now: clock,
}

export const handler = queueHandler({
  queue: 'keys',
  log,
  metrics,
  read: KEYS.read,
  groupBy: ({ task }) => task,
  park: parkOn(new SQSClient({ cacheMiddleware: true }), environment.DEAD_LETTER_QUEUE_URL),
  handle: async (_messages, logScope) => {
    const { made, destroyed, left } = await keepDataKeys(ports)
    const line = logScope.log()
    if (made > 0) line.info('Data keys were made', { count: made })
    if (destroyed > 0) line.info('Data keys were destroyed', { count: destroyed })
    if (left > 0) line.warn('Data keys have ended and are left for the next night', { count: left })
  },
})
