/**
 * Vouching: each fact that moves money or cover is held against what it must rest on, as an auditor holds a posting against its
 * voucher. Somebody who writes a fact straight into the table has no voucher for it.
 *
 * | fact | rests on |
 * |---|---|
 * | payment | its accepted decision, word for word, with the endpoint's authentication code; posted from settlement: two people's approval |
 * | reversal of a channel | the endpoint's authentication code |
 * | posting, suspension, reversal of finance, refund | an approval of this very thing in the audit chain, at its instant |
 * | closing, reopening | the same |
 * | share | its bill's payment, and its member among those of the bill, for these months at these prices |
 * | credit allocation | the tariff's prices |
 *
 * A voucher is good for one fact: the approval, or the end of a bill, must be of the very money that moves, on its account.
 *
 * Consumers: functions/audit-ledger, of everything; functions/serve-console, before it calls an answer about cover confirmed.
 */
import { isDeepStrictEqual } from 'node:util'
import { suspenseAccount } from '../domain/account.ts'
import { monthsOf } from '../domain/allocation.ts'
import { actOf, type ClosureAct, closureSubject } from '../domain/closure-act.ts'
import {
  type ClosingFact,
  type CreditAllocationFact,
  type Fact,
  type FactKey,
  factKey,
  isMoney,
  type MoneyFact,
  type PaymentFact,
  type PostingFact,
  type PricedRun,
  type ReopeningFact,
  type ReversalFact,
  type ShareFact,
  type SuspensionFact,
} from '../domain/fact.ts'
import type { Instant } from '../domain/instant.ts'
import type { Kpj } from '../domain/kpj.ts'
import { ZERO } from '../domain/money.ts'
import { type Rules, rulesKnownAt } from '../domain/rules.ts'
import { collectedAs, takenBackId } from '../domain/suspense-exit.ts'
import { priceOf } from '../domain/tariff.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { FactStore } from '../store/facts/facts.ts'
import type { PaymentDecisionStore } from '../store/payment-decisions/payment-decisions.ts'
import { type AcceptedDecision, isAccepted } from './accepted-decision.ts'
import { isApprovedAs } from './approved-as.ts'
import type { BilledMembers } from './billed-members.ts'
import type { LedgerMacs } from './payment-digests.ts'
import { paymentFactOf } from './payment-facts.ts'
import { isRefundApproved, isRelease, refundMissing, releaseMissing } from './vouch-exit.ts'

export type VouchPorts = {
  readonly facts: Pick<FactStore, 'ofAccount' | 'get'>
  readonly decisions: Pick<PaymentDecisionStore, 'get'>
  /** The entries of the audit chain that were written for exactly that instant. */
  readonly chainAt: (at: Instant) => Promise<readonly AuditEntry[]>
  readonly billed: BilledMembers
  /** Whether an endpoint wrote what it should have written. */
  readonly macs: LedgerMacs
  readonly rules: Rules
}

/** What is missing, in the words of the audit. */
export type Unvouched =
  | 'fact-without-decision'
  | 'decision-without-evidence'
  | 'not-authentic'
  | 'fact-without-resolution'
  | 'exit-without-half'
  | 'share-without-payment'
  | 'price-differs'
  | 'moves-nothing'

/** `facts`: all of the account, among them this one. Undefined where nothing is missing. */
export async function vouch(
  ports: VouchPorts,
  fact: Fact,
  facts: ReadonlyMap<FactKey, Fact>,
): Promise<Unvouched | undefined> {
  switch (fact.kind) {
    case 'payment':
      return vouchPayment(ports, fact)
    case 'share':
      return vouchShare(ports, fact, facts)
    case 'posting':
      return vouchPosting(ports, fact)
    case 'reversal': {
      const moved = moneyIn(facts, fact.reverses)
      return moved?.amount === fact.amount ? vouchReversal(ports, fact, moved) : 'moves-nothing'
    }
    case 'suspension': {
      const moved = moneyIn(facts, fact.moves)
      if (moved?.amount !== fact.amount) return 'moves-nothing'
      return approved(isSuspensionApproved(await chainOf(ports, fact), fact, moved))
    }
    case 'refund': {
      const moved = moneyIn(facts, fact.refunds)
      return moved ? refundMissing(ports, fact, moved) : 'moves-nothing'
    }
    case 'credit-allocation':
      return vouchCredit(ports, fact, facts)
    case 'closing':
    case 'reopening':
      return approved(isClosureApproved(await chainOf(ports, fact), fact))
    default:
      return undefined
  }
}

function moneyIn(facts: ReadonlyMap<FactKey, Fact>, key: FactKey): MoneyFact | undefined {
  const fact = facts.get(key)
  return fact && isMoney(fact) ? fact : undefined
}

function approved(isApproved: boolean): 'fact-without-resolution' | undefined {
  return isApproved ? undefined : 'fact-without-resolution'
}

/** A fact of people is decided at the instant of its approval. */
function chainOf({ chainAt }: VouchPorts, { decidedAt }: Fact): Promise<readonly AuditEntry[]> {
  return chainAt(decidedAt)
}

async function vouchPayment(ports: VouchPorts, fact: PaymentFact): Promise<Unvouched | undefined> {
  const { decisions, macs } = ports
  const paymentId = fact.id[0] ?? ''
  const decision = await decisions.get(fact.source, paymentId)
  if (!decision || !isAccepted(decision) || !saysTheSame(decision, fact)) return 'fact-without-decision'
  if (decision.evidenceDigest !== null) return macs.isDecisionAuthentic(decision) ? undefined : 'not-authentic'
  // Posted from settlement: nobody signed a request, two people decided it.
  const { settledAmount, decidedAt } = decision
  if (settledAmount === null) return 'decision-without-evidence'
  const posted = { channel: fact.source, paymentId, action: 'post', amount: settledAmount } as const
  return isApprovedAs(await ports.chainAt(decidedAt), posted) ? undefined : 'decision-without-evidence'
}

