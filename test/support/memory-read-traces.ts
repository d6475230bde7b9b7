/** Read traces in memory. Passes the same conformance suite as the DynamoDB adapter (test/conformance/read-traces.test.ts). */
import { isDeepStrictEqual } from 'node:util'
import {
  instantKey,
  isLook,
  type ReadTrace,
  type ReadTraceStore,
  type Stretch,
  traceKeyOf,
  traceTaken,
} from '../../shared/store/read-traces/read-traces.ts'
import { demandRange } from './dynamo-demands.ts'

export function memoryReadTraces(): ReadTraceStore & { readonly all: () => readonly ReadTrace[] } {
  const kept = new Map<string, ReadTrace>()
  const page = (
    by: 'actor' | 'account',
    wanted: string,
    { from, to }: Stretch,
    limit: number,
    after: string | null,
  ) => {
    const isWanted = (trace: ReadTrace) => trace[by] === wanted
    demandRange(wanted, instantKey(from), after ?? instantKey(to))
    const traces = [...kept.values()]
      .filter((trace) => isWanted(trace) && trace.at >= from && trace.at < to)
      .sort((a, b) => (traceKeyOf(a) < traceKeyOf(b) ? 1 : -1))
      .filter((trace) => after === null || traceKeyOf(trace) < after)
    const shown = traces.slice(0, limit)
    const last = shown.at(-1)
    return { traces: shown, next: traces.length > limit && last ? traceKeyOf(last) : null }
  }
  return {
    put: async (traces) => {
      for (const trace of traces) {
        const key = `${trace.actor} ${traceKeyOf(trace)}`
        const standing = kept.get(key)
        if (standing && !isLook(trace) && !isDeepStrictEqual(standing, trace)) throw traceTaken()
        if (!standing || standing.at < trace.at) kept.set(key, structuredClone(trace))
      }
    },
    ofActor: async (actor, stretch, limit, after) => page('actor', actor, stretch, limit, after),
    ofAccount: async (account, stretch, limit, after) => page('account', account, stretch, limit, after),
    all: () => [...kept.values()],
  }
}
