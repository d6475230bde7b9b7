/**
 * One account, held against everything that must agree with it: the places of its money, its view, the decision behind each
 * payment, the audited approval behind each posting of finance, closing and reopening, the bill's payment behind each share.
 *
 * The fold is asked for the places only; what they must come to is added up here, from the facts. A view and a share may be
 * on their way for a quarter of an hour; decisions and resolutions are there before their facts.
 */
import { type Account, isSuspenseAccount } from '../../shared/domain/account.ts'
import { type Allocation, allocate } from '../../shared/domain/allocation.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import { actOf, type ClosureAct, closureSubject } from '../../shared/domain/closure-act.ts'
import {
  type ClosingFact,
  type Fact,
  type FactKey,
  factKey,
  keyOf,
  type PaymentFact,
  type ReopeningFact,
  type ShareFact,
} from '../../shared/domain/fact.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { AuditEntry } from '../../shared/store/audit/audit.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { AuditSample, AuditSums } from '../../shared/store/statistics/ledger-audits.ts'
import { isExitApproved, isRelease, refundMissing, releaseMissing } from './audit-exit.ts'
import { isMoney, placesOf, wholePlaces, wrongPlaces } from './places.ts'
import { type AccountPorts, ON_ITS_WAY_MILLIS } from './ports.ts'
import { difference } from './tally.ts'

export type AccountAudit = {
  readonly facts: ReadonlyMap<FactKey, Fact>
  /** Where the money of each fact that brought some is. */
  readonly places: ReadonlyMap<FactKey, AuditSums>
  readonly found: readonly AuditSample[]
}

export async function auditAccount(ports: AccountPorts, account: Account): Promise<AccountAudit> {
  // The view first, as the fold does: facts that come in between are younger than it, and have their quarter of an hour.
  const view = isBillCode(account) || isSuspenseAccount(account) ? undefined : await ports.memberships.get(account)
  const facts = await ports.facts.ofAccount(account)
  const byKey = new Map(facts.map((fact) => [keyOf(fact), fact]))
  const say = (kind: Parameters<typeof difference>[0], fact: string) => difference(kind, account, fact)
  const wrongReasons = await Promise.all(facts.map((fact) => reasonMissing(ports, fact, byKey)))
  const found = facts.flatMap((fact, i) => (wrongReasons[i] ? [say(wrongReasons[i], keyOf(fact))] : []))
  if (isBillCode(account) || isSuspenseAccount(account))
    return { facts: byKey, places: wholePlaces(facts, isBillCode(account) ? 'billed' : 'suspense'), found }
  const allocation = allocate(facts, ports.rules)
  found.push(...wrongPlaces(facts, allocation).map((key) => say('places-differ', key)))
  const isQuiet = facts.every(({ recordedAt }) => recordedAt < ports.now() - ON_ITS_WAY_MILLIS)
  if (isQuiet && !viewAgrees(facts, allocation, view)) found.push(say('view-differs', ''))
  return { facts: byKey, places: placesOf(allocation), found }
}

function viewAgrees(facts: readonly Fact[], { byFact }: Allocation, view: MembershipView | undefined): boolean {
  if (!facts.some(({ kind }) => kind === 'terms')) return view === undefined
  const credit = byFact.reduce((sum, place) => sum + place.credit, 0)
  const last = byFact.flatMap(({ months }) => months).reduce((a, b) => (a > b ? a : b), '')
  return view !== undefined && view.credit === credit && (view.paidThrough ?? '') === last
}

/** What a fact needs to be there besides it, and is not; undefined where nothing is missing. */
async function reasonMissing(ports: AccountPorts, fact: Fact, facts: ReadonlyMap<FactKey, Fact>) {
  switch (fact.kind) {
    case 'payment':
      return decisionMissing(ports, fact)
    case 'share':
      return (await hasBillPayment(ports, fact)) ? undefined : 'share-without-payment'
    case 'posting':
      if (isRelease(fact)) return releaseMissing(ports, fact)
      return (await isResolved(ports, fact)) ? undefined : 'fact-without-resolution'
    case 'reversal':
    case 'suspension': {
      const moved = facts.get(fact.kind === 'reversal' ? fact.reverses : fact.moves)
      if (!moved || !isMoney(moved) || moved.amount !== fact.amount) return 'moves-nothing'
      // A share's goes with its bill's, which has the resolution.
      if (moved.kind === 'share') return undefined
      if (isRelease(fact)) return releaseMissing(ports, fact)
      return fact.source !== 'finance' || (await isResolved(ports, fact)) ? undefined : 'fact-without-resolution'
    }
    case 'refund': {
      const moved = facts.get(fact.refunds)
      return moved && isMoney(moved) ? refundMissing(ports, fact, moved) : 'moves-nothing'
    }
    case 'closing':
    case 'reopening':
      return (await isClosureApproved(ports, fact)) ? undefined : 'fact-without-resolution'
    default:
      return undefined
  }
}

async function decisionMissing({ decisions, chainAt }: AccountPorts, fact: PaymentFact) {
  const decision = await decisions.get(fact.source, fact.id[0] ?? '')
  if (!decision || !saysTheSame(decision, fact)) return 'fact-without-decision'
  if (decision.evidenceDigest !== null) return undefined
  // Posted from settlement: nobody signed a request, two people decided it.
  const isPosted = decision.settledAmount !== null && isApproved(await chainAt(decision.decidedAt), fact.source)
  return isPosted ? undefined : 'decision-without-evidence'
}

function saysTheSame({ outcome, account, decidedAt }: PaymentDecision, fact: PaymentFact): boolean {
  if (outcome.kind !== 'accepted' || account !== fact.account || decidedAt !== fact.decidedAt) return false
  return outcome.terms.amount === fact.amount && outcome.terms.businessDate === fact.businessDate
}

async function hasBillPayment({ facts }: AccountPorts, { billCode, source, paymentId, decidedAt }: ShareFact) {
  const payment = await facts.get(billCode, factKey('payment', source, [paymentId]))
  return payment?.decidedAt === decidedAt
}

/** A fact of finance is decided at the instant of its approval, which stands in the audit chain. */
async function isResolved({ chainAt }: AccountPorts, { kind, id, decidedAt }: Fact): Promise<boolean> {
  const entries = await chainAt(decidedAt)
  if (kind === 'suspension') return entries.some(({ action, subject }) => action === 'approved' && subject === id[0])
  return isApproved(entries, id[0] ?? '') || (kind === 'reversal' && isExitApproved(entries, id))
}

/** As functions/serve-console/memberships/closure.ts wrote it: an approval of this very act, for the same reason, at that instant. */
async function isClosureApproved({ chainAt }: AccountPorts, fact: ClosingFact | ReopeningFact): Promise<boolean> {
  const subject = closureSubject(fact.account as Kpj)
  const { reason: why, ...act } = actOf(fact)
  return (await chainAt(fact.decidedAt)).some((entry) => {
    if (entry.action !== 'approved' || entry.subject !== subject) return false
    const { request, reason } = entry.detail as { request?: Partial<ClosureAct>; reason?: string }
    return request?.action === act.action && request.on === act.on && reason === why
  })
}

/** The id of a difference begins with its channel. */
function isApproved(entries: readonly AuditEntry[], channel: string): boolean {
  return entries.some(({ action, subject }) => action === 'approved' && subject.startsWith(`${channel}-`))
}
