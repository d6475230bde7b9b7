/**
 * Lines whose id is missing or cut, and the payments they may be: by customer, amount and time, all three.
 *
 * Promise: a line is given to a payment only when it is the only candidate and nobody else wants it. Everything else that has
 * a candidate is ambiguous, on both sides, and a person says. Without the customer nobody is a candidate.
 */
import type { DaySetting, LookupResults, MatchMethod } from './day.ts'
import { identitiesOf, lineIdentities } from './identity.ts'
import type { DayMatch } from './join.ts'
import { accountNamed, fits, isCut, isNearMidnight, namesAnother, type OpenEnds } from './unmatched.ts'

export type Candidates = {
  /** Payment row by line row: nobody else wants either. */
  readonly found: ReadonlyMap<number, { readonly payment: number; readonly how: MatchMethod }>
  /** Payment rows by line row: one of them, or none. */
  readonly ambiguous: ReadonlyMap<number, readonly number[]>
  /** Line rows by payment row, the other way round. */
  readonly linesByPayment: ReadonlyMap<number, readonly number[]>
}

/**
 * Lines that their id gives to a payment and their customer does not, with the payments that they may be: none of them is
 * matched by id alone, all stay ambiguous until a person says that it is the one.
 */
export function pulledLines(
  match: DayMatch,
  open: OpenEnds,
  knowledge: LookupResults,
  setting: DaySetting,
): ReadonlyMap<number, readonly number[]> {
  const { hub, lines } = match
  const pulled = new Map<number, readonly number[]>()
  for (let payment = 0; payment < hub.count; payment++) {
    const only = match.onlyLineOf(payment)
    if (match.isPlain(payment) && !open.suspects.has(only)) continue
    if (only === -1 || hub.isReversed(payment) || match.repeated.has(payment)) continue
    const rows = match.linesOf(payment)
    if (rows.some((row) => lines.isReversed(row))) continue
    const identities = lineIdentities(lines, rows)
    const isSaidToBe = (row: number) => knowledge.matches.get(identities.get(row) as string) === hub.ids.at(payment)
    for (const [row, payments] of pulledOf(match, open, knowledge, setting, payment)) {
      if (!isSaidToBe(row)) pulled.set(row, payments)
    }
  }
  return pulled
}

/** Of one payment: lines of another member, unless one is its own; and lines that may be the cut id of another payment. */
function pulledOf(
  match: DayMatch,
  open: OpenEnds,
  knowledge: LookupResults,
  setting: DaySetting,
  payment: number,
): ReadonlyMap<number, readonly number[]> {
  const { hub, lines } = match
  const rows = match.linesOf(payment).toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))
  const account = hub.accounts.at(payment)
  const accounts = new Map(rows.map((row) => [row, accountOf(lines.customers.at(row), knowledge, setting)]))
  const pulled = new Map<number, readonly number[]>()
  const isAnothers = (row: number) => accounts.get(row) !== account
  for (const row of rows) {
    const mayBe = (open.suspects.get(row) ?? []).filter(
      (other) => hub.accounts.at(other) === accounts.get(row) && isInNoFile(match, knowledge, other),
    )
    if (mayBe.length > 0 && (isAnothers(row) || row !== rows[0])) pulled.set(row, [payment, ...mayBe])
  }
  if (rows.every((row) => namesAnother(match, payment, row, setting))) {
    for (const row of rows) if (!pulled.has(row)) pulled.set(row, [payment])
  }
  return pulled
}

/** `pulled`: what `pulledLines` found. */
export function candidatesOf(
  match: DayMatch,
  open: OpenEnds,
  knowledge: LookupResults,
  setting: DaySetting,
  pulled: ReadonlyMap<number, readonly number[]>,
): Candidates {
  const { hub, lines } = match
  const free = open.payments.filter((row) => isInNoFile(match, knowledge, row))
  const decided = decidedMatches(match, free, knowledge)
  const taken = new Set([...decided.values()].map(({ payment }) => payment))
  const byAccount = Map.groupBy(
    free.filter((row) => !taken.has(row)),
    (row) => hub.accounts.at(row),
  )
  const candidates = new Map<number, readonly number[]>()
  const wanted = new Map<number, number[]>()
  const want = (line: number, payments: readonly number[]) => {
    if (payments.length === 0) return
    candidates.set(line, payments)
    for (const payment of payments) wanted.set(payment, [...(wanted.get(payment) ?? []), line])
  }
  for (const line of open.maybe) {
    const id = lines.ids.at(line)
    if (decided.has(line) || (knowledge.decisions.get(id)?.kind ?? 'unknown') !== 'unknown') continue
    const ofCustomer = byAccount.get(accountOf(lines.customers.at(line), knowledge, setting) ?? '') ?? []
    want(
      line,
      ofCustomer.filter((row) => fits(match, row, line, setting) && isCut(id, hub.ids.at(row), setting)),
    )
  }
  for (const [line, payments] of pulled) want(line, payments)
  const found = new Map(decided)
  for (const [line, [payment, ...more]] of candidates) {
    // A reversed line without an id of its own takes nothing back by itself; near midnight the payment may be the next day's.
    if (payment === undefined || more.length > 0 || pulled.has(line) || lines.isReversed(line)) continue
    if (isNearMidnight(lines.at(line), setting)) continue
    if (wanted.get(payment)?.length !== 1) continue
    found.set(line, { payment, how: 'candidate' })
    candidates.delete(line)
    wanted.delete(payment)
  }
  return { found, ambiguous: candidates, linesByPayment: wanted }
}

function isInNoFile({ hub }: DayMatch, knowledge: LookupResults, payment: number): boolean {
  return (knowledge.otherLines.get(hub.ids.at(payment)) ?? []).length === 0
}

/** KPJ or bill code of a line's customer; undefined: nobody's, as far as anybody knows. */
export function accountOf(customerId: string, knowledge: LookupResults, setting: DaySetting): string | undefined {
  const named = accountNamed(customerId, setting)
  return named === null ? knowledge.accounts.get(customerId) : named
}

/** What people have said, where it still fits: the payment is open, of that amount, and not another member's. */
function decidedMatches(
  { hub, lines, orphans }: DayMatch,
  free: readonly number[],
  knowledge: LookupResults,
): ReadonlyMap<number, { readonly payment: number; readonly how: MatchMethod }> {
  const decided = new Map<number, { readonly payment: number; readonly how: MatchMethod }>()
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
