/**
 * `GET /api/read-traces`: whose data did this person see, or who saw this account, day by day for twelve months. Newest first.
 * The article is in docs/operations/procedures.md.
 */
import { addDays, businessDateOf, formatUtc, instant, startOfDay } from '../../../shared/domain/instant.ts'
import { type ReadTrace, TRACE_KEPT_MILLIS } from '../../../shared/store/read-traces/read-traces.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ReadTraceItem, ReadTracesQuery } from './schemas.ts'

const DEFAULT = { days: 7, limit: 100 }
const INSTANT_DIGITS = 13
const CURSOR = /^\d{13}#[^#]{1,200}#\d{1,6}$/

export async function listReadTraces({ readTraces }: ConsolePorts, { query, now }: Call<{ query: ReadTracesQuery }>) {
  const { actor, kpj, limit = DEFAULT.limit, after = null } = query
  if ((actor === undefined) === (kpj === undefined)) {
    return problem('INVALID_INPUT', 'expected either query parameter actor or kpj')
  }
  const { to = businessDateOf(now) } = query
  const { from = addDays(to, -DEFAULT.days) } = query
  if (from > to) return problem('INVALID_INPUT', 'query parameter from: expected a day not after to')
  // The table drops a trace some time after its end; from that end on it is not shown.
  const kept = Math.max(startOfDay(from), now - TRACE_KEPT_MILLIS)
  const stretch = { from: instant(kept), to: startOfDay(addDays(to, 1)) }
  const cursor = after === null ? null : Buffer.from(after, 'base64url').toString()
  if (cursor !== null && !(CURSOR.test(cursor) && instantIn(cursor) < stretch.to)) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  // Nothing of days so long ago is kept, or the page before ended where what is kept begins by now.
  const last = cursor === null ? stretch.to - 1 : instantIn(cursor)
  if (last < stretch.from) return json(200, { from, to, items: [], next: null })
  const page =
    kpj === undefined
      ? await readTraces.ofActor(actor ?? '', stretch, limit, cursor)
      : await readTraces.ofAccount(kpj, stretch, limit, cursor)
  const next = page.next === null ? null : Buffer.from(page.next).toString('base64url')
  return json(200, { from, to, items: page.traces.map(describe), next })
}

function instantIn(cursor: string): number {
  return Number(cursor.slice(0, INSTANT_DIGITS))
}

function describe(trace: ReadTrace): ReadTraceItem {
  const { actor, actorName, issuer, call, account, shown, reason, sourceIp, forwardedFor, file } = trace
  return {
    at: formatUtc(trace.at),
    actor,
    actorName,
    issuer,
    call,
    kpj: account,
    shown,
    reason,
    sourceIp,
    forwardedFor,
    fileName: file?.name ?? null,
    rows: file?.rows ?? null,
  }
}
