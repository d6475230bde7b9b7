/**
 * Deciding a payment id: the decision is put if none stands, then the fact that it decides.
 *
 * Promise: one decision per payment id stands, whoever else decides at the same moment; who comes second gets the one that
 * stands and computes nothing. A bill is paid by one payment: who comes second there is refused as already paid, and who comes after its replacement as expired.
 */
import type { Instant } from '../domain/instant.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import { retryUnknownOutcome } from '../runtime/retry.ts'
import type { PaymentDecision, PaymentDecisionStore } from '../store/payment-decisions/payment-decisions.ts'
import { billCodeOf, isAccepted } from './accepted-decision.ts'
import { type FactWriter, putPaymentFact } from './payment-facts.ts'

export type DecisionWriter = { readonly decisions: Pick<PaymentDecisionStore, 'put' | 'putPayingBill'> }

/** `decided`: ours stands (a bill that was paid or replaced meanwhile turned it into a refusal). `exists`: another one stands. */
export type Decided =
  | { readonly outcome: 'decided'; readonly decision: PaymentDecision }
  | { readonly outcome: 'exists'; readonly decision: PaymentDecision }

/** Decision, then fact. `signedAt`: when the partner signed the payment; a reversal that came first may not hold for it. */
export async function decide(
  ports: DecisionWriter & FactWriter,
  decision: PaymentDecision,
  signedAt: Instant,
): Promise<Decided> {
  const decided = await putDecision(ports, decision, signedAt)
  if (decided.outcome === 'decided' && isAccepted(decided.decision)) await putPaymentFact(ports, decided.decision)
  return decided
}

/** The decision alone; for a bill together with its paid-by. */
export async function putDecision(
  { decisions }: DecisionWriter,
  decision: PaymentDecision,
  signedAt?: Instant,
): Promise<Decided> {
  const billCode = isAccepted(decision) ? billCodeOf(decision) : null
  if (billCode !== null) {
    const paid = await retryUnknownOutcome(() => decisions.putPayingBill(decision, billCode, signedAt))
    if (paid.outcome === 'already-paid')
      return putDecision({ decisions }, refusedInstead(decision, 'already-paid'), signedAt)
    // To a counter a bill whose place another took has expired.
    if (paid.outcome === 'replaced') return putDecision({ decisions }, refusedInstead(decision, 'expired'), signedAt)
    return paid.outcome === 'put' ? { outcome: 'decided', decision } : { outcome: 'exists', decision: paid.existing }
  }
  const put = await retryUnknownOutcome(() => decisions.put(decision, signedAt))
  return put.outcome === 'put' ? { outcome: 'decided', decision } : { outcome: 'exists', decision: put.existing }
}

function refusedInstead({ mac: _, ...decision }: PaymentDecision, code: RefusalCode): PaymentDecision {
  return { ...decision, account: null, outcome: { kind: 'refused', code } }
}
