/**
 * What happens at the counters while the hub is killed: payments, repeats, refusals, reversals, bills, at all five channels.
 * A story has its customer to itself and says what each answer may mean; the kills may fall between any two of its steps.
 */
import { randomInt } from 'node:crypto'
import type { Meaning } from '../../local/partner-simulator/answers.ts'
import { type Person, person } from '../support/people.ts'
import { CHANNELS, type ChannelName, type PaymentCall } from '../support/terminals.ts'
import {
  askStatus,
  callConsole,
  GaveUp,
  type PartnerClient,
  pay,
  payAnother,
  quoted,
  reverse,
} from './partner-client.ts'
import { type Question, type RememberedPayment, tookTheMoney } from './partner-memory.ts'

/** Who can still pay for some months; one customer stands at one counter at a time. */
export type Customers = {
  readonly take: () => Customer | undefined
  readonly giveBack: (customer: Customer) => void
}
export type Customer = { readonly person: Person; paidMonths: number; billed: boolean }

export type ScenarioContext = {
  readonly client: PartnerClient
  readonly channel: ChannelName
  readonly customer: Customer
  readonly newId: () => string
  /** What this story sent, for others to repeat once it has ended. */
  readonly sent: RememberedPayment[]
}
type Scenario = (scene: ScenarioContext) => Promise<void>

/** Nobody pays more than twelve months ahead; a customer who is near that goes home. */
const MONTHS_EACH = 8
const REVERSING: readonly ChannelName[] = ['alfamart', 'indomaret', 'pos']
const ASKING: readonly ChannelName[] = ['indomaret', 'pos']

const STORIES: readonly (readonly [weight: number, story: Scenario])[] = [
  [34, paid],
  [14, repeated],
  [6, copied],
  [12, reversed],
  [6, reversedFirst],
  [8, wrongAmount],
  [4, otherAmount],
  [6, unknownCustomer],
  [6, twoCounters],
  [8, bill],
  [6, earlier],
]

/** One counter, from one customer to the next, until the day ends or nobody is left. */
export async function counter(
  client: PartnerClient,
  channel: ChannelName,
  customers: Customers,
  newId: () => string,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const customer = customers.take()
    if (customer === undefined) return
    const story = customer.billed ? bill : client.random.weighted(STORIES)
    const sent: RememberedPayment[] = []
    try {
      await story({ client, channel, customer, newId, sent })
      client.finished.push(...sent)
      if (customer.paidMonths <= MONTHS_EACH) customers.giveBack(customer)
    } catch (error) {
      // What the partner left open decides what this customer owes: nobody sells to him before that is known.
      if (!(error instanceof GaveUp)) throw error
    }
  }
}

/** A quote and the payment that it asks for, not yet sent. */
async function atCounter(
  scene: ScenarioContext,
  channel = scene.channel,
  months = scene.client.random.pick([1, 1, 1, 2, 3]),
) {
  const { client, customer, newId } = scene
  const ask = { id: newId(), customer: idOf(customer.person, client), months }
  const amount = await quoted(client, channel, ask)
  if (amount === null) throw new Error(`expected a quote for ${months} months at ${channel}, there was none`)
  return remembered(scene, channel, { ...ask, amount })
}

function remembered(scene: ScenarioContext, channel: ChannelName, call: PaymentCall): RememberedPayment {
  const partnerPayment = scene.client.memory.remember(channel, call, scene.customer.person.kpj)
  scene.sent.push(partnerPayment)
  return partnerPayment
}

function idOf({ nik, kpj }: Person, { random }: PartnerClient): string {
  return random.fraction() < 0.5 ? nik : kpj
}

async function paid(scene: ScenarioContext): Promise<void> {
  const partnerPayment = await atCounter(scene)
  await pay(scene.client, partnerPayment)
  scene.customer.paidMonths += partnerPayment.call.months ?? 1
}

async function repeated(scene: ScenarioContext): Promise<void> {
  const partnerPayment = await atCounter(scene)
  scene.customer.paidMonths += partnerPayment.call.months ?? 1
  await pay(scene.client, partnerPayment)
  await pay(scene.client, partnerPayment)
  if (ASKING.includes(scene.channel)) await askStatus(scene.client, partnerPayment, ['accepted'])
}

/** A line that doubles what is sent: both copies are the same payment and hear the same. */
async function copied(scene: ScenarioContext): Promise<void> {
  const partnerPayment = await atCounter(scene)
  scene.customer.paidMonths += partnerPayment.call.months ?? 1
  await together([pay(scene.client, partnerPayment), pay(scene.client, partnerPayment)])
}

async function reversed(scene: ScenarioContext): Promise<void> {
  if (!REVERSING.includes(scene.channel)) return repeated(scene)
  const { client } = scene
  const partnerPayment = await atCounter(scene)
  await pay(client, partnerPayment)
  await reverse(client, partnerPayment)
  if (client.random.fraction() < 0.5) await reverse(client, partnerPayment)
  if (client.random.fraction() < 0.5) await pay(client, partnerPayment)
}

/** The reversal overtakes its payment, which then must not count. */
async function reversedFirst(scene: ScenarioContext): Promise<void> {
  if (!REVERSING.includes(scene.channel)) return paid(scene)
  const partnerPayment = await atCounter(scene)
  await reverse(scene.client, partnerPayment, ['unknown-original'])
  await pay(scene.client, partnerPayment)
}

