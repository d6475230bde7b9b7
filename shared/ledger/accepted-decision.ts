/**
 * An accepted decision and the keys of what it leads to: the payment's fact, its reversals, the bill that it pays.
 * Pure; every operation of this room builds its keys here.
 */
import type { Account } from '../domain/account.ts'
import { type BillCode, isBillCode } from '../domain/bill-code.ts'
import { type FactKey, factKey } from '../domain/fact.ts'
import { FIRST_PAYMENT_STEP, releaseReversalKey } from '../domain/suspense-exit.ts'
import type { DecisionOutcome, PaymentDecision } from '../store/payment-decisions/payment-decisions.ts'

export type AcceptedDecision = PaymentDecision & {
  readonly account: Account
  readonly outcome: Extract<DecisionOutcome, { readonly kind: 'accepted' }>
}

/** What names a payment everywhere: the channel's name and the id that the partner gave it. */
export type PaymentIdentity = Pick<PaymentDecision, 'channel' | 'paymentId'>

export function isAccepted(decision: PaymentDecision): decision is AcceptedDecision {
  return decision.outcome.kind === 'accepted' && decision.account !== null
}

/** The bill that was paid; null where a member was. */
export function billCodeOf({ account }: AcceptedDecision): BillCode | null {
  return isBillCode(account) ? account : null
}

/** The payment's own fact. What a bill's `paidBy` holds is the key of the decision: shared/domain/payment-key.ts. */
export function paymentFactKey({ channel, paymentId }: PaymentIdentity): FactKey {
  return factKey('payment', channel, [paymentId])
}

/** The reversal by the payment's own channel. */
export function channelReversalKey({ channel, paymentId }: PaymentIdentity): FactKey {
  return factKey('reversal', channel, [paymentId])
}

export function lateReversalKey({ channel, paymentId }: PaymentIdentity): FactKey {
  return factKey('late-reversal', channel, [paymentId])
}

/** The step by which a suspended payment's own money was released. */
export function releaseKey({ channel, paymentId }: PaymentIdentity): FactKey {
  return releaseReversalKey({ channel, paymentId, step: FIRST_PAYMENT_STEP })
}

/** The reversal that two people of finance approved. */
export function financeReversalKey({ channel, paymentId }: PaymentIdentity): FactKey {
  return factKey('reversal', 'finance', [channel, paymentId])
}
