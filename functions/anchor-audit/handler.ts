/** Wiring: stream of table `audit` -> anchors in the locked bucket. The use case is anchor-audit.ts. */
import type { DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { readEnv } from '../../shared/runtime/env.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { bucketAnchors } from '../../shared/store/audit/anchor-bucket.ts'
import { kmsHeadKey } from '../../shared/store/audit/head-key.ts'
import { createS3Client } from '../../shared/store/files/s3-client.ts'
import { anchorAudit } from './anchor-audit.ts'
import { readChainRecord } from './read-record.ts'

const environment = readEnv(
  z.object({
    AUDIT_KEY: z.string(),
    EVIDENCE_BUCKET: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_SESSION_TOKEN: z._default(z.string(), ''),
    AWS_ENDPOINT_URL_KMS: z._default(z.string(), ''),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const ports = {
  signer: kmsHeadKey({
    key: environment.AUDIT_KEY,
    region: environment.AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
    },
    endpoint: environment.AWS_ENDPOINT_URL_KMS,
  }),
  anchors: bucketAnchors(createS3Client(), environment.EVIDENCE_BUCKET),
  now: clock,
}

/** A batch is of one shard. What it throws brings the batch back. */
export async function handler({ Records: records }: DynamoDBStreamEvent): Promise<void> {
  try {
    const { head, touched, unreadable } = await anchorAudit(ports, records.map(readChainRecord))
    const wrong = touched + unreadable
    if (wrong > 0) {
      metrics.count('AuditChainTouched', undefined, wrong)
      log.error('Entries of the audit chain were changed or removed', { count: wrong })
    }
    // The log names the head too: who rewrites the chain must rewrite the log as well.
    if (head !== null) log.info('A head of the audit chain was anchored', { sequence: head.sequence, hash: head.hash })
  } finally {
    metrics.flush()
  }
}
