/** Wiring: queue `import` -> settlement files, bank statements and lists of sponsors. The use case is import-file.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import { readImport } from '../../shared/messages/import.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn } from '../../shared/runtime/queue-sender.ts'
import { extensionSecrets } from '../../shared/runtime/secrets.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { s3Files } from '../../shared/store/files/files.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import { keysOf, prepareFileKeys } from './file-keys.ts'
import { importFile } from './import-file.ts'

const environment = readEnv(
  z.object({
    SETTLEMENTS_TABLE: z.string(),
    SPONSORS_TABLE: z.string(),
    FILES_BUCKET: z.string(),
    FILE_DATA_KEYS_TABLE: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    FILE_KEYS_SECRET: z.string(),
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
const sqs = new SQSClient({ cacheMiddleware: true })
const dynamo = createDynamoClient()
const sealing = sealingKeys(dynamoDataKeys(dynamo, environment.FILE_DATA_KEYS_TABLE), clock)
/** A dropped file of 100 MB is sealed while it is sent. */
const SEALING_MILLIS = 120_000
const ports = {
  files: s3Files(createS3Client(SEALING_MILLIS), environment.FILES_BUCKET, sealing),
  settlements: dynamoSettlements(dynamo, { settlements: environment.SETTLEMENTS_TABLE }),
  sponsors: dynamoSponsors(dynamo, { sponsors: environment.SPONSORS_TABLE }),
  channels: settlementChannels,
  fileKeys: async (channel: string) =>
    keysOf(await secrets.prepared(environment.FILE_KEYS_SECRET, prepareFileKeys), channel),
  metrics,
  now: clock,
}

export const handler = queueHandler({
  queue: 'import',
  log,
  metrics,
  read: readImport,
  groupBy: (files) => JSON.stringify(files),
  park: parkOn(sqs, environment.DEAD_LETTER_QUEUE_URL),
  handle: async ([files = []], logScope) => {
    for (const file of files) await importFile({ ...ports, log: logScope.log() }, file)
  },
})
