/**
 * Who is meant by a customer id, and what is due: shared by inquiry, which shows it, and payment, which must match it.
 * Reads are consistent. Writes nothing. A repeat never comes here: it uses the account that its decision holds.
 */
import type { Expected, PricedMonth, Quoted } from '../../shared/channel-port/channel.ts'
import type { Account } from '../../shared/domain/account.ts'
import { type Allocation, allocate, latest, monthsOf } from '../../shared/domain/allocation.ts'
import type { BillCode } from '../../shared/domain/bill-code.ts'
import { dueDateOf } from '../../shared/domain/calendar.ts'
import { openClosure } from '../../shared/domain/closures.ts'
import { classifyCustomerId } from '../../shared/domain/customer-id.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { type FactKey, type PricedRun, parseFactKey } from '../../shared/domain/fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { type Rupiah, ZERO } from '../../shared/domain/money.ts'
import type { Month } from '../../shared/domain/month.ts'
import { quoteOf } from '../../shared/domain/quote.ts'
import type { RefusalCode } from '../../shared/domain/refusal.ts'
import type { Bill, BillMember } from '../../shared/store/bills/bills.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { EndpointPorts } from './ports.ts'

/** An open account that pays by NIK or KPJ, as the stores have it. `now` is never earlier than the view's `asOf`. */
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

/** Finds the account behind a customer id; undefined is `unknown-customer`. `expects` is what the partner's product code allows. */
export async function resolve(
  endpoint: EndpointPorts,
  customerId: string,
  expects: Expected | undefined,
): Promise<Payable | undefined> {
  const id = classifyCustomerId(customerId, businessDateOf(endpoint.now()))
  if (id.kind === 'unknown' || (expects !== undefined && (expects === 'bill') !== (id.kind === 'bill-code')))
    return undefined
  if (id.kind === 'bill-code') return resolveBill(endpoint, id.billCode)
  const kpj =
    id.kind === 'kpj' ? id.kpj : await endpoint.decisions.selfPaidMembership(endpoint.digests.participant(id.nik))
  if (kpj === undefined) return undefined
  const { allocation, contact, now } = await readMember(endpoint, kpj)
  return { kind: 'member', kpj, allocation, contact, now }
}

/** The quote for `months` of what was resolved, or the first refusal that applies. */
export function dueFor(endpoint: EndpointPorts, payable: Payable, months: number): Due | NotDue {
  if (payable.kind === 'bill') return dueOnBill(payable)
  const { kpj, allocation, now } = payable
  const quote = quoteOf(allocation, months, now, endpoint.rules, 'member')
  if (quote.outcome === 'refused') {
    return { outcome: 'refused', code: quote.code === 'not-payable' ? 'unknown-customer' : 'already-paid' }
  }
  const { runs, creditDrawn, amount, reaches } = quote
  const dueDate = dueDateOf(quote.months[0]?.month as Month)
  return { outcome: 'due', account: kpj, kpj, billCode: null, runs, creditDrawn, amount, paidThrough: reaches, dueDate }
}

/** Rendered for an inquiry; nothing is bound by it. */
export function quoted(endpoint: EndpointPorts, payable: Payable, due: Due, hubReference: string): Quoted {
  const { kpj, creditDrawn, amount, paidThrough, dueDate, billCode } = due
  return {
    outcome: 'quoted',
    hubReference,
    customerName: heldNameAt(payable.contact, payable.now)?.name ?? '',
    kpj,
    months: pricedMonths(due.runs),
    creditDrawn,
    amount,
    adminFee: adminFeeAt(endpoint, payable.now) ?? ZERO,
    paidThrough,
    dueDate,
    billCode,
    quotedAt: payable.now,
  }
}

/** The customer's admin fee at this channel on the WIB date of `at`; null where the protocol carries none. */
export function adminFeeAt(endpoint: EndpointPorts, at: Instant): Rupiah | null {
  return endpoint.channel.adminFee && inForce('adminFee', endpoint.channel.adminFee, businessDateOf(at))
}

/** The masked name that holds at `at`: an answer prints it, and a decision keeps since when it had held, so that repeats print it too. */
export function heldNameAt(contact: Contact | undefined, at: Instant): Contact['maskedNames'][number] | undefined {
  return contact?.maskedNames.findLast(({ from }) => from <= at) ?? contact?.maskedNames[0]
}

export function pricedMonths(runs: readonly PricedRun[]): readonly PricedMonth[] {
  return monthsOf(runs)
}

async function resolveBill(endpoint: EndpointPorts, billCode: BillCode): Promise<PayableBill | undefined> {
  const bill = await endpoint.bills.get(billCode)
  if (!bill) return undefined
  if (bill.kpj === null) return { kind: 'bill', bill, member: null, contact: undefined, now: endpoint.now() }
  const [members, { allocation, contact, now }] = await Promise.all([
    endpoint.bills.members(billCode, 1),
    readMember(endpoint, bill.kpj),
  ])
  const member = members?.[0]
  return { kind: 'bill', bill, member: member ? { ...member, allocation } : null, contact, now }
}

function dueOnBill({ bill, member, now }: PayableBill): Due | NotDue {
  if (now > bill.validUntilInstant || (member && isChanged(bill, member, now)))
    return { outcome: 'refused', code: 'expired' }
  if (bill.paidBy !== null) return { outcome: 'refused', code: 'already-paid' }
  const runs =
    member?.months ?? bill.months.map((first) => ({ first, count: 1, price: { jkk: ZERO, jkm: ZERO, jht: ZERO } }))
  const paidThrough =
    member && latest([...bill.months.map((month) => ({ month })), ...member.allocation.paidMonths.values()])
  const dueDate = businessDateOf(bill.validUntilInstant)
  return {
    outcome: 'due',
    account: bill.billCode,
    kpj: bill.kpj,
    billCode: bill.billCode,
    runs,
    creditDrawn: ZERO,
    amount: bill.amount,
    paidThrough,
    dueDate,
  }
}

/**
 * One of its months is paid otherwise, or the member is closed. Its own share is not "otherwise", not even that of a
 * payment whose reversal has cleared paid-by and has not reached the member's account yet.
 */
function isChanged(bill: Bill, member: NonNullable<PayableBill['member']>, now: Instant): boolean {
  if (openClosure(member.allocation.closures, now)) return true
  return bill.months.some((month) => {
    const held = member.allocation.paidMonths.get(month)
    return held !== undefined && !isShareOf(bill.billCode, held.by)
  })
}

/** A share's key is `share#<channel>#<bill code>#…`: functions/apply-bill-payment. */
function isShareOf(billCode: BillCode, key: FactKey): boolean {
  const parts = parseFactKey(key)
  return parts?.kind === 'share' && parts.id[0] === billCode
}

async function readMember(endpoint: EndpointPorts, kpj: Kpj) {
  const [view, facts, contact] = await Promise.all([
    endpoint.memberships.get(kpj),
    endpoint.facts.ofAccount(kpj),
    endpoint.contacts.get(kpj),
  ])
  const now = Math.max(endpoint.now(), view?.asOf ?? 0) as Instant
  return { allocation: allocate(facts, endpoint.rules), contact, now }
}
