/**
 * Lines whose id is missing or cut, and the payments they may be: by customer, amount and time, all three. And lines that their id
 * gives to a payment while their customer is another one's.
 *
 * Promise: a line is given to a payment only when it is the only candidate and no other line wants it. Everything else that has
 * a candidate is ambiguous, on both sides, and a person says. Without the customer there is no candidate.
 */
import type { DaySetting, LookupResults, MatchMethod } from './day.ts'
import { identitiesOf, lineIdentities } from './identity.ts'
import type { DayMatch } from './join.ts'
import { CANDIDATES_SHOWN, type Fitting, type Seekers, seekersOf } from './seekers.ts'
import { accountNamed, isNearMidnight, namesAnother, type OpenEnds } from './unmatched.ts'

export type Candidates = {
  /** Payment row by line row: no other line wants the payment, and the line may be no other. */
  readonly found: ReadonlyMap<number, { readonly payment: number; readonly how: MatchMethod }>
  /** By line row, how many payments it may be and the first of their rows. */
  readonly ambiguous: ReadonlyMap<number, Fitting>
  /** By payment row, how many ambiguous lines may be it and the first of their rows. */
  readonly byPayment: ReadonlyMap<number, Fitting>
  /** Lines that their id gives to a payment and their customer does not, by row, with the row of that payment. */
  readonly pulled: ReadonlyMap<number, number>
}

type ConfirmedMatch = { readonly payment: number; readonly how: MatchMethod }

export function candidatesOf(
  match: DayMatch,
  open: OpenEnds,
  knowledge: LookupResults,
  setting: DaySetting,
): Candidates {
  const { lines } = match
  const free = open.payments.filter((row) => isInNoFile(match, knowledge, row))
  const decided = decidedMatches(match, free, knowledge)
  const taken = new Set([...decided.values()].map(({ payment }) => payment))
  const seeking = new Map<number, string>()
  const seek = (line: number) => {
    const account = accountOf(lines.customers.at(line), knowledge, setting)
    if (account !== undefined) seeking.set(line, account)
  }
  for (const line of open.maybe) {
    const isKnown = (knowledge.decisions.get(lines.ids.at(line))?.kind ?? 'unknown') !== 'unknown'
    if (!decided.has(line) && !isKnown) seek(line)
  }
  const orphans = new Set(seeking.keys())
  for (const line of open.suspects) seek(line)
  const untaken = free.filter((row) => !taken.has(row))
  const perhaps = seekersOf(match, setting, seeking, untaken)
  const pulled = pulledLines(match, open, knowledge, setting, perhaps)
  // A line that its id and its customer give to one payment looks for no other.
  for (const line of open.suspects) if (!pulled.has(line)) seeking.delete(line)
  const seekers = open.suspects.size === 0 ? perhaps : seekersOf(match, setting, seeking, untaken)
  const byPayment = wantedPayments(seekers, pulled)

  const found = new Map<number, ConfirmedMatch>(decided)
  const ambiguous = new Map<number, Fitting>()
  for (const line of orphans) {
    const fitting = seekers.paymentsOf(line)
    const [payment] = fitting.shown
    if (payment === undefined) continue
    // A reversed line without an id of its own takes nothing back by itself; near midnight the payment may be the next day's.
    const isOnly = fitting.count === 1 && byPayment.get(payment)?.count === 1
    if (isOnly && !lines.isReversed(line) && !isNearMidnight(lines.at(line), setting)) {
      found.set(line, { payment, how: 'candidate' })
      byPayment.delete(payment)
    } else ambiguous.set(line, fitting)
  }
  for (const [line, payment] of pulled) {
    const { count, shown } = seekers.paymentsOf(line)
    ambiguous.set(line, { count: count + 1, shown: [payment, ...shown].slice(0, CANDIDATES_SHOWN) })
  }
  return { found, ambiguous, byPayment, pulled }
}

/** A pulled line wants the payment of its id, and whatever else it fits. */
function wantedPayments(seekers: Seekers, pulled: ReadonlyMap<number, number>): Map<number, Fitting> {
  const byPayment = new Map<number, Fitting>()
  for (const payment of seekers.payments()) {
    const fitting = seekers.linesOf(payment)
    if (fitting.count > 0) byPayment.set(payment, fitting)
  }
  // A payment has lines by its id, or lines look for it: never both.
  const byId = Map.groupBy(pulled.keys(), (line) => pulled.get(line) as number)
  for (const [payment, rows] of byId) {
    byPayment.set(payment, { count: rows.length, shown: rows.slice(0, CANDIDATES_SHOWN) })
  }
  return byPayment
}