/** The fact is what its decision decided, whole; when it was recorded is its own. */
function saysTheSame(decision: AcceptedDecision, fact: PaymentFact): boolean {
  return isDeepStrictEqual(fact, paymentFactOf(decision, fact.recordedAt))
}

async function vouchShare(
  ports: VouchPorts,
  fact: ShareFact,
  facts: ReadonlyMap<FactKey, Fact>,
): Promise<Unvouched | undefined> {
  const { id, billCode, source, paymentId, decidedAt, account, amount, months } = fact
  // One share of a payment: under another id it would be a second one.
  if (!isDeepStrictEqual(id, [billCode, source, paymentId])) return 'share-without-payment'
  const payment = await ports.facts.get(billCode, factKey('payment', source, [paymentId]))
  if (payment?.decidedAt !== decidedAt) return 'share-without-payment'
  const billed = await ports.billed(billCode, account as Kpj)
  if (!billed || billed.amount !== amount || !isDeepStrictEqual(billed.months, months)) return 'share-without-payment'
  return isPricedBy(ports, months, billed.issuedAt, facts) ? undefined : 'price-differs'
}

async function vouchReversal(ports: VouchPorts, fact: ReversalFact, moved: MoneyFact): Promise<Unvouched | undefined> {
  if (isRelease(fact)) return releaseMissing(ports, fact)
  if (moved.kind === 'share') return (await isBillEnded(ports, fact, moved)) ? undefined : 'share-without-payment'
  if (fact.source !== 'finance') return ports.macs.isReversalAuthentic(fact) ? undefined : 'not-authentic'
  if (!isDeepStrictEqual(fact.id, takenBackId(moved))) return 'fact-without-resolution'
  const entries = await chainOf(ports, fact)
  const isReversed = isApprovedAs(entries, { ...collectedAs(moved), action: 'reverse', amount: null })
  return approved(isReversed || isRefundApproved(entries, fact))
}

/** A share goes with its own payment of the bill, at the same instant and by the same hand. */
async function isBillEnded({ facts }: VouchPorts, { id, source, decidedAt }: ReversalFact, share: ShareFact) {
  const paid = factKey('payment', share.source, [share.paymentId])
  if (!isDeepStrictEqual(id, share.id)) return false
  return (await facts.ofAccount(share.billCode)).some((fact) => {
    if (fact.kind !== 'reversal' && fact.kind !== 'suspension') return false
    const ended = fact.kind === 'reversal' ? fact.reverses : fact.moves
    return ended === paid && fact.source === source && fact.decidedAt === decidedAt
  })
}

/** What nobody knew the owner of lies in its own account; only a release puts it on a membership. Neither names months. */
async function vouchPosting(ports: VouchPorts, fact: PostingFact): Promise<Unvouched | undefined> {
  const { account, source, id, amount, months, creditDrawn } = fact
  if (source !== 'settlement' || months.length > 0 || creditDrawn !== ZERO) return 'fact-without-resolution'
  if (isRelease(fact)) return releaseMissing(ports, fact)
  const [channel = '', paymentId = '', ...more] = id
  const isInItsPlace = more.length === 0 && account === suspenseAccount(channel, paymentId)
  return approved(
    isInItsPlace && isApprovedAs(await chainOf(ports, fact), { channel, paymentId, action: 'post', amount }),
  )
}

function isSuspensionApproved(entries: readonly AuditEntry[], { id }: SuspensionFact, moved: MoneyFact): boolean {
  const onCase = { differenceId: id[0] ?? '', action: 'suspend' } as const
  const ofMoney = { ...collectedAs(moved), action: 'suspend', amount: null } as const
  return entries.some((entry) => isApprovedAs([entry], onCase) && isApprovedAs([entry], ofMoney))
}

/** As functions/serve-console/memberships/closure.ts wrote it: an approval of this very act, for the same reason. */
function isClosureApproved(entries: readonly AuditEntry[], fact: ClosingFact | ReopeningFact): boolean {
  const subject = closureSubject(fact.account as Kpj)
  const { reason: why, ...act } = actOf(fact)
  return entries.some((entry) => {
    if (entry.action !== 'approved' || entry.subject !== subject) return false
    const { request, reason } = entry.detail as { request?: Partial<ClosureAct>; reason?: string }
    return request?.action === act.action && request.on === act.on && reason === why
  })
}

/** What credit pays for is bounded by the credit that is there, so only its prices are asked about. */
function vouchCredit(
  ports: VouchPorts,
  { source, months, decidedAt }: CreditAllocationFact,
  facts: ReadonlyMap<FactKey, Fact>,
): Unvouched | undefined {
  return source === 'hub' && isPricedBy(ports, months, decidedAt, facts) ? undefined : 'price-differs'
}

/** At the tariff as it was known then, by some terms of this account that hold in the month: a change of terms may be on its way. */
function isPricedBy(
  { rules }: VouchPorts,
  months: readonly PricedRun[],
  at: Instant,
  facts: ReadonlyMap<FactKey, Fact>,
): boolean {
  const { tariff } = rulesKnownAt(rules, at)
  const terms = [...facts.values()].filter((fact) => fact.kind === 'terms')
  return monthsOf(months).every(({ month, price }) =>
    terms.some(
      (fact) => fact.from <= month && isDeepStrictEqual({ ...price }, { ...priceOf(tariff, month, fact.terms) }),
    ),
  )
}
