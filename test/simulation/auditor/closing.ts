/**
 * The audit once all is quiet: stores against the auditor's ledger, views and cover against its books, bills against their
 * shares, days against their payments, and the sum of all money against the sum of all places. Types only.
 */
import type { Allocation } from '../../../shared/domain/allocation.ts'
import type { CoverageAnswer } from '../../../shared/domain/coverage.ts'
import type { Fact, PaymentFact } from '../../../shared/domain/fact.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { type AuditedAccount, auditAccount, firstToPay, isClosed, latestOf, termsFor } from './account-fold.ts'
import { dayEnd, dayStart, monthAt, monthNumber, monthStart } from './calendar.ts'
import { differenceOf } from './commits.ts'
import { coveredBetween } from './cover.ts'
import { factsOfDecision } from './decisions.ts'
import { decreeKnownAt, figuresOf } from './figures.ts'
import { decisionKey, demand, factAt, factsOf, keyFor, type Ledger } from './ledger.ts'

export type Stored = {
  readonly decisions: readonly PaymentDecision[]
  readonly facts: readonly Fact[]
  readonly views: readonly MembershipView[]
  readonly bills: readonly Bill[]
}

/** What the product itself makes of the facts: handed over, so that nothing of it is imported here. */
export type Product = {
  readonly allocate: (facts: readonly Fact[]) => Allocation
  /** With the rules known at `knownAt`. */
  readonly coverageOn: (facts: readonly Fact[], on: string | number, knownAt?: number) => CoverageAnswer
  readonly knownBy: (facts: readonly Fact[], knownAt: number) => readonly Fact[]
}

const isMoney = (kind: Fact['kind']) => kind === 'payment' || kind === 'posting' || kind === 'share'

/** The stores hold what was written, word for word, and nothing else. */
export function storesAgree(ledger: Ledger, stored: Stored): void {
  const what = 'what was written stands unchanged'
  demand(
    ledger,
    what,
    stored.decisions.length === ledger.decisions.size,
    () => `${stored.decisions.length} decisions, ${ledger.decisions.size} written`,
  )
  for (const decision of stored.decisions) {
    const key = decisionKey(decision.channel, decision.paymentId)
    const { hubReference, account, decidedAt } = ledger.decisions.get(key)?.decision ?? {}
    const stands =
      hubReference === decision.hubReference && account === decision.account && decidedAt === decision.decidedAt
    demand(ledger, what, stands, () => `decision ${key}`)
  }
  demand(
    ledger,
    what,
    stored.facts.length === ledger.keys.size,
    () => `${stored.facts.length} facts, ${ledger.keys.size} written`,
  )
  for (const { billCode, paidBy, replacedBy } of stored.bills) {
    const expected = ledger.bills.get(billCode)?.paidBy ?? null
    demand(
      ledger,
      'paid-by is the payment that holds the bill',
      paidBy === expected,
      () => `${billCode}: ${paidBy}, not ${expected}`,
    )
    const replacement = ledger.bills.get(billCode)?.replacedBy ?? null
    const stands = (replacedBy ?? null) === replacement
    demand(ledger, 'a bill is replaced by one other', stands, () => `${billCode}: ${replacedBy}, not ${replacement}`)
  }
}

/** Every membership has its view, and the view is the fold of all its facts. */
export function viewsAgree(ledger: Ledger, views: readonly MembershipView[]): void {
  const promise = 'the view equals the fold once all is quiet'
  const byKpj = new Map<string, MembershipView>(views.map((view) => [view.kpj, view]))
  for (const [account, facts] of ledger.accounts) {
    if (!facts.some(({ fact }) => fact.kind === 'terms')) continue
    const view = byKpj.get(account)
    const wrong = view ? differenceOf(ledger, view) : 'there is no view'
    demand(ledger, promise, wrong === undefined, () => `${account}: ${wrong}`)
  }
}

/** Every accepted payment has its fact; every payment's money is in exactly one place. */
export function moneyAgrees(ledger: Ledger, product: Product): void {
  for (const [key, record] of ledger.decisions) {
    if (record.decision.outcome.kind !== 'accepted') continue
    demand(ledger, 'no accepted payment is lost', factsOfDecision(ledger, record).payment !== undefined, () => key)
  }
  let collected = 0
  let placed = 0
  for (const [account, entries] of ledger.accounts) {
    if (ledger.bills.has(account)) continue
    for (const { fact } of entries) if (isMoney(fact.kind) && 'amount' in fact) collected += fact.amount
    placed += placesAgree(ledger, product, account)
  }
  demand(ledger, 'sum of money = sum of places', collected === placed, () => `${collected} collected, ${placed} placed`)
}

