/**
 * Clients of the five partners as they behave: they ask, pay, get no answer, ask again, reverse, repeat days later, and now and then send
 * what they should not: an old id with other facts, another customer's reversal, an external id twice.
 * They know the answers that they got, and nothing of the hub's tables.
 */
import type { Answer, Inquiry, Message, Payment, Reversal } from '../../shared/channel-port/channel.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { Rupiah } from '../../shared/domain/money.ts'
import type { MonthCount } from '../../shared/domain/month-count.ts'
import { openAttacker } from './attacker.ts'
import { dayAt } from './auditor/calendar.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { World } from './world.ts'

/** What a partner keeps of a payment that it has sent. */
export type SentPayment = { readonly channel: string; readonly payment: Payment; definite: boolean }

export type CounterVisit = {
  readonly channel: string
  readonly customerId: string
  /** The amount paid by a counter that does not ask first. */
  readonly guessedAmount: number
  readonly asksFirst: boolean
  readonly months: MonthCount
}

export type PartnerClients = {
  readonly sentPayments: readonly SentPayment[]
  /** A customer at a counter, until nothing more is asked about the payment. */
  readonly serve: (visit: CounterVisit) => Promise<void>
  /** Asks once more about every payment, until each has a definite answer. */
  readonly confirmAll: () => Promise<void>
}

