/**
 * A difference that is resolved part by part: what is still open of it, and what may be done about the rest.
 *
 * ```
 * 100,000 open -- charge-channel 60,000 --> 40,000 open -- write-off (the rest) --> resolved
 * ```
 * Promise: the parts and what is open add up to what the difference moves (`movedAmount`), sign included; once a part was
 * resolved no payment is posted, reversed or matched for the whole. Pure; each part takes two people, as every resolution does.
 */
import type { DecidedAmount } from '../approval-limits.ts'
import { assertNever } from '../assert-never.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { Difference, DifferenceClass } from './day.ts'
import { movedAmount } from './open-items.ts'
import { type Action, actionsFor, isPartAction, type PartAction, stakeOf } from './resolution.ts'

/** Classes whose amounts a day's statement moves part by part. */
const DIVISIBLE: readonly DifferenceClass[] = [
  'missing-in-file',
  'missing-in-hub',
  'amount-difference',
  'fee-difference',
  'duplicate-in-file',
  'duplicate-across-files',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'ambiguous',
  'quarantined',
  'bank-difference',
]

/** Signed as `movedAmount` is. */
export type Part = { readonly action: PartAction; readonly amount: Rupiah }

/** What of it is neither written off nor charged: positive is the channel's debt. */
export function openAmountOf(difference: Difference, parts: readonly Part[]): Rupiah {
  return rupiah(parts.reduce((left, { amount }) => left - amount, movedAmount(difference).amount as number))
}

/** What may be decided about what is open of it. */
export function actionsForRest(difference: Difference, parts: readonly Part[]): readonly Action[] {
  const fitting = actionsFor(difference)
  return parts.length === 0 ? fitting : fitting.filter((action) => action === 'accept' || isPartAction(action))
}

export function isDivisible(difference: Difference, action: Action): boolean {
  return isPartAction(action) && DIVISIBLE.includes(difference.class) && movedAmount(difference).amount !== 0
}

/** Something of what is open, in its direction, and not more. */
export function isPartOf(open: Rupiah, amount: Rupiah): boolean {
  return amount !== 0 && Math.sign(amount) === Math.sign(open) && Math.abs(amount) <= Math.abs(open)
}

/** What a write-off gives up. `amount` null: all that is open. */
export function givenUp(difference: Difference, parts: readonly Part[], amount: Rupiah | null): Rupiah {
  if (amount !== null) return rupiah(Math.abs(amount))
  return parts.length === 0 ? stakeOf(difference) : rupiah(Math.abs(openAmountOf(difference, parts)))
}

/**
 * What a resolution decides about, held to the limits of its action (shared/domain/approval-limits.ts), which hold for all that is
 * decided of one difference, in however many parts. Positive.
 */
export function decidedBy(
  difference: Difference,
  parts: readonly Part[],
  { action, amount }: { readonly action: Action; readonly amount: Rupiah | null },
): DecidedAmount {
  const same = parts.filter((part) => part.action === action)
  const before = rupiah(same.reduce((sum, part) => sum + Math.abs(part.amount), 0))
  return { action, amount: amountDecided(difference, parts, action, amount), before }
}

function amountDecided(difference: Difference, parts: readonly Part[], action: Action, amount: Rupiah | null): Rupiah {
  const { hubAmountRupiah: hub, fileAmountRupiah: file } = difference
  switch (action) {
    case 'write-off':
    case 'charge-channel':
      return givenUp(difference, parts, amount)
    case 'reverse':
    case 'suspend':
      return absolute(hub)
    case 'post':
    case 'match':
      return absolute(file)
    case 'accept':
      // Of a corrected file only the change; of equal amounts `stakeOf` would be all of it.
      if (difference.class === 'corrected-file') return absolute((file ?? 0) - (hub ?? 0))
      return givenUp(difference, parts, null)
    default:
      return assertNever(action)
  }
}

function absolute(amount: number | null): Rupiah {
  return rupiah(Math.abs(amount ?? 0))
}
