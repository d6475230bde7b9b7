/**
 * Endpoints on the in-memory store: one hub, any of its channels, a clock that a test sets, and faults where a test wants
 * them. Messages are said in a few words: `indomaret.pay({ paymentId: 'T1' })`; everything has a default.
 */

import { answerChannel } from '../../functions/answer-channel/answer-channel.ts'
import { endpointLimits } from '../../functions/answer-channel/limits.ts'
import type { Answered, EndpointPorts } from '../../functions/answer-channel/ports.ts'
import type { Answer, Inquiry, Message, Payment, Reversal } from '../../shared/channel-port/channel.ts'
import type { ChannelProfile } from '../../shared/channel-port/profile.ts'
import { channelNamed } from '../../shared/channels/registry.ts'
import { billCodeOf } from '../../shared/domain/bill-code.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import type { MonthCount } from '../../shared/domain/month-count.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { totalOf } from '../../shared/domain/tariff.ts'
import { endpointDigests } from '../../shared/ledger/payment-digests.ts'
import { prepareDigestKeys } from '../../shared/runtime/digests.ts'
import type { Bill, BillMember } from '../../shared/store/bills/bills.ts'
import type { SignedRequest } from '../../shared/store/evidence/evidence.ts'
import { at, FARMER, KPJ, quoted, terms } from './facts.ts'
import { memoryEndpointLimits } from './memory-endpoint-limits.ts'
import { memoryStore, type StoreOperation } from './memory-store.ts'

export const NIK = '3578011203850001'
export const BILL = billCodeOf(1)
/** A farmer's month in November and December 2026: half of Rp16,800. */
export const MONTH_PRICE = rupiah(8_400)
export const MASKED = 'BU*** SA***'
export const DIGEST_KEYS = prepareDigestKeys(
  JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } }),
)

export type Hub = ReturnType<typeof hubOn>
export type Counter = ReturnType<typeof counterOf>
type Hook = (operation: StoreOperation) => Promise<void>

/** An empty hub at 20 November 2026, 10:00 WIB. */
export function hubOn(options: { readonly now?: string } = {}) {
  const hook: { current: Hook } = { current: async () => {} }
  const store = memoryStore({ before: (operation) => hook.current(operation) })
  const clock = { now: at(options.now ?? '2026-11-20T10:00') }
  const heard = { healed: 0, faults: [] as unknown[], locked: [] as string[] }
  return { store, limits: memoryEndpointLimits(), clock, hook, heard, rules: RULES }
}

/** A hub in which the farmer is registered since January and has paid nothing yet. */
export async function hubWithMember(facts: readonly Fact[] = []): Promise<Hub> {
  const hub = hubOn()
  await register(hub, [terms('2026-01'), ...facts])
  return hub
}

export async function register(hub: Hub, facts: readonly Fact[]): Promise<void> {
  const participant = endpointDigests(DIGEST_KEYS, 'bni').participant(NIK)
  await hub.store.decisions.takeSelfPaid(participant, KPJ)
  for (const fact of facts) await hub.store.facts.put(fact)
  await rename(hub, MASKED)
}

export async function rename(hub: Hub, ...names: readonly string[]): Promise<void> {
  const masked = names.map((name, i) => ({ from: (at('2026-01-01T08:00') + i) as Instant, name }))
  const contact = { kpj: KPJ, nik: NIK, name: 'BUDI SANTOSO', phone: '+6281234567890', email: '', maskedNames: masked }
  await hub.store.contacts.put(contact)
}

/** A bill over these months for one member, or for several at the same prices. */
export async function issueBill(
  hub: Hub,
  months: readonly string[] = ['2026-11'],
  kpjs: readonly Kpj[] = [KPJ],
  until = '2026-11-30T23:59',
): Promise<Bill> {
  const runs = quoted(months, FARMER)
  const each = rupiah(runs.reduce((sum, run) => sum + run.count * totalOf(run.price), 0))
  const members: readonly BillMember[] = kpjs.map((kpj) => ({ kpj, months: runs, amount: each }))
  const bill: Bill = {
    billCode: BILL,
    months: months.map(month),
    amount: rupiah(each * kpjs.length),
    memberCount: kpjs.length,
    kpj: kpjs.length === 1 ? (kpjs[0] as Kpj) : null,
    issuedAt: hub.clock.now,
    validUntil: until,
    validUntilInstant: at(until),
    paidBy: null,
  }
  await hub.store.bills.put(bill, members)
  return bill
}

