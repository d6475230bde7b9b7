/**
 * Two channels, one membership, any interleaving of payments, repeats, reversals and status, with writes that fail before
 * and after they happened: the first three promises hold. The oracle knows the messages, the answers and the facts; of the
 * domain it uses the fold alone, whose places it adds up by itself.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from '../../../shared/channel-port/channel.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import type { PaymentFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import type { MonthCount } from '../../../shared/domain/month-count.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { Throttled, UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { type Counter, counterOf, type Hub, healthy, hubWithMember } from '../../support/endpoint.ts'
import { KPJ } from '../../support/facts.ts'

type Reply = {
  readonly channel: 'indomaret' | 'pos'
  readonly id: string
  readonly kind: 'pay' | 'reverse' | 'status'
  readonly months: 1 | 2
  readonly amount: Rupiah
}
type Heard = Reply & { readonly answer: Answer; readonly wave: number; readonly decidedBefore: boolean }

const reply: fc.Arbitrary<Reply> = fc.record({
  channel: fc.constantFrom('indomaret', 'pos'),
  id: fc.constantFrom('A', 'B'),
  kind: fc.constantFrom('pay', 'pay', 'pay', 'reverse', 'status'),
  months: fc.constantFrom(1, 1, 1, 2),
  amount: fc.constantFrom(8_400, 8_400, 16_800, 25_200).map(rupiah),
})
/** Messages of one wave are on their way together; the next wave begins when all are answered. */
const waves = fc.array(fc.array(reply, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 6 })
/** One entry per step of a store, so long that the last waves still meet some. */
const faults = fc.array(fc.constantFrom('none', 'none', 'none', 'none', 'none', 'none', 'lost', 'throttled', 'crash'), {
  minLength: 80,
  maxLength: 120,
})

function deliver(counter: Counter, { kind, id, months, amount }: Reply): Promise<Answer> {
  if (kind === 'pay') return counter.pay({ paymentId: id, months: months as MonthCount, amount })
  return kind === 'reverse' ? counter.reverse({ paymentId: id }) : counter.status(id)
}

function haunt(hub: Hub, scheduler: fc.Scheduler, plan: readonly string[]): void {
  let step = 0
  hub.hook.current = async ({ kind, phase }) => {
    if (phase === 'before') await scheduler.schedule(Promise.resolve())
    const fault = plan[step++] ?? 'none'
    if (fault === 'lost' && kind === 'write') throw new UnknownOutcome('expected an answer, none came')
    if (fault === 'throttled' && phase === 'before') throw new Throttled('expected a call to be taken, it was not')
    if (fault === 'crash') throw new Error('the process is gone')
  }
}

test('any interleaving over two channels keeps the first three promises', async () => {
  const property = fc.asyncProperty(waves, faults, fc.scheduler(), async (story, plan, scheduler) => {
    const hub = await hubWithMember()
    haunt(hub, scheduler, plan)
    const heard: Heard[] = []
    for (const [wave, messages] of story.entries()) {
      hub.clock.now = (hub.clock.now + 60_000) as Instant
      const decided = new Set(
        hub.store.everything().decisions.map(({ channel, paymentId }) => `${channel} ${paymentId}`),
      )
      const answers = await scheduler.waitFor(
        Promise.all(messages.map((message) => deliver(counterOf(hub, message.channel), message))),
      )
      for (const [i, message] of messages.entries()) {
        const decidedBefore = decided.has(`${message.channel} ${message.id}`)
        heard.push({ ...message, answer: answers[i] as Answer, wave, decidedBefore })
      }
    }
    healthy(hub)
    await keepsAcceptedMoney(hub, heard)
    keepsItsWord(heard)
    await placesEveryRupiah(hub)
  })
  await fc.assert(property, { numRuns: 300 })
})

/** Promise 1: whatever was answered with success has its fact, once; after a status has healed it every accepted decision has. */
async function keepsAcceptedMoney(hub: Hub, heard: readonly Heard[]): Promise<void> {
  const payments = () => hub.store.everything().facts.filter((fact): fact is PaymentFact => fact.kind === 'payment')
  for (const { channel, id, answer } of heard) {
    if (answer.outcome !== 'accepted') continue
    const facts = payments().filter((fact) => fact.source === channel && fact.id[0] === id)
    expect(facts).toMatchObject([{ amount: answer.amount, hubReference: answer.hubReference }])
  }
  const { decisions } = hub.store.everything()
  for (const decision of decisions) await counterOf(hub, decision.channel).status(decision.paymentId)
  const accepted = decisions.filter(({ outcome: decision }) => decision.kind === 'accepted')
  expect(payments()).toHaveLength(accepted.length)
}

/** Promise 2: one answer per payment for ever; reversed only if its channel said so; never "nothing happened" after a decision. */
function keepsItsWord(heard: readonly Heard[]): void {
  const decisions = new Map<string, Answer>()
  for (const { channel, id, kind, months, amount, answer, wave, decidedBefore } of heard) {
    if (decidedBefore) expect(['fault', 'too-many']).not.toContain(answer.outcome)
    if (answer.outcome === 'was-reversed') {
      const wasInquired = heard.some(
        (each) => each.kind === 'reverse' && each.channel === channel && each.id === id && each.wave <= wave,
      )
      expect(wasInquired).toBe(true)
    }
    if (answer.outcome !== 'accepted' && answer.outcome !== 'refused') continue
    const key = kind === 'status' ? `${channel} ${id}` : `${channel} ${id} ${months} ${amount}`
    const first = decisions.get(key)
    if (first) expect(answer).toEqual(first)
    decisions.set(key, answer)
    // Other facts under the same id were never decided too.
    const others = [...decisions.keys()].filter((each) => each.startsWith(`${channel} ${id} `))
    expect(others.length).toBeLessThanOrEqual(1)
  }
}

/** Promise 3: collected = allocated + credit + returned to bills + suspense + reversed, added up from the facts themselves. */
async function placesEveryRupiah(hub: Hub): Promise<void> {
  const facts = await hub.store.facts.ofAccount(KPJ)
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
  const collected = sum(facts.flatMap((fact) => (fact.kind === 'payment' ? [fact.amount] : [])))
  const reversed = sum(facts.flatMap((fact) => (fact.kind === 'reversal' ? [fact.amount] : [])))
  const { paidMonths: held, credit, byFact: places } = allocate(facts, RULES)
  const allocated = sum([...held.values()].map(({ price }) => price.jkk + price.jkm + price.jht))
  expect(credit).toBeGreaterThanOrEqual(0)
  expect(allocated + credit + reversed).toBe(collected)
  expect(
    sum(places.map((place) => place.allocated + place.credit + place.billReturn + place.suspense + place.reversed)),
  ).toBe(collected)
}
