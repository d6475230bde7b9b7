/**
 * A stream's event source mapping on a laptop: filters, and invokes the function with batches, one after the other and in order;
 * a batch that fails comes again, and the ones after it wait. Records gather for the mapping's window as in AWS, but for a second at
 * most: who looks at a laptop waits for what he just did.
 */
import type { _Record } from '@aws-sdk/client-dynamodb-streams'
import type { FaultInjector } from '../aws-proxy/faults.ts'
import type { StreamMappingPlan } from '../cloud-assembly/cloud-assembly.ts'
import { type Json, REGION, record } from '../cloud-assembly/template.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'
import { passes } from './filter.ts'
import type { Pipe } from './pipe.ts'
import { asJson, followStream } from './stream-reader.ts'
import type { WritesOfTable } from './table-writes.ts'

export type StreamMappingOptions = {
  readonly plan: StreamMappingPlan
  readonly streamArn: string
  readonly endpoint: string
  readonly dataDir: string
  readonly target: Pick<HostedFunction, 'plan' | 'invoke'>
  readonly faults: FaultInjector
  readonly writes: WritesOfTable
}

const LONGEST_WINDOW_MILLIS = 1_000

export function startStreamMapping(options: StreamMappingOptions): Pipe {
  const { plan, streamArn, endpoint, dataDir, target, faults, writes } = options
  const windowMillis = Math.min(LONGEST_WINDOW_MILLIS, plan.windowSeconds * 1_000)
  return followStream({ name: plan.name, streamArn, endpoint, dataDir, writes, windowMillis, take: invoke })

  async function invoke(records: readonly _Record[]): Promise<void> {
    const wanted = records
      .map(asJson)
      .filter((each) => plan.filters.length === 0 || plan.filters.some((filter) => passes(filter, each)))
    for (let from = 0; from < wanted.length; from += plan.batchSize) {
      const event = { Records: wanted.slice(from, from + plan.batchSize).map((each) => recordOf(each, plan.tableArn)) }
      await target.invoke(event)
      if (faults.inject(['duplicate'], [target.plan.folder])) await target.invoke(event)
    }
  }
}

function recordOf(streamed: Json, tableArn: string): Json {
  return {
    ...record(streamed),
    eventSource: 'aws:dynamodb',
    eventSourceARN: `${tableArn}/stream/local`,
    awsRegion: REGION,
  }
}
