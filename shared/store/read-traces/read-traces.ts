/**
 * Table `read-traces`: who was shown whose data, through which call, when, from where and why. A trace is put before the answer
 * leaves, and nobody may change or delete one; the table drops it after twelve months (docs/adr/0040-reads-leave-a-trace.md).
 *
 * | | key | |
 * |---|---|---|
 * | trace | PK `actor`, SK `read` (`<instant>#<request>#<number>`, see `traceKeyOf`) | what this person saw |
 * | index `byAccount` | PK `account`, SK `read` | who saw this account; files have none |
 *
 * Holds subjects and names of operators, numbers of memberships, addresses, reasons; no name, NIK or phone of a member.
 * Producer and reader: functions/serve-console.
 */
import { DAY_MILLIS, type Instant } from '../../domain/instant.ts'
import { Defect } from '../../runtime/faults.ts'

/** `account`: what belongs to a membership, without a name. `file`: rows that left the hub as a file. */
export const SHOWN = ['in-full', 'masked', 'account', 'file'] as const
export type Shown = (typeof SHOWN)[number]

export type ReadTrace = {
  /** The token's subject. */
  readonly actor: string
  /** As the token said, so that a deleted account still has one. */
  readonly actorName: string | null
  readonly issuer: string | null
  readonly at: Instant
  /** The gateway's id of the request, and which of its traces this is. */
  readonly request: string
  readonly number: number
  /** `GET /api/memberships/{kpj}`: the route, never the path. */
  readonly call: string
  /** KPJ; null where nobody was found, and for files. */
  readonly account: string | null
  readonly shown: Shown
  readonly reason: string | null
  /** Whom the gateway saw; behind a distribution that is the distribution. */
  readonly sourceIp: string
  /** The addresses before it, as they were sent: a caller may have written the first of them. */
  readonly forwardedFor: string | null
  /** Of a file. */
  readonly file: { readonly name: string; readonly rows: number | null } | null
}

/** From an instant on, up to but not including another; newest first. */
export type Stretch = { readonly from: Instant; readonly to: Instant }
export type TracePage = { readonly traces: readonly ReadTrace[]; readonly next: string | null }

export type ReadTraceStore = {
  /**
   * The same request's same trace again changes nothing; another one in its place is the defect `TRACE_TAKEN`. A look (`isLook`) that
   * comes again takes the place of the earlier one, and a late one none.
   */
  readonly put: (traces: readonly ReadTrace[]) => Promise<void>
  /** Consistent. `after` is the `next` of the page before. */
  readonly ofActor: (actor: string, stretch: Stretch, limit: number, after: string | null) => Promise<TracePage>
  /** From the index, which lags a little. */
  readonly ofAccount: (account: string, stretch: Stretch, limit: number, after: string | null) => Promise<TracePage>
}

/** Twelve months, the leap day included. */
export const TRACE_KEPT_MILLIS = 366 * DAY_MILLIS

/** A page that asks again every few seconds is one look: it is written again, with its latest instant. */
const SAME_LOOK_MILLIS = 10 * 60_000

/**
 * Sorts as time does: 13 digits until the year 2286. What showed no personal data in full, and was given no reason, is one trace
 * per person, call, account and address in ten minutes; everything else, each file among it, is one per request.
 */
export function traceKeyOf(trace: ReadTrace): string {
  const { at, request, number, call, account, sourceIp } = trace
  if (!isLook(trace)) return `${instantKey(at)}#${request}#${number}`
  const began = (at - (at % SAME_LOOK_MILLIS)) as Instant
  return `${instantKey(began)}#${call} ${account ?? 'nobody'} ${sourceIp}#${number}`
}

/** It showed no personal data in full, and no reason was given: it may come again every few seconds. */
export function isLook({ shown, reason, file }: ReadTrace): boolean {
  return reason === null && file === null && (shown === 'masked' || shown === 'account')
}

/** Two requests may not have one trace: whoever would have seen something without one is not answered. */
export function traceTaken(): Defect {
  return new Defect(
    'TRACE_TAKEN',
    'expected a read trace of its own for each answer, another one is there; find out why',
  )
}

export function instantKey(at: Instant): string {
  return String(at).padStart(13, '0')
}
