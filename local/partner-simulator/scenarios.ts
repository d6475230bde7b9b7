/**
 * What happens at terminals, good and bad, each as one scenario whose every answer is checked. A scenario takes a customer, one
 * terminal (two for some) and leaves the hub with facts that must add up. Knows no HTTP, no clock and no log.
 */

import type { PartnerPayment } from '../../shared/channel-port/partner.ts'
import type { MonthCount } from '../../shared/domain/month-count.ts'
import type { Random } from '../demo/random.ts'
import type { Meaning } from './answers.ts'
import type { Customer } from './customers.ts'
import type { Terminal, TerminalAnswer } from './terminal.ts'

/** A payment that was accepted, to be repeated some day at the same channel. */
export type EarlierPayment = {
  readonly terminal: Terminal
  readonly call: PartnerPayment
  readonly answered: TerminalAnswer
}

export type ScenarioContext = {
  readonly terminal: Terminal
  /** Another channel's. */
  readonly other: Terminal
  readonly customer: Customer
  readonly random: Random
  readonly newId: () => string
  /** Counts the answer, and writes it down when its meaning is none of those; tells whether it was one. */
  readonly check: (terminal: Terminal, step: string, answered: TerminalAnswer, allowed: readonly Meaning[]) => boolean
  /** An earlier payment of anybody's; undefined in the first moments. */
  readonly earlier: () => EarlierPayment | undefined
  readonly remember: (done: EarlierPayment) => void
}

/** `exhausted`: the customer has paid as far ahead as one may. */
export type ScenarioEnd = 'done' | 'exhausted'
export type Scenario = (context: ScenarioContext) => Promise<ScenarioEnd>

/** How often each is played, in percent. */
export const SCENARIOS = {
  good: { weight: 52, play: good },
  advice: { weight: 9, play: advice },
  'late-repeat': { weight: 6, play: lateRepeat },
  forged: { weight: 5, play: forged },
  reversed: { weight: 7, play: reversed },
  'reversed-first': { weight: 3, play: reversedFirst },
  'wrong-amount': { weight: 5, play: wrongAmount },
  conflict: { weight: 2, play: conflict },
  'unknown-customer': { weight: 5, play: unknownCustomer },
  'two-channels': { weight: 6, play: twoChannels },
} as const satisfies Readonly<Record<string, { readonly weight: number; readonly play: Scenario }>>

export type ScenarioName = keyof typeof SCENARIOS

const MONTHS: readonly (readonly [number, MonthCount])[] = [
  [70, 1],
  [8, 2],
  [12, 3],
  [6, 6],
  [4, 12],
]
/** More than any quote: what a terminal charges when its list is out of date. */
const TOO_MUCH = 1_000

async function good(context: ScenarioContext): Promise<ScenarioEnd> {
  const call = await quoted(context, context.terminal)
  if (!call) return 'exhausted'
  await payAsQuoted(context, call)
  return 'done'
}

/** The answer got lost: the terminal repeats, and asks for the status where it can. Both must give the first answer. */
async function advice(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, check } = context
  const call = await quoted(context, terminal)
  if (!call) return 'exhausted'
  const first = await payAsQuoted(context, call)
  if (!first) return 'done'
  check(terminal, 'repeat', sameAs(first, await terminal.pay(call)), ['accepted'])
  if (terminal.status) check(terminal, 'status', sameAs(first, await terminal.status(call)), ['accepted'])
  return 'done'
}

async function lateRepeat(context: ScenarioContext): Promise<ScenarioEnd> {
  const done = context.earlier()
  if (!done) return good(context)
  const answered = await done.terminal.pay(done.call)
  context.check(done.terminal, 'late-repeat', sameAs(done.answered, answered), ['accepted'])
  return 'done'
}

async function forged(context: ScenarioContext): Promise<ScenarioEnd> {
  const call = await quoted(context, context.terminal)
  if (!call) return 'exhausted'
  context.check(context.terminal, 'forged', await context.terminal.forge(call), ['unauthorised'])
  return 'done'
}

/** Paid, taken back, taken back once more; then the payment itself comes again and is answered `was-reversed`. */
async function reversed(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, check } = context
  if (!terminal.reverse) return advice(context)
  const call = await quoted(context, terminal)
  if (!call) return 'exhausted'
  check(terminal, 'payment', await terminal.pay(call), ['accepted'])
  const reversal = { ...call, reason: 'cancelled at the terminal' }
  check(terminal, 'reversal', await terminal.reverse(reversal), ['accepted'])
  check(terminal, 'repeated-reversal', await terminal.reverse(reversal), ['accepted'])
  check(terminal, 'repeat', await terminal.pay(call), ['was-reversed'])
  return 'done'
}

