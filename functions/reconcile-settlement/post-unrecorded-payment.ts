/**
 * `post`: money that a channel has collected and the hub has no payment for. It becomes the payment that it should have been,
 * or lies in suspense where the hub cannot say whose it is.
 *
 * Promise: a late advice of the same payment gets its first answer: the decision is put as the endpoint would have, compared later on
 * customer and amount (functions/answer-channel/replay.ts). Never two payments of one id, whoever comes first.
 */
import { type Account, suspenseAccount } from '../../shared/domain/account.ts'
import { type Allocation, allocate, latest, termsIn } from '../../shared/domain/allocation.ts'
import { type BillCode, isBillCode } from '../../shared/domain/bill-code.ts'
import { openClosure } from '../../shared/domain/closures.ts'
import { classifyCustomerId } from '../../shared/domain/customer-id.ts'
import {
  type Fact,
  type FactKey,
  factKey,
  keyOf,
  type PaymentFact,
  type PaymentTerms,
  type PostingFact,
} from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { type Rupiah, ZERO } from '../../shared/domain/money.ts'
import { MONTH_COUNTS } from '../../shared/domain/month-count.ts'
import { firstPayableMonth, type Quote, quoteOf } from '../../shared/domain/quote.ts'
import type { RefusalCode } from '../../shared/domain/refusal.ts'
import { RENDERER } from '../../shared/domain/renderer.ts'
import type { SettledLine } from '../../shared/domain/settlement/line.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { Resolution } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'
import { lineOfFile } from './read-file.ts'

/** A payment or posting in the ledger. */
export type Posted = {
  readonly account: Account
  readonly key: FactKey
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  /** Where it paid a bill. */
  readonly billCode: BillCode | null
  readonly fact: PaymentFact | PostingFact
}

/** Someone may decision the id between our look and our put. */
const TRIES = 3

export async function postUnrecordedPayment(ports: SettlementPorts, resolution: Resolution): Promise<string> {
  const { channel, finding } = resolution
  const line = await lineOfFile(ports, resolution)
  const paymentId = idToPost(resolution)
  if (paymentId !== finding.paymentId || line.paymentId !== paymentId) return suspense(ports, resolution, line)
  for (let tried = 0; tried < TRIES; tried++) {
    const decision = await ports.decisions.get(channel, paymentId)
    if (decision) return postDecided(ports, resolution, line, decision)
    const wanted = await decisionFor(ports, resolution, line)
    // Put or lost: the next look finds the decision that stands, and goes by it.
    const put =
      wanted.billCode === null
        ? await ports.decisions.put(wanted.decision)
        : await ports.decisions.putPayingBill(wanted.decision, wanted.billCode)
    if (put.outcome === 'already-paid') await ports.decisions.put(refusing(wanted.decision, 'already-paid'))
  }
  throw new Transient(
    'CLAIM_BUSY',
    `expected to decision a posted payment within ${TRIES} tries; the resolution comes again`,
  )
}

/** The id under which money is posted: of a line whose id cannot be trusted or is missing, the line's own place. */
export function idToPost({ finding, date }: Pick<Resolution, 'finding' | 'date'>): string {
  if (finding.class !== 'ambiguous' && finding.paymentId !== '') return finding.paymentId
  return `${date}/line/${finding.lines[0] ?? 0}`
}

/** The payment, or its money in suspense; undefined where the ledger has neither. */
export async function findPosted(
  { decisions, facts }: Pick<SettlementPorts, 'decisions' | 'facts'>,
  channel: string,
  paymentId: string,
): Promise<Posted | undefined> {
  const decision = await decisions.get(channel, paymentId)
  if (decision?.outcome.kind === 'accepted' && decision.account !== null) {
    const fact = await facts.get(decision.account, factKey('payment', channel, [paymentId]))
    if (fact?.kind === 'payment') return posted(fact, isBillCode(decision.account) ? decision.account : null)
  }
  const fact = await facts.get(
    suspenseAccount(channel, paymentId),
    factKey('posting', 'settlement', [channel, paymentId]),
  )
  return fact?.kind === 'posting' ? posted(fact, null) : undefined
}