/** Place by place and month by month; returns the sum of the places. */
function placesAgree(ledger: Ledger, product: Product, account: string): number {
  const entries = factsOf(ledger, account)
  const books = auditAccount(entries, ledger.decree)
  const allocation = product.allocate(entries.map(({ fact }) => fact))
  const ours = [...books.allocations].map(([key, place]) =>
    [key, place.allocated, place.credit, place.billReturn, place.suspense, place.reversed].join(' '),
  )
  const theirs = allocation.byFact.map(({ fact, allocated, credit, billReturn, suspense, reversed }) =>
    [fact, allocated, credit, billReturn, suspense, reversed].join(' '),
  )
  demand(
    ledger,
    'every rupiah is in one place',
    ours.join('|') === theirs.join('|'),
    () => `${account}: expected ${ours.join('; ')}, got ${theirs.join('; ')}`,
  )
  const held = [...books.paidMonths.values()]
    .map(({ month, by, since, price, usesCredit: borrowed, isLeftOver: bought }) =>
      [month, by, since, price.total, borrowed, bought].join(' '),
    )
    .sort()
  const months = [...allocation.paidMonths.values()]
    .map(({ month, by, decidedAt, total, usesCredit, isLeftOver }) =>
      [monthNumber(month), by, decidedAt, total, usesCredit, isLeftOver].join(' '),
    )
    .sort()
  demand(
    ledger,
    'every month has one payer',
    held.join('|') === months.join('|'),
    () => `${account}: expected ${held.join('; ')}, got ${months.join('; ')}`,
  )
  demand(
    ledger,
    'credit is never negative',
    allocation.credit >= 0 && allocation.credit === books.credit,
    () => `${account}: ${allocation.credit}`,
  )
  payersApart(ledger, account, books, allocation)
  return allocation.byFact.reduce(
    (sum, place) => sum + place.allocated + place.credit + place.billReturn + place.suspense + place.reversed,
    0,
  )
}

/** A bill's money is in its months or back with the bill; the credit is what the member's own money left, and buys own months only. */
function payersApart(ledger: Ledger, account: string, books: AuditedAccount, allocation: Allocation): void {
  const promise = 'payers’ money stays apart'
  const own = allocation.byFact.filter(({ fact }) => !fact.startsWith('share#'))
  const others = allocation.byFact.filter(({ fact }) => fact.startsWith('share#'))
  const credit = own.reduce((sum, place) => sum + place.credit, 0)
  const isApart = others.every((place) => place.credit === 0) && own.every((place) => place.billReturn === 0)
  demand(
    ledger,
    promise,
    isApart && credit === allocation.credit,
    () => `${account}: ${credit} of ${allocation.credit}`,
  )
  for (const { month, isLeftOver } of allocation.paidMonths.values()) {
    const funding = termsFor(books.terms, monthNumber(month))?.terms.funding
    demand(ledger, promise, !isLeftOver || funding === 'self', () => `${account}: ${month} is paid by ${funding}`)
  }
}

/** After a night nobody who pays alone is without a month that is owed while its price lies on the account. */
export function creditIsSpent(ledger: Ledger, now: number): void {
  for (const [account, entries] of ledger.accounts) {
    const books = auditAccount(entries, ledger.decree)
    if (books.terms.length === 0 || isClosed(books, now) || books.credit === 0) continue
    let month = firstToPay(books.paidMonths, latestOf(books.paidMonths.keys()), now)
    while (books.paidMonths.has(month)) month++
    const terms = termsFor(books.terms, month)?.terms
    const isOwed = month <= monthAt(now) && terms?.funding === 'self'
    const isIdle = isOwed && figuresOf(month, terms, decreeKnownAt(ledger.decree, now)).total <= books.credit
    demand(ledger, 'credit that covers a month is spent by the night', !isIdle, () => `${account}: ${books.credit}`)
  }
}

