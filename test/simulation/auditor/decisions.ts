/**
 * Whether a decision is the decision that had to be taken: on what this very invocation had read, by the auditor's own quote.
 * Called at the moment a decision takes effect. Types only.
 */
import type { Message, Payment } from '../../../shared/channel-port/channel.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { type AuditedAccount, auditAccount, isClosed, latestOf } from './account-fold.ts'
import { dayAt, monthNumber, monthText } from './calendar.ts'
import {
  type DecisionRecord,
  decisionKey,
  demand,
  factAt,
  factsOf,
  type InvocationRecord,
  keyFor,
  type Ledger,
} from './ledger.ts'
import { paymentOnLine } from './outside.ts'
import { decisionOn, type Refusal } from './quotes.ts'

type Expected =
  | Refusal
  | {
      readonly account: string
      readonly kpj: string | null
      readonly months: readonly { readonly month: number; readonly total: number }[]
      readonly amount: number
      readonly drawn: number
      readonly reaches: number | null
    }

const DECISION = 'a decision is what the quote says'

/** A bill that another payment holds at this moment turns its payment away. */
export function billRefused(ledger: Ledger, witness: InvocationRecord, billCode: string): void {
  const paidBy = ledger.bills.get(billCode)?.paidBy ?? null
  demand(ledger, 'paid-by is the payment that holds the bill', paidBy !== null, () => `${billCode} is paid by nobody`)
  witness.foundPaid = true
}

/** So does one whose place another bill has taken. */
export function billFoundReplaced(ledger: Ledger, witness: InvocationRecord, billCode: string): void {
  const isReplaced = (ledger.bills.get(billCode)?.replacedBy ?? null) !== null
  demand(ledger, 'a bill is refused as replaced only where it is', isReplaced, () => billCode)
  witness.foundReplaced = true
}

export function decisionPut(ledger: Ledger, witness: InvocationRecord, decision: PaymentDecision): void {
  const key = decisionKey(decision.channel, decision.paymentId)
  const known = ledger.decisions.get(key)
  if (known && isMadeFinal(known, decision, witness.message)) {
    ledger.decisions.set(key, { ...known, decision })
    return
  }
  if (known && !(known.decision !== decision && givesWay(known, witness.message))) {
    const unchanged = JSON.stringify(known.decision) === JSON.stringify(decision)
    demand(
      ledger,
      'a decision is put once',
      unchanged,
      () => `decision ${key} was written a second time with other content`,
    )
    return
  }
  const { message } = witness
  if (witness.channel === 'settlement') {
    postedDecision(ledger, decision, key)
    return
  }
  if (message?.kind !== 'payment' && message?.kind !== 'reversal') {
    demand(ledger, DECISION, false, () => `decision ${key} was put by no payment and no reversal`)
    return
  }
  ledger.decisions.set(key, { decision, origin: message, at: ++ledger.position, before: known })
  keepsReference(ledger, key, decision.hubReference)
  if (message.kind === 'reversal') {
    demand(
      ledger,
      DECISION,
      decision.outcome.kind === 'reversed-first',
      () => `a reversal decided ${decision.outcome.kind}`,
    )
    return
  }
  const expected = expectedOf(ledger, witness, message, decision)
  demand(ledger, DECISION, agrees(witness, decision, expected), () => describe(decision, expected))
  if (decision.outcome.kind === 'accepted') acceptedStands(ledger, decision, key)
}

/** Finance posts what a channel collected and the hub had no payment for: a line of a file, with its amount. */
function postedDecision(ledger: Ledger, decision: PaymentDecision, key: string): void {
  const lines = ledger.outside.lines.get(key) ?? []
  const { outcome } = decision
  const line = outcome.kind === 'accepted' ? lines.find(({ amount }) => amount === outcome.terms.amount) : lines[0]
  const isLines = outcome.kind === 'refused' || outcome.kind === 'accepted'
  demand(ledger, 'what finance posts is a line of a file', line !== undefined && isLines, () => key)
  if (!line) return
  ledger.decisions.set(key, { decision, origin: paymentOnLine(line), at: ++ledger.position, before: undefined })
  keepsReference(ledger, key, decision.hubReference)
}

