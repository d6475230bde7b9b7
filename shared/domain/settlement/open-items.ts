/**
 * What a channel still owes for one of its days, or we owe it, item by item: the receivable of the books, explained.
 *
 * Promise: the items of a day add up to what the journal holds as its receivable, after any resolutions, sign included. Positive
 * is the channel's debt. What a resolution moves is taken from the account on which the amount stands: from the receivable,
 * or, for a fee, from the fee that was expensed as the file has it. Refuses to know versions and accounts beyond these.
 *
 * ```
 * receivable = payments standing - fees of the file - bank - written off - charged      (journal.ts, from facts and statements)
 *            = what is in no file yet + what differs + what the bank has yet to credit  (here, from the day's items)
 * ```
 */
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { type AcceptedFile, BRIDGE_LABELS, type BridgeLabel, type DayResult, type Difference } from './day.ts'
import type { PartAction } from './resolution.ts'

/** Rows of a day that are part of its receivable, and what is no row of the bridge. */
export type OpenItemLabel = BridgeLabel | 'file-awaited' | 'unexplained'

/** `amountRupiah` positive: the channel owes it to us. `count`: payments, lines or credits that are still open in it. */
export type OpenItem = { readonly label: OpenItemLabel; readonly amountRupiah: Rupiah; readonly count: number }

/** What a write-off gives up and what a channel is charged, and from which account it goes. */
export type MovedAmount = { readonly from: 'receivable' | 'channel-fees'; readonly amount: Rupiah }

/**
 * Signed: a loss of ours, or a debt of the channel, is positive; what we owe the channel is negative. A fee difference is the fee
 * that was taken too much; of a schedule, of all its lines together.
 */
export function movedAmount(
  difference: Pick<Difference, 'class' | 'hubAmountRupiah' | 'fileAmountRupiah' | 'effectRupiah'>,
): MovedAmount {
  if (difference.class !== 'fee-difference') return { from: 'receivable', amount: negated(difference.effectRupiah) }
  const expected = difference.hubAmountRupiah ?? 0
  return { from: 'channel-fees', amount: rupiah((difference.fileAmountRupiah ?? 0) - expected) }
}

/** What two people's resolutions moved of a day, each signed as `movedAmount` is. */
export type MovedByResolutions = {
  readonly writtenOff: Rupiah
  readonly charged: Rupiah
  /** The parts of the two that were taken from the expensed fee, not from the receivable. */
  readonly feesWrittenOff: Rupiah
  readonly feesCharged: Rupiah
}

/** A resolution that moves an amount. `part`: of how much of the difference, signed as `movedAmount` is; absent: of all of it. */
export type ResolvedDifference = {
  readonly difference: Difference
  readonly action: PartAction
  readonly part?: Rupiah
}

/** What one resolution moves. */
export function movedBySome({ difference, part }: ResolvedDifference): MovedAmount {
  const whole = movedAmount(difference)
  return part === undefined ? whole : { from: whole.from, amount: part }
}

export function movedBy(resolved: readonly ResolvedDifference[]): MovedByResolutions {
  const sum = (action: ResolvedDifference['action'], froms: readonly MovedAmount['from'][]) =>
    rupiah(
      resolved.reduce((total, one) => {
        const { from, amount } = movedBySome(one)
        return one.action === action && froms.includes(from) ? total + amount : total
      }, 0),
    )
  return {
    writtenOff: sum('write-off', ['receivable', 'channel-fees']),
    charged: sum('charge-channel', ['receivable', 'channel-fees']),
    feesWrittenOff: sum('write-off', ['channel-fees']),
    feesCharged: sum('charge-channel', ['channel-fees']),
  }
}

/** What a resolution charged to a channel, signed as `movedAmount` is: positive, the channel is asked for it. */
export type ChannelCharge = {
  readonly differenceId: string
  readonly amountRupiah: Rupiah
  /** The day on which it was carried out: from then on it ages. */
  readonly chargedOn: BusinessDate
}

export type DayForItems = {
  readonly sums: DayResult['sums']
  /** null: none was accepted; the whole day waits for it. */
  readonly file: AcceptedFile | null
  /** What the bank has credited for the day. */
  readonly credited: Rupiah
  /** The rows of section two that the statement shows, for their name and count. */
  readonly isBankAwaited: boolean
  readonly resolved: readonly ResolvedDifference[]
}

const OF_SECTION_ONE = BRIDGE_LABELS.slice(BRIDGE_LABELS.indexOf('pending'), BRIDGE_LABELS.indexOf('file-total'))

/** In the order of the bridge; items of nothing are left out. */
export function openItemsOf(day: DayForItems): readonly OpenItem[] {
  const { sums, file, credited } = day
  const hub = amountIn(sums, 'hub-payments') + amountIn(sums, 'hub-reversed')
  if (!file) {
    const payments = countIn(sums, 'hub-payments') - countIn(sums, 'hub-reversed')
    return items([
      ['file-awaited', hub, payments],
      ['bank-credit', -credited, 1],
    ])
  }
  const { totals } = file
  const rows = OF_SECTION_ONE.map((label) => {
    const resolved = day.resolved.filter(({ difference }) => difference.class === label)
    return [label, -amountIn(sums, label) - movedFrom(resolved), countIn(sums, label) - countOf(resolved)] as const
  })
  const explained = OF_SECTION_ONE.reduce((sum, label) => sum + amountIn(sums, label), hub)
  const unexplained = explained - totals.amount + (totals.amount - totals.fee - totals.net)
  const ofBank = day.resolved.filter(({ difference }) => difference.class === 'bank-difference')
  const rest = totals.net - credited - movedFrom(ofBank)
  return items([
    ...rows,
    ['unexplained', unexplained, 1],
    [day.isBankAwaited ? 'bank-awaited' : 'bank-difference', rest, 1],
  ])
}

function items(rows: readonly (readonly [OpenItemLabel, number, number])[]): readonly OpenItem[] {
  return rows
    .filter(([, amount]) => amount !== 0)
    .map(([label, amount, count]) => ({ label, amountRupiah: rupiah(amount), count: Math.max(1, count) }))
}

/** Those of which nothing is open any more. A difference may stand for many of its kind. */
function countOf(resolved: readonly ResolvedDifference[]): number {
  return [...Map.groupBy(resolved, ({ difference }) => difference)]
    .filter(([difference, parts]) => amountOf(parts) === movedAmount(difference).amount)
    .reduce((sum, [{ evidence }]) => sum + (evidence.count ?? 1), 0)
}

function amountOf(parts: readonly ResolvedDifference[]): number {
  return parts.reduce((sum, one) => sum + movedBySome(one).amount, 0)
}

function movedFrom(resolved: readonly ResolvedDifference[]): number {
  return resolved.reduce((sum, one) => {
    const { from, amount } = movedBySome(one)
    return from === 'receivable' ? sum + amount : sum
  }, 0)
}

function amountIn(sums: DayResult['sums'], label: BridgeLabel): number {
  return sums.get(label)?.amount ?? 0
}

function countIn(sums: DayResult['sums'], label: BridgeLabel): number {
  return sums.get(label)?.count ?? 0
}

function negated(amount: Rupiah): Rupiah {
  return rupiah(amount === 0 ? 0 : -amount)
}
