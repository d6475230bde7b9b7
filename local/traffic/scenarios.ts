/**
 * What happens at tills, good and bad, each as one short story whose every answer is judged. A story takes a customer, one
 * till (two for some) and leaves the hub with facts that must add up. Knows no HTTP, no clock and no log.
 */
import type { MonthCount } from '../../shared/channels/channel.ts'
import type { PartnerPayment } from '../../shared/channels/partner.ts'
import type { Random } from '../demo/random.ts'
import type { Meaning } from './answers.ts'
import type { Customer } from './customers.ts'
import type { Heard, Till } from './till.ts'

/** A payment that was accepted, to be repeated some day at the same channel. */
export type Done = { readonly till: Till; readonly call: PartnerPayment; readonly heard: Heard }

export type Scene = {
  readonly till: Till
  /** Another channel's. */
  readonly other: Till
  readonly customer: Customer
  readonly random: Random
  readonly newId: () => string
  /** Counts the answer, and writes it down when its meaning is none of those; tells whether it was one. */
  readonly judge: (till: Till, step: string, heard: Heard, allowed: readonly Meaning[]) => boolean
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
/** More than any quote: what a till charges when its list is out of date. */
const TOO_MUCH = 1_000

async function good(scene: Scene): Promise<End> {
  const call = await quoted(scene, scene.till)
  if (!call) return 'exhausted'
  await payAsQuoted(scene, call)
  return 'done'
}

/** The till did not hear the answer: it repeats, and asks where it can. Both say what was said first. */
async function advice(scene: Scene): Promise<End> {
  const { till, judge } = scene
  const call = await quoted(scene, till)
  if (!call) return 'exhausted'
  const first = await payAsQuoted(scene, call)
  if (!first) return 'done'
  judge(till, 'repeat', sameAs(first, await till.pay(call)), ['accepted'])
  if (till.status) judge(till, 'status', sameAs(first, await till.status(call)), ['accepted'])
  return 'done'
}

async function lateRepeat(scene: Scene): Promise<End> {
  const done = scene.earlier()
  if (!done) return good(scene)
  const heard = await done.till.pay(done.call)
  scene.judge(done.till, 'late-repeat', sameAs(done.heard, heard), ['accepted'])
  return 'done'
}

async function forged(scene: Scene): Promise<End> {
  const call = await quoted(scene, scene.till)
  if (!call) return 'exhausted'
  scene.judge(scene.till, 'forged', await scene.till.forge(call), ['unauthorised'])
  return 'done'
}

/** Paid, taken back, taken back once more; then the payment itself comes again and is told so. */
async function reversed(scene: Scene): Promise<End> {
  const { till, judge } = scene
  if (!till.reverse) return advice(scene)
  const call = await quoted(scene, till)
  if (!call) return 'exhausted'
  judge(till, 'payment', await till.pay(call), ['accepted'])
  const reversal = { ...call, reason: 'cancelled at the till' }
  judge(till, 'reversal', await till.reverse(reversal), ['accepted'])
  judge(till, 'repeated-reversal', await till.reverse(reversal), ['accepted'])
  judge(till, 'repeat', await till.pay(call), ['was-reversed'])
  return 'done'
}

/** The reversal overtakes its payment: the payment must not count when it comes. */
async function reversedFirst(scene: Scene): Promise<End> {
  const { till, judge } = scene
  if (!till.reverse) return good(scene)
  const call = await quoted(scene, till)
  if (!call) return 'exhausted'
  judge(till, 'reversal', await till.reverse({ ...call, reason: 'no answer in time' }), ['unknown-original'])
  judge(till, 'payment', await till.pay(call), ['was-reversed'])
  return 'done'
}

/** A refusal is final for its id; the till corrects itself under a new one. */
async function wrongAmount(scene: Scene): Promise<End> {
  const { till, judge, newId } = scene
  const call = await quoted(scene, till)
  if (!call) return 'exhausted'
  const wrong = { ...call, amountRupiah: call.amountRupiah + TOO_MUCH }
  judge(till, 'payment', await till.pay(wrong), ['wrong-amount'])
  judge(till, 'repeat', await till.pay(wrong), ['wrong-amount'])
  await payAsQuoted(scene, { ...call, id: newId() })
  return 'done'
}

/** The same id with another amount: somebody counts wrong, or tries. */
async function conflict(scene: Scene): Promise<End> {
  const { till, judge } = scene
  const call = await quoted(scene, till)
  if (!call) return 'exhausted'
  await payAsQuoted(scene, call)
  judge(till, 'conflict', await till.pay({ ...call, amountRupiah: call.amountRupiah + TOO_MUCH }), ['conflict'])
  return 'done'
}

/** A KPJ of a series that nobody registers. */
async function unknownCustomer({ till, random, newId, judge }: Scene): Promise<End> {
  const call = { id: newId(), customerId: `99${String(random.whole(0, 999_999_999)).padStart(9, '0')}`, months: 1 }
  judge(till, 'inquiry', await till.inquire(call), ['unknown-customer'])
  const money = { amountRupiah: 8_400, adminFeeRupiah: till.protocol === 'snap' ? 0 : 2_500, outlet: 'T1' }
  judge(till, 'payment', await till.pay({ ...call, ...money }), ['unknown-customer'])
  return 'done'
}

/** Two tills at once for one membership: whoever comes second pays the next month, or is told what changed. */
async function twoChannels(scene: Scene): Promise<End> {
  const { till, other, judge } = scene
  const [here, there] = await Promise.all([quoted(scene, till), quoted(scene, other)])
  if (!here || !there) return 'exhausted'
  const heard = await Promise.all([till.pay(here), other.pay(there)])
  const allowed: readonly Meaning[] = ['accepted', 'wrong-amount', 'already-paid']
  judge(till, 'payment', heard[0], allowed)
  judge(other, 'payment', heard[1], allowed)
  const winners = heard.filter(({ meaning }) => meaning === 'accepted')
  if (winners.length === 0) judge(till, 'either-payment', heard[0], ['accepted'])
  return 'done'
}

/** Asks for some months, for one where that is too far ahead; undefined when nothing can be paid. */
async function quoted(scene: Scene, till: Till): Promise<PartnerPayment | undefined> {
  const { customer, random, newId, judge } = scene
  for (const months of [random.weighted(MONTHS), 1]) {
    const call = { id: newId(), customerId: customer.id, months }
    const heard = await till.inquire(call)
    if (!judge(till, 'inquiry', heard, ['accepted', 'already-paid'])) return undefined
    const { amountRupiah, adminFeeRupiah } = heard.answer
    if (heard.meaning !== 'accepted' || !amountRupiah) continue
    return { ...call, amountRupiah, adminFeeRupiah: adminFeeRupiah ?? 0, outlet: `T${random.whole(1, 40)}` }
  }
  return undefined
}

async function payAsQuoted({ till, judge, remember }: Scene, call: PartnerPayment): Promise<Heard | undefined> {
  const heard = await till.pay(call)
  if (!judge(till, 'payment', heard, ['accepted'])) return undefined
  remember({ till, call, heard })
  return heard
}

/** A repeat that is accepted must be the first answer again: reference and months, and every byte where the protocol says so. */
function sameAs(first: Heard, again: Heard): Heard {
  const a = first.answer
  const b = again.answer
  const isSame = a.hubReference === b.hubReference && String(a.months) === String(b.months)
  return again.meaning === 'accepted' && !isSame ? { ...again, meaning: 'odd' } : again
}