/** Where the operation is not signed, a reversal that came first gives way to a payment signed no earlier, and to a later reversal. */
function givesWay({ decision, origin }: DecisionRecord, message: Message | null): boolean {
  if (decision.outcome.kind !== 'reversed-first' || origin.kind !== 'reversal' || !origin.mustFollowPayment)
    return false
  if (decision.outcome.signedAt === null) return false
  if (message?.kind === 'payment') return message.partnerAt >= origin.partnerAt
  return message?.kind === 'reversal' && message.partnerAt > origin.partnerAt
}

/** A payment that is kept out by a reversal is kept out for good once it is told so: nothing else of the decision changes. */
function isMadeFinal({ decision: known, origin }: DecisionRecord, decision: PaymentDecision, message: Message | null) {
  if (known.outcome.kind !== 'reversed-first' || message?.kind !== 'payment' || origin.kind !== 'reversal') return false
  const final = { ...known, outcome: { ...known.outcome, signedAt: null } }
  return message.partnerAt < origin.partnerAt && JSON.stringify(final) === JSON.stringify(decision)
}

/** One reference per payment id for ever, and no two payments share one. */
export function keepsReference(ledger: Ledger, key: string, reference: string): void {
  const known = ledger.references.get(key) ?? reference
  ledger.references.set(key, known)
  demand(ledger, 'one hub reference per payment', known === reference, () => `${key}: ${known}, then ${reference}`)
}

function acceptedStands(ledger: Ledger, decision: PaymentDecision, key: string): void {
  if (decision.outcome.kind !== 'accepted') return
  const { terms } = decision.outcome
  const priced = terms.months.reduce((sum, run) => sum + run.count * (run.price.jkk + run.price.jkm + run.price.jht), 0)
  if (terms.kpj !== null)
    demand(
      ledger,
      'a quote adds up',
      priced === terms.amount + terms.creditDrawn,
      () => `${key}: ${priced} is not the sum`,
    )
  demand(
    ledger,
    'a business day is the WIB date of its decision',
    terms.businessDate === dayAt(decision.decidedAt),
    () => key,
  )
  const bill =
    decision.account !== terms.kpj && decision.account !== null ? ledger.bills.get(decision.account) : undefined
  if (!bill) return
  demand(
    ledger,
    'a bill is paid once',
    bill.paidBy === null,
    () => `${key} was accepted while ${bill.paidBy} holds the bill`,
  )
  demand(
    ledger,
    'a replaced bill is never paid',
    bill.replacedBy === null,
    () => `${key} was accepted after ${bill.replacedBy} took the place of its bill`,
  )
  bill.paidBy = key
}

function expectedOf(ledger: Ledger, witness: InvocationRecord, payment: Payment, decision: PaymentDecision): Expected {
  const { customerId } = payment
  const isBill = /^99\d{14}$/.test(customerId)
  if (payment.expects !== undefined && (payment.expects === 'bill') !== isBill) return 'unknown-customer'
  if (isBill) return expectedOnBill(ledger, witness, payment, decision)
  const kpj = customerId.length === 11 ? customerId : customerId.length === 16 ? witness.selfPaid : undefined
  if (kpj === undefined) return 'unknown-customer'
  const due = decisionOn(seenBooks(ledger, witness, kpj), payment, decision.decidedAt)
  if (typeof due === 'string') return due
  if (wrongFee(ledger, decision.channel, payment)) return 'wrong-amount'
  const months = due.months.map(({ month, price }) => ({ month, total: price.total }))
  return { account: kpj, kpj, months, amount: due.amount, drawn: due.drawn, reaches: due.reaches }
}

