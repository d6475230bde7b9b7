/**
 * What the partners were answered against what is in the tables: the audit after the last kill.
 *
 * Promises that every payment id of either side is looked at, and that the fold it compares the views with is the auditor's
 * own (test/simulation/auditor), not the hub's. Reads nothing and repairs nothing.
 */
import {
  type Fact,
  factKey,
  factKindOf,
  type PaymentFact,
  type ReversalFact,
  type ShareFact,
} from '../../shared/domain/fact.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { type AuditedAccount, auditAccount, entryOf, keyOf, latestOf } from '../simulation/auditor/account-fold.ts'
import { monthText } from '../simulation/auditor/calendar.ts'
import { statusAt } from '../simulation/auditor/cover.ts'
import { isReversed, type RememberedPayment, tookTheMoney } from './partner-memory.ts'
import type { Stored } from './stored.ts'

/** In the order of the report. Each names payments or memberships. */
export const FINDINGS = [
  'lost',
  'doubled',
  'invented',
  'decided otherwise',
  'without its fact',
  'shared out wrongly',
  'missing in the day index',
  'view is not the fold',
  'sums differ',
] as const
export type Finding = (typeof FINDINGS)[number]
export type Findings = Readonly<Record<Finding, readonly string[]>>

export function reconcile(remembered: readonly RememberedPayment[], stored: Stored): Findings {
  const found = Object.fromEntries(FINDINGS.map((finding) => [finding, [] as string[]])) as Record<Finding, string[]>
  const books = factsById(stored.facts)
  for (const partnerPayment of remembered)
    onPayment(partnerPayment, books.get(nameOf(partnerPayment)) ?? NOTHING, found)
  const names = new Map(remembered.map((partnerPayment) => [nameOf(partnerPayment), partnerPayment]))
  for (const [name, { payments, reversals }] of books) {
    const partnerPayment = names.get(name)
    const tookIt = partnerPayment !== undefined && tookTheMoneyOrReversed(partnerPayment)
    if (payments.length > 0 && !tookIt) found.invented.push(`payment ${name}`)
    if (reversals.length > 0 && !(partnerPayment !== undefined && isReversed(partnerPayment)))
      found.invented.push(`reversal ${name}`)
  }
  onDecisions(stored, names, books, found)
  onIndex(stored, found)
  const net = onMemberships(stored, found)
  onSums(remembered, stored, net, found)
  return found
}

type Facts = { readonly payments: PaymentFact[]; readonly reversals: ReversalFact[]; readonly shares: ShareFact[] }
const NOTHING: Facts = { payments: [], reversals: [], shares: [] }

const nameOf = ({ channel, call }: RememberedPayment) => `${channel} ${call.id}`

function factsById(facts: readonly Fact[]): Map<string, Facts> {
  const byId = new Map<string, Facts>()
  const at = (name: string) => {
    const known = byId.get(name) ?? { payments: [], reversals: [], shares: [] }
    byId.set(name, known)
    return known
  }
  for (const fact of facts) {
    if (fact.kind === 'payment') at(`${fact.source} ${fact.id.join('#')}`).payments.push(fact)
    if (fact.kind === 'share') at(`${fact.id[1]} ${fact.paymentId}`).shares.push(fact)
    if (fact.kind === 'reversal' && factKindOf(fact.reverses) !== 'share')
      at(`${fact.source} ${fact.id.join('#')}`).reversals.push(fact)
  }
  return byId
}

/** Accepted once and reversed later leaves both facts; reversed first leaves none. */
function tookTheMoneyOrReversed(partnerPayment: RememberedPayment): boolean {
  return tookTheMoney(partnerPayment) || partnerPayment.answers.get('reversal')?.meaning === 'accepted'
}

function onPayment(
  partnerPayment: RememberedPayment,
  { payments, reversals, shares }: Facts,
  found: Record<Finding, string[]>,
): void {
  const name = nameOf(partnerPayment)
  const { customer, amount } = partnerPayment.call
  const isBill = customer.length === 16 && customer.startsWith('99')
  if (payments.length > 1 || reversals.length > 1 || shares.length > 1) found.doubled.push(name)
  if (!tookTheMoneyOrReversed(partnerPayment)) return
  const payment = payments[0]
  if (payment === undefined) found.lost.push(`payment ${name}`)
  else if (payment.amount !== amount || payment.account !== (isBill ? customer : partnerPayment.kpj))
    found['decided otherwise'].push(`${name}: account or amount of its fact`)
  if (partnerPayment.answers.get('reversal')?.meaning === 'accepted' && reversals.length === 0)
    found.lost.push(`reversal ${name}`)
  if (!isBill) return
  const share = shares[0]
  const isShared = share !== undefined && share.account === partnerPayment.kpj && share.amount === amount
  if (!isShared && !isReversed(partnerPayment)) found['shared out wrongly'].push(name)
}

