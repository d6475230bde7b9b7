/**
 * What happens at terminals, good and bad, each as one short story whose every answer is judged. A story takes a customer, one
 * terminal (two for some) and leaves the hub with facts that must add up. Knows no HTTP, no clock and no log.
 */

import type { PartnerPayment } from '../../shared/channel-port/partner.ts'
import type { MonthCount } from '../../shared/domain/month-count.ts'
import type { Random } from '../demo/random.ts'
import type { Meaning } from './answers.ts'
import type { Customer } from './customers.ts'
import type { Heard, Terminal } from './terminal.ts'

/** A payment that was accepted, to be repeated some day at the same channel. */
export type Done = { readonly terminal: Terminal; readonly call: PartnerPayment; readonly heard: Heard }

export type Scene = {
  readonly terminal: Terminal
  /** Another channel's. */
  readonly other: Terminal
  readonly customer: Customer
  readonly random: Random
  readonly newId: () => string
  /** Counts the answer, and writes it down when its meaning is none of those; tells whether it was one. */
  readonly judge: (terminal: Terminal, step: string, heard: Heard, allowed: readonly Meaning[]) => boolean
  /** An earlier payment of anybody's; undefined in the first moments. */
  readonly earlier: () => Done | undefined
  readonly remember: (done: Done) => void
}

/** `exhausted`: the customer has paid as far ahead as one may. */
export type End = 'done' | 'exhausted'
export type Scenario = (scene: Scene) => Promise<End>

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

async function good(scene: Scene): Promise<End> {
  const call = await quoted(scene, scene.terminal)
  if (!call) return 'exhausted'
  await payAsQuoted(scene, call)
  return 'done'
}

/** The terminal did not hear the answer: it repeats, and asks where it can. Both say what was said first. */
async function advice(scene: Scene): Promise<End> {
  const { terminal, judge } = scene
  const call = await quoted(scene, terminal)
  if (!call) return 'exhausted'
  const first = await payAsQuoted(scene, call)
  if (!first) return 'done'
  judge(terminal, 'repeat', sameAs(first, await terminal.pay(call)), ['accepted'])
  if (terminal.status) judge(terminal, 'status', sameAs(first, await terminal.status(call)), ['accepted'])
  return 'done'
}

async function lateRepeat(scene: Scene): Promise<End> {
  const done = scene.earlier()
  if (!done) return good(scene)
  const heard = await done.terminal.pay(done.call)
  scene.judge(done.terminal, 'late-repeat', sameAs(done.heard, heard), ['accepted'])
  return 'done'
}

async function forged(scene: Scene): Promise<End> {
  const call = await quoted(scene, scene.terminal)
  if (!call) return 'exhausted'
  scene.judge(scene.terminal, 'forged', await scene.terminal.forge(call), ['unauthorised'])
  return 'done'
}

/** Paid, taken back, taken back once more; then the payment itself comes again and is told so. */
async function reversed(scene: Scene): Promise<End> {
  const { terminal, judge } = scene
  if (!terminal.reverse) return advice(scene)
  const call = await quoted(scene, terminal)
  if (!call) return 'exhausted'
  judge(terminal, 'payment', await terminal.pay(call), ['accepted'])
  const reversal = { ...call, reason: 'cancelled at the terminal' }
  judge(terminal, 'reversal', await terminal.reverse(reversal), ['accepted'])
  judge(terminal, 'repeated-reversal', await terminal.reverse(reversal), ['accepted'])
  judge(terminal, 'repeat', await terminal.pay(call), ['was-reversed'])
  return 'done'
}

/** The reversal overtakes its payment: the payment must not count when it comes. */
async function reversedFirst(scene: Scene): Promise<End> {
  const { terminal, judge } = scene
  if (!terminal.reverse) return good(scene)
  const call = await quoted(scene, terminal)
  if (!call) return 'exhausted'
  judge(terminal, 'reversal', await terminal.reverse({ ...call, reason: 'no answer in time' }), ['unknown-original'])
  judge(terminal, 'payment', await terminal.pay(call), ['was-reversed'])
  return 'done'
}

