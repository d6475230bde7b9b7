/**
 * The hub's side of a channel-day, from the day index: payments and what took them back, money posted by finance, reversals
 * that came too late. Streams into columns; a day of a million payments never lies here as objects.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { Rupiah } from '../../shared/domain/money.ts'
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
    if (entry.kind === 'posting' && postedFor === channel) posted.set(paymentId, entry)
  }
  for await (const entry of facts.byDay(channel, date)) {
    const [paymentId = ''] = entry.id
    if (entry.kind === 'late-reversal') late.push(lateReversalOf(entry, paymentId))
    // Posted after its payment was reversed: the posting stands for both, one entry under one id.
    else if (posted.has(paymentId)) continue
    else if (entry.kind === 'payment') addMoney(hub, entry, paymentId)
    else if (entry.kind === 'reversal') hub.reverse(paymentId)
  }
  for (const [paymentId, entry] of posted) addMoney(hub, entry, paymentId)
  for await (const entry of facts.byDay('finance', date)) {
    const [reversedFor, paymentId = ''] = entry.id
    if (entry.kind !== 'reversal' || reversedFor !== channel) continue
    const posting = posted.get(paymentId)
    if (!posting || posting.decidedAt <= entry.decidedAt) hub.reverse(paymentId)
  }
  return { hub, lateReversals: late.sort((a, b) => (a.paymentId < b.paymentId ? -1 : 1)) }
}

function addMoney(hub: HubColumns, entry: DayEntry, paymentId: string): void {
  const { account, amount, outlet } = entry
  hub.add({ paymentId, account, amount, decidedAt: entry.decidedAt as Instant, outlet, state: 'accepted' })
}

function lateReversalOf(entry: DayEntry, paymentId: string): LateReversal {
  return { paymentId, account: entry.account, amount: entry.amount, decidedAt: entry.decidedAt as Instant }
}
