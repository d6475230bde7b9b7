/**
 * What settlement left once all is quiet, as the audit of settlement, books and people reads it, and what all three ask of it.
 * Types only.
 */
import type { PaymentFact, PostingFact } from '../../../shared/domain/fact.ts'
import type { ClosedDay } from '../../../shared/store/journal/journal.ts'
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { FeeMonthVersion } from '../../../shared/store/settlements/fee-months.ts'
import type { DifferenceCase, Statement } from '../../../shared/store/settlements/records.ts'
import { dayStart } from './calendar.ts'

export type SettledBooks = {
  /** The last version of each day. */
  readonly statements: readonly Statement[]
  readonly movements: readonly PlacedMovement[]
  /** When all became calm: what was booked long before and has no place by then is for people, whom each morning tells. */
  readonly calmSince: string
  readonly cases: readonly DifferenceCase[]
  /** In order. */
  readonly closed: readonly ClosedDay[]
  /** Each closed day as it was when it was closed, as text. */
  readonly closedAs: ReadonlyMap<string, string>
  /** The last version of each month of fees. */
  readonly fees: readonly FeeMonthVersion[]
}

/** Money that a channel collected, and that nobody took back. */
export type Money = { readonly fact: PaymentFact | PostingFact; readonly channel: string; readonly paymentId: string }

export function channelsOf({ statements }: SettledBooks): readonly string[] {
  return [...new Set(statements.map(({ channel }) => channel))]
}

/** Rules place a movement for 45 days. */
export function isForPeople({ calmSince }: SettledBooks, { movement, placement }: PlacedMovement): boolean {
  return placement === undefined && dayStart(calmSince) - dayStart(movement.bookedOn) > 40 * 86_400_000
}

export function openItemsOf(statements: readonly Statement[]): number {
  return sumOf(statements.flatMap(({ openItems }) => openItems.map((item) => item.amountRupiah)))
}

export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