/** One channel's endpoint. `pay` and the others answer; `tell` also says whether it was a repeat. */
/** `changed`: what this counter's channel does otherwise than the real one. */
export function counterOf(hub: Hub, channelName: string, changed: Partial<ChannelProfile> = {}) {
  const channel = { ...channelNamed(channelName).profile, ...changed }
  const fee: Rupiah | null = channel.adminFee?.[0]?.value ?? null
  const limits = endpointLimits({
    channel: channelName,
    store: hub.limits,
    now: () => hub.clock.now,
    onReached: (limit) => void hub.heard.locked.push(limit),
    onFault: (error) => void hub.heard.faults.push(error),
  })
  const endpoint: EndpointPorts = {
    channel,
    ...hub.store,
    digests: endpointDigests(DIGEST_KEYS, channelName),
    limits,
    rules: hub.rules,
    now: () => hub.clock.now,
    onFault: (error) => void hub.heard.faults.push(error),
    onHealed: () => void hub.heard.healed++,
  }
  // Locks are read as handler.ts reads them: before the message where there are none to go by, else beside it.
  const tell = async (message: Message): Promise<Answered> => {
    const { usable, done } = limits.refresh()
    await usable
    const answered = await answerChannel(endpoint, message, requestOf(channelName, hub.clock.now))
    await done
    return answered
  }
  const answer = async (message: Message): Promise<Answer> => (await tell(message)).answer
  const payment = (changed: Partial<Payment> = {}): Payment => ({
    kind: 'payment',
    paymentId: 'T1',
    customerId: KPJ,
    product: '',
    months: 1 as MonthCount,
    amount: MONTH_PRICE,
    adminFee: fee,
    outlet: 'SHOP1',
    partnerAt: hub.clock.now,
    ...changed,
  })
  const reversal = (changed: Partial<Reversal> = {}): Reversal => ({
    kind: 'reversal',
    paymentId: 'T1',
    customerId: KPJ,
    outlet: 'SHOP1',
    reason: 'paper jam',
    partnerAt: hub.clock.now,
    mustFollowPayment: false,
    ...changed,
  })
  const inquiry = (changed: Partial<Inquiry> = {}): Inquiry => ({
    kind: 'inquiry',
    requestId: 'T1',
    customerId: KPJ,
    months: 1,
    partnerAt: hub.clock.now,
    ...changed,
  })
  return {
    endpoint,
    limits,
    tell,
    payment,
    reversal,
    inquiry,
    pay: (changed?: Partial<Payment>) => answer(payment(changed)),
    reverse: (changed?: Partial<Reversal>) => answer(reversal(changed)),
    inquire: (changed?: Partial<Inquiry>) => answer(inquiry(changed)),
    status: (paymentId = 'T1', customerId: string = KPJ) => answer({ kind: 'status', paymentId, customerId }),
  }
}

type OperationFilter = Partial<Pick<StoreOperation, 'store' | 'method' | 'phase'>>

/** From now on the operation fails, `times` times: in phase `before` nothing happened, in phase `after` it did. */
export function failing(hub: Hub, place: OperationFilter, error: Error, times = Number.POSITIVE_INFINITY): void {
  let left = times
  const expected = Object.entries({ phase: 'before', ...place })
  hub.hook.current = async (operation) => {
    if (left === 0 || !expected.every(([name, value]) => operation[name as keyof StoreOperation] === value)) return
    left--
    throw error
  }
}

export function healthy(hub: Hub): void {
  hub.hook.current = async () => {}
}

function requestOf(channel: string, receivedAt: Instant): SignedRequest {
  return { channel, operation: '/v1/payment', rawQuery: '', headers: {}, body: new Uint8Array([1]), receivedAt }
}
