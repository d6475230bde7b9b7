/**
 * Decisions before they are put: what the endpoint decides on a payment message, and settlement on a line of a file.
 * Pure: digests, references and instants come from the caller.
 */
import type { PaymentTerms } from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import { RENDERER } from '../domain/renderer.ts'
import type { Contact } from '../store/contacts/contacts.ts'
import type { PaymentDecision } from '../store/payment-decisions/payment-decisions.ts'
import type { AcceptedDecision } from './accepted-decision.ts'
import type { Due } from './payer.ts'

/** What is known of a payment whatever is decided on it. */
export type UndecidedPayment = Omit<PaymentDecision, 'account' | 'outcome'>

/** What the payment itself adds to what was due. */
export type Collected = Pick<PaymentTerms, 'partnerAt' | 'businessDate' | 'amount' | 'adminFee' | 'outlet'>

/** What of a quote a decision keeps. */
export type PaidFor = Pick<Due, 'account' | 'kpj' | 'runs' | 'creditDrawn' | 'paidThrough'>

export function draftAccepted(
  undecided: UndecidedPayment,
  paid: PaidFor,
  collected: Collected,
  contact: Contact | undefined,
): AcceptedDecision {
  const { account, kpj, runs, creditDrawn, paidThrough } = paid
  const { hubReference, decidedAt } = undecided
  const nameFrom = maskedNameAt(contact, decidedAt)?.from ?? null
  const terms = { ...collected, hubReference, months: runs, creditDrawn, paidThrough, kpj, renderer: RENDERER }
  return { ...undecided, account, outcome: { kind: 'accepted', terms, nameFrom } }
}

export function draftRefused(undecided: UndecidedPayment, code: RefusalCode): PaymentDecision {
  return { ...undecided, account: null, outcome: { kind: 'refused', code } }
}

/** The masked name in force at `at`: an answer prints it, and a decision keeps since when, so that repeats print it too. */
export function maskedNameAt(contact: Contact | undefined, at: Instant): Contact['maskedNames'][number] | undefined {
  return contact?.maskedNames.findLast(({ from }) => from <= at) ?? contact?.maskedNames[0]
}
