/**
 * What must hold at the moment a fact, a view, a bill or a binding takes effect. Payment decisions: decisions.ts. Types only.
 */

import type { Reversal } from '../../../shared/channel-port/channel.ts'
import type { CreditAllocationFact, Fact, PaymentFact, ReversalFact, ShareFact } from '../../../shared/domain/fact.ts'
import type { Bill, BillMember } from '../../../shared/store/bills/bills.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import type { ExternalIdItem } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { auditAccount, keyOf, latestOf, termsFor } from './account-fold.ts'
import { dayAt, dayEnd, monthAt, monthNumber, monthText } from './calendar.ts'
import { changeAfter, statusAt } from './cover.ts'
import { decreeKnownAt, figuresOf } from './figures.ts'
import { decisionKey, demand, factAt, factsOf, type InvocationRecord, keyFor, type Ledger, same } from './ledger.ts'

/** Until 00:15 WIB of the next day. */
const REVERSAL_GRACE = 15 * 60_000

export function factPut(ledger: Ledger, witness: InvocationRecord, fact: Fact, now: number): void {
  const key = keyOf(fact)
  const { account } = fact
  const record = { key, fact, at: ++ledger.position, committedAt: now }
  const isNew = !ledger.keys.has(`${account} ${key}`)
  demand(ledger, 'facts are append-only', isNew, () => `${key} was put a second time`)
  if (!isNew) return
  ledger.keys.set(`${account} ${key}`, record)
  const facts = ledger.accounts.get(account)
  if (facts) facts.push(record)
  else ledger.accounts.set(account, [record])
  demand(
    ledger,
    'a fact is recorded when it is put, never before it was decided',
    fact.recordedAt >= fact.decidedAt,
    () => key,
  )
  if (fact.kind === 'payment') paymentFact(ledger, fact)
  if (fact.kind === 'share') shareFact(ledger, fact)
  if (fact.kind === 'credit-allocation') creditFact(ledger, fact)
  if (fact.kind === 'reversal' && fact.source !== 'finance') reversalFact(ledger, fact)
  if (fact.kind === 'reversal') freeBill(ledger, fact)
  if (fact.kind === 'reversal' && witness.message?.kind === 'reversal')
    signedReversal(ledger, witness, witness.message, fact)
  if (fact.kind === 'late-reversal') {
    const isLate = fact.decidedAt > dayEnd(fact.businessDate) + REVERSAL_GRACE
    demand(ledger, 'a reversal is late only after 00:15', isLate, () => key)
  }
}

/** A payment's fact is what its decision decided, word for word. */
function paymentFact(ledger: Ledger, fact: PaymentFact): void {
  const { kind, account, source, id, decidedAt, recordedAt: _recordedAt, ...terms } = fact
  const decision = ledger.decisions.get(decisionKey(source, id[0] ?? ''))?.decision
  const isDecisions =
    decision?.outcome.kind === 'accepted' &&
    id.length === 1 &&
    decision.account === account &&
    decision.decidedAt === decidedAt &&
    same(decision.outcome.terms, terms)
  demand(
    ledger,
    'a payment counts once, as its decision decided',
    isDecisions,
    () => `${kind} ${source} ${id} on ${account}`,
  )
}

function shareFact(ledger: Ledger, fact: ShareFact): void {
  const payment = factAt(ledger, fact.billCode, keyFor('payment', fact.source, fact.paymentId))
  const member = ledger.bills.get(fact.billCode)?.members.find(({ kpj }) => kpj === fact.account)
  const stands = payment?.fact.decidedAt === fact.decidedAt && member?.amount === fact.amount
  demand(ledger, 'a share is a part of its bill’s payment', stands, () => `${keyOf(fact)} on ${fact.account}`)
}

