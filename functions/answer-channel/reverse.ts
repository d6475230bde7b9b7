/**
 * A reversal contends for the same claim as its payment. None yet: it claims `reversed-first`, and the payment, should it
 * come, is told so. Accepted: the payment's fact if it is missing, then the reversal's. Repeats answer alike for ever.
 */
import type { Answer, Reversal, Status } from '../../shared/channels/channel.ts'
import { monthsOf } from '../../shared/domain/allotment.ts'
import type { LateReversalFact, ReversalFact } from '../../shared/domain/fact.ts'
import { addDays, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import type { Claim } from '../../shared/store/claims.ts'
import { type AcceptedClaim, type Door, isAccepted, type Passage, type Settled } from './ports.ts'
import { paymentKey, putFact, readFacts, replayDecision } from './replay.ts'
import { retried } from './retried.ts'

/** A reversal is taken until 00:15 WIB of the day after the payment's business date; after that it is a case for finance. */
const REVERSAL_GRACE_MILLIS = 15 * 60_000

export async function reverse(door: Door, reversal: Reversal, passage: Passage): Promise<Settled> {
  const known = await door.claims.get(door.channel.name, reversal.paymentId)
  passage.claimAttempted = known !== undefined
  if (known) return reverseClaimed(door, known, reversal, passage)

  const first = await reversedFirst(door, reversal, passage)
  passage.claimAttempted = true
  const put = await retried(() => door.claims.put(first))
  return put.outcome === 'put'
    ? { answer: { outcome: 'unknown-original' }, repeat: false }
    : reverseClaimed(door, put.existing, reversal, passage)
}

/** What became of a payment id; heals a missing fact. `unknown-original` is not final: only a reversal makes it so. */
export async function tellStatus(door: Door, status: Status, passage: Passage): Promise<Settled> {
  const claim = await door.claims.get(door.channel.name, status.paymentId)
  if (!claim) return { answer: { outcome: 'unknown-original' }, repeat: false }
  if (!door.digests.sameCustomer(claim.customerDigest, status.customerId))
    return { answer: { outcome: 'conflict' }, repeat: false }
  passage.claimAttempted = true
  return { answer: await replayDecision(door, claim), repeat: true }
}

async function reverseClaimed(door: Door, claim: Claim, reversal: Reversal, passage: Passage): Promise<Settled> {
  if (!door.digests.sameCustomer(claim.customerDigest, reversal.customerId))
    return { answer: { outcome: 'conflict' }, repeat: false }
  if (!isAccepted(claim)) return { answer: { outcome: 'unknown-original' }, repeat: true }

  const facts = await readFacts(door, claim)
  if (facts.reversal) return { answer: reversed(claim, facts.reversal.decidedAt), repeat: true }
  const { terms } = claim.decision
  if (reversal.mustFollowPayment && reversal.partnerAt < terms.partnerAt)
    return { answer: { outcome: 'out-of-order' }, repeat: false }

  if (!facts.payment) {
    await putFact(door, claim)
    door.onHealed()
  }
  const decidedAt = Math.max(door.now(), claim.decidedAt) as Instant
  const fact = reversalFact(claim, reversal, decidedAt)
  await door.evidence.keep(passage.request)
  if (decidedAt > lastReversalAt(claim)) {
    const late = await retried(() => door.facts.put({ ...fact, kind: 'late-reversal' } satisfies LateReversalFact))
    return { answer: { outcome: 'too-late' }, repeat: late === 'exists' }
  }
  const put = await retried(() => putReversal(door, claim, fact))
  if (put === 'put') return { answer: reversed(claim, decidedAt), repeat: false }
  const first = (await readFacts(door, claim)).reversal
  return { answer: reversed(claim, first?.decidedAt ?? decidedAt), repeat: true }
}

function putReversal(door: Door, claim: AcceptedClaim, fact: ReversalFact): Promise<'put' | 'exists'> {
  if (claim.account === claim.decision.terms.kpj) return door.facts.put(fact)
  const paidBy = [claim.channel, claim.paymentId].map(encodeURIComponent).join('#')
  return door.facts.putReversingBill(fact, claim.account, paidBy)
}

async function reversedFirst(door: Door, reversal: Reversal, passage: Passage): Promise<Claim> {
  return {
    channel: door.channel.name,
    paymentId: reversal.paymentId,
    customerDigest: door.digests.ofCustomer(reversal.customerId),
    factsDigest: null,
    settledAmount: null,
    account: null,
    evidenceDigest: await door.evidence.keep(passage.request),
    decidedAt: door.now(),
    hubReference: door.digests.reference(reversal.paymentId),
    decision: { kind: 'reversed-first' },
  }
}

function reversalFact(claim: AcceptedClaim, reversal: Reversal, decidedAt: Instant): ReversalFact {
  const { terms } = claim.decision
  return {
    kind: 'reversal',
    account: claim.account,
    source: claim.channel,
    id: [claim.paymentId],
    decidedAt,
    recordedAt: decidedAt,
    reverses: paymentKey(claim),
    partnerAt: reversal.partnerAt,
    businessDate: terms.businessDate,
    amount: terms.amount,
    outlet: reversal.outlet,
  }
}

function lastReversalAt(claim: AcceptedClaim): number {
  return startOfDay(addDays(claim.decision.terms.businessDate, 1)) + REVERSAL_GRACE_MILLIS
}

function reversed(claim: AcceptedClaim, decidedAt: Instant): Answer {
  const { terms } = claim.decision
  const months = monthsOf(terms.months).map(({ month }) => month)
  return { outcome: 'reversed', hubReference: claim.hubReference, decidedAt, months, amount: terms.amount }
}
