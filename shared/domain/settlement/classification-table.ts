/**
 * The table of judgements: what the hub knows of a payment id, against what the line does in the story of all files.
 *
 * Pure words, no sums. `class: null` is explained: the figure stands in its row, nobody is asked.
 */
import { assertNever } from '../assert-never.ts'
import type { BridgeLabel, DifferenceClass, DifferenceReason } from './day.ts'
import type { Role } from './line-history.ts'

/**
 * How the hub stands to a payment id.
 * - `own`, `own-reversed`: it is of this day. `other`, `other-reversed`: accepted, of another day.
 * - `reversed-first`, `refused`: decided against. `unknown`: never heard of. `without-fact`: decided for, on this day, and its
 *   fact is not in the day's index (yet).
 */
export type PaymentRelation =
  | 'own'
  | 'own-reversed'
  | 'other'
  | 'other-reversed'
  | 'reversed-first'
  | 'refused'
  | 'unknown'
  | 'without-fact'

/** Whether one settled line is right for it; else none is. */
export function isStanding(stand: PaymentRelation): boolean {
  return stand === 'own' || stand === 'other'
}

/** Whether the hub accepted the payment, whatever became of it. */
export function isAccepted(stand: PaymentRelation): boolean {
  return isStanding(stand) || stand === 'own-reversed' || stand === 'other-reversed'
}

export type Classification = {
  readonly label: BridgeLabel
  readonly class: DifferenceClass | null
  readonly reason: DifferenceReason
  /** What the difference is about: the payment, of which there is one such, or the line. */
  readonly about: 'payment' | 'line'
}

/** Roles that no table decides: pairs, and the line that settles a standing payment. */
export type JudgedRole = Exclude<Role, 'cancelled' | 'takes-back'>

/** `isRepeated`: the same file has another settled line of the id, which comes first. Not for a standing payment's `settles`. */
export function classificationOf(stand: PaymentRelation, role: JudgedRole, isRepeated: boolean): Classification {
  switch (role) {
    case 'settles':
      return settledRuling(stand)
    case 'taken-back':
      return { ...settledRuling(stand), class: null }
    case 'again': {
      const duplicateClass = isRepeated ? 'duplicate-in-file' : 'duplicate-across-files'
      return { label: duplicateClass, class: duplicateClass, reason: 'settled-again', about: 'line' }
    }
    case 'unsettles':
      return classification('settled-here-reversed-there', 'reversed-in-file', 'payment')
    case 'stray':
      return strayRuling(stand)
    default:
      return assertNever(role)
  }
}

/** A settled line that the hub does not have as a standing payment, or whose money another line takes back. */
function settledRuling(stand: PaymentRelation): Classification {
  switch (stand) {
    case 'own':
      return classification('duplicate-in-file', 'settled-again', 'line')
    case 'other':
      return { label: 'carried-in', class: null, reason: 'settled-again', about: 'payment' }
    case 'own-reversed':
    case 'other-reversed':
      return classification('reversed-here-settled-there', 'reversed-in-hub', 'payment')
    case 'reversed-first':
      return classification('reversed-here-settled-there', 'reversed-first-in-hub', 'payment')
    case 'refused':
      return classification('missing-in-hub', 'decision-refused', 'payment')
    case 'unknown':
      return classification('missing-in-hub', 'decision-unknown', 'payment')
    case 'without-fact':
      return classification('missing-in-hub', 'decision-without-fact', 'payment')
    default:
      return assertNever(stand)
  }
}

/** A reversed line without a settled one anywhere. */
function strayRuling(stand: PaymentRelation): Classification {
  switch (stand) {
    case 'own':
      return classification('settled-here-reversed-there', 'reversed-again', 'line')
    case 'other':
      return classification('settled-here-reversed-there', 'settlement-of-reversed-line-missing', 'line')
    case 'own-reversed':
    case 'other-reversed':
    case 'reversed-first':
      return classification('missing-in-file', 'settlement-of-reversed-line-missing', 'line')
    case 'refused':
    case 'unknown':
    case 'without-fact':
      return classification('missing-in-hub', 'reversal-of-unknown', 'line')
    default:
      return assertNever(stand)
  }
}

function classification(
  label: BridgeLabel & DifferenceClass,
  reason: DifferenceReason,
  about: Classification['about'],
): Classification {
  return { label, class: label, reason, about }
}