/** Credit pays what is owed, by the member, at the price of the month: never a month ahead, and once per month and night. */
function creditFact(ledger: Ledger, fact: CreditAllocationFact): void {
  const own = factsOf(ledger, fact.account).flatMap(({ fact: each }) => (each.kind === 'terms' ? [each.terms] : []))
  const decree = decreeKnownAt(ledger.decree, fact.decidedAt)
  const stands = fact.months.every(({ first, count, price: { jkk, jkm, jht } }) =>
    Array.from({ length: count }, (_, i) => monthNumber(first) + i).every(
      (month) =>
        month <= monthAt(fact.decidedAt) &&
        own.some((terms) => terms.funding === 'self' && figuresOf(month, terms, decree).total === jkk + jkm + jht),
    ),
  )
  const isNights = fact.id.join() === [fact.months[0]?.first, dayAt(fact.decidedAt)].join()
  demand(ledger, 'credit pays months that are owed, by whom it belongs to', stands && isNights, () => keyOf(fact))
}

function reversalFact(ledger: Ledger, fact: ReversalFact): void {
  const original = factAt(ledger, fact.account, fact.reverses)
  demand(
    ledger,
    'what is reversed was there first',
    original !== undefined,
    () => `${fact.reverses} on ${fact.account}`,
  )
  if (!original || !('amount' in original.fact)) return
  demand(ledger, 'a reversal takes back all of it', original.fact.amount === fact.amount, () => keyOf(fact))
  if (original.fact.kind !== 'payment') return
  const inTime = fact.decidedAt <= dayEnd(original.fact.businessDate) + REVERSAL_GRACE
  const itsDay = fact.businessDate === original.fact.businessDate
  demand(ledger, 'a channel reverses until 00:15, on its payment’s day', inTime && itsDay, () => keyOf(fact))
}

/** A bill whose payment is reversed, by its channel or by finance, can be paid again. */
function freeBill(ledger: Ledger, fact: ReversalFact): void {
  const bill = ledger.bills.get(fact.account)
  if (bill?.paidBy && fact.reverses === `payment#${bill.paidBy}`) bill.paidBy = null
}

/** Inquiry and reversal may sign the same fields: no inquiry takes a payment back, whenever it was signed. */
function signedReversal(ledger: Ledger, witness: InvocationRecord, reversal: Reversal, fact: ReversalFact): void {
  if (!reversal.mustFollowPayment) return
  const original = factAt(ledger, fact.account, fact.reverses)?.fact
  const follows = original?.kind === 'payment' && reversal.partnerAt > original.partnerAt
  const askedAt = ledger.inquiries.answered.get(reversal.signature ?? '')
  const wasInquiry = askedAt !== undefined && askedAt <= witness.from
  demand(
    ledger,
    'no captured inquiry takes a payment back',
    follows && !wasInquiry,
    () => `${fact.reverses}, signed ${reversal.partnerAt}${wasInquiry ? ' as an inquiry' : ''}`,
  )
}

/** At its moment a view is the fold of exactly the facts that it counts, and no older than the one before it. */
export function viewPut(ledger: Ledger, view: MembershipView): void {
  const before = ledger.views.get(view.kpj)
  ledger.position++
  ledger.views.set(view.kpj, view)
  const follows = view.version === (before?.version ?? 0) + 1
  demand(
    ledger,
    'a view follows the version that it read',
    follows,
    () => `${view.kpj} v${before?.version} -> v${view.version}`,
  )
  const onwards = !before || (view.factCount >= before.factCount && view.asOf >= before.asOf)
  demand(ledger, 'a view never goes back', onwards, () => `${view.kpj} ${before?.factCount} -> ${view.factCount} facts`)
  const wrong = differenceOf(ledger, view, view.factCount)
  demand(ledger, 'a view is the fold of its facts', wrong === undefined, () => `${view.kpj} v${view.version}: ${wrong}`)
}

