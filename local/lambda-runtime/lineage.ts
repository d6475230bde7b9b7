/**
 * Lambda's recursive loop detection, as AWS documents it: every message that a function sends carries the lineage of the event
 * that caused it, and a function that already ran 16 times in one lineage is not invoked again, unless its `RecursiveLoop` is
 * `Allow`.
 *
 * ```
 * poller: reads the lineages of a batch, adds one for its function ─► isolate: the trace id of the event
 *   ─► the SDK sends it as X-Amzn-Trace-Id ─► proxy: puts it on the message as AWSTraceHeader ─► poller
 * ```
 * In AWS the attribute is a system attribute. The local queues keep none that a sender names, so it travels as a message
 * attribute of the same name and the poller turns it back. What comes from a schedule, a stream or an object begins a lineage.
 */
import { randomBytes } from 'node:crypto'
import { stableHash } from '../../shared/domain/hash.ts'

export const TRACE_ATTRIBUTE = 'AWSTraceHeader'

/** Invocations of one function in one lineage; the next one is refused. */
export const MAX_INVOCATIONS = 16

/** Invocations so far, by the short hash of a function's ARN. */
export type Lineage = ReadonlyMap<string, number>

/** `Root=…;Lineage=1f3a9b2c:3|77d0e4aa:1`. A header without a lineage, or none at all, is the beginning of one. */
export function readLineage(traceHeader: string | undefined): Lineage {
  const text = /(?:^|;)Lineage=([^;]*)/.exec(traceHeader ?? '')?.[1] ?? ''
  const entries = [...text.matchAll(/([0-9a-f]{8}):(\d+)/g)]
  return new Map(entries.map(([, hash, count]) => [hash as string, Number(count)]))
}

export function invocationsOf(lineage: Lineage, functionArn: string): number {
  return lineage.get(shortHash(functionArn)) ?? 0
}

/** The trace header for an invocation caused by messages of these lineages: of each function the largest count, and one more of its own. */
export function nextTraceHeader(lineages: readonly Lineage[], functionArn: string): string {
  const counts = new Map<string, number>()
  for (const [hash, count] of lineages.flatMap((lineage) => [...lineage]))
    counts.set(hash, Math.max(count, counts.get(hash) ?? 0))
  const own = shortHash(functionArn)
  counts.set(own, (counts.get(own) ?? 0) + 1)
  const lineage = [...counts].map(([hash, count]) => `${hash}:${count}`).join('|')
  return `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')};Sampled=0;Lineage=${lineage}`
}

function shortHash(functionArn: string): string {
  return stableHash(functionArn).toString(16).padStart(8, '0')
}
