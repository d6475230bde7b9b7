/**
 * The partners of all five channels, in a process of their own: inquiry, then payment, then whatever comes of it; or payments
 * alone, of a price that this file works out from the tariff. Started by bench/flow.ts, gets its orders over IPC, reports what was
 * acknowledged and how long it took.
 *
 * Promise: a payment that got no answer, or one that is not final, is repeated as a partner would, under its own id; only what
 * was accepted is reported as acknowledged. Waiting times of the open loop count from when a call was due, not from when this
 * process came to it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { httpSend } from '../local/demo/http-send.ts'
import { sandboxPartners } from '../local/demo/partners.ts'
import type { ChannelProfile } from '../shared/channel-port/channel.ts'
import type { PartnerAnswer, PartnerPayment } from '../shared/channel-port/partner.ts'
import { inForce } from '../shared/domain/effective-dated.ts'
import { businessDateOf, type Instant, instant } from '../shared/domain/instant.ts'
import { addMonths, type Month, monthOf, parseMonth } from '../shared/domain/month.ts'
import { RULES } from '../shared/domain/rules.ts'
import { priceOf, type Terms, totalOf } from '../shared/domain/tariff.ts'
import { type ActiveWatch, activeWatch } from './flow-active.ts'
import type { HubAddresses } from './flow-hub.ts'

export type Order = {
  readonly place: HubAddresses
  readonly dataDir: string
  readonly customers: readonly Customer[]
}
/** They pay for themselves. */
export type Customer = { readonly kpj: string; readonly nik: string; readonly terms: Terms }
/** What partners call: a payment after an inquiry, or a payment that nobody inquired for. */
export type Calls = 'inquiry, payment' | 'payment alone'
export type LoadPlan = {
  readonly calls: Calls
  /** The channels that take part. */
  readonly channels: readonly string[]
} /** `perSecond`: no more than that, all partners together; as many as the hub can take where it is left out. */ & (
  | { readonly loop: 'closed'; readonly partners: number; readonly perSecond?: number; readonly seconds: number }
  | { readonly loop: 'open'; readonly perSecond: number; readonly seconds: number }
)
export type Acknowledged = {
  readonly channel: string
  readonly id: string
  readonly kpj: string
  readonly amount: number
}
export type LoadResult = {
  readonly acknowledged: readonly Acknowledged[]
  readonly seconds: number
  /** None where payments come alone. */
  readonly inquiryMillis: readonly number[]
  readonly paymentMillis: readonly number[]
  /** From a payment's answer until the view in the table says `active` and reaches its month; of every tenth payment. */
  readonly activeMillis: readonly number[]
  /** Answers that did not accept, by channel and code, and calls without an answer. */
  readonly others: Readonly<Record<string, number>>
}

/** A membership is paid 12 months ahead at most. */
const PAYMENTS_EACH = 12
const TRIES = 5
const SAMPLE = 10
const PROGRESS_MILLIS = 5_000

const now = (): Instant => instant(Date.now())
let order: Order
let active: ActiveWatch
let channels: Awaited<ReturnType<typeof partnersOf>>
let serial = 0
let visits = 0

process.on('message', async (message: Order | LoadPlan) => {
  if ('place' in message) {
    order = message
    active = activeWatch(message.place)
    channels = await partnersOf(message.dataDir)
    return process.send?.('ready')
  }
  process.send?.(await play(message))
})
process.once('disconnect', () => process.exit())

async function partnersOf(dataDir: string) {
  const send = httpSend()
  return (await sandboxPartners(dataDir)).map(({ channel, file, sandbox }) => ({
    profile: channel.profile,
    partner: sandbox.partner(file, send, now),
  }))
}

async function play(plan: LoadPlan): Promise<LoadResult> {
  const played: Sums = { acknowledged: [], inquiryMillis: [], paymentMillis: [], activeMillis: [], others: {} }
  const start = performance.now()
  const until = start + plan.seconds * 1_000
  const progress = setInterval(() => report(plan, played, start), PROGRESS_MILLIS)
  const watched: Promise<void>[] = []
  const visitor = {
    calls: plan.calls,
    channels: channels.filter(({ profile }) => plan.channels.includes(profile.name)),
  }
  if (plan.loop === 'closed') {
    const { partners, perSecond = Number.POSITIVE_INFINITY } = plan
    const gap = (partners * 1_000) / perSecond
    const loop = async (_: unknown, turn: number) => {
      // One after the other, not all in the same moment.
      for (let due = start + (gap * turn) / partners; due < until; due = Math.max(due + gap, performance.now())) {
        const early = due - performance.now()
        if (early > 0) await sleep(early)
        if (!(await visit(visitor, played, watched, performance.now()))) return
      }
    }
    await Promise.all(Array.from({ length: partners }, loop))
  } else await openLoop(plan.perSecond, until, (due) => visit(visitor, played, watched, due))
  const seconds = (performance.now() - start) / 1_000
  clearInterval(progress)
  await Promise.all(watched)
  return { ...played, seconds }
}

