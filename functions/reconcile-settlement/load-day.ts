/**
 * The hub's side of a channel-day, from the day index: payments and what took them back, money posted by finance, reversals
 * that came too late. Streams into columns; a day of a million payments never lies here as objects.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { type HubColumns, hubColumns } from '../../shared/domain/settlement/columns.ts'
import type { DayEntry } from '../../shared/store/facts/facts.ts'
import type { SettlementPorts } from './ports.ts'

export type LateReversal = {
  readonly paymentId: string
  readonly account: Account
  readonly amount: Rupiah
  readonly decidedAt: Instant
}

export type HubDay = { readonly hub: HubColumns; readonly lateReversals: readonly LateReversal[] }

export async function loadHubDay(
  { facts }: Pick<SettlementPorts, 'facts'>,
  channel: string,
  date: BusinessDate,
): Promise<HubDay> {
  const hub = hubColumns()
  const late: LateReversal[] = []
  // Finance's own facts name the channel in their id: what was posted for it, and what was taken back.
  const posted = new Map<string, DayEntry>()
  for await (const entry of facts.byDay('settlement', date)) {
    const [postedFor, paymentId = ''] = entry.id
    if (entry.kind !== 'posting' || postedFor !== channel) continue
    // Money that was released from suspense is posted again: the last posting holds it, all others are empty.
    const known = posted.get(paymentId)
    if (!known || isLater(entry, known)) posted.set(paymentId, entry)
  }
  const byFinance: DayEntry[] = []
  const refunded = new Map<string, number>()
  for await (const entry of facts.byDay('finance', date)) {
    const [about, paymentId = ''] = entry.id
    if (about !== channel) continue
    if (entry.kind === 'reversal') byFinance.push(entry)
    if (entry.kind === 'refund') refunded.set(paymentId, (refunded.get(paymentId) ?? 0) + entry.amount)
  }
  for await (const entry of facts.byDay(channel, date)) {
    const [paymentId = ''] = entry.id
    if (entry.kind === 'late-reversal') late.push(lateReversalOf(entry, paymentId))
    // Posted after its payment was reversed: the posting stands for both, one entry under one id.
    else if (posted.has(paymentId)) continue
    else if (entry.kind === 'payment') addMoney(hub, entry, paymentId, refunded.get(paymentId))
    else if (entry.kind === 'reversal') hub.reverse(paymentId)
  }
  for (const [paymentId, entry] of posted) addMoney(hub, entry, paymentId)
  for (const entry of byFinance) {
    const [, paymentId = ''] = entry.id
    const posting = posted.get(paymentId)
    if (!posting || posting.decidedAt <= entry.decidedAt) hub.reverse(paymentId)
  }
  return { hub, lateReversals: late.sort((a, b) => (a.paymentId < b.paymentId ? -1 : 1)) }
}

/** Of two postings of one instant the released one, whose id says which step it was. */
function isLater(one: DayEntry, other: DayEntry): boolean {
  return one.decidedAt > other.decidedAt || (one.decidedAt === other.decidedAt && one.id.length > other.id.length)
}

/** `refunded`: what of a bill's payment went back because its members did not need it. */
function addMoney(hub: HubColumns, entry: DayEntry, paymentId: string, refunded = 0): void {
  const { account, outlet } = entry
  const amount = rupiah(entry.amount - refunded)
  hub.add({ paymentId, account, amount, decidedAt: entry.decidedAt as Instant, outlet, state: 'accepted' })
}

function lateReversalOf(entry: DayEntry, paymentId: string): LateReversal {
  return { paymentId, account: entry.account, amount: entry.amount, decidedAt: entry.decidedAt as Instant }
}
