/**
 * `post`: money that a channel has collected and the hub has no payment for. It becomes the payment that it should have been,
 * or lies in suspense where the hub cannot say whose it is.
 *
 * Promise: a late advice of the same payment gets its first answer: the decision is put as the endpoint would have, compared later on
 * customer and amount (functions/answer-channel/replay.ts). Never two payments of one id, whoever comes first.
 */
import { type Account, suspenseAccount } from '../../shared/domain/account.ts'
import { type Allocation, latest, termsIn } from '../../shared/domain/allocation.ts'
import { openClosure } from '../../shared/domain/closures.ts'
import { keyOf, type PostingFact } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { type Rupiah, ZERO } from '../../shared/domain/money.ts'
import { firstPayableMonth } from '../../shared/domain/quote.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { SettledLine } from '../../shared/domain/settlement/line.ts'
import { isAccepted } from '../../shared/ledger/accepted-decision.ts'
import { putDecision } from '../../shared/ledger/decide.ts'
import { draftAccepted, draftRefused, type PaidFor } from '../../shared/ledger/draft-decision.ts'
import { dueForAmount, dueOnBill, type Payable, type PayingMember, resolvePayer } from '../../shared/ledger/payer.ts'
import { healPaymentFact, notBefore, readPaymentFacts } from '../../shared/ledger/payment-facts.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { Resolution } from '../../shared/store/settlements/records.ts'
import { findPosted, isTakenBack } from './find-posted.ts'
import type { SettlementPorts } from './ports.ts'
import { lineOfFile } from './read-file.ts'

export async function postUnrecordedPayment(ports: SettlementPorts, resolution: Resolution): Promise<string> {
  const { channel, finding } = resolution
  const line = await lineOfFile(ports, resolution)
  const paymentId = idToPost(resolution)
  if (paymentId !== finding.paymentId || line.paymentId !== paymentId) return suspense(ports, resolution, line)
  const known = await ports.decisions.get(channel, paymentId)
  const decision = known ?? (await putDecision(ports, await draftDecision(ports, resolution, line))).decision
  return postDecided(ports, resolution, line, decision)
}

/** The id under which money is posted: of a line whose id cannot be trusted or is missing, the line's own place. */
export function idToPost({ finding, date }: Pick<Resolution, 'finding' | 'date'>): string {
  if (finding.class !== 'ambiguous' && finding.paymentId !== '') return finding.paymentId
  return `${date}/line/${finding.lines[0] ?? 0}`
}

/** What was accepted and not reversed only lacks its fact; everything else was decided against, here or at the endpoint. */
async function postDecided(
  ports: SettlementPorts,
  resolution: Resolution,
  line: SettledLine,
  decision: PaymentDecision,
): Promise<string> {
  if (!isAccepted(decision)) return suspense(ports, resolution, line)
  const facts = await readPaymentFacts(ports.facts, decision, ['payment', 'channelReversal', 'financeReversal'])
  if (facts.channelReversal || facts.financeReversal) return suspense(ports, resolution, line)
  // Released from suspense and taken back since: the channel has the money again, under an id of ours that is used up.
  const money = await findPosted(ports, resolution.channel, resolution.finding.paymentId)
  if (money && money.account !== decision.account && (await isTakenBack(ports, money.fact))) {
    return suspense(ports, resolution, line)
  }
  await noteAccount(ports, decision.decidedAt, decision.account)
  await healPaymentFact(ports, decision, facts)
  return 'payment'
}

/**
 * The decision that the endpoint would have put: accepted where somebody owes this, else refused as an unknown customer, so that an
 * advice that comes later cannot become a second payment beside the money in suspense.
 */
async function draftDecision(
  ports: SettlementPorts,
  resolution: Resolution,
  line: SettledLine,
): Promise<PaymentDecision> {
  const { channel, approvedAt, date } = resolution
  const { paymentId, amount, at, adminFee, outlet } = line
  const undecided = {
    channel,
    paymentId,
    customerDigest: ports.digests.ofCustomer(line.customerId),
    factsDigest: null,
    settledAmount: amount,
    decidedAt: approvedAt,
    hubReference: ports.digests.reference(channel, paymentId),
    evidenceDigest: null,
  }
  const payable = await resolvePayer({ ...ports, memberships: null, now: () => approvedAt }, line.customerId)
  const paid = payable && paidBy(ports.rules, payable, amount)
  if (!paid) return draftRefused(undecided, 'unknown-customer')
  const collected = { partnerAt: at, businessDate: date, amount, adminFee: adminFee ?? ZERO, outlet }
  return draftAccepted(undecided, paid, collected, payable.contact)
}

/** What the money pays. undefined: the endpoint would have called the payer an unknown customer, or the bill asks for another amount. */
function paidBy(rules: Rules, payable: Payable, amount: Rupiah): PaidFor | undefined {
  if (payable.kind === 'member') return paidByMember(rules, payable, amount)
  // A bill is paid whole or not at all.
  const { bill } = payable
  return bill.amount === amount && bill.paidBy === null && !bill.replacedBy && bill.changedAt === undefined
    ? dueOnBill(payable)
    : undefined
}

/** Months only where a quote says exactly this amount; other money goes to the oldest payable month and to credit by the fold. */
function paidByMember(rules: Rules, member: PayingMember, amount: Rupiah): PaidFor | undefined {
  const { kpj, allocation, now } = member
  if (!mayPayForItself(allocation, now, rules)) return undefined
  const due = dueForAmount(rules, member, amount)
  if (due.outcome === 'due' && due.amount === amount) return due
  return { account: kpj, kpj, runs: [], creditDrawn: ZERO, paidThrough: latest(allocation.paidMonths.values()) }
}

/** Who is sponsored is an unknown customer. Money for a closed membership belongs to it: the fold suspends it. */
function mayPayForItself(allocation: Allocation, at: Instant, rules: Rules): boolean {
  if (allocation.terms.length === 0) return false
  if (openClosure(allocation.closures, at)) return true
  return termsIn(allocation.terms, firstPayableMonth(allocation, at, rules))?.terms.funding === 'self'
}

/** No account is known for it: kept under the id that the file names, until somebody finds out whose it is. */
async function suspense(ports: SettlementPorts, resolution: Resolution, line: SettledLine): Promise<string> {
  const { channel, date, approvedAt } = resolution
  const paymentId = idToPost(resolution)
  const recordedAt = notBefore(ports.now(), approvedAt)
  const fact: PostingFact = {
    kind: 'posting',
    account: suspenseAccount(channel, paymentId),
    source: 'settlement',
    id: [channel, paymentId],
    decidedAt: approvedAt,
    recordedAt,
    businessDate: date,
    amount: line.amount,
    months: [],
    creditDrawn: ZERO,
  }
  await noteAccount(ports, approvedAt, fact.account)
  await ports.settlements.noteSuspense({ account: fact.account, fact: keyOf(fact), since: date })
  await ports.facts.put(fact)
  return 'suspense'
}

/** The journal of the day on which a fact is recorded looks at its account: noted before the fact is put. */
export async function noteAccount(
  { settlements, now }: Pick<SettlementPorts, 'settlements' | 'now'>,
  decidedAt: Instant,
  account: Account,
): Promise<void> {
  await settlements.noteAccount(businessDateOf(notBefore(now(), decidedAt)), account)
}
