/**
 * The facts of an accepted decision: read by key, put where a crash left them out, taken back.
 *
 * ```
 * decision put -> payment's fact put -> ... -> reversal's fact put
 *             |<- a crash here: a repeat, a status question, a reversal or settlement heals it, whoever comes first
 * ```
 * Right any number of times, from any caller: a fact's key is free or holds the same event.
 */
import type { BillCode } from '../domain/bill-code.ts'
import type { FactKey, LateReversalFact, PaymentFact, ReversalFact } from '../domain/fact.ts'
import { keyOf } from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import { paymentKey } from '../domain/payment-key.ts'
import { retryUnknownOutcome } from '../runtime/retry.ts'
import type { FactStore } from '../store/facts/facts.ts'
import {
  type AcceptedDecision,
  channelReversalKey,
  financeReversalKey,
  lateReversalKey,
  type PaymentIdentity,
  paymentFactKey,
  releaseKey,
} from './accepted-decision.ts'

/** What became of an accepted payment, as far as it was asked for; a fact that is not there is undefined. */
export type PaymentFacts = {
  readonly payment?: PaymentFact | undefined
  readonly channelReversal?: ReversalFact | undefined
  readonly lateReversal?: LateReversalFact | undefined
  readonly financeReversal?: ReversalFact | undefined
  /** By which its money left suspense for the membership that it belongs to. No reversal to the channel. */
  readonly release?: ReversalFact | undefined
}

export type FactWriter = { readonly facts: Pick<FactStore, 'put'>; readonly now: () => Instant }

const KEYS = {
  payment: paymentFactKey,
  channelReversal: channelReversalKey,
  lateReversal: lateReversalKey,
  financeReversal: financeReversalKey,
  release: releaseKey,
} as const

/** One consistent read of the facts that are asked for. */
export async function readPaymentFacts(
  facts: Pick<FactStore, 'getMany'>,
  decision: AcceptedDecision,
  names: readonly (keyof PaymentFacts)[],
): Promise<PaymentFacts> {
  const keys = names.map((name) => KEYS[name](decision))
  const found = new Map((await facts.getMany(decision.account, keys)).map((fact) => [keyOf(fact), fact]))
  return Object.fromEntries(names.map((name, i) => [name, found.get(keys[i] as FactKey)]))
}

/** The payment's fact, as its decision decided it. A healed one differs in `recordedAt` alone. */
export async function putPaymentFact({ facts, now }: FactWriter, decision: AcceptedDecision): Promise<void> {
  const recordedAt = notBefore(now(), decision.decidedAt)
  await retryUnknownOutcome(() => facts.put(paymentFactOf(decision, recordedAt)))
}

export function paymentFactOf(decision: AcceptedDecision, recordedAt: Instant): PaymentFact {
  const { account, channel, paymentId, decidedAt, outcome } = decision
  return { kind: 'payment', account, source: channel, id: [paymentId], decidedAt, recordedAt, ...outcome.terms }
}

/** Puts the payment's fact where `found` has none. `healed`: a crash had left it out. */
export async function healPaymentFact(
  writer: FactWriter,
  decision: AcceptedDecision,
  found: PaymentFacts,
): Promise<'complete' | 'healed'> {
  if (found.payment) return 'complete'
  await putPaymentFact(writer, decision)
  return 'healed'
}

/** A reversal's fact; where the payment paid a bill, the bill is free again in the same transaction. */
export function putReversalFact(
  facts: Pick<FactStore, 'put' | 'putReversingBill'>,
  fact: ReversalFact,
  payment: PaymentIdentity & { readonly billCode: BillCode | null },
): Promise<'put' | 'exists'> {
  const { billCode } = payment
  if (billCode === null) return retryUnknownOutcome(() => facts.put(fact))
  return retryUnknownOutcome(() =>
    facts.putReversingBill(fact, billCode, paymentKey(payment.channel, payment.paymentId)),
  )
}

/** Nothing is recorded before it was decided, also where the clocks of two processes differ. */
export function notBefore(now: Instant, decidedAt: Instant): Instant {
  return Math.max(now, decidedAt) as Instant
}
