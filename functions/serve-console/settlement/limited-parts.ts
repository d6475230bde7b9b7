/**
 * What of a movement's parts is held to the limits of two people (shared/domain/approval-limits.ts): what becomes our own cost or
 * income, and money that has left the account for nothing of ours.
 *
 * Promise: a debit is held to the limits of a charge, also where it is called interest that was taken back, and to those of a refund
 * where it is called a credit that was sent back; parts of one action count together. Pure.
 */

import type { DecidedAmount, LimitedAction } from '../../../shared/domain/approval-limits.ts'
import { assertNever } from '../../../shared/domain/assert-never.ts'
import { type Rupiah, rupiah, ZERO } from '../../../shared/domain/money.ts'
import type { Place } from '../../../shared/domain/settlement/placement.ts'

export function limitedAmounts(places: readonly Place[]): readonly DecidedAmount[] {
  const sums = new Map<LimitedAction, Rupiah>()
  for (const place of places) {
    const action = limitedActionOf(place)
    if (action) sums.set(action, rupiah((sums.get(action) ?? ZERO) + Math.abs(place.amount)))
  }
  return [...sums].map(([action, amount]) => ({ action, amount, before: ZERO }))
}

/** undefined: nothing is given up, and the place shows what is open. */
function limitedActionOf({ kind, amount }: Place): LimitedAction | undefined {
  switch (kind) {
    case 'bank-charges':
      return 'bank-charges'
    case 'interest':
      return amount < 0 ? 'bank-charges' : 'interest'
    case 'returned':
      return amount < 0 ? 'refund' : undefined
    case 'channel-day':
    case 'channel-charge':
    case 'fee-invoice':
    case 'opening-balance':
    case 'unidentified':
      return undefined
    default:
      return assertNever(kind)
  }
}
