/**
 * Where every rupiah of an account is: allocated to a month, credit, suspense, or reversed. The first half of the fold.
 *
 * Promise: places depend on facts and rules alone, never on the time of asking, nor on the order in which facts arrive.
 * Knows nothing of status and cover; coverage.ts derives those.
 *
 * ```
 * decided   t1        t2              t3                 t4
 * fact      pay Nov   pay Nov again   pay Dec (quoted)   reversal of t1
 * pass 1    Nov       (displaced)     Dec                Nov goes to t2: what t1 had displaced returns
 * pass 2              oldest payable                     t3 keeps Dec: nothing else moves
 * ```
 */
import { type AccountClosures, closuresOf, inSuspense } from './closures.ts'
import { byDecision, type Fact, type FactKey, keyOf, type MoneyFact, type PricedRun, type TermsFact } from './fact.ts'
import type { Instant } from './instant.ts'
import { addRupiah, type Rupiah, rupiah, subtractRupiah, ZERO } from './money.ts'
import { addMonths, type Month } from './month.ts'
import { payableMonths } from './payable.ts'
import type { Rules } from './rules.ts'
import { type Price, priceOf, totalOf } from './tariff.ts'

/** A month paid in full. */
export type PaidMonth = {
  readonly month: Month
  readonly price: Price
  readonly total: Rupiah
  /** The payment, share or posting that took it. */
  readonly by: FactKey
  readonly decidedAt: Instant
  /** Position of `by` in the order of the fold. */
  readonly order: number
  /** Whether credit completed the price: then `decidedAt` alone does not tell when the month was full. */
  readonly usesCredit: boolean
}

/** The places of one money fact. `allocated + credit + suspense + reversed = amount`; `credit` is negative where it drew. */
export type FactAllocation = {
  readonly fact: FactKey
  readonly amount: Rupiah
  readonly months: readonly Month[]
  readonly allocated: Rupiah
  readonly credit: Rupiah
  readonly suspense: Rupiah
  readonly reversed: Rupiah
}

export type Allocation = {
  readonly paidMonths: ReadonlyMap<Month, PaidMonth>
  readonly byFact: readonly FactAllocation[]
  readonly credit: Rupiah
  /** In the order of the fold. */
  readonly terms: readonly TermsFact[]
  readonly closures: AccountClosures
}

type Live = {
  readonly fact: MoneyFact
  readonly key: FactKey
  readonly order: number
  readonly months: PaidMonth[]
  credit: Rupiah
}

/** After this month nothing is allocated; what is left stays credit. */
const LAST_MONTH = '9999-12' as Month

