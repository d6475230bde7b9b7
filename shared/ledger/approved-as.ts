/**
 * Whether two people approved this very thing of a channel: what the console wrote into the audit chain with the approval of a
 * difference (functions/serve-console/settlement/resolve-difference.ts), read back. Pure.
 */
import type { Rupiah } from '../domain/money.ts'
import type { Action } from '../domain/settlement/resolution.ts'
import type { AuditEntry } from '../store/audit/audit.ts'

/** `amount`: of what was posted; null where the money that moves says it itself. */
export type ApprovedPayment = {
  readonly channel: string
  readonly paymentId: string
  readonly action: Action
  readonly amount: Rupiah | null
}
export type ApprovedDifference = { readonly differenceId: string; readonly action: Action }

type Detail = {
  readonly action?: string
  readonly evidence?: {
    readonly class?: string
    readonly paymentId?: string
    readonly lines?: readonly number[]
    readonly fileAmountRupiah?: number | null
  }
}

/** `entries`: of the instant at which the fact was decided. */
export function isApprovedAs(entries: readonly AuditEntry[], wanted: ApprovedPayment | ApprovedDifference): boolean {
  return entries.some(({ action, subject, detail }) => {
    if (action !== 'approved' || (detail as Detail | null)?.action !== wanted.action) return false
    if ('differenceId' in wanted) return subject === wanted.differenceId
    return isOfPayment(subject, detail as Detail, wanted)
  })
}

/** The id of a difference begins with its channel and its day. */
function isOfPayment(
  subject: string,
  { evidence = {} }: Detail,
  { channel, paymentId, amount }: ApprovedPayment,
): boolean {
  if (!subject.startsWith(`${channel}-`)) return false
  const { paymentId: named = '', lines = [], fileAmountRupiah = null } = evidence
  if (named !== paymentId && !isPlaceOfLine(subject, paymentId, lines)) return false
  if (amount === null || fileAmountRupiah === null) return true
  return lines.length === 1 ? fileAmountRupiah === amount : amount <= fileAmountRupiah
}

/** Of a line whose id cannot be trusted or is missing, the line's own place: `2026-11-20/line/7`. */
function isPlaceOfLine(subject: string, paymentId: string, lines: readonly number[]): boolean {
  const [, year, month, day] = /-(\d{4})(\d{2})(\d{2})-[0-9a-f]+$/.exec(subject) ?? []
  return lines.some((line) => paymentId === `${year}-${month}-${day}/line/${line}`)
}