/** A refusal is final for its id; the terminal corrects itself under a new one. */
async function wrongAmount(scene: Scene): Promise<End> {
  const { terminal, judge, newId } = scene
  const call = await quoted(scene, terminal)
  if (!call) return 'exhausted'
  const wrong = { ...call, amountRupiah: call.amountRupiah + TOO_MUCH }
  judge(terminal, 'payment', await terminal.pay(wrong), ['wrong-amount'])
  judge(terminal, 'repeat', await terminal.pay(wrong), ['wrong-amount'])
  await payAsQuoted(scene, { ...call, id: newId() })
  return 'done'
}

/** The same id with another amount: somebody counts wrong, or tries. */
async function conflict(scene: Scene): Promise<End> {
  const { terminal, judge } = scene
  const call = await quoted(scene, terminal)
  if (!call) return 'exhausted'
  await payAsQuoted(scene, call)
  judge(terminal, 'conflict', await terminal.pay({ ...call, amountRupiah: call.amountRupiah + TOO_MUCH }), ['conflict'])
  return 'done'
}

/** A KPJ of a series that nobody registers. */
async function unknownCustomer({ terminal, random, newId, judge }: Scene): Promise<End> {
  const call = { id: newId(), customerId: `99${String(random.whole(0, 999_999_999)).padStart(9, '0')}`, months: 1 }
  judge(terminal, 'inquiry', await terminal.inquire(call), ['unknown-customer'])
  const money = { amountRupiah: 8_400, adminFeeRupiah: terminal.protocol === 'snap' ? 0 : 2_500, outlet: 'T1' }
  judge(terminal, 'payment', await terminal.pay({ ...call, ...money }), ['unknown-customer'])
  return 'done'
}

/** Two terminals at once for one membership: whoever comes second pays the next month, or is told what changed. */
async function twoChannels(scene: Scene): Promise<End> {
  const { terminal, other, judge } = scene
  const [here, there] = await Promise.all([quoted(scene, terminal), quoted(scene, other)])
  if (!here || !there) return 'exhausted'
  const heard = await Promise.all([terminal.pay(here), other.pay(there)])
  const allowed: readonly Meaning[] = ['accepted', 'wrong-amount', 'already-paid']
  judge(terminal, 'payment', heard[0], allowed)
  judge(other, 'payment', heard[1], allowed)
  const winners = heard.filter(({ meaning }) => meaning === 'accepted')
  if (winners.length === 0) judge(terminal, 'either-payment', heard[0], ['accepted'])
  return 'done'
}

/** Asks for some months, for one where that is too far ahead; undefined when nothing can be paid. */
async function quoted(scene: Scene, terminal: Terminal): Promise<PartnerPayment | undefined> {
  const { customer, random, newId, judge } = scene
  for (const months of [random.weighted(MONTHS), 1]) {
    const call = { id: newId(), customerId: customer.id, months }
    const heard = await terminal.inquire(call)
    if (!judge(terminal, 'inquiry', heard, ['accepted', 'already-paid'])) return undefined
    const { amountRupiah, adminFeeRupiah } = heard.answer
    if (heard.meaning !== 'accepted' || !amountRupiah) continue
    return { ...call, amountRupiah, adminFeeRupiah: adminFeeRupiah ?? 0, outlet: `T${random.whole(1, 40)}` }
  }
  return undefined
}

async function payAsQuoted({ terminal, judge, remember }: Scene, call: PartnerPayment): Promise<Heard | undefined> {
  const heard = await terminal.pay(call)
  if (!judge(terminal, 'payment', heard, ['accepted'])) return undefined
  remember({ terminal, call, heard })
  return heard
}

/** A repeat that is accepted must be the first answer again: reference and months, and every byte where the protocol says so. */
function sameAs(first: Heard, again: Heard): Heard {
  const a = first.answer
  const b = again.answer
  const isSame = a.hubReference === b.hubReference && String(a.months) === String(b.months)
  return again.meaning === 'accepted' && !isSame ? { ...again, meaning: 'odd' } : again
}
