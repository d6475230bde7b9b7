/**
 * The auditor's own quote: what the next months of a member cost at an instant, and with which word a payment is refused.
 * Works on the auditor's books and on the facts that the endpoint had read, never on what the endpoint made of them. Types only.
 */
import { type AuditedAccount, firstToPay, isClosed, lastClosed, latestOf, termsFor } from './account-fold.ts'
import { monthAt, monthStart } from './calendar.ts'
import { decreeKnownAt, type Figures, figuresOf } from './figures.ts'

export type Due = {
  readonly months: readonly { readonly month: number; readonly price: Figures }[]
  readonly amount: number
  readonly drawn: number
  readonly reaches: number
}
export type Refusal = 'unknown-customer' | 'expired' | 'already-paid' | 'wrong-amount'

const AHEAD = 12
const COUNTS = [1, 2, 3, 6, 12]

export function dueOf(books: AuditedAccount, count: number, at: number): Due | Refusal {
  if (books.terms.length === 0 || isClosed(books, at)) return 'unknown-customer'
  const latest = latestOf(books.paidMonths.keys())
  const months: { readonly month: number; readonly price: Figures }[] = []
  for (let month = firstToPay(books.paidMonths, latest, at); months.length < count; month++) {
    if (books.paidMonths.has(month)) continue
    const terms = termsFor(books.terms, month)?.terms
    const ends = lastClosed(books)?.coverEnds ?? Number.POSITIVE_INFINITY
    if (terms?.funding !== 'self' || monthStart(month) >= ends) return 'unknown-customer'
    months.push({ month, price: figuresOf(month, terms, decreeKnownAt(books.decree, at)) })
  }
  const last = latestOf(months.map(({ month }) => month))
  if (last > monthAt(at) + AHEAD) return 'already-paid'
  const full = months.reduce((sum, { price }) => sum + price.total, 0)
  const drawn = Math.min(full, books.credit)
  // Nobody is asked for Rp0: the night's run spends the credit.
  if (drawn === full) return 'already-paid'
  return { months, drawn, amount: full - drawn, reaches: Math.max(last, latest) }
}

/** What must be answered to a payment of a member; `months` null: the first number of months that costs just this. */
export function decisionOn(
  books: AuditedAccount,
  payment: { readonly months: number | null; readonly amount: number },
  at: number,
): Due | Refusal {
  if (payment.months !== null) {
    const due = dueOf(books, payment.months, at)
    return typeof due === 'string' || due.amount === payment.amount ? due : 'wrong-amount'
  }
  const first = dueOf(books, 1, at)
  if (typeof first === 'string') return first
  for (const count of COUNTS) {
    const due = dueOf(books, count, at)
    if (typeof due !== 'string' && due.amount === payment.amount) return due
  }
  return 'wrong-amount'
}
