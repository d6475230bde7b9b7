/**
 * Makes the plan of members.ts true: registers everybody through the console, lets the endpoints take the past, has sponsors'
 * bills paid and memberships closed. Promises that a second run, also after a crash in the middle, changes nothing: the same
 * rows, the same payment ids with the same facts, the same closings. Knows no files; index.ts hands it the hub.
 */
import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import type { Partner, PartnerAnswer, PartnerPayment, PartnerReversal } from '../../shared/channel-port/partner.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { addDays, businessDateOf, type Instant, instant } from '../../shared/domain/instant.ts'
import { rupiah } from '../../shared/domain/money.ts'
import { addMonths, monthOf } from '../../shared/domain/month.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { priceOf, type Terms, totalOf } from '../../shared/domain/tariff.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { CollectedLine, Collections } from '../partner-simulator/collections.ts'
import type { ConsoleCalls } from './console-calls.ts'
import type { PastPayment } from './history.ts'
import type { DemoMember } from './members.ts'
import type { PastEndpoint } from './past-payments.ts'

export type DemoTerminal = {
  readonly profile: ChannelProfile
  readonly past: PastEndpoint
  /** The same partner at the deployed endpoint, today. */
  readonly today: Partner
}

export type DemoParts = {
  readonly console: ConsoleCalls
  readonly terminals: ReadonlyMap<string, DemoTerminal>
  readonly decisions: Pick<PaymentDecisionStore, 'get'>
  /** The partners' own books of the last days. */
  readonly collections: Pick<Collections, 'record'>
  readonly now: () => number
}

export type Loaded = { readonly memberships: number; readonly payments: number; readonly bills: number }

const AT_ONCE = 16
const ROWS_PER_FILE = 250
const MINUTE = 60_000
const DAY = 86_400_000
/** Older days are settled and forgotten: the back office delivers the last three (../partners/office.ts). */
const COLLECTED_DAYS = 5

export async function loadMembers(parts: DemoParts, members: readonly DemoMember[], asOf: Instant): Promise<Loaded> {
  await register(parts.console, members)
  const tasks = members.map((member) => async () => {
    await playPast(parts, member, asOf)
    if (member.paysBill) await payBill(parts, member, asOf)
    if (member.closing) await parts.console.closeMembership(member.kpj, member.closing)
  })
  await inParallel(tasks, AT_ONCE)
  return {
    memberships: members.length,
    payments: members.reduce((sum, { payments }) => sum + payments.length, 0),
    bills: members.filter(({ paysBill }) => paysBill).length,
  }
}

/** A few files instead of one: none is near the gateway's limits. Everything is accepted, or was there before. */
async function register(console: ConsoleCalls, members: readonly DemoMember[]): Promise<void> {
  for (let from = 0; from < members.length; from += ROWS_PER_FILE) {
    const { refused } = await console.importRows(members.slice(from, from + ROWS_PER_FILE))
    const [first] = refused
    if (first) throw new Error(`expected every demo row to be accepted, ${refused.length} were refused: ${first.code}`)
  }
}

async function playPast(parts: DemoParts, member: DemoMember, asOf: Instant): Promise<void> {
  for (const [index, planned] of member.payments.entries()) {
    const { channel, at, months, isReversed } = planned
    const { profile, past } = terminalOf(parts.terminals, channel)
    const id = `DEMO-${String(member.index).padStart(4, '0')}-${index + 1}`
    const adminFeeRupiah = profile.adminFee ? inForce('adminFee', profile.adminFee, businessDateOf(at)) : 0
    const call = { id, customerId: member.kpj, months, outlet: 'demo' }
    const payment = { ...call, amountRupiah: priceOfPayment(member, planned), adminFeeRupiah }
    const paid = await past.callAt(at, (partner) => partner.pay(payment))
    if (isReversed) await reversePayment(past, planned, call)
    else expectAccepted(paid, channel)
    if (at < asOf - COLLECTED_DAYS * DAY) continue
    const line = collectedLine(payment, at)
    parts.collections.record(channel, line)
    if (isReversed) parts.collections.record(channel, { ...line, at: at + MINUTE, status: 'R' })
  }
}

function collectedLine(
  { id, customerId, outlet, amountRupiah, adminFeeRupiah }: PartnerPayment,
  at: number,
): CollectedLine {
  return { id, customer: customerId, outlet, at, amount: amountRupiah, adminFee: adminFeeRupiah, status: 'S' }
}

async function reversePayment(
  past: PastEndpoint,
  payment: PastPayment,
  call: Omit<PartnerReversal, 'reason'>,
): Promise<void> {
  const reversal = { ...call, reason: 'wrong membership' }
  const answer = await past.callAt(instant(payment.at + MINUTE), async ({ reverse }) => reverse?.(reversal))
  if (answer) expectAccepted(answer, payment.channel)
}

/** By the tariff, as the inquiry would have said: the endpoint refuses any other amount. */
function priceOfPayment(member: DemoMember, { at, months }: PastPayment): number {
  const { sector, funding, programs, income } = member
  const terms: Terms = { sector, funding, programs, income: rupiah(income) }
  return Array.from({ length: months }, (_, i) =>
    totalOf(priceOf(RULES.tariff, addMonths(monthOf(at), i), terms)),
  ).reduce<number>((sum, price) => sum + price, 0)
}

/** Sponsors pay by bill code only, and codes exist from today on: this payment is of today, at a deployed endpoint. */
async function payBill(parts: DemoParts, member: DemoMember, asOf: Instant): Promise<void> {
  const names = [...parts.terminals.keys()]
  const channel = names[member.index % names.length] as string
  const id = `DEMO-${String(member.index).padStart(4, '0')}-BILL`
  if (await parts.decisions.get(channel, id)) return
  const validUntil = addDays(businessDateOf(asOf), 30)
  const billCode = await parts.console.issueBill({ kpj: member.kpj, months: 1, validUntil })
  await payToday(parts, { id, channel, billCode })
}

export type PaidToday = { readonly id: string; readonly channel: string; readonly billCode: string }

/** A bill at a deployed endpoint, for what it says is due; not again under the same id. */
export async function payToday(
  { terminals, decisions, collections, now }: Omit<DemoParts, 'console'>,
  { id, channel, billCode }: PaidToday,
): Promise<void> {
  if (await decisions.get(channel, id)) return
  const { today } = terminalOf(terminals, channel)
  const call = { id, customerId: billCode, months: 1, outlet: 'demo' }
  const due = await today.inquire(call)
  const money = { amountRupiah: due.amountRupiah ?? 0, adminFeeRupiah: due.adminFeeRupiah ?? 0 }
  const payment = { ...call, ...money }
  expectAccepted(await today.pay(payment), channel)
  collections.record(channel, collectedLine(payment, now()))
}

function terminalOf(terminals: DemoParts['terminals'], channel: string): DemoTerminal {
  const terminal = terminals.get(channel)
  if (terminal) return terminal
  throw new RangeError(`expected a terminal of a channel among ${[...terminals.keys()].join(', ')}, got "${channel}"`)
}

function expectAccepted(answer: PartnerAnswer, channel: string): void {
  if (answer.accepted) return
  const { status, code } = answer
  throw new Error(`expected ${channel} to accept what the demo paid, got HTTP ${status} with code "${code}"`)
}