/** The reversal overtakes its payment: the payment must not count when it comes. */
async function reversedFirst(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, check } = context
  if (!terminal.reverse) return good(context)
  const call = await quoted(context, terminal)
  if (!call) return 'exhausted'
  check(terminal, 'reversal', await terminal.reverse({ ...call, reason: 'no answer in time' }), ['unknown-original'])
  check(terminal, 'payment', await terminal.pay(call), ['was-reversed'])
  return 'done'
}

/** A refusal is final for its id; the terminal corrects itself under a new one. */
async function wrongAmount(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, check, newId } = context
  const call = await quoted(context, terminal)
  if (!call) return 'exhausted'
  const wrong = { ...call, amountRupiah: call.amountRupiah + TOO_MUCH }
  check(terminal, 'payment', await terminal.pay(wrong), ['wrong-amount'])
  check(terminal, 'repeat', await terminal.pay(wrong), ['wrong-amount'])
  await payAsQuoted(context, { ...call, id: newId() })
  return 'done'
}

/** The same id with another amount: a partner's mistake, or an attempt to cheat. */
async function conflict(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, check } = context
  const call = await quoted(context, terminal)
  if (!call) return 'exhausted'
  await payAsQuoted(context, call)
  check(terminal, 'conflict', await terminal.pay({ ...call, amountRupiah: call.amountRupiah + TOO_MUCH }), ['conflict'])
  return 'done'
}

/** A KPJ of a series that is never registered. */
async function unknownCustomer({ terminal, random, newId, check }: ScenarioContext): Promise<ScenarioEnd> {
  const customerId = `99${String(random.whole(0, 999_999_999)).padStart(9, '0')}`
  const call = { id: newId(), customerId, months: 1, outlet: outletFor(customerId) }
  check(terminal, 'inquiry', await terminal.inquire(call), ['unknown-customer'])
  const money = { amountRupiah: 8_400, adminFeeRupiah: terminal.protocol === 'snap' ? 0 : 2_500 }
  check(terminal, 'payment', await terminal.pay({ ...call, ...money }), ['unknown-customer'])
  return 'done'
}

/** Two terminals at once for one membership: the second pays the next month, or is refused with what changed. */
async function twoChannels(context: ScenarioContext): Promise<ScenarioEnd> {
  const { terminal, other, check } = context
  const [here, there] = await Promise.all([quoted(context, terminal), quoted(context, other)])
  if (!here || !there) return 'exhausted'
  const answered = await Promise.all([terminal.pay(here), other.pay(there)])
  const allowed: readonly Meaning[] = ['accepted', 'wrong-amount', 'already-paid']
  check(terminal, 'payment', answered[0], allowed)
  check(other, 'payment', answered[1], allowed)
  const winners = answered.filter(({ meaning }) => meaning === 'accepted')
  if (winners.length === 0) check(terminal, 'either-payment', answered[0], ['accepted'])
  return 'done'
}

/** Asks for some months, for one where that is too far ahead; undefined when nothing can be paid. */
async function quoted(context: ScenarioContext, terminal: Terminal): Promise<PartnerPayment | undefined> {
  const { customer, random, newId, check } = context
  for (const months of [random.weighted(MONTHS), 1]) {
    const call = { id: newId(), customerId: customer.id, months, outlet: outletFor(customer.id) }
    const answered = await terminal.inquire(call)
    if (!check(terminal, 'inquiry', answered, ['accepted', 'already-paid'])) return undefined
    const { amountRupiah, adminFeeRupiah } = answered.answer
    if (answered.meaning !== 'accepted' || !amountRupiah) continue
    return { ...call, amountRupiah, adminFeeRupiah: adminFeeRupiah ?? 0, outlet: `T${random.whole(1, 40)}` }
  }
  return undefined
}

/** Inquiries come from all over: one till that asked for everybody would be locked out. */
function outletFor(customerId: string): string {
  return `T${customerId.slice(-2)}`
}

async function payAsQuoted(
  { terminal, check, remember }: ScenarioContext,
  call: PartnerPayment,
): Promise<TerminalAnswer | undefined> {
  const answered = await terminal.pay(call)
  if (!check(terminal, 'payment', answered, ['accepted'])) return undefined
  remember({ terminal, call, answered })
  return answered
}

/** A repeat that is accepted must be the first answer again: reference and months, and every byte where the protocol says so. */
function sameAs(first: TerminalAnswer, again: TerminalAnswer): TerminalAnswer {
  const a = first.answer
  const b = again.answer
  const isSame = a.hubReference === b.hubReference && String(a.months) === String(b.months)
  return again.meaning === 'accepted' && !isSame ? { ...again, meaning: 'odd' } : again
}
