/**
 * What two people may decide about a difference: which action fits which class, what each needs, and the life of a difference.
 *
 * ```
 * new -> persisting -> proposed -> approved -> resolved        (applied by functions/reconcile-settlement)
 *            ^            |  rejected             ^
 *            +------------+                       +-- by itself: a later run does not find it any more
 * ```
 * Pure: who asks, and whether it is written, is for functions/serve-console. `new` and `persisting` are one stored state: a
 * difference persists from the WIB day after the one on which it was first seen.
 */

import { assertNever } from '../assert-never.ts'
import type { Dated } from '../effective-dated.ts'
import { businessDateOf, DAY_MILLIS, type Instant } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { Difference, DifferenceClass } from './day.ts'

/**
 * - `post`: the channel has the money and we have no payment: it becomes one, or lies in suspense.
 * - `reverse`: the payment is taken back. `suspend`: its money leaves the months and waits.
 * - `write-off`: the amount is given up. `charge-channel`: the channel is asked for it.
 * - `accept`: it is explained as it is; a corrected file takes the place of the first.
 * - `match`: an ambiguous line, or one of no known payment, is this payment, of this day or of the seven days before.
 */
export const ACTIONS = ['post', 'reverse', 'suspend', 'write-off', 'charge-channel', 'accept', 'match'] as const
export type Action = (typeof ACTIONS)[number]

/** What may be done about a part of a difference: an amount moves, and no payment. */
export const PART_ACTIONS = ['write-off', 'charge-channel'] as const satisfies readonly Action[]
export type PartAction = (typeof PART_ACTIONS)[number]

export function isPartAction(action: Action): action is PartAction {
  return PART_ACTIONS.some((one) => one === action)
}

const FITTING: Readonly<Record<DifferenceClass, readonly Action[]>> = {
  'missing-in-file': ['reverse', 'suspend', 'charge-channel', 'write-off', 'accept'],
  'missing-in-hub': ['post', 'match', 'charge-channel', 'accept'],
  'amount-difference': ['reverse', 'suspend', 'write-off', 'charge-channel', 'accept'],
  'fee-difference': ['write-off', 'charge-channel', 'accept'],
  'fee-invoice-difference': ['write-off', 'charge-channel', 'accept'],
  'duplicate-in-file': ['charge-channel', 'write-off', 'accept'],
  'duplicate-across-files': ['charge-channel', 'write-off', 'accept'],
  'reversed-here-settled-there': ['post', 'charge-channel', 'write-off', 'accept'],
  'settled-here-reversed-there': ['reverse', 'suspend', 'charge-channel', 'write-off', 'accept'],
  ambiguous: ['match', 'post', 'reverse', 'suspend', 'charge-channel', 'accept'],
  quarantined: ['charge-channel', 'write-off', 'accept'],
  'bank-difference': ['write-off', 'charge-channel', 'accept'],
  'late-reversal': ['reverse', 'accept'],
  'corrected-file': ['accept'],
}

const ONE_BY_ONE: readonly Action[] = ['post', 'reverse', 'suspend', 'match']

/** A difference open for more days than this wakes somebody. */
export const OPEN_TOO_LONG_DAYS: Dated<number> = [
  { from: '1970-01-01', value: 3, source: 'our choice, to be confirmed by finance' },
]

/** As stored. */
export const DIFFERENCE_STATES = ['open', 'proposed', 'approved', 'resolved'] as const
export type DifferenceState = (typeof DIFFERENCE_STATES)[number]
/** As shown. */
export const SHOWN_STATES = ['new', 'persisting', 'proposed', 'approved', 'resolved'] as const
export type ShownState = (typeof SHOWN_STATES)[number]

/** What may be decided about this difference: what fits its class, as far as it has what the action needs. */
export function actionsFor(difference: Difference): readonly Action[] {
  // It is no part of the receivable: people place, move or return the movement itself.
  if (difference.evidence.reason === 'credit-ambiguous') return ['accept']
  return FITTING[difference.class].filter((action) => hasWhatItNeeds(difference, action))
}

function hasWhatItNeeds(
  { class: differenceClass, paymentId, hubAmountRupiah, fileAmountRupiah, lines, evidence }: Difference,
  action: Action,
) {
  // Many lines at once: what moves one payment's money does not fit them.
  if (evidence.count !== undefined) return !ONE_BY_ONE.includes(action)
  switch (action) {
    case 'post':
      // Money that came, by a line of the file; a reversed line brings none.
      // What may be a payment that is there already must not become a second one.
      if ((evidence.linked ?? []).length > 0) return false
      return lines.length > 0 && (fileAmountRupiah ?? 0) > 0
    case 'reverse':
    case 'suspend':
      return paymentId !== '' && hubAmountRupiah !== null
    case 'match':
      if (evidence.lineIdentity === undefined) return false
      // A line of no known payment may be one of another day, which a person names.
      return differenceClass === 'missing-in-hub' || (evidence.candidates ?? []).length > 0
    case 'write-off':
    case 'charge-channel':
    case 'accept':
      return true
    default:
      return assertNever(action)
  }
}

export function shownState(state: DifferenceState, firstSeenAt: Instant, now: Instant): ShownState {
  if (state !== 'open') return state
  return businessDateOf(now) > businessDateOf(firstSeenAt) ? 'persisting' : 'new'
}

/** Whole days for which it has been open. */
export function daysOpen(firstSeenAt: Instant, now: Instant): number {
  return Math.max(0, Math.floor((now - firstSeenAt) / DAY_MILLIS))
}

/** What is at stake: what a write-off gives up and a channel is charged. Never negative. */
export function stakeOf({ hubAmountRupiah, fileAmountRupiah }: Difference): Rupiah {
  if (hubAmountRupiah === null || fileAmountRupiah === null) return positive(hubAmountRupiah ?? fileAmountRupiah ?? 0)
  // Both there and equal: not the rest of the two but the whole is in question, as with a line that stands twice.
  return positive(hubAmountRupiah - fileAmountRupiah || fileAmountRupiah)
}

function positive(amount: number): Rupiah {
  return rupiah(Math.abs(amount))
}
