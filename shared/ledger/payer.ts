/**
 * Who is meant by a customer id, and what is due: shared by inquiry, which shows it, payment, which must match it, and
 * settlement, which posts money by it. Reads are consistent. Writes nothing. A repeat never comes here: it uses the account
 * that its decision holds.
 */
import type { Expected } from '../channel-port/channel.ts'
import type { Account } from '../domain/account.ts'
import { type Allocation, allocate, latest } from '../domain/allocation.ts'
import type { BillCode } from '../domain/bill-code.ts'
import { dueDateOf } from '../domain/calendar.ts'
import { openClosure } from '../domain/closures.ts'
import { classifyCustomerId } from '../domain/customer-id.ts'
import { type Fact, type FactKey, type PricedRun, parseFactKey } from '../domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../domain/instant.ts'
import type { Kpj } from '../domain/kpj.ts'
import { type Rupiah, ZERO } from '../domain/money.ts'
import type { Month } from '../domain/month.ts'
import { MONTH_COUNTS } from '../domain/month-count.ts'
import type { ParticipantHash } from '../domain/participant.ts'
import { quoteOf } from '../domain/quote.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { Rules } from '../domain/rules.ts'
import type { Bill, BillMember, BillStore } from '../store/bills/bills.ts'
import type { Contact, ContactStore } from '../store/contacts/contacts.ts'
import type { FactStore } from '../store/facts/facts.ts'
import type { FoldTimes } from '../store/memberships/memberships.ts'
import type { PaymentDecisionStore } from '../store/payment-decisions/payment-decisions.ts'
import { notBefore } from './payment-facts.ts'

export type AccountPorts = {
  readonly decisions: Pick<PaymentDecisionStore, 'selfPaidMembership'>
  readonly digests: { readonly participant: (nik: string) => ParticipantHash }
}

export type PayerPorts = AccountPorts & {
  readonly facts: Pick<FactStore, 'ofAccount'>
  readonly contacts: Pick<ContactStore, 'get'>
  readonly bills: Pick<BillStore, 'get' | 'members'>
  /** Nothing is decided before the view was folded. null: the caller decides at a given instant, whatever the view says. */
  readonly memberships: FoldTimes | null
  readonly rules: Rules
  readonly now: () => Instant
}

/** An account that is named by NIK or KPJ, as the stores have it. `now` is never earlier than the view's `asOf` and the facts. */
export type PayingMember = {
  readonly kind: 'member'
  readonly kpj: Kpj
  readonly allocation: Allocation
  readonly contact: Contact | undefined
  readonly now: Instant
}
/** A bill, with its one member where there is one. */
export type PayableBill = {
  readonly kind: 'bill'
  readonly bill: Bill
  readonly member: (BillMember & { readonly allocation: Allocation }) | null
  readonly contact: Contact | undefined
  readonly now: Instant
}
export type Payable = PayingMember | PayableBill

/** What is payable by an id; undefined is `unknown-customer`. */
export type ReadPayer = () => Promise<Payable | undefined>

