/**
 * Everything that may be answered to each kind of message, in order of precedence: the first condition that holds is the answer.
 *
 * The ledger decides in this order, each protocol writes every answer of its messages, and docs/reference/payment-outcomes.md
 * prints it with the codes; tests hold the three together. Refuses to know codes.
 */
import type { RefusalCode } from '../domain/refusal.ts'
import type { Answer } from './answer.ts'
import type { Message } from './message.ts'

/** An answer by its outcome; a refusal by its reason. */
export type AnswerName = Exclude<Answer['outcome'], 'refused'> | RefusalCode

export type Precedence = { readonly when: string; readonly answer: AnswerName }

const UNPAYABLE: readonly Precedence[] = [
  { when: 'no member or bill is payable under this customer id', answer: 'unknown-customer' },
  { when: 'the bill has expired, changed or been replaced', answer: 'expired' },
  { when: 'already paid, or more than 12 months ahead', answer: 'already-paid' },
]

/** At any point: the first two only before a decision was attempted, the last only after. */
const FAULTS: readonly Precedence[] = [
  { when: 'a store throttled before any decision', answer: 'too-many' },
  { when: 'a fault before any decision', answer: 'fault' },
]
const UNKNOWN: Precedence = { when: 'a fault after a decision was attempted', answer: 'unknown-outcome' }

export const PRECEDENCE: Readonly<Record<Message['kind'], readonly Precedence[]>> = {
  inquiry: [
    { when: 'the till, its store or the customer is locked out', answer: 'too-many' },
    { when: 'the external id was used today by another call', answer: 'external-id-conflict' },
    ...UNPAYABLE,
    { when: 'otherwise: what is due', answer: 'quoted' },
    ...FAULTS,
  ],
  payment: [
    { when: 'the payment is new, and its till, store or customer is locked out', answer: 'too-many' },
    { when: 'the payment is new and for nobody, as too many of the day were', answer: 'too-many' },
    { when: 'the external id was used today by another call', answer: 'external-id-conflict' },
    { when: 'the payment id is bound to other facts', answer: 'conflict' },
    { when: 'the channel reversed this payment, before or after', answer: 'was-reversed' },
    { when: 'the same payment under the same external id', answer: 'repeated' },
    ...UNPAYABLE,
    { when: 'the amount or the admin fee is not what is due', answer: 'wrong-amount' },
    { when: 'otherwise: paid', answer: 'accepted' },
    ...FAULTS,
    UNKNOWN,
  ],
  reversal: [
    { when: 'nothing came under this id, as too often on this day', answer: 'too-many' },
    { when: 'the payment is of another customer', answer: 'conflict' },
    { when: 'there is no such payment, or it was refused', answer: 'unknown-original' },
    { when: 'it is signed no later than its payment, or as an inquiry was', answer: 'out-of-order' },
    { when: 'it was reversed before: the first answer again', answer: 'reversed' },
    { when: 'it comes after 00:15 WIB of the next day', answer: 'too-late' },
    { when: 'otherwise: reversed', answer: 'reversed' },
    ...FAULTS,
    UNKNOWN,
  ],
  status: [
    { when: 'the payment is of another customer', answer: 'conflict' },
    { when: 'there is no such payment yet', answer: 'unknown-original' },
    { when: 'the channel reversed this payment, before or after', answer: 'was-reversed' },
    { when: 'the payment was refused: no payable member or bill', answer: 'unknown-customer' },
    { when: 'the payment was refused: the bill had expired, changed or been replaced', answer: 'expired' },
    { when: 'the payment was refused: already paid', answer: 'already-paid' },
    { when: 'the payment was refused: wrong amount', answer: 'wrong-amount' },
    { when: 'the payment was accepted: its first answer', answer: 'accepted' },
    ...FAULTS,
    UNKNOWN,
  ],
}