async function wrongAmount(scene: ScenarioContext): Promise<void> {
  const { client, channel, newId } = scene
  const right = await atCounter(scene)
  const wrong = remembered(scene, channel, { ...right.call, id: newId(), amount: right.call.amount + 700 })
  await pay(client, wrong, ['wrong-amount'])
  if (client.random.fraction() < 0.5) await pay(client, wrong, ['wrong-amount'])
  scene.customer.paidMonths += right.call.months ?? 1
  await pay(client, right)
}

/** The same id with another amount: somebody counts wrong, or tries. */
async function otherAmount(scene: ScenarioContext): Promise<void> {
  const partnerPayment = await atCounter(scene)
  scene.customer.paidMonths += partnerPayment.call.months ?? 1
  await pay(scene.client, partnerPayment)
  await payAnother(scene.client, partnerPayment)
}

async function unknownCustomer({ client, channel, newId, sent }: ScenarioContext): Promise<void> {
  const call = { id: newId(), customer: `99${String(randomInt(1_000_000_000)).padStart(9, '0')}`, amount: 8_400 }
  const partnerPayment = client.memory.remember(channel, call, null)
  sent.push(partnerPayment)
  await pay(client, partnerPayment, ['unknown-customer'])
}

/** A payment of an earlier scenario again, a kill or two later: the answer must be the one given then. */
async function earlier(scene: ScenarioContext): Promise<void> {
  const { client } = scene
  if (client.finished.length === 0) return paid(scene)
  await repeatOf(client, client.random.pick(client.finished))
}

/** Asks everything about a payment once more. */
export async function repeatOf(client: PartnerClient, partnerPayment: RememberedPayment): Promise<void> {
  const { answers } = partnerPayment
  if (answers.has('reversal')) await reverse(client, partnerPayment, [meaningOf(partnerPayment, 'reversal')])
  if (answers.has('payment')) await pay(client, partnerPayment, [meaningOf(partnerPayment, 'payment')])
  else if (answers.has('payment, once reversed')) await pay(client, partnerPayment)
  if (answers.has('another amount')) await payAnother(client, partnerPayment)
}

function meaningOf({ answers }: RememberedPayment, question: Question): Meaning {
  const first = answers.get(question)
  if (first === undefined) throw new Error(`expected an answer to the ${question} to be remembered`)
  return first.meaning
}

/** Both counters quote the same month; whoever comes second is answered what changed, or pays the next month. */
async function twoCounters(scene: ScenarioContext): Promise<void> {
  const { client, channel, customer } = scene
  const other = client.random.pick(CHANNELS.filter((each) => each !== channel))
  const both = [await atCounter(scene, channel, 1), await atCounter(scene, other, 1)]
  customer.paidMonths += 2
  await together(
    both.map((partnerPayment) => pay(client, partnerPayment, ['accepted', 'wrong-amount', 'already-paid'])),
  )
  if (!both.some(tookTheMoney)) client.unexpected.push(neither(both[0] as RememberedPayment))
}

function neither(partnerPayment: RememberedPayment) {
  const { meaning, text } = partnerPayment.answers.get('payment') ?? { meaning: 'odd', text: '' }
  return { partnerPayment, question: 'one of two', allowed: ['accepted'], got: meaning, status: 0, code: text } as const
}

/** The office makes a bill, a counter takes the money, a second payment of it is refused; some are reversed. */
async function bill(scene: ScenarioContext): Promise<void> {
  const { client, channel, customer, newId } = scene
  // Shares come a moment after their bill's payment: who has bills pays by bill only.
  if (!customer.billed && customer.paidMonths > 0) return paid(scene)
  customer.billed = true
  const billRequest = { kpj: customer.person.kpj, months: client.random.pick([1, 2, 3]), validUntil: '2026-11-30' }
  const { status, body } = await callConsole(client, 'POST', '/api/bills', billRequest)
  if (status !== 201) throw new Error(`expected a bill to be issued, got ${status}`)
  const call = {
    id: newId(),
    customer: String(body.billCode),
    months: billRequest.months,
    amount: Number(body.amountRupiah),
  }
  const partnerPayment = remembered(scene, channel, call)
  // Its member's shares of the bill before may still be on their way: then this bill's months were paid otherwise.
  const first = await pay(client, partnerPayment, customer.paidMonths === 0 ? ['accepted'] : ['accepted', 'expired'])
  if (first !== 'accepted') return
  customer.paidMonths += billRequest.months
  if (client.random.fraction() < 0.4) {
    await pay(client, remembered(scene, channel, { ...call, id: newId() }), ['already-paid'])
  }
  if (REVERSING.includes(channel) && client.random.fraction() < 0.3) {
    await reverse(client, partnerPayment)
    customer.paidMonths += MONTHS_EACH
  }
}

/** Waits for all of them, also when one gave up: its story ends only when nothing of it is under way. */
async function together(calls: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(calls)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}

/** People for a day; a tenth of them come for bills alone. */
export function people(count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, i) => ({ person: person(), paidMonths: 0, billed: i % 10 === 9 }))
}
