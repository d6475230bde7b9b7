/**
 * A payment through a door: read the claim, else decide and claim, then put the fact. The claim is the decision.
 *
 * ```
 * evidence kept -> claim put (decided) -> fact put -> answer
 *                  |<- a crash here is healed by the repeat, by status, by a reversal, or by settlement
 * ```
 * No lease, no lock, nothing "in progress". Who loses the claim's condition replays the winner and computes nothing.
 */
import { type Answer, MONTH_COUNTS, type Payment, RENDERER, type RefusalCode } from '../../shared/channels/channel.ts'
import type { PaymentTerms } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { ZERO } from '../../shared/domain/money.ts'
import type { Claim, ClaimDecision, PutOnce } from '../../shared/store/claims.ts'
import { type Door, isAccepted, type Passage, type Settled } from './ports.ts'
import { acceptedAnswer, putFact, replayPayment } from './replay.ts'
import { adminFeeAt, type Due, dueFor, heldNameAt, type NotDue, type Payable, resolve } from './resolve.ts'
import { retried } from './retried.ts'

/** Decides a payment, or repeats what was decided. Faults are thrown; answer-channel.ts says what they mean to a partner. */
export async function pay(door: Door, payment: Payment, passage: Passage): Promise<Settled> {
  const known = await door.claims.get(door.channel.name, payment.paymentId)
  passage.claimAttempted = known !== undefined
  if (known) return replayed(door, known, payment)

  const [evidenceDigest, payable] = await Promise.all([
    door.evidence.keep(passage.request),
    resolve(door, payment.customerId, payment.expects),
  ])
  const due = dueOf(door, payable, payment)
  const claim = claimFor(door, payment, due, payable, evidenceDigest)
  passage.claimAttempted = true
  const put = await putClaim(door, claim)
  if (put.outcome === 'exists') return replayed(door, put.existing, payment)
  return { answer: await settle(door, put.claim, payable), repeat: false }
}

/** A conflict repeats nothing: it is another payment under a used id. */
async function replayed(door: Door, claim: Claim, payment: Payment): Promise<Settled> {
  const answer = await replayPayment(door, claim, payment)
  return { answer, repeat: answer.outcome !== 'conflict' }
}

/** Our own claim stands: its fact, then its answer. */
async function settle(door: Door, claim: Claim, payable: Payable | undefined): Promise<Answer> {
  if (!isAccepted(claim)) {
    const code = (claim.decision as Extract<ClaimDecision, { kind: 'refused' }>).code
    return { outcome: 'refused', code, hubReference: claim.hubReference, decidedAt: claim.decidedAt }
  }
  await putFact(door, claim)
  return acceptedAnswer(claim, payable?.contact)
}

/** What the payment must match: the quote at this moment, its fee included. */
function dueOf(door: Door, payable: Payable | undefined, payment: Payment): Due | NotDue {
  if (!payable) return { outcome: 'refused', code: 'unknown-customer' }
  const due = payment.months === null ? dueByAmount(door, payable, payment) : dueFor(door, payable, payment.months)
  if (due.outcome === 'refused') return due
  const fee = adminFeeAt(door, payable.now)
  if (due.amount !== payment.amount || fee !== payment.adminFee) return { outcome: 'refused', code: 'wrong-amount' }
  return due
}

/** Where the partner names no months: the one number of months whose quote equals the amount. */
function dueByAmount(door: Door, payable: Payable, payment: Payment): Due | NotDue {
  const first = dueFor(door, payable, 1)
  if (first.outcome === 'refused' || payable.kind === 'bill') return first
  for (const months of MONTH_COUNTS) {
    const due = dueFor(door, payable, months)
    if (due.outcome === 'due' && due.amount === payment.amount) return due
  }
  return { outcome: 'refused', code: 'wrong-amount' }
}

function claimFor(
  door: Door,
  payment: Payment,
  due: Due | NotDue,
  payable: Payable | undefined,
  evidenceDigest: Uint8Array,
): Claim {
  const decidedAt = payable?.now ?? door.now()
  const nameFrom = heldNameAt(payable?.contact, decidedAt)?.from ?? null
  const digests = door.digests.ofPayment(payment)
  const hubReference = door.digests.reference(payment.paymentId)
  const decision: ClaimDecision =
    due.outcome === 'refused'
      ? { kind: 'refused', code: due.code }
      : { kind: 'accepted', terms: termsOf(payment, due, decidedAt, hubReference), nameFrom }
  return {
    channel: door.channel.name,
    paymentId: payment.paymentId,
    customerDigest: digests.customer,
    factsDigest: digests.facts,
    settledAmount: null,
    account: due.outcome === 'due' ? due.account : null,
    decidedAt,
    hubReference,
    evidenceDigest,
    decision,
  }
}

function termsOf(payment: Payment, due: Due, decidedAt: Instant, hubReference: string): PaymentTerms {
  const { amount, runs, creditDrawn, paidThrough, kpj } = due
  return {
    hubReference,
    partnerAt: payment.partnerAt,
    businessDate: businessDateOf(decidedAt),
    amount,
    adminFee: payment.adminFee ?? ZERO,
    months: runs,
    creditDrawn,
    outlet: payment.outlet,
    paidThrough,
    kpj,
    renderer: RENDERER,
  }
}

type Claimed = { readonly outcome: 'put'; readonly claim: Claim } | Extract<PutOnce<Claim>, { outcome: 'exists' }>

/** Puts the claim; for a bill together with its paid-by. Who loses on paid-by claims `already-paid`. */
async function putClaim(door: Door, claim: Claim): Promise<Claimed> {
  const billCode = isAccepted(claim) && claim.account !== claim.decision.terms.kpj ? claim.account : null
  if (billCode === null) return claimed(claim, await retried(() => door.claims.put(claim)))
  const paying = await retried(() => door.claims.putPayingBill(claim, billCode))
  if (paying.outcome !== 'already-paid') return claimed(claim, paying)
  const late = refusedInstead(claim, 'already-paid')
  return claimed(late, await retried(() => door.claims.put(late)))
}

function claimed(claim: Claim, put: PutOnce<Claim>): Claimed {
  return put.outcome === 'put' ? { outcome: 'put', claim } : put
}

function refusedInstead(claim: Claim, code: RefusalCode): Claim {
  return { ...claim, account: null, decision: { kind: 'refused', code } }
}