/** In which field the view is not the fold of the first `count` facts of its account; undefined where it is. */
export function differenceOf(ledger: Ledger, view: MembershipView, count?: number): string | undefined {
  const facts = factsOf(ledger, view.kpj, count)
  const books = auditAccount(facts, ledger.decree)
  const month = monthAt(view.asOf)
  const inForce = termsFor(books.terms, month)
  const latest = latestOf(books.paidMonths.keys())
  const expected = {
    participant: inForce?.participant,
    terms: inForce?.terms,
    regionCode: inForce?.regionCode,
    registeredOn: inForce?.registeredOn,
    paidThrough: latest < 0 ? null : monthText(latest),
    credit: books.credit,
    status: statusAt(books, view.asOf),
    nextTransition: changeAfter(books, view.asOf),
    factCount: facts.length,
  }
  for (const [field, value] of Object.entries(expected)) {
    const came = view[field as keyof MembershipView]
    if (!same(came, value)) return `${field} is ${JSON.stringify(came)}, expected ${JSON.stringify(value)}`
  }
  return undefined
}

export function billPut(ledger: Ledger, bill: Bill, members: readonly BillMember[]): void {
  ledger.position++
  ledger.bills.set(bill.billCode, { bill, members, paidBy: null, replacedBy: null })
  const sum = members.reduce((total, { amount }) => total + amount, 0)
  demand(ledger, 'a bill is the sum of its members', sum === bill.amount, () => `${bill.billCode} ${sum}`)
}

export function membersPut(ledger: Ledger, billCode: string, chunk: number, members: readonly BillMember[]): void {
  const chunks = ledger.drafts.get(billCode) ?? new Map()
  ledger.drafts.set(billCode, chunks.set(chunk, members))
}

export function membersOf(ledger: Ledger, { billCode }: Pick<Bill, 'billCode'>): readonly BillMember[] {
  const chunks = [...(ledger.drafts.get(billCode) ?? [])].sort(([a], [b]) => a - b)
  return chunks.flatMap(([, members]) => members)
}

/** The old bill is free at that moment, and its place is taken once. */
export function billReplaced(ledger: Ledger, old: string, next: Bill, members: readonly BillMember[]): void {
  const record = ledger.bills.get(old)
  const isFree = record !== undefined && record.paidBy === null && record.replacedBy === null
  demand(ledger, 'only a bill that nobody has paid is replaced, once', isFree, () => `${old} by ${next.billCode}`)
  if (record) record.replacedBy = next.billCode
  billPut(ledger, next, members)
}

export function billRead(ledger: Ledger, witness: InvocationRecord, billCode: string, bill: Bill | undefined): void {
  witness.bills.set(billCode, bill)
  const expected = ledger.bills.get(billCode)?.paidBy ?? null
  const paidBy = bill?.paidBy ?? null
  demand(
    ledger,
    'paid-by is the payment that holds the bill',
    paidBy === expected,
    () => `${billCode}: ${paidBy}, not ${expected}`,
  )
}

export function factsRead(ledger: Ledger, witness: InvocationRecord, account: string, count: number): void {
  witness.facts.set(account, count)
  const committed = factsOf(ledger, account).length
  demand(
    ledger,
    'reads of an account are consistent',
    count === committed,
    () => `${account}: ${count} of ${committed}`,
  )
}

export function bindingPut(ledger: Ledger, witness: InvocationRecord, item: ExternalIdItem): void {
  const { message } = witness
  const known = ledger.bindings.get(bindingKey(item))
  const isOwnPayment =
    message?.kind === 'payment' && known?.origin?.kind === 'inquiry' && known.origin.requestId === message.paymentId
  const givesWay = isOwnPayment && known?.origin?.kind === 'inquiry' && known.origin.partnerAt < message.partnerAt
  demand(ledger, 'an external id stays its call’s', !known || givesWay || known.until < witness.clock(), () =>
    bindingKey(item),
  )
  ledger.bindings.set(bindingKey(item), {
    origin: witness.message,
    by: witness.id,
    at: ++ledger.position,
    until: item.expiresAt,
  })
}

export function bindingKey({ channel, day, id }: Pick<ExternalIdItem, 'channel' | 'day' | 'id'>): string {
  return `${channel} ${day} ${id}`
}
