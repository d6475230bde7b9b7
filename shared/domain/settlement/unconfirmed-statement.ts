/**
 * A bank statement that one person handed over: it counts at once, and stands unconfirmed until another person, or the same bytes
 * from the bank itself, confirm it. Pure: which days and movements rest on it, so that nothing final is built on them meanwhile.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../instant.ts'
import type { ChainLink } from './statement-chain.ts'

export type UnconfirmedStatement = {
  readonly sha256: string
  readonly by: string
  readonly since: Instant
  /** The version of the approval that asked for a second person. */
  readonly proposal: number
}

/** A part of the chain that rests on such a statement: the days of the bank that it speaks of, and its movements. */
export type UnconfirmedLink = {
  readonly sha256: string
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly movements: readonly Pick<ChainLink['movements'][number], 'id' | 'bookedOn' | 'amount'>[]
}

const CONFIRMED_WITHIN_HOURS: Dated<number> = [
  {
    from: '1970-01-01',
    value: 4,
    source: 'half a working day: somebody of the same office sees it before the day is signed',
  },
]

export function isConfirmationOverdue({ since }: Pick<UnconfirmedStatement, 'since'>, now: Instant): boolean {
  const hours = inForce('hours to confirm a bank statement', CONFIRMED_WITHIN_HOURS, businessDateOf(since))
  return now - since >= hours * 3_600_000
}

/** `chain`: an account's links, ascending. A link speaks of every day since the one before it closed. */
export function unconfirmedLinksIn(
  chain: readonly ChainLink[],
  unconfirmed: readonly Pick<UnconfirmedStatement, 'sha256'>[],
): readonly UnconfirmedLink[] {
  return chain.flatMap(({ files, closedOn, movements }, i) => {
    const one = unconfirmed.find(({ sha256 }) => files.includes(sha256))
    if (!one) return []
    const before = chain[i - 1]?.closedOn ?? null
    const booked = movements.map(({ bookedOn }) => bookedOn)
    const days = [...booked, ...(closedOn === null ? [] : [closedOn])].toSorted()
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined) return []
    // What an account held before its chain began is booked on the day before.
    const since = addDays(before ?? addDays(first, -2), 1)
    return [{ sha256: one.sha256, from: since < first ? since : first, to: last, movements }]
  })
}

/** Whether what a statement of the bank says of that day of the bank rests on it. */
export function speaksOf(links: readonly UnconfirmedLink[], date: BusinessDate): boolean {
  return links.some(({ from, to }) => from <= date && date <= to)
}

/** Whether one of these movements came by it. */
export function broughtAny(
  links: readonly UnconfirmedLink[],
  movements: readonly { readonly id: string; readonly bookedOn: BusinessDate }[],
): boolean {
  const brought = new Set(links.flatMap((link) => link.movements.map(({ id, bookedOn }) => `${bookedOn}#${id}`)))
  return movements.some(({ id, bookedOn }) => brought.has(`${bookedOn}#${id}`))
}