/** A fact is never recorded before it was decided, also where clocks differ. */
export function recordedNow({ now }: Pick<SettlementPorts, 'now'>, decidedAt: Instant): Instant {
  return Math.max(now(), decidedAt) as Instant
}

/** Claimed before us: what was accepted and not reversed only lacks its fact; everything else was decided against. */
async function postDecided(
  ports: SettlementPorts,
  resolution: Resolution,
  line: SettledLine,
  decision: PaymentDecision,
): Promise<string> {
  const { account, channel, paymentId, decidedAt } = decision
  if (decision.outcome.kind !== 'accepted' || account === null) return suspense(ports, resolution, line)
  const reversals = await ports.facts.getMany(account, [
    factKey('reversal', channel, [paymentId]),
    factKey('reversal', 'finance', [channel, paymentId]),
  ])
  if (reversals.length > 0) return suspense(ports, resolution, line)
  const recordedAt = recordedNow(ports, decidedAt)
  const stamp = { kind: 'payment', account, source: channel, id: [paymentId], decidedAt, recordedAt } as const
  await ports.settlements.noteAccount(businessDateOf(recordedAt), account)
  await ports.facts.put({ ...stamp, ...decision.outcome.terms })
  return 'payment'
}

type DraftedDecision = { readonly decision: PaymentDecision; readonly billCode: BillCode | null }

/**
 * The decision that the endpoint would have put: accepted where somebody owes this, else refused as an unknown customer, so that an
 * advice that comes later cannot become a second payment beside the money in suspense.
 */
async function decisionFor(
  ports: SettlementPorts,
  resolution: Resolution,
  line: SettledLine,
): Promise<DraftedDecision> {
  const { channel, approvedAt } = resolution
  const { paymentId, amount } = line
  const owed = await owedBy(ports, resolution, line)
  const hubReference = ports.digests.reference(channel, paymentId)
  const undecided = {
    channel,
    paymentId,
    customerDigest: ports.digests.ofCustomer(line.customerId),
    factsDigest: null,
    settledAmount: amount,
    decidedAt: approvedAt,
    hubReference,
    evidenceDigest: null,
  }
  if (!owed) {
    const decided = { kind: 'refused', code: 'unknown-customer' } as const
    return { decision: { ...undecided, account: null, outcome: decided }, billCode: null }
  }
  const terms: PaymentTerms = {
    hubReference,
    partnerAt: line.at,
    businessDate: resolution.date,
    amount,
    adminFee: line.adminFee ?? ZERO,
    months: owed.runs,
    creditDrawn: owed.creditDrawn,
    outlet: line.outlet,
    paidThrough: owed.paidThrough,
    kpj: owed.kpj,
    renderer: RENDERER,
  }
  const decided = { kind: 'accepted', terms, nameFrom: nameFrom(owed.contact, approvedAt) } as const
  const decision: PaymentDecision = { ...undecided, account: owed.account, outcome: decided }
  return { decision, billCode: isBillCode(owed.account) ? owed.account : null }
}

function refusing(decision: PaymentDecision, code: RefusalCode): PaymentDecision {
  return { ...decision, account: null, outcome: { kind: 'refused', code } }
}

type Owed = Pick<Quote, 'runs' | 'creditDrawn'> & {
  readonly account: Account
  readonly kpj: Kpj | null
  readonly paidThrough: Quote['reaches'] | null
  readonly contact: Contact | undefined
}