/** What is being played, as it grows. */
type Sums = {
  readonly acknowledged: Acknowledged[]
  readonly inquiryMillis: number[]
  readonly paymentMillis: number[]
  readonly activeMillis: number[]
  readonly others: Record<string, number>
}

/** A visit starts when it is due, however many are still under way. */
async function openLoop(perSecond: number, until: number, start: (due: number) => Promise<boolean>): Promise<void> {
  const running = new Set<Promise<unknown>>()
  for (let due = performance.now(); due < until; due += 1_000 / perSecond) {
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    const one = start(due).finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
}

type Visitor = { readonly calls: Calls; readonly channels: typeof channels }

/** One customer at one counter. False when there is no customer left. */
async function visit(
  { calls, channels }: Visitor,
  played: Sums,
  watched: Promise<void>[],
  due: number,
): Promise<boolean> {
  const turn = visits++
  const customer = order.customers[turn % order.customers.length]
  const channel = channels[turn % channels.length]
  if (!customer || !channel || turn >= order.customers.length * PAYMENTS_EACH) return false
  const { kpj, nik } = customer
  const { profile, partner } = channel
  const { name } = profile
  const call = { id: `BENCH-${process.pid}-${serial++}`, customerId: turn % 2 === 0 ? nik : kpj, months: 1 }
  const price =
    calls === 'payment alone'
      ? priceFor(customer, profile)
      : priceIn(await answered(played, name, () => partner.inquire(call)))
  const startsAt = calls === 'payment alone' ? due : performance.now()
  if (calls !== 'payment alone') played.inquiryMillis.push(startsAt - due)
  if (!price) return true
  const answer = await answered(played, name, () => partner.pay({ ...call, ...price, outlet: 'BENCH/01' }))
  const paidAt = performance.now()
  played.paymentMillis.push(paidAt - startsAt)
  if (!answer?.accepted) return true
  const reached = answer.months.at(-1)
  paidThrough.set(kpj, reached ?? '')
  played.acknowledged.push({ channel: name, id: call.id, kpj, amount: price.amountRupiah })
  if (turn % SAMPLE === 0)
    watched.push(active.untilActive(kpj, reached ?? '', paidAt).then((millis) => void played.activeMillis.push(millis)))
  return true
}

type PriceAsked = Pick<PartnerPayment, 'amountRupiah' | 'adminFeeRupiah'>

function priceIn(quote: PartnerAnswer | undefined): PriceAsked | undefined {
  if (!quote?.accepted || quote.amountRupiah === null) return undefined
  return { amountRupiah: quote.amountRupiah, adminFeeRupiah: quote.adminFeeRupiah ?? 0 }
}

/** The last month that each customer's answer named as paid. */
const paidThrough = new Map<string, string>()

/** As the tariff says: of the month after the last paid one, of this month where none is. */
function priceFor({ kpj, terms }: Customer, { adminFee }: ChannelProfile): PriceAsked {
  const last = parseMonth(paidThrough.get(kpj) ?? '')
  const month: Month = last === undefined ? monthOf(now()) : addMonths(last, 1)
  const fee = adminFee === null ? 0 : inForce('adminFee', adminFee, businessDateOf(now()))
  return { amountRupiah: totalOf(priceOf(RULES.tariff, month, terms)), adminFeeRupiah: fee }
}

/** Repeats what has no final answer; the last one counts. */
async function answered(
  played: Sums,
  channel: string,
  ask: () => Promise<PartnerAnswer>,
): Promise<PartnerAnswer | undefined> {
  for (let tried = 1; ; tried++) {
    const answer = await ask().catch(() => undefined)
    if (answer?.accepted) return answer
    const what = `${channel} ${answer ? `${answer.status} ${answer.code}` : 'no answer'}`
    played.others[what] = (played.others[what] ?? 0) + 1
    const isFinal = answer !== undefined && answer.code !== '' && answer.status < 429
    if (isFinal || tried === TRIES) return answer
    await sleep(20 * 2 ** tried)
  }
}

function report(plan: LoadPlan, played: Sums, start: number): void {
  const seconds = (performance.now() - start) / 1_000
  const { length } = played.acknowledged
  console.log(`  ${plan.loop} loop, ${seconds.toFixed(0)} s: ${length} payments, ${(length / seconds).toFixed(0)}/s`)
}