type NoAnswer = undefined
const PATIENCE = 20_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function openPartnerClients(plan: Plan, world: World, timeline: Timeline, random: Random): PartnerClients {
  const sentPayments: SentPayment[] = []
  let ids = 0
  let calm = false
  const isSnap = (channel: string) => channel === 'brilink' || channel === 'bni'

  /** Over a network that loses, doubles and delays; the partner gets no answer then. */
  function send(channel: string, message: Message): Promise<Answer | NoAnswer> {
    const { lost, answerLost, twice, late } = calm ? QUIET : plan.network
    return new Promise((resolve) => {
      const deliver = (delay: number) =>
        timeline.after(delay, () => {
          world.callEndpoint(channel, message).then((answer) => {
            if (!random.chance(answerLost)) timeline.after(random.between(1, 20), () => resolve(answer))
          })
        })
      if (!random.chance(lost))
        deliver(random.chance(late) ? random.between(1_000, 2 * PATIENCE) : random.between(0, 15))
      if (random.chance(twice)) deliver(random.between(0, 3_000))
      timeline.after(PATIENCE, () => resolve(undefined))
    })
  }

  const attacker = openAttacker(send, timeline, random.fork())

  function externalId(service: '24' | '25', requestId: string): NonNullable<Payment['externalId']> {
    return { id: `X${++ids}`, day: dayAt(timeline.now()) as BusinessDate, service, requestId }
  }

  async function askPrice(visit: CounterVisit, requestId: string): Promise<Answer | NoAnswer> {
    const { channel, customerId, months } = visit
    const inquiry: Inquiry = {
      kind: 'inquiry',
      requestId,
      customerId,
      months,
      partnerAt: timeline.now() as Instant,
      ...(isSnap(channel) ? { externalId: externalId('24', requestId) } : {}),
      ...expects(channel, customerId),
      ...signedAlike(channel, requestId, customerId, timeline.now()),
    }
    if (channel === 'alfamart') attacker.captureRetail(inquiry, 'SHOP0')
    else if (isSnap(channel)) attacker.captureBank(channel, inquiry, `X${ids + 1}`)
    return send(channel, inquiry)
  }

  function paymentFor(visit: CounterVisit, paymentId: string, amount: number): Payment {
    const { channel, customerId, months } = visit
    const leavesMonthsOut = isSnap(channel) && random.chance(0.4)
    return {
      kind: 'payment',
      paymentId,
      customerId,
      product: channel === 'alfamart' ? `BPUTK${months}` : '',
      months: leavesMonthsOut ? null : months,
      amount: amount as Rupiah,
      adminFee: isSnap(channel) ? null : ((random.chance(0.02) ? 3_000 : 2_500) as Rupiah),
      outlet: `SHOP${random.below(3)}`,
      partnerAt: timeline.now() as Instant,
      ...(isSnap(channel) ? { externalId: externalId('25', paymentId) } : {}),
      ...expects(channel, customerId),
    }
  }

  /** The same payment again: only what is no fact of it may differ. */
  function again({ channel, payment }: SentPayment): Payment {
    const keepsExternalId = random.chance(0.3) && payment.externalId?.day === dayAt(timeline.now())
    return {
      ...payment,
      outlet: random.chance(0.2) ? 'SHOP9' : payment.outlet,
      partnerAt: timeline.now() as Instant,
      ...(isSnap(channel) && !keepsExternalId ? { externalId: externalId('25', payment.paymentId) } : {}),
    }
  }

  function reversalOf({ channel, payment }: SentPayment, customerId = payment.customerId): Reversal {
    const { paymentId, outlet } = payment
    const partnerAt = (random.chance(0.05) ? payment.partnerAt - 1 : timeline.now()) as Instant
    const mustFollowPayment = channel === 'alfamart'
    const signed = signedAlike(channel, paymentId, customerId, partnerAt)
    return {
      kind: 'reversal',
      paymentId,
      customerId,
      outlet,
      reason: 'paper jam',
      partnerAt,
      mustFollowPayment,
      ...signed,
    }
  }

  async function serve(visit: CounterVisit): Promise<void> {
    const paymentId = `T${++ids}`
    let amount = visit.guessedAmount
    if (visit.asksFirst) {
      const quote = await askPrice(visit, paymentId)
      if (quote?.outcome === 'quoted') amount = quote.amount
      else if (quote?.outcome === 'refused' && random.chance(0.6)) return
      await timeline.sleep(random.chance(0.1) ? random.between(HOUR, DAY) : random.between(0, 2_000))
    }
    if (random.chance(0.06)) amount += random.pick([-1_000, 1, 8_400])
    const sent = {
      channel: visit.channel,
      payment: paymentFor(visit, paymentId, Math.max(0, amount)),
      definite: false,
    }
    sentPayments.push(sent)
    const first = sent.payment
    const canReverse = !isSnap(visit.channel)
    if (canReverse && random.chance(0.05)) await sendUntilDefinite(sent.channel, () => reversalOf(sent))
    if (canReverse && random.chance(0.06)) void send(sent.channel, reversalOf(sent))
    if (random.chance(0.12)) for (let i = random.between(1, 4); i > 0; i--) void send(sent.channel, again(sent))
    const firstAnswer = await send(sent.channel, first)
    await repeatUntilDefinite(sent, firstAnswer, canReverse)
    await afterwards(sent, canReverse)
  }

  /** Without a definite answer a bank repeats the payment; a retailer repeats, asks for the status, or reverses until it is answered. */
  async function repeatUntilDefinite(
    sent: SentPayment,
    firstAnswer: Answer | NoAnswer,
    canReverse: boolean,
  ): Promise<void> {
    sent.definite = isDefinite(firstAnswer)
    for (let tried = 0; !sent.definite && tried < 4; tried++) {
      await timeline.sleep(random.pick([100, 2_000, MINUTE, HOUR, DAY]))
      const way = canReverse ? random.pick(['repeat', 'status', 'reverse']) : 'repeat'
      if (way === 'reverse') {
        await sendUntilDefinite(sent.channel, () => reversalOf(sent))
        return
      }
      const answer = await send(sent.channel, way === 'repeat' ? again(sent) : statusOf(sent))
      sent.definite = isDefinite(answer) && answer?.outcome !== 'unknown-original'
    }
  }

  async function sendUntilDefinite(channel: string, message: () => Message): Promise<Answer | NoAnswer> {
    for (let tried = 0; tried < 5; tried++) {
      const answer = await send(channel, message())
      if (isDefinite(answer)) return answer
      await timeline.sleep(random.pick([50, 1_000, MINUTE]))
    }
    return undefined
  }

  function statusOf({ payment }: SentPayment, customerId = payment.customerId): Message {
    return { kind: 'status', paymentId: payment.paymentId, customerId }
  }

  /** What comes later: reversals in time and too late, repeats after days, old ids with other facts. */
  async function afterwards(sent: SentPayment, canReverse: boolean): Promise<void> {
    const { channel, payment } = sent
    if (channel === 'alfamart' && random.chance(0.3)) {
      await timeline.sleep(random.pick([0, 1, 1_000, MINUTE]))
      await askPrice(
        { ...sent, asksFirst: true, guessedAmount: 0, customerId: payment.customerId, months: 1 },
        payment.paymentId,
      )
    }
    if (random.chance(0.2)) {
      await timeline.sleep(random.pick([10, MINUTE, 3 * HOUR, 2 * DAY, 9 * DAY]))
      await send(channel, again(sent))
    }
    if (canReverse && random.chance(0.25)) {
      await timeline.sleep(random.pick([0, MINUTE, HOUR, 14 * HOUR, 3 * DAY]))
      await sendUntilDefinite(channel, () => reversalOf(sent))
      if (random.chance(0.4)) await send(channel, reversalOf(sent))
      if (random.chance(0.5)) await send(channel, again(sent))
    }
    if (random.chance(0.12)) {
      const changed: readonly Partial<Payment>[] = [
        { amount: (payment.amount + 1_000) as Rupiah },
        { customerId: '90000000000' },
        { months: payment.months === 1 ? 2 : 1 },
        { product: 'OTHER' },
      ]
      await sendAndRemember(channel, { ...again(sent), ...random.pick(changed) })
    }
    // The external id of this payment's first call, for another payment of the same day.
    if (payment.externalId && random.chance(0.08)) {
      const paymentId = `T${++ids}`
      // SNAP has one request id: what the external id is bound to and the payment's own id are the same text.
      const externalId = { ...payment.externalId, requestId: paymentId }
      await sendAndRemember(channel, { ...payment, paymentId, externalId, partnerAt: timeline.now() as Instant })
    }
    if (canReverse && random.chance(0.05)) await send(channel, reversalOf(sent, '90000000000'))
    if (canReverse && random.chance(0.1))
      await send(channel, statusOf(sent, random.chance(0.2) ? '90000000000' : payment.customerId))
  }

  /** What should be refused may be the first that arrives: it is remembered like any other payment. */
  async function sendAndRemember(channel: string, payment: Payment): Promise<void> {
    sentPayments.push({ channel, payment, definite: false })
    await send(channel, payment)
  }

  async function confirmAll(): Promise<void> {
    calm = true
    await Promise.all(
      sentPayments.map(async (sent) => {
        await timeline.sleep(random.between(0, HOUR))
        const answer = await send(sent.channel, again(sent))
        if (!isDefinite(answer)) timeline.fail(new Error(`expected a definite answer at last, got ${answer?.outcome}`))
      }),
    )
  }

  return { sentPayments, serve, confirmAll }
}

const QUIET = { lost: 0, answerLost: 0, twice: 0, late: 0 }

function isDefinite(answer: Answer | NoAnswer): boolean {
  return answer !== undefined && !['unknown-outcome', 'fault', 'too-many'].includes(answer.outcome)
}

/** The pipe protocol signs the same fields for an inquiry and for a reversal. */
function signedAlike(channel: string, id: string, customerId: string, at: number): { readonly signature?: string } {
  return channel === 'alfamart' ? { signature: `${id} ${customerId} ${at}` } : {}
}

function expects(channel: string, customerId: string): Pick<Payment, 'expects'> {
  if (channel !== 'alfamart') return {}
  return { expects: customerId.startsWith('99') && customerId.length === 16 ? 'bill' : 'person' }
}
