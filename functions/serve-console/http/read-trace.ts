/**
 * What a served call leaves behind when it shows somebody's data: one trace per account, put before the answer leaves. A trace
 * that cannot be put is an answer that is not given.
 * A route says what it shows (`TraceRule`); which routes must is held by test/functions/serve-console/http/read-traces.test.ts.
 */
import { UNNAMED_SUBJECT } from '../../../shared/domain/acting-person.ts'
import { assertNever } from '../../../shared/domain/assert-never.ts'
import type { ReadTrace, ReadTraceStore } from '../../../shared/store/read-traces/read-traces.ts'
import type { Caller } from './caller.ts'
import { reasonField } from './fields.ts'
import { type Problem, problem, type Reply } from './reply.ts'

/** The accounts that an answer is about; empty where nobody was found. */
type AccountsOf<I, B> = (input: I, body: B) => readonly (string | null)[]

/**
 * `identity`: names, NIKs or phone numbers are in the answer; a file of them says itself how it shows them. `account`: what belongs
 * to a membership, without them.
 */
export type TraceRule<I = unknown, B = unknown> = {
  readonly shows: 'identity' | 'account'
  readonly accounts: AccountsOf<I, B>
  /** Where the call itself demands a reason. */
  readonly reason?: (input: I) => string
}

/** Why somebody looks, said with the call. Absent: recorded as absent. */
export const REASON_HEADER = 'x-reason'
/** `masked`: show less than the role may see, as the dashboard asks until a reason is given. */
export const MASK_HEADER = 'x-personal-data'
export const MASK_WORDS = ['masked', 'full'] as const
export const READ_REASON_LIMIT = 140
const FORWARDED_LIMIT = 200

const REASON = reasonField(READ_REASON_LIMIT)

type Disclosure = Pick<Caller, 'unmasked' | 'asksMasked' | 'reason'>

type Headers = Readonly<Record<string, string | undefined>>

/** How this call wants to see personal data, by its headers; `may`: what its role allows. */
export function disclosureOf(headers: Headers, may: 'in-full' | 'masked'): Disclosure | Problem<'INVALID_INPUT'> {
  const { [REASON_HEADER]: sent, [MASK_HEADER]: wanted = 'full' } = headers
  if (!MASK_WORDS.some((word) => word === wanted)) {
    return problem('INVALID_INPUT', `header ${MASK_HEADER}: expected one of ${MASK_WORDS.join(', ')}`)
  }
  const asksMasked = wanted === 'masked'
  const unmasked = may === 'in-full' && !asksMasked
  if (sent === undefined) return { unmasked, asksMasked, reason: null }
  const reason = REASON.safeParse(sent)
  if (reason.success) return { unmasked, asksMasked, reason: reason.data }
  return problem('INVALID_INPUT', `header ${REASON_HEADER}: ${reason.error.issues[0]?.message}`)
}

export function forwardedFor(headers: Headers): string | null {
  return headers['x-forwarded-for']?.slice(0, FORWARDED_LIMIT) ?? null
}

type Traced = {
  readonly call: string
  readonly rule: TraceRule | null
  readonly input: unknown
  readonly caller: Caller
}

export async function leaveTraces(store: Pick<ReadTraceStore, 'put'>, traced: Traced, reply: Reply): Promise<void> {
  const traces = tracesOf(traced, reply)
  if (traces.length > 0) await store.put(traces)
}

/** One trace of a call. `reason`: the call's own, instead of the header's. */
export function traceOf(
  caller: Caller,
  call: string,
  number: number,
  what: Pick<ReadTrace, 'shown' | 'account' | 'file'>,
  reason = caller.reason,
): ReadTrace {
  const { actor, actorName, issuer, now: at, requestId: request, sourceIp, forwardedFor: forwarded } = caller
  const who = { actor: actor ?? UNNAMED_SUBJECT, actorName, issuer, sourceIp, forwardedFor: forwarded }
  return { ...who, at, request, number, call, reason, ...what }
}

function tracesOf({ call, rule, input, caller }: Traced, reply: Reply): readonly ReadTrace[] {
  switch (reply.kind) {
    case 'problem':
      return []
    case 'csv':
    case 'download': {
      const file = { name: reply.fileName, rows: reply.rows }
      const shown = (reply.kind === 'csv' && reply.people) || 'file'
      return [traceOf(caller, call, 0, { shown, account: null, file })]
    }
    case 'json': {
      if (rule === null) return []
      // A call that demands a reason shows everything, and so does a sponsor's record to its own people.
      const isInFull = caller.unmasked || caller.ownSponsor !== null || rule.reason !== undefined
      const shown = rule.shows === 'account' ? 'account' : isInFull ? 'in-full' : 'masked'
      const accounts = rule.accounts(input, reply.body)
      return accounts.map((account, n) =>
        traceOf(caller, call, n, { shown, account, file: null }, rule.reason?.(input)),
      )
    }
    default:
      return assertNever(reply)
  }
}
