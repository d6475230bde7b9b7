/**
 * `GET /api/overview`: how many memberships stand where, and what came in today. Counted from a parallel scan of the views
 * and from the day index, both eventually consistent: a picture for people, never a basis for a decision.
 */

import { MEMBERSHIP_STATUSES, type MembershipStatus } from '../../shared/domain/coverage.ts'
import { inForce } from '../../shared/domain/dated.ts'
import { type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../shared/domain/instant.ts'
import { monthOf, monthsBetween } from '../../shared/domain/month.ts'
import { provinceOf } from '../../shared/domain/region.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { MembershipView } from '../../shared/store/memberships.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, type Reply } from './reply.ts'

/** Parallel readers of the table; dated by the volumes of today (10 million views would need a job of their own). */
const SCAN_SEGMENTS = 4

type ByStatus = Record<MembershipStatus, number>
type Counts = {
  total: number
  creditRupiah: number
  readonly byStatus: ByStatus
  readonly byFunding: Record<string, number>
  readonly byProvince: Record<string, { readonly name: string; total: number; readonly byStatus: ByStatus }>
}

export async function showOverview(parts: ConsoleParts, { now }: Call): Promise<Reply> {
  const today = businessDateOf(now)
  const [memberships, payments] = await Promise.all([
    countMemberships(parts, now),
    Promise.all(parts.channels.map((channel) => paymentsOf(parts, channel, today))),
  ])
  const { byProvince, ...counts } = memberships
  const provinces = Object.entries(byProvince)
    .map(([code, province]) => ({ code, ...province }))
    .sort((a, b) => a.code.localeCompare(b.code))
  return json(200, {
    asOf: formatUtc(now),
    memberships: { ...counts, byProvince: provinces },
    paymentsToday: { day: today, channels: payments },
  })
}

async function countMemberships({ memberships, rules }: ConsoleParts, now: Instant): Promise<Counts> {
  const counts: Counts = { total: 0, creditRupiah: 0, byStatus: noStatuses(), byFunding: {}, byProvince: {} }
  const segments = Array.from({ length: SCAN_SEGMENTS }, async (_, segment) => {
    for await (const view of memberships.scan(segment, SCAN_SEGMENTS)) add(counts, view, statusNow(view, now, rules))
  })
  await Promise.all(segments)
  return counts
}

function add(counts: Counts, { credit, terms, regionCode }: MembershipView, status: MembershipStatus): void {
  counts.total++
  counts.creditRupiah += credit
  counts.byStatus[status]++
  counts.byFunding[terms.funding] = (counts.byFunding[terms.funding] ?? 0) + 1
  const { code, name } = provinceOf(regionCode)
  counts.byProvince[code] ??= { name, total: 0, byStatus: noStatuses() }
  const province = counts.byProvince[code]
  province.total++
  province.byStatus[status]++
}

/**
 * The status that time has brought since the view was folded. A view knows its next transition only; after that one the
 * months since `paidThrough` tell (a hole beyond it, two transitions away, is the sweep's to find).
 */
function statusNow(view: MembershipView, now: Instant, rules: Rules): MembershipStatus {
  const { status, nextTransition, paidThrough } = view
  if (nextTransition === null || businessDateOf(now) < nextTransition.on) return status
  const month = monthOf(now)
  if (paidThrough === null || paidThrough >= month) return nextTransition.to
  return monthsBetween(paidThrough, month) <= inForce('graceMonths', rules.graceMonths, month) ? 'grace' : 'lapsed'
}

async function paymentsOf({ facts }: ConsoleParts, channel: string, day: BusinessDate) {
  const sums = { channel, count: 0, amountRupiah: 0, adminFeeRupiah: 0, reversedCount: 0, reversedRupiah: 0 }
  for await (const entry of facts.byDay(channel, day)) {
    if (entry.kind === 'payment') {
      sums.count++
      sums.amountRupiah += entry.amount
      sums.adminFeeRupiah += entry.adminFee
    }
    // A bill's reversal counts once: its members' shares are reversed under longer keys.
    if (entry.kind === 'reversal' && entry.fact.split('#').length === 3) {
      sums.reversedCount++
      sums.reversedRupiah += entry.amount
    }
  }
  return sums
}

function noStatuses(): ByStatus {
  return Object.fromEntries(MEMBERSHIP_STATUSES.map((status) => [status, 0])) as ByStatus
}