/** Folds the facts of one account, in any order, into places. Never throws for facts that the store can hold. */
export function allocate(facts: readonly Fact[], rules: Rules): Allocation {
  const ordered = [...facts].sort(byDecision)
  const terms = ordered.filter((fact) => fact.kind === 'terms')
  const closures = closuresOf(ordered)
  const reversed = new Set(ordered.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
  const suspended = new Set(ordered.flatMap((fact) => (fact.kind === 'suspension' ? [fact.moves] : [])))

  const held = new Map<Month, PaidMonth>()
  const live: Live[] = []
  const places: (FactAllocation | Live)[] = []
  ordered.forEach((fact, order) => {
    if (fact.kind !== 'payment' && fact.kind !== 'posting' && fact.kind !== 'share') return
    const key = keyOf(fact)
    const out = reversed.has(key) ? 'reversed' : suspended.has(key) || inSuspense(closures, fact) ? 'suspense' : null
    if (out) {
      places.push(outOfMonths(key, fact.amount, out))
      return
    }
    const entry: Live = { fact, key, order, months: [], credit: ZERO }
    live.push(entry)
    places.push(entry)
  })

  for (const entry of live) takeQuotedMonths(entry, held)
  let credit = ZERO
  for (const entry of live) credit = settleRest(entry, held, credit, terms, rules)
  return { paidMonths: held, byFact: places.map(placeOf), credit, terms, closures }
}

/** The terms in force in a month: the last decided of those that begin by then; before the first, the first. */
export function termsIn(terms: readonly TermsFact[], of: Month): TermsFact | undefined {
  for (let i = terms.length - 1; i >= 0; i--) {
    const fact = terms[i]
    if (fact && fact.from <= of) return fact
  }
  return terms[0]
}

/** The months of runs, one by one, in order. */
export function monthsOf(runs: readonly PricedRun[]): readonly { readonly month: Month; readonly price: Price }[] {
  return runs.flatMap((run) =>
    Array.from({ length: run.count }, (_, i) => ({ month: addMonths(run.first, i), price: run.price })),
  )
}

/** Pass 1: the months that it was quoted, at the prices frozen in it, as far as nobody before it holds them. */
function takeQuotedMonths(entry: Live, held: Map<Month, PaidMonth>): void {
  const { fact, key, order } = entry
  let spent = 0
  for (const { month, price } of monthsOf(fact.months)) {
    if (held.has(month)) continue
    const total = totalOf(price)
    spent += total
    const taken = { month, price, total, by: key, decidedAt: fact.decidedAt, order, usesCredit: spent > fact.amount }
    held.set(month, taken)
    entry.months.push(taken)
  }
}

/** Pass 2: draws the credit that its months need, or gives up the last of them; places what is left over. Returns the credit after it. */
function settleRest(
  entry: Live,
  held: Map<Month, PaidMonth>,
  before: Rupiah,
  terms: readonly TermsFact[],
  rules: Rules,
): Rupiah {
  const { fact } = entry
  const short = spentOn(entry) > fact.amount
  while (spentOn(entry) > fact.amount + before) held.delete((entry.months.pop() as PaidMonth).month)
  const rest = fact.amount - spentOn(entry)
  // Money of a month whose drawn credit is gone becomes credit; only money that found its month full looks for another.
  const after =
    short || rest <= 0 ? rupiah(before + rest) : takeOldestPayable(entry, held, before, rupiah(rest), terms, rules)
  entry.credit = subtractRupiah(after, before)
  return after
}

function takeOldestPayable(
  entry: Live,
  held: Map<Month, PaidMonth>,
  before: Rupiah,
  rest: Rupiah,
  terms: readonly TermsFact[],
  rules: Rules,
): Rupiah {
  const { fact, key, order } = entry
  const heldThen = (month: Month) => (held.get(month)?.order ?? Number.POSITIVE_INFINITY) <= order
  const paidThrough = latest([...held.values()].filter((month) => month.order <= order))
  const quotedFunding = fact.months[0] && termsIn(terms, fact.months[0].first)?.terms.funding
  let left: Rupiah = rest
  let credit: Rupiah = before
  for (const month of payableMonths(
    { isPaid: heldThen, isTaken: (m) => held.has(m), paidThrough },
    fact.decidedAt,
    rules,
  )) {
    const inForce = termsIn(terms, month)
    if (
      left === 0 ||
      month > LAST_MONTH ||
      !inForce ||
      inForce.terms.funding !== (quotedFunding ?? inForce.terms.funding)
    )
      break
    const price = priceOf(rules.tariff, month, inForce.terms)
    const total = totalOf(price)
    if (total > left + credit) break
    const fromCredit = Math.max(0, total - left)
    const decidedAt = Math.max(fact.decidedAt, inForce.decidedAt) as Instant
    const taken = { month, price, total, by: key, decidedAt, order, usesCredit: fromCredit > 0 }
    held.set(month, taken)
    entry.months.push(taken)
    credit = rupiah(credit - fromCredit)
    left = rupiah(left - (total - fromCredit))
  }
  return addRupiah(credit, left)
}

function spentOn(entry: Live): number {
  return entry.months.reduce((sum, month) => sum + month.total, 0)
}

function placeOf(entry: FactAllocation | Live): FactAllocation {
  if (!('order' in entry)) return entry
  const { key, fact, months, credit } = entry
  const allocated = rupiah(spentOn(entry))
  return {
    fact: key,
    amount: fact.amount,
    months: months.map((held) => held.month),
    allocated,
    credit,
    suspense: ZERO,
    reversed: ZERO,
  }
}

function outOfMonths(fact: FactKey, amount: Rupiah, where: 'suspense' | 'reversed'): FactAllocation {
  const place = { fact, amount, months: [], allocated: ZERO, credit: ZERO, suspense: ZERO, reversed: ZERO }
  return { ...place, [where]: amount }
}

/** The latest month paid in full, holes notwithstanding. */
export function latest(months: Iterable<{ readonly month: Month }>): Month | null {
  let last: Month | null = null
  for (const { month } of months) if (last === null || month > last) last = month
  return last
}