/** A paid bill has one share per member for each payment, reversed where the payment was. */
export function sharesAgree(ledger: Ledger): void {
  for (const [billCode, { bill, members }] of ledger.bills) {
    const payments = factsOf(ledger, billCode).flatMap(({ fact }) => (fact.kind === 'payment' ? [fact] : []))
    for (const payment of payments) {
      const paymentId = payment.id[0] ?? ''
      let sum = 0
      for (const { kpj } of members) {
        const share = factAt(ledger, kpj, keyFor('share', payment.source, billCode, payment.source, paymentId))
        if (share?.fact.kind === 'share') sum += share.fact.amount
        const isLive = share !== undefined && stands(ledger, kpj, share.key)
        demand(
          ledger,
          'the live shares of a bill are those of its live payments',
          isLive === stands(ledger, billCode, keyFor('payment', payment.source, paymentId)),
          () => `${billCode} ${paymentId} of ${kpj}`,
        )
      }
      demand(
        ledger,
        'a bill’s payment is the sum of its shares',
        sum === payment.amount && sum === bill.amount,
        () => `${billCode} ${paymentId}: ${sum} of ${payment.amount}`,
      )
    }
  }
}

/** Neither taken back nor moved to suspense, by whomever. */
function stands(ledger: Ledger, account: string, key: string): boolean {
  return !factsOf(ledger, account).some(
    ({ fact }) =>
      (fact.kind === 'reversal' && fact.reverses === key) || (fact.kind === 'suspension' && fact.moves === key),
  )
}

export type DayLine = { readonly source: string; readonly day: string; readonly kind: string; readonly amount: number }

/** Each channel-day holds its own payments and reversals once: neither a bill's shares nor anything twice. */
export function daysAgree(ledger: Ledger, lines: readonly DayLine[]): void {
  const ours = new Map<string, number>()
  for (const { fact } of ledger.keys.values()) {
    if (!('businessDate' in fact) || (fact.kind === 'reversal' && fact.reverses.startsWith('share#'))) continue
    add(ours, `${fact.source} ${fact.businessDate} ${fact.kind}`, fact.amount)
  }
  const theirs = new Map<string, number>()
  for (const { source, day, kind, amount } of lines) add(theirs, `${source} ${day} ${kind}`, amount)
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [expected, came] = [ours.get(key) ?? 0, theirs.get(key) ?? 0]
    demand(
      ledger,
      'a channel-day is the sum of its payments',
      expected === came,
      () => `${key}: expected ${expected}, got ${came}`,
    )
  }
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}

/** "Was she covered on that day, or at that instant?", and "what did we know of it then?", at the instants given. */
export function coverAgrees(ledger: Ledger, product: Product, account: string, instants: readonly number[]): void {
  const entries = factsOf(ledger, account)
  const facts = entries.map(({ fact }) => fact)
  const { decree } = ledger
  for (const at of instants) {
    const knownAt = instants[0] as number
    const known = product.knownBy(facts, knownAt)
    const ours = entries.filter(({ fact }) => fact.recordedAt <= knownAt)
    covered(ledger, account, at, coveredBetween(entries, at, at + 1, decree), product.coverageOn(facts, at))
    const then = coveredBetween(ours, at, at + 1, decreeKnownAt(decree, knownAt))
    covered(ledger, account, at, then, product.coverageOn(known, at, knownAt))
    const decided = facts.filter((fact) => fact.decidedAt <= at)
    demand(
      ledger,
      'nothing is covered backwards',
      !product.coverageOn(facts, at).covered || product.coverageOn(decided, at).covered,
      () => `${account} at ${new Date(at).toISOString()}`,
    )
    const day = new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)
    covered(
      ledger,
      account,
      at,
      coveredBetween(entries, dayStart(day), dayEnd(day), decree),
      product.coverageOn(facts, day),
    )
  }
}

function covered(
  ledger: Ledger,
  account: string,
  at: number,
  expected: { readonly covered: boolean; readonly whole: boolean },
  came: CoverageAnswer,
): void {
  const agrees = came.covered === expected.covered && came.partialDay === (expected.covered && !expected.whole)
  demand(
    ledger,
    'cover follows from the facts',
    agrees,
    () =>
      `${account} at ${new Date(at).toISOString()}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(came)}`,
  )
}

/** Instants worth asking about: around every fact, and around the beginning of each month that is paid. */
export function instantsOf(ledger: Ledger, account: string): readonly number[] {
  const instants = new Set<number>()
  for (const { fact } of factsOf(ledger, account)) {
    instants
      .add(fact.decidedAt)
      .add(fact.decidedAt - 1)
      .add(monthStart(monthAt(fact.decidedAt) + 1))
    if (fact.kind === 'closing') instants.add(dayEnd(fact.on)).add(dayEnd(fact.on) - 1)
  }
  return [...instants]
}

export function paymentsOf(ledger: Ledger): readonly PaymentFact[] {
  return [...ledger.keys.values()].flatMap(({ fact }) => (fact.kind === 'payment' ? [fact] : []))
}
