/** Wiring: queue `import` -> settlement files and bank statements. The use case is import-file.ts. */
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import { readImport } from '../../shared/messages/import.ts'
import { readEnv } from '../../shared/runtime/env.ts'
import { queueHandler } from '../../shared/runtime/queue.ts'
import { parkOn } from '../../shared/runtime/queue-sender.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { s3Files } from '../../shared/store/files/files.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { importFile } from './import-file.ts'

const environment = readEnv(
  z.object({
    SETTLEMENTS_TABLE: z.string(),
    FILES_BUCKET: z.string(),
    DEAD_LETTER_QUEUE_URL: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const sqs = new SQSClient({ cacheMiddleware: true })
const ports = {
  files: s3Files(createS3Client(), environment.FILES_BUCKET),
  settlements: dynamoSettlements(createDynamoClient(), { settlements: environment.SETTLEMENTS_TABLE }),
  channels: settlementChannels,
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