/** The decision says what the partner was answered, and an accepted one has its fact. */
function onDecisions(
  { decisions, facts }: Stored,
  names: ReadonlyMap<string, RememberedPayment>,
  books: ReadonlyMap<string, Facts>,
  found: Record<Finding, string[]>,
): void {
  const keys = new Set(facts.map((fact) => `${fact.account} ${keyOf(fact)}`))
  const seen = new Set<string>()
  for (const decision of decisions) {
    const name = `${decision.channel} ${decision.paymentId}`
    seen.add(name)
    const partnerPayment = names.get(name)
    if (partnerPayment === undefined) found.invented.push(`decision ${name}`)
    else if (!outcomesAnswered(partnerPayment).includes(wordOf(decision)))
      found['decided otherwise'].push(`${name}: decision ${wordOf(decision)}`)
    if (decision.outcome.kind !== 'accepted') continue
    const fact = `${decision.account} ${factKey('payment', decision.channel, [decision.paymentId])}`
    if (!keys.has(fact)) found['without its fact'].push(name)
  }
  for (const [name, partnerPayment] of names)
    if (partnerPayment.answers.size > 0 && !seen.has(name)) found.lost.push(`decision ${name}`)
  for (const [name, { payments }] of books) {
    if (payments.length > 0 && !seen.has(name)) found.invented.push(`fact without decision ${name}`)
  }
}

function wordOf({ outcome: decision }: PaymentDecision): string {
  return decision.kind === 'refused' ? decision.code : decision.kind
}

function outcomesAnswered(partnerPayment: RememberedPayment): readonly string[] {
  const { answers } = partnerPayment
  const reversal = answers.get('reversal')?.meaning
  if (reversal === 'accepted') return ['accepted']
  if (reversal === 'unknown-original' && !answers.has('payment')) return ['reversed-first']
  const first = answers.get('payment')?.meaning
  return first === undefined ? [] : [first]
}

function onIndex({ facts, index }: Stored, found: Record<Finding, string[]>): void {
  const entries = new Map(index.map((entry) => [`${entry.account} ${entry.fact}`, entry]))
  for (const fact of facts) {
    const counts = fact.kind === 'payment' || (fact.kind === 'reversal' && factKindOf(fact.reverses) !== 'share')
    if (!counts) continue
    const key = `${fact.account} ${keyOf(fact)}`
    const entry = entries.get(key)
    if (entry?.amount !== fact.amount || entry.decidedAt !== fact.decidedAt) found['missing in the day index'].push(key)
  }
}

/** Compares each view with the auditor's fold; the money that lies in places of memberships, all together. */
function onMemberships({ facts, views }: Stored, found: Record<Finding, string[]>): number {
  const byAccount = Map.groupBy(facts, ({ account }) => account)
  const viewOf = new Map<string, MembershipView>(views.map((view) => [view.kpj, view]))
  let net = 0
  for (const [account, own] of byAccount) {
    if (account.length !== KPJ_DIGITS) continue
    const books = auditAccount(own.map(entryOf))
    for (const place of books.allocations.values())
      net += place.allocated + place.credit + place.billReturn + place.suspense
    const view = viewOf.get(account)
    const isTheFold =
      view !== undefined &&
      view.factCount === own.length &&
      view.credit === books.credit &&
      view.paidThrough === paidThroughOf(books) &&
      view.status === statusAt(books, view.asOf)
    if (!isTheFold) found['view is not the fold'].push(account)
  }
  for (const { kpj } of views) if (!byAccount.has(kpj)) found['view is not the fold'].push(kpj)
  return net
}

const KPJ_DIGITS = 11

function paidThroughOf({ paidMonths: holdings }: AuditedAccount): string | null {
  return holdings.size === 0 ? null : monthText(latestOf(holdings.keys()))
}

/** Four ways to the same rupiah: what was said at counters, the facts, the day index, the months and credits of members. */
function onSums(
  remembered: readonly RememberedPayment[],
  { facts, index }: Stored,
  net: number,
  found: Record<Finding, string[]>,
) {
  const sums = {
    'at the counters': remembered.reduce(
      (sum, partnerPayment) =>
        sum + (tookTheMoney(partnerPayment) && !isReversed(partnerPayment) ? partnerPayment.call.amount : 0),
      0,
    ),
    'in the facts': facts.reduce((sum, fact) => sum + signed(fact), 0),
    'in the day index': index.reduce((sum, { kind, amount }) => sum + amount * signOf(kind), 0),
    'in places of members': net,
  }
  if (new Set(Object.values(sums)).size === 1) return
  found['sums differ'].push(...Object.entries(sums).map(([where, rupiah]) => `${where} ${rupiah}`))
}

function signed(fact: Fact): number {
  if (fact.kind === 'payment') return fact.amount
  return fact.kind === 'reversal' && factKindOf(fact.reverses) !== 'share' ? -fact.amount : 0
}

function signOf(kind: Fact['kind']): number {
  return kind === 'payment' ? 1 : kind === 'reversal' ? -1 : 0
}
