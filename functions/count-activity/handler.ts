/** Wiring: streams of `facts` and `memberships` -> rolling counts. The use case is count-activity.ts. */
import type { DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { readEnv } from '../../shared/runtime/env.ts'
import { telemetryOf } from '../../shared/runtime/telemetry.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoRollingCounts } from '../../shared/store/rolling-counts/dynamodb.ts'
import type { CountedTable } from '../../shared/store/rolling-counts/rolling-counts.ts'
import { countActivity } from './count-activity.ts'
import { readRecord } from './read-record.ts'

const environment = readEnv(
  z.object({
    FACTS_TABLE: z.string(),
    STATISTICS_TABLE: z.string(),
    POWERTOOLS_SERVICE_NAME: z.string(),
    POWERTOOLS_METRICS_NAMESPACE: z.string(),
  }),
)
const { clock, log, metrics } = telemetryOf(environment)
const counts = dynamoRollingCounts(createDynamoClient(), { statistics: environment.STATISTICS_TABLE })

/** A batch is of one shard. What it throws brings the batch back. */
export async function handler({ Records: records }: DynamoDBStreamEvent): Promise<void> {
  const [first] = records
  if (first === undefined) return
  const table = tableOf(first.eventSourceARN ?? '')
  try {
    const read = records.map((record) => readRecord(table, record))
    const done = await countActivity({ counts, now: clock }, table, read)
    if (done.repeated > 0) metrics.count('CountsRepeated', undefined, done.repeated)
    if (done.unreadable > 0) metrics.count('Defects', undefined, done.unreadable)
    log.info('A batch was counted', { kind: table, count: done.counted })
  } finally {
    metrics.flush()
  }
}

/** `arn:…:table/<name>/stream/<label>` */
function tableOf(streamArn: string): CountedTable {
  return streamArn.includes(`:table/${environment.FACTS_TABLE}/`) ? 'facts' : 'memberships'
}
