/**
 * The partners of all five channels, in a process of their own: inquiry, then payment, then whatever comes of it. Started by
 * bench/flow.ts, gets its orders over IPC, reports what was acknowledged and how long it took.
 *
 * Promise: a payment that got no answer, or one that is not final, is repeated as a partner would, under its own id; only what
 * was accepted is reported as acknowledged. Waiting times of the open loop count from when a call was due, not from when this
 * process came to it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { httpSend } from '../local/demo/http-send.ts'
import { sandboxPartners } from '../local/demo/partners.ts'
import type { PartnerAnswer } from '../shared/channel-port/partner.ts'
import { type Instant, instant } from '../shared/domain/instant.ts'
import { kpjOf } from '../shared/domain/kpj.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { hubClient } from './flow-client.ts'
import type { HubAddresses } from './flow-hub.ts'

export type Order = {
  readonly place: HubAddresses
  readonly dataDir: string
  readonly customers: readonly { readonly kpj: string; readonly nik: string }[]
}
export type LoadPlan =
  /** `perSecond`: no more than that, all partners together; as many as the hub can take where it is left out. */
  | { readonly loop: 'closed'; readonly partners: number; readonly perSecond?: number; readonly seconds: number }
  | { readonly loop: 'open'; readonly perSecond: number; readonly seconds: number }
export type Acknowledged = {
  readonly channel: string
  readonly id: string
  readonly kpj: string
  readonly amount: number
}
export type LoadResult = {
  readonly acknowledged: readonly Acknowledged[]
  readonly seconds: number
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
const POLL_MILLIS = 10
const ACTIVE_PATIENCE_MILLIS = 30_000
const PROGRESS_MILLIS = 5_000

const now = (): Instant => instant(Date.now())
let order: Order
let channels: Awaited<ReturnType<typeof partnersOf>>
let serial = 0
let visits = 0

process.on('message', async (message: Order | LoadPlan) => {
  if ('place' in message) {
    order = message
    channels = await partnersOf(message.dataDir)
    return process.send?.('ready')
  }
  process.send?.(await play(message))
})
process.once('disconnect', () => process.exit())

async function partnersOf(dataDir: string) {
  const send = httpSend()
  return (await sandboxPartners(dataDir)).map(({ channel, file, sandbox }) => ({
    name: channel.profile.name,
    partner: sandbox.partner(file, send, now),
  }))
}

async function play(plan: LoadPlan): Promise<LoadResult> {
  const played: Sums = { acknowledged: [], inquiryMillis: [], paymentMillis: [], activeMillis: [], others: {} }
  const start = performance.now()
  const until = start + plan.seconds * 1_000
  const progress = setInterval(() => report(plan, played, start), PROGRESS_MILLIS)
  const watched: Promise<void>[] = []
  if (plan.loop === 'closed') {
    const { partners, perSecond = Number.POSITIVE_INFINITY } = plan
    const gap = (partners * 1_000) / perSecond
    const loop = async (_: unknown, turn: number) => {
      // One after the other, not all in the same moment.
      for (let due = start + (gap * turn) / partners; due < until; due = Math.max(due + gap, performance.now())) {
        const early = due - performance.now()
        if (early > 0) await sleep(early)
        if (!(await visit(played, watched, performance.now()))) return
      }
    }
    await Promise.all(Array.from({ length: partners }, loop))
  } else await openLoop(plan.perSecond, until, (due) => visit(played, watched, due))
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

/** One customer at one counter. False when there is no customer left. */
async function visit(played: Sums, watched: Promise<void>[], due: number): Promise<boolean> {
  const turn = visits++
  const customer = order.customers[turn % order.customers.length]
  const channel = channels[turn % channels.length]
  if (!customer || !channel || turn >= order.customers.length * PAYMENTS_EACH) return false
  const { kpj, nik } = customer
  const { name, partner } = channel
  const call = { id: `BENCH-${process.pid}-${serial++}`, customerId: turn % 2 === 0 ? nik : kpj, months: 1 }
  const quote = await answered(played, name, () => partner.inquire(call))
  const quotedAt = performance.now()
  played.inquiryMillis.push(quotedAt - due)
  if (!quote?.accepted || quote.amountRupiah === null) return true
  const fee = quote.adminFeeRupiah ?? 0
  const payment = { ...call, amountRupiah: quote.amountRupiah, adminFeeRupiah: fee, outlet: 'BENCH/01' }
  const answer = await answered(played, name, () => partner.pay(payment))
  const paidAt = performance.now()
  played.paymentMillis.push(paidAt - quotedAt)
  if (!answer?.accepted) return true
  played.acknowledged.push({ channel: name, id: call.id, kpj, amount: quote.amountRupiah })
  if (turn % SAMPLE === 0)
    watched.push(untilActive(kpj, answer.months.at(-1), paidAt).then((millis) => void played.activeMillis.push(millis)))
  return true
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

const views = { get: (kpj: string) => membershipsOf(order.place).get(kpjOf(kpj)) }
let memberships: ReturnType<typeof dynamoMemberships> | undefined

function membershipsOf(place: HubAddresses) {
  memberships ??= dynamoMemberships(hubClient(place), place)
  return memberships
}

/** Read from the table itself: the console's own work would be measured with it otherwise. */
async function untilActive(kpj: string, month: string | undefined, since: number): Promise<number> {
  for (;;) {
    const view = await views.get(kpj)
    const waited = performance.now() - since
    if (view?.status === 'active' && view.paidThrough !== null && view.paidThrough >= (month ?? '')) return waited
    if (waited > ACTIVE_PATIENCE_MILLIS) return Number.POSITIVE_INFINITY
    await sleep(POLL_MILLIS)
  }
}

function report(plan: LoadPlan, played: Sums, start: number): void {
  const seconds = (performance.now() - start) / 1_000
  const { length } = played.acknowledged
  console.log(`  ${plan.loop} loop, ${seconds.toFixed(0)} s: ${length} payments, ${(length / seconds).toFixed(0)}/s`)
}