async function owedBy(ports: SettlementPorts, resolution: Resolution, line: SettledLine): Promise<Owed | undefined> {
  const id = classifyCustomerId(line.customerId, businessDateOf(resolution.approvedAt))
  if (id.kind === 'unknown') return undefined
  if (id.kind === 'bill-code') return owedOnBill(ports, id.billCode, line.amount)
  const kpj = id.kind === 'kpj' ? id.kpj : await ports.decisions.selfPaidMembership(ports.digests.participant(id.nik))
  if (kpj === undefined) return undefined
  const [facts, contact] = await Promise.all([ports.facts.ofAccount(kpj), ports.contacts.get(kpj)])
  return owedByMember(ports, kpj, facts, contact, resolution.approvedAt, line.amount)
}

/** Months only where a quote says exactly this amount; other money goes to the oldest payable month and to credit by the fold. */
function owedByMember(
  { rules }: SettlementPorts,
  kpj: Kpj,
  facts: readonly Fact[],
  contact: Contact | undefined,
  at: Instant,
  amount: Rupiah,
): Owed | undefined {
  const allocation = allocate(facts, rules)
  if (!mayPayByOneself(allocation, at, rules)) return undefined
  const quote = MONTH_COUNTS.map((count) => quoteOf(allocation, count, at, rules, 'member')).find(
    (each) => each.outcome === 'quote' && each.amount === amount,
  )
  if (quote?.outcome === 'quote') {
    const { runs, creditDrawn, reaches } = quote
    return { account: kpj, kpj, runs, creditDrawn, paidThrough: reaches, contact }
  }
  return {
    account: kpj,
    kpj,
    runs: [],
    creditDrawn: ZERO,
    paidThrough: latest(allocation.paidMonths.values()),
    contact,
  }
}

/** A endpoint would have called anybody else an unknown customer. Money for a closed membership belongs to it: the fold suspends it. */
function mayPayByOneself(allocation: Allocation, at: Instant, rules: SettlementPorts['rules']): boolean {
  if (allocation.terms.length === 0) return false
  if (openClosure(allocation.closures, at)) return true
  return termsIn(allocation.terms, firstPayableMonth(allocation, at, rules))?.terms.funding === 'self'
}

/** A bill is paid whole or not at all. */
async function owedOnBill(ports: SettlementPorts, billCode: BillCode, amount: Rupiah): Promise<Owed | undefined> {
  const bill = await ports.bills.get(billCode)
  if (!bill || bill.amount !== amount || bill.paidBy !== null) return undefined
  const free = { jkk: ZERO, jkm: ZERO, jht: ZERO }
  // As the endpoint's payment of a bill for many: the months, whose prices stand in each member's share.
  const runs = bill.kpj === null ? bill.months.map((first) => ({ first, count: 1, price: free })) : []
  const member = bill.kpj === null ? undefined : (await ports.bills.members(billCode, 1))?.[0]
  const contact = bill.kpj === null ? undefined : await ports.contacts.get(bill.kpj)
  return {
    account: billCode,
    kpj: bill.kpj,
    runs: member?.months ?? runs,
    creditDrawn: ZERO,
    paidThrough: bill.kpj === null ? null : (bill.months.at(-1) ?? null),
    contact,
  }
}

/** Nobody's yet: kept under the id that the file names, until somebody finds out whose it is. */
async function suspense(ports: SettlementPorts, resolution: Resolution, line: SettledLine): Promise<string> {
  const { channel, date, approvedAt } = resolution
  const paymentId = idToPost(resolution)
  const recordedAt = recordedNow(ports, approvedAt)
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
  await ports.settlements.noteAccount(businessDateOf(recordedAt), fact.account)
  await ports.facts.put(fact)
  return 'suspense'
}

function posted(fact: PaymentFact | PostingFact, billCode: BillCode | null): Posted {
  const { account, businessDate, amount } = fact
  return { account, key: keyOf(fact), businessDate, amount, billCode, fact }
}

/** Since when the name had held that a late advice will print. */
function nameFrom(contact: Contact | undefined, at: Instant): Instant | null {
  return (contact?.maskedNames.findLast(({ from }) => from <= at) ?? contact?.maskedNames[0])?.from ?? null
}
