/**
 * Lines whose id is missing or cut, and the payments they may be: by customer, amount and time, all three.
 *
 * Promise: a line is given to a payment only when it is the only candidate and nobody else wants it. Everything else that has
 * a candidate is ambiguous, on both sides, and a person says. Without the customer nobody is a candidate.
 */
import type { DaySetting, How, Knowledge } from './day.ts'
import type { DayMatch } from './join.ts'
import { accountNamed, fits, isCut, type OpenEnds } from './open.ts'

export type Candidates = {
  /** Payment row by line row: nobody else wants either. */
  readonly found: ReadonlyMap<number, { readonly payment: number; readonly how: How }>
  /** Payment rows by line row: one of them, or none. */
  readonly ambiguous: ReadonlyMap<number, readonly number[]>
  /** Line rows by payment row, the other way round. */
  readonly wanted: ReadonlyMap<number, readonly number[]>
}

/** `identityOf`: of a line row, as `Knowledge.matches` names it. `excess`: lines that a payment has by id beyond its own. */
export function candidatesOf(
  match: DayMatch,
  open: OpenEnds,
  knowledge: Knowledge,
  setting: DaySetting,
  identityOf: (row: number) => string,
  excess: readonly number[],
): Candidates {
  const { hub, lines } = match
  const free = open.payments.filter((row) => (knowledge.otherLines.get(hub.ids.at(row)) ?? []).length === 0)
  const decided = decidedMatches(match, free, open, knowledge, identityOf)
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
  const ofCustomer = (line: number) => byAccount.get(accountOf(lines.customers.at(line), knowledge, setting) ?? '') ?? []
  for (const line of open.maybe) {
    const id = lines.ids.at(line)
    if (decided.has(line) || (knowledge.claims.get(id)?.kind ?? 'unknown') !== 'unknown') continue
    const mayBe = (payment: number) =>
      fits(match, payment, line, setting) && isCut(id, hub.ids.at(payment), setting)
    want(line, ofCustomer(line).filter(mayBe))
  }
  for (const line of excess) {
    const others = new Set(open.suspects.get(line))
    want(line, ofCustomer(line).filter((payment) => others.has(payment)))
  }
  const found = new Map<number, { readonly payment: number; readonly how: How }>(decided)
  const beyond = new Set(excess)
  for (const [line, [payment, ...more]] of candidates) {
    // A reversed line without an id of its own takes nothing back by itself; nor does a line that has an id already move.
    const isPlain = !lines.isReversed(line) && !beyond.has(line)
    if (more.length > 0 || payment === undefined || wanted.get(payment)?.length !== 1 || !isPlain) continue
    found.set(line, { payment, how: 'candidate' })
    candidates.delete(line)
    wanted.delete(payment)
  }
  return { found, ambiguous: candidates, wanted }
}

/** KPJ or bill code of a line's customer; undefined: nobody's, as far as anybody knows. */
export function accountOf(customerId: string, knowledge: Knowledge, setting: DaySetting): string | undefined {
  const named = accountNamed(customerId, setting)
  return named === null ? knowledge.accounts.get(customerId) : named
}

/** What people have said, where it still fits: the payment is open, of that amount, and not another member's. */
function decidedMatches(
  { hub, lines, find }: DayMatch,
  free: readonly number[],
  open: OpenEnds,
  knowledge: Knowledge,
  identityOf: (row: number) => string,
): ReadonlyMap<number, { readonly payment: number; readonly how: How }> {
  const decided = new Map<number, { readonly payment: number; readonly how: How }>()
  if (knowledge.matches.size === 0) return decided
  const byId = new Map(free.map((row) => [hub.ids.at(row), row]))
  for (const line of open.maybe.toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))) {
    const paymentId = knowledge.matches.get(identityOf(line))
    const payment = paymentId === undefined ? undefined : byId.get(paymentId)
    if (paymentId === undefined || payment === undefined || find === undefined) continue
    if (hub.amount(payment) !== lines.amount(line) || lines.isReversed(line)) continue
    decided.set(line, { payment, how: 'decision' })
    byId.delete(paymentId)
  }
  return decided
}