/**
 * Lines that their id gives to a payment and their customer does not: none of them is matched by id alone, all stay ambiguous
 * until a person says that it is the one.
 */
function pulledLines(
  match: DayMatch,
  open: OpenEnds,
  knowledge: LookupResults,
  setting: DaySetting,
  seekers: Seekers,
): ReadonlyMap<number, number> {
  const { hub, lines } = match
  const pulled = new Map<number, number>()
  const ofOtherPersons = paymentsOfOthers(match, knowledge, setting)
  for (let payment = 0; payment < hub.count; payment++) {
    const only = match.onlyLineOf(payment)
    if (match.isPlain(payment) && !open.suspects.has(only) && !ofOtherPersons.has(payment)) continue
    if (only === -1 || hub.isReversed(payment)) continue
    const rows = match.linesOf(payment)
    if (rows.some((row) => lines.isReversed(row))) continue
    const ofOthers = pulledOf(match, payment, { knowledge, setting, seekers })
    if (ofOthers.length === 0) continue
    const identities = knowledge.matches.size === 0 ? undefined : lineIdentities(lines, rows)
    const isSaidToBe = (row: number) => knowledge.matches.get(identities?.get(row) as string) === hub.ids.at(payment)
    for (const row of ofOthers) if (!identities || !isSaidToBe(row)) pulled.set(row, payment)
  }
  return pulled
}

type CandidateSearch = { readonly knowledge: LookupResults; readonly setting: DaySetting; readonly seekers: Seekers }

/** Of one payment: lines of another member, unless one is its own; and lines that may be the cut id of another payment. */
function pulledOf(
  match: DayMatch,
  payment: number,
  { knowledge, setting, seekers }: CandidateSearch,
): readonly number[] {
  const { hub, lines } = match
  const rows = match.linesOf(payment).toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))
  if (rows.every((row) => namesAnother(match, payment, row, knowledge, setting))) return rows
  const account = hub.accounts.at(payment)
  return rows.filter((row, i) => {
    if (seekers.paymentsOf(row).count === 0) return false
    return i > 0 || accountOf(lines.customers.at(row), knowledge, setting) !== account
  })
}

/** Payments whose one line names a person whose membership is another one. */
function paymentsOfOthers(match: DayMatch, knowledge: LookupResults, setting: DaySetting): ReadonlySet<number> {
  const found = new Set<number>()
  for (const row of match.lines.persons) {
    const payment = match.lines.ids.size(row) === 0 ? -1 : match.find(row)
    if (payment !== -1 && namesAnother(match, payment, row, knowledge, setting)) found.add(payment)
  }
  return found
}

function isInNoFile({ hub }: DayMatch, knowledge: LookupResults, payment: number): boolean {
  return (knowledge.otherLines.get(hub.ids.at(payment)) ?? []).length === 0
}

/** KPJ or bill code of a line's customer; undefined: of no account that is known. */
export function accountOf(customerId: string, knowledge: LookupResults, setting: DaySetting): string | undefined {
  const named = accountNamed(customerId, setting)
  return named === null ? knowledge.accounts.get(customerId) : named
}

/** What people have said, where it still fits: the payment is open, of that amount, and not another member's. */
function decidedMatches(
  { hub, lines, orphans }: DayMatch,
  free: readonly number[],
  knowledge: LookupResults,
): ReadonlyMap<number, ConfirmedMatch> {
  const decided = new Map<number, ConfirmedMatch>()
  if (knowledge.matches.size === 0) return decided
  const byId = new Map(free.map((row) => [hub.ids.at(row), row]))
  const identities = identitiesOf(lines, orphans)
  for (const line of orphans.toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))) {
    const paymentId = knowledge.matches.get(identities.get(line) as string)
    const payment = paymentId === undefined ? undefined : byId.get(paymentId)
    if (paymentId === undefined || payment === undefined) continue
    if (hub.amount(payment) !== lines.amount(line) || lines.isReversed(line)) continue
    decided.set(line, { payment, how: 'resolution' })
    byId.delete(paymentId)
  }
  return decided
}