function expectedOnBill(
  ledger: Ledger,
  witness: InvocationRecord,
  payment: Payment,
  decision: PaymentDecision,
): Expected {
  const bill = witness.bills.get(payment.customerId)
  const record = ledger.bills.get(payment.customerId)
  if (!bill || !record) return 'unknown-customer'
  const books = bill.kpj === null ? undefined : seenBooks(ledger, witness, bill.kpj)
  if (bill.replacedBy !== undefined || bill.changedAt !== undefined) return 'expired'
  if (decision.decidedAt > bill.validUntilInstant || (books && isChanged(books, bill, decision.decidedAt)))
    return 'expired'
  if (bill.paidBy !== null) return 'already-paid'
  if (payment.amount !== bill.amount || wrongFee(ledger, decision.channel, payment)) return 'wrong-amount'
  const months = bill.months.map(monthNumber)
  const totals = books ? (record.members[0]?.months ?? []).flatMap((run) => Array(run.count).fill(totalOf(run))) : []
  return {
    account: bill.billCode,
    kpj: bill.kpj,
    months: months.map((month, i) => ({ month, total: totals[i] ?? 0 })),
    amount: bill.amount,
    drawn: 0,
    reaches: books ? Math.max(latestOf(months), latestOf(books.paidMonths.keys())) : null,
  }
}

function totalOf({ price }: { readonly price: { readonly jkk: number; readonly jkm: number; readonly jht: number } }) {
  return price.jkk + price.jkm + price.jht
}

function isChanged(
  books: AuditedAccount,
  bill: { readonly billCode: string; readonly months: readonly string[] },
  at: number,
): boolean {
  if (isClosed(books, at)) return true
  return bill.months.some((month) => {
    const by = books.paidMonths.get(monthNumber(month))?.by
    return by !== undefined && !(by.startsWith('share#') && by.split('#')[2] === bill.billCode)
  })
}

function seenBooks(ledger: Ledger, witness: InvocationRecord, kpj: string): AuditedAccount {
  return auditAccount(factsOf(ledger, kpj, witness.facts.get(kpj) ?? 0), ledger.decree)
}

function wrongFee(ledger: Ledger, channel: string, payment: Payment): boolean {
  return (ledger.adminFees.get(channel) ?? null) !== payment.adminFee
}

function agrees(witness: InvocationRecord, decision: PaymentDecision, expected: Expected): boolean {
  const { outcome } = decision
  if (outcome.kind === 'reversed-first') return false
  if (outcome.kind === 'refused') {
    if (outcome.code === expected) return true
    if (outcome.code === 'expired' && witness.foundReplaced) return typeof expected !== 'string'
    return outcome.code === 'already-paid' && typeof expected !== 'string' && witness.foundPaid
  }
  if (typeof expected === 'string') return false
  const { terms } = outcome
  const months = terms.months.flatMap((run) =>
    Array.from({ length: run.count }, (_, i) => `${monthNumber(run.first) + i}:${totalOf(run)}`),
  )
  return (
    decision.account === expected.account &&
    terms.kpj === expected.kpj &&
    terms.amount === expected.amount &&
    terms.creditDrawn === expected.drawn &&
    terms.paidThrough === (expected.reaches === null ? null : monthText(expected.reaches)) &&
    months.join() === expected.months.map(({ month, total }) => `${month}:${total}`).join()
  )
}

function describe({ outcome: decision, account }: PaymentDecision, expected: Expected): string {
  const expectedText =
    typeof expected === 'string'
      ? expected
      : `${expected.amount} on ${expected.account} for ${expected.months.map(({ month, total }) => `${monthText(month)}:${total}`)} through ${expected.reaches && monthText(expected.reaches)}`
  const came =
    decision.kind === 'accepted'
      ? `${decision.terms.amount} on ${account} for ${decision.terms.months.map((run) => `${run.first}x${run.count}`)} through ${decision.terms.paidThrough}`
      : decision.kind === 'refused'
        ? decision.code
        : decision.kind
  return `expected ${expectedText}, decided ${came}`
}

/** The payment's fact and the reversal by its own channel, as far as they have taken effect. */
export function factsOfDecision(ledger: Ledger, { decision }: DecisionRecord) {
  const account = decision.account ?? ''
  return {
    payment: factAt(ledger, account, keyFor('payment', decision.channel, decision.paymentId)),
    reversal: factAt(ledger, account, keyFor('reversal', decision.channel, decision.paymentId)),
    late: factAt(ledger, account, keyFor('late-reversal', decision.channel, decision.paymentId)),
  }
}
