/**
 * The hub's side of a channel-day, from the day index: payments and what took them back, money posted by finance, reversals
 * that came too late. Streams into columns; a day of a million payments never lies here as objects.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { type HubColumns, hubColumns } from '../../shared/domain/settlement/columns.ts'
import { isReleased } from '../../shared/domain/suspense-exit.ts'
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
  const posted = await postingsOf(facts, channel, date)
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
    const postings = posted.get(paymentId)
    if (entry.kind === 'late-reversal') late.push(lateReversalOf(entry, paymentId))
    else if (entry.kind === 'payment' && !postings?.byLine) addMoney(hub, entry, paymentId, refunded.get(paymentId))
    // What was released, or posted after its reversal, stands: one entry under one id.
    else if (entry.kind === 'reversal' && !postings) hub.reverse(paymentId)
  }
  for (const [paymentId, { byLine }] of posted) if (byLine) addMoney(hub, byLine, paymentId)
  for (const entry of byFinance) {
    const [, paymentId = ''] = entry.id
    const standing = posted.get(paymentId)
    if (!standing || standing.lastAt <= entry.decidedAt) hub.reverse(paymentId)
  }
  return { hub, lateReversals: late.sort((a, b) => (a.paymentId < b.paymentId ? -1 : 1)) }
}

/**
 * What finance posted under one id. To the channel it is the same money all along, so the day shows it as it was collected: as the
 * payment, or as the line by which it came. `lastAt`: since when it lies where it is now.
 */
type Postings = { readonly byLine: DayEntry | null; readonly lastAt: number }

async function postingsOf(
  facts: SettlementPorts['facts'],
  channel: string,
  date: BusinessDate,
): Promise<ReadonlyMap<string, Postings>> {
  const posted = new Map<string, Postings>()
  for await (const entry of facts.byDay('settlement', date)) {
    const [postedFor, paymentId = ''] = entry.id
    if (entry.kind !== 'posting' || postedFor !== channel) continue
    const known = posted.get(paymentId)
    const byLine = isReleased(entry.id) ? (known?.byLine ?? null) : entry
    posted.set(paymentId, { byLine, lastAt: known ? Math.max(known.lastAt, entry.decidedAt) : entry.decidedAt })
  }
  return posted
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