/** What is due, for one number of months. */
export type Due = {
  readonly outcome: 'due'
  readonly account: Account
  readonly kpj: Kpj | null
  readonly billCode: BillCode | null
  readonly runs: readonly PricedRun[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  readonly paidThrough: Month | null
  readonly dueDate: BusinessDate
}
export type NotDue = { readonly outcome: 'refused'; readonly code: RefusalCode }

export type NamedAccount =
  | { readonly kind: 'member'; readonly kpj: Kpj }
  | { readonly kind: 'bill'; readonly billCode: BillCode }

/** The account that a customer id names, by its form and, for a NIK, by the one membership that pays for itself. */
export async function namedAccount(
  { decisions, digests }: AccountPorts,
  customerId: string,
  on: BusinessDate,
): Promise<NamedAccount | undefined> {
  const id = classifyCustomerId(customerId, on)
  if (id.kind === 'unknown') return undefined
  if (id.kind === 'bill-code') return { kind: 'bill', billCode: id.billCode }
  const kpj = id.kind === 'kpj' ? id.kpj : await decisions.selfPaidMembership(digests.participant(id.nik))
  return kpj === undefined ? undefined : { kind: 'member', kpj }
}

/** The account with all that a quote needs; undefined is `unknown-customer`. `expects` is what the partner's product code allows. */
export async function resolvePayer(
  ports: PayerPorts,
  customerId: string,
  expects?: Expected | undefined,
): Promise<Payable | undefined> {
  const read = await readerOfPayer(ports, customerId, expects)
  return read()
}

/**
 * A KPJ or a bill code says the account itself: all that is payable is read before this comes back, beside whatever its caller waits
 * for. By a NIK the account alone is looked up, and read when the caller asks.
 */
export async function readerOfPayer(
  ports: PayerPorts,
  customerId: string,
  expects: Expected | undefined,
): Promise<ReadPayer> {
  const on = businessDateOf(ports.now())
  const { kind } = classifyCustomerId(customerId, on)
  const isOther = expects !== undefined && (expects === 'bill') !== (kind === 'bill-code')
  const named = isOther ? undefined : await namedAccount(ports, customerId, on)
  const read = () => readPayable(ports, named)
  if (kind === 'nik') return read
  const payable = await read()
  return async () => payable
}

async function readPayable(ports: PayerPorts, named: NamedAccount | undefined): Promise<Payable | undefined> {
  if (!named) return undefined
  if (named.kind === 'bill') return readBill(ports, named.billCode)
  const { kpj } = named
  return { kind: 'member', kpj, ...(await readMember(ports, kpj)) }
}

/** The quote for `months` of what was resolved, or the first refusal that applies. */
export function dueFor(rules: Rules, payable: Payable, months: number): Due | NotDue {
  if (payable.kind === 'bill') return refusalOfBill(payable) ?? dueOnBill(payable)
  const { kpj, allocation, now } = payable
  const quote = quoteOf(allocation, months, now, rules, 'member')
  if (quote.outcome === 'refused') {
    return { outcome: 'refused', code: quote.code === 'not-payable' ? 'unknown-customer' : 'already-paid' }
  }
  const { runs, creditDrawn, amount, reaches } = quote
  const dueDate = dueDateOf(quote.months[0]?.month as Month)
  return { outcome: 'due', account: kpj, kpj, billCode: null, runs, creditDrawn, amount, paidThrough: reaches, dueDate }
}

/** Where no months are named: the one number of months whose quote is exactly `amount`. */
export function dueForAmount(rules: Rules, payable: Payable, amount: Rupiah): Due | NotDue {
  const first = dueFor(rules, payable, 1)
  if (first.outcome === 'refused' || payable.kind === 'bill') return first
  for (const months of MONTH_COUNTS) {
    const due = dueFor(rules, payable, months)
    if (due.outcome === 'due' && due.amount === amount) return due
  }
  return { outcome: 'refused', code: 'wrong-amount' }
}

/** What a bill asks for, whether it may still be paid or not. A bill of many names its months; the prices are in the shares. */
export function dueOnBill({ bill, member }: PayableBill): Due {
  const free = { jkk: ZERO, jkm: ZERO, jht: ZERO }
  const paidThrough =
    member && latest([...bill.months.map((month) => ({ month })), ...member.allocation.paidMonths.values()])
  return {
    outcome: 'due',
    account: bill.billCode,
    kpj: bill.kpj,
    billCode: bill.billCode,
    runs: member?.months ?? bill.months.map((first) => ({ first, count: 1, price: free })),
    creditDrawn: ZERO,
    amount: bill.amount,
    paidThrough,
    dueDate: businessDateOf(bill.validUntilInstant),
  }
}

function refusalOfBill({ bill, member, now }: PayableBill): NotDue | undefined {
  const isOver = now > bill.validUntilInstant || bill.replacedBy !== undefined || bill.changedAt !== undefined
  if (isOver || (member && isChanged(bill, member, now))) return { outcome: 'refused', code: 'expired' }
  return bill.paidBy === null ? undefined : { outcome: 'refused', code: 'already-paid' }
}

/**
 * One of its months is paid otherwise, or the member is closed. Its own share is not "otherwise", not even that of a
 * payment whose reversal has cleared paid-by and has not reached the member's account yet.
 */
function isChanged(bill: Bill, member: NonNullable<PayableBill['member']>, now: Instant): boolean {
  if (openClosure(member.allocation.closures, now)) return true
  return bill.months.some((month) => {
    const paid = member.allocation.paidMonths.get(month)
    return paid !== undefined && !isShareOf(bill.billCode, paid.by)
  })
}

/** A share's key is `share#<channel>#<bill code>#…`: functions/apply-bill-payment. */
function isShareOf(billCode: BillCode, key: FactKey): boolean {
  const parts = parseFactKey(key)
  return parts?.kind === 'share' && parts.id[0] === billCode
}

async function readBill(ports: PayerPorts, billCode: BillCode): Promise<PayableBill | undefined> {
  const bill = await ports.bills.get(billCode)
  if (!bill) return undefined
  if (bill.kpj === null) return { kind: 'bill', bill, member: null, contact: undefined, now: ports.now() }
  const [members, { allocation, contact, now }] = await Promise.all([
    ports.bills.members(billCode, 1),
    readMember(ports, bill.kpj),
  ])
  const member = members?.[0]
  return { kind: 'bill', bill, member: member ? { ...member, allocation } : null, contact, now }
}

async function readMember(ports: PayerPorts, kpj: Kpj) {
  const [view, facts, contact] = await Promise.all([
    ports.memberships?.get(kpj),
    ports.facts.ofAccount(kpj),
    ports.contacts.get(kpj),
  ])
  const now = view ? afterFacts(notBefore(ports.now(), view.asOf), facts) : ports.now()
  return { allocation: allocate(facts, ports.rules), contact, now }
}

/** Clocks of two machines differ by milliseconds; one that is ahead by more than this is wrong, and nothing goes by it. */
const MOST_AHEAD_MILLIS = 60_000

/**
 * What was read came first, also where a clock that is ahead decided it: money that is decided before the reopening that let it in
 * would go to suspense, and credit could not be drawn before the money that left it.
 */
function afterFacts(now: Instant, facts: readonly Fact[]): Instant {
  const ahead = facts.flatMap(({ decidedAt }) => (decidedAt <= now + MOST_AHEAD_MILLIS ? [decidedAt] : []))
  const last = Math.max(...ahead)
  return (last > now ? last + 1 : now) as Instant
}
