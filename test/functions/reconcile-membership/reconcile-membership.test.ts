/** The fold's consumer: level-triggered, so duplicates, order and races change nothing; a lost race is never acknowledged. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  correlationOf,
  foldView,
  reconcileMembership,
} from '../../../functions/reconcile-membership/reconcile-membership.ts'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { type Fact, keyOf } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { CohortMessage } from '../../../shared/messages/cohort.ts'
import { causeOf } from '../../../shared/messages/reconcile.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import { factItem, readFact } from '../../../shared/store/facts/item.ts'
import { BILL, counterOf, type Hub, hubOn, hubWithMember, issueBill } from '../../support/endpoint.ts'
import { at, close, KPJ, pay, post, reverse, terms } from '../../support/facts.ts'
import type { StoreOperation } from '../../support/memory-store.ts'
import { decreedRules } from '../../support/rules.ts'

function portsOf(hub: Hub) {
  const chunks: CohortMessage[] = []
  const sendChunks = async (sent: readonly CohortMessage[]) => void chunks.push(...sent)
  return { ...hub.store, sendChunks, rules: RULES, now: () => hub.clock.now, chunks }
}

async function viewOf(hub: Hub) {
  return hub.store.memberships.get(KPJ)
}

describe('looking at an account', () => {
  test('writes the view that its facts say', async () => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11', '2026-12'])])
    expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({
      outcome: 'written',
      conflicts: 0,
    })
    expect(await viewOf(hub)).toMatchObject({
      kpj: KPJ,
      status: 'active',
      paidThrough: '2026-12',
      credit: 0,
      nextTransition: { on: '2027-01-01', to: 'grace' },
      factCount: 2,
      asOf: hub.clock.now,
      version: 1,
    })
  })
  test('again, without anything new, writes nothing', async () => {
    const hub = await hubWithMember()
    await reconcileMembership(portsOf(hub), { account: KPJ })
    const before = await viewOf(hub)
    hub.clock.now = at('2026-11-25T10:00')
    expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({ outcome: 'unchanged' })
    expect(await viewOf(hub)).toEqual(before)
  })
  test('says which notice follows, and does not write again because it has grown old', async () => {
    const hub = await hubWithMember([pay('OCT', '2026-10-05T10:00', ['2026-10'])])
    hub.clock.now = at('2026-11-20T10:00')
    await reconcileMembership(portsOf(hub), { account: KPJ })
    expect(await viewOf(hub)).toMatchObject({ status: 'grace', noticeDue: null })
    await hub.store.facts.put(pay('NOV', '2026-11-20T10:01', ['2026-11']))
    hub.clock.now = at('2026-11-20T10:02')
    await reconcileMembership(portsOf(hub), { account: KPJ })
    const viewBefore = await viewOf(hub)
    expect(viewBefore).toMatchObject({ status: 'active', noticeDue: { stage: 'active-again', month: '2026-11' } })
    hub.clock.now = at('2026-11-28T10:00')
    expect(await reconcileMembership(portsOf(hub), { account: KPJ, cause: 'repair' })).toMatchObject({
      outcome: 'unchanged',
    })
    expect(await viewOf(hub)).toEqual(viewBefore)
  })
  test('says that a membership has lapsed, in the month in which it does', async () => {
    const hub = await hubWithMember([pay('OCT', '2026-10-05T10:00', ['2026-10'])])
    hub.clock.now = at('2027-02-01T00:10')
    await reconcileMembership(portsOf(hub), { account: KPJ })
    expect(await viewOf(hub)).toMatchObject({ status: 'lapsed', noticeDue: { stage: 'lapsed', month: '2027-02' } })
  })
  test('after time has passed writes what time brought', async () => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
    await reconcileMembership(portsOf(hub), { account: KPJ })
    for (const [when, status] of [
      ['2026-12-01T00:00', 'grace'],
      ['2027-03-01T00:00', 'lapsed'],
    ] as const) {
      hub.clock.now = at(when)
      expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({ outcome: 'written' })
      expect(await viewOf(hub)).toMatchObject({ status })
    }
  })
  test('of nobody registered writes nothing', async () => {
    const hub = hubOn()
    await hub.store.facts.put(pay('OLD', '2026-11-05T10:00', ['2026-11']))
    expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toEqual({ outcome: 'not-a-membership' })
    expect(await reconcileMembership(portsOf(hub), { account: suspenseAccount('bni', 'T1') })).toEqual({
      outcome: 'not-a-membership',
    })
    expect(hub.store.everything().views).toEqual([])
  })
  test('with a clock behind the view folds at the time that the view has seen', async () => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
    hub.clock.now = at('2026-12-01T00:01')
    await reconcileMembership(portsOf(hub), { account: KPJ })
    hub.clock.now = at('2026-11-30T23:59')
    expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({ outcome: 'unchanged' })
    await hub.store.facts.put(pay('NEW', '2026-11-30T23:58', ['2027-01']))
    expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({ outcome: 'written' })
    expect(await viewOf(hub)).toMatchObject({ status: 'grace', asOf: at('2026-12-01T00:01'), version: 2 })
  })
})

describe('when others write the view meanwhile', () => {
  /** Right before each write of ours somebody else writes the view of one fact more, and the next fact comes in. */
  function raced(hub: Hub, times: number): void {
    let left = times
    const race = async ({ store, method, phase }: StoreOperation) => {
      if (store !== 'memberships' || method !== 'put' || phase !== 'before' || left === 0) return
      left--
      hub.hook.current = async () => {}
      await hub.store.facts.put(pay(`SEEN${left}`, '2026-11-20T09:00', [`2027-0${2 * left + 1}`]))
      const view = foldView(KPJ, await hub.store.facts.ofAccount(KPJ), await viewOf(hub), RULES, hub.clock.now)
      if (view) await hub.store.memberships.put(view)
      await hub.store.facts.put(pay(`NEXT${left}`, '2026-11-20T09:00', [`2027-0${2 * left + 2}`]))
      hub.hook.current = race
    }
    hub.hook.current = race
  }
  test.each([1, 2])('%d lost races: it starts over, and nothing that they saw is lost', async (times) => {
    const hub = await hubWithMember()
    raced(hub, times)
    const ports = portsOf(hub)
    expect(await reconcileMembership(ports, { account: KPJ })).toMatchObject({ outcome: 'written', conflicts: times })
    const facts = await hub.store.facts.ofAccount(KPJ)
    expect(facts).toHaveLength(1 + 2 * times)
    expect(await viewOf(hub)).toMatchObject({ factCount: facts.length, paidThrough: `2027-0${2 * times}` })
  })
  test('three lost races: the message comes again, the conflict is not acknowledged', async () => {
    const hub = await hubWithMember()
    raced(hub, 3)
    const done = reconcileMembership(portsOf(hub), { account: KPJ })
    await expect(done).rejects.toBeInstanceOf(Transient)
    await expect(done).rejects.toMatchObject({ code: 'VIEW_CONFLICT' })
  })
  test('the view is read before the facts: a fact put between the two reads is not lost', async () => {
    const hub = await hubWithMember()
    const reads: string[] = []
    let put = false
    hub.hook.current = async ({ store, method, phase }) => {
      if (phase === 'after' && (method === 'get' || method === 'ofAccount')) reads.push(`${store}.${method}`)
      if (put || store !== 'memberships' || method !== 'get' || phase !== 'after') return
      put = true
      await hub.store.facts.put(pay('BETWEEN', '2026-11-20T10:00', ['2026-11']))
      // Its own message is handled by another worker at once.
      await reconcileMembership(portsOf(hub), { account: KPJ })
    }
    await reconcileMembership(portsOf(hub), { account: KPJ })
    expect(reads.slice(0, 1)).toEqual(['memberships.get'])
    expect(await viewOf(hub)).toMatchObject({ status: 'active', paidThrough: '2026-11', factCount: 2 })
  })
})

describe('a repair', () => {
  test('finds a view that is not the fold of its facts', async () => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
    await reconcileMembership(portsOf(hub), { account: KPJ })
    const view = await viewOf(hub)
    if (!view) throw new Error('expected a view')
    await hub.store.memberships.put({ ...view, credit: rupiah(1), version: view.version + 1 })
    const done = await reconcileMembership(portsOf(hub), { account: KPJ, cause: 'repair' })
    expect(done).toMatchObject({ outcome: 'repaired', why: 'wrong' })
    expect(await viewOf(hub)).toMatchObject({ credit: 0, version: 3 })
  })
  test.each(['time', 'repair', 'weekly'] as const)(
    'finds a view that lacks a fact whose message was lost (%s)',
    async (cause) => {
      const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
      await reconcileMembership(portsOf(hub), { account: KPJ })
      await hub.store.facts.put(pay('LOST', '2026-11-20T10:00', ['2026-12']))
      hub.clock.now = at('2026-11-20T10:15:01')
      const done = await reconcileMembership(portsOf(hub), { account: KPJ, cause })
      expect(done).toMatchObject({ outcome: 'repaired', why: 'message-lost' })
      expect(await reconcileMembership(portsOf(hub), { account: KPJ, cause })).toMatchObject({ outcome: 'unchanged' })
    },
  )
  test('finds an account that has no view because its first message was lost', async () => {
    const hub = await hubWithMember()
    hub.clock.now = at('2027-03-01T10:00')
    const done = await reconcileMembership(portsOf(hub), { account: KPJ, cause: 'weekly' })
    expect(done).toMatchObject({ outcome: 'repaired', why: 'message-lost', view: { status: 'unpaid', version: 1 } })
  })
  test.each([
    ['for a message of the fact itself, however late', undefined, '2026-11-20T12:00'],
    ['within the quarter of an hour that a message may take', 'repair', '2026-11-20T10:15'],
  ] as const)('is none %s', async (_, cause, now) => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
    await reconcileMembership(portsOf(hub), { account: KPJ })
    await hub.store.facts.put(pay('NEW', '2026-11-20T10:00', ['2026-12']))
    hub.clock.now = at(now)
    expect(await reconcileMembership(portsOf(hub), { account: KPJ, cause })).toMatchObject({ outcome: 'written' })
  })
  test('is none for a late reversal, which sends no message because it moves nothing', async () => {
    const payment = pay('OLD', '2026-11-05T10:00', ['2026-11'])
    const hub = await hubWithMember([payment])
    await reconcileMembership(portsOf(hub), { account: KPJ })
    const late = { ...reverse(payment, '2026-11-20T10:00'), kind: 'late-reversal' } as const
    await hub.store.facts.put(late)
    hub.clock.now = at('2026-11-21T00:10')
    const done = await reconcileMembership(portsOf(hub), { account: KPJ, cause: 'repair' })
    expect(done).toMatchObject({ outcome: 'written' })
  })
  test.each([
    [['weekly', 'repair'], 'repair'],
    [['time', 'weekly', undefined], 'weekly'],
    [['time', undefined], 'time'],
    [[undefined], undefined],
  ] as const)('of messages with the causes %j is one look with the strongest', (causes, strongestCause) => {
    expect(causeOf(causes.map((cause) => ({ cause })))).toBe(strongestCause)
  })
  test.each([
    ['a fact whose message is on its way', '2026-11-20T10:00', pay('NEW', '2026-11-20T10:00', ['2026-12'])],
    ['a month that has turned', '2026-12-01T00:00', undefined],
  ])('is none for %s', async (_, now, fact) => {
    const hub = await hubWithMember([pay('OLD', '2026-11-05T10:00', ['2026-11'])])
    await reconcileMembership(portsOf(hub), { account: KPJ })
    hub.clock.now = at(now)
    if (fact) await hub.store.facts.put(fact)
    const done = await reconcileMembership(portsOf(hub), { account: KPJ, cause: 'repair' })
    expect(done).toMatchObject({ outcome: 'written' })
  })
})

describe('a bill', () => {
  test.each([
    [1, 1],
    [1_000, 1],
    [1_001, 2],
  ])('of %d members is sent in %d chunks, with the cause', async (members, chunks) => {
    const hub = hubOn()
    await issueBill(
      hub,
      ['2026-11'],
      Array.from({ length: members }, (_, i) => kpjOf(String(20_000_000_000 + i))),
    )
    const ports = portsOf(hub)
    const done = await reconcileMembership(ports, { account: BILL, cause: 'repair' })
    expect(done).toEqual({ outcome: 'bill-sent', chunks })
    expect(ports.chunks).toEqual(
      Array.from({ length: chunks }, (_, i) => ({ billCode: BILL, chunk: i + 1, cause: 'repair' })),
    )
  })
  test.each([
    ['weekly', 'weekly'],
    ['time', undefined],
    [undefined, undefined],
  ] as const)('looked at because of %s passes %s on', async (cause, passedOn) => {
    const hub = hubOn()
    await issueBill(hub, ['2026-11'], [KPJ])
    const ports = portsOf(hub)
    await reconcileMembership(ports, { account: BILL, cause })
    expect(ports.chunks).toEqual([{ billCode: BILL, chunk: 1, cause: passedOn }])
  })
  test('that nobody issued is nothing to do', async () => {
    expect(await reconcileMembership(portsOf(hubOn()), { account: BILL })).toEqual({ outcome: 'not-a-membership' })
  })
})

test('the correlation id is the hub reference of the payment that the message names', async () => {
  const hub = await hubWithMember()
  const paid = await counterOf(hub, 'pos').pay()
  const facts = await hub.store.facts.ofAccount(KPJ)
  const payment = facts.find(({ kind }) => kind === 'payment') as Fact
  expect(correlationOf(facts, keyOf(payment))).toBe((paid as { hubReference: string }).hubReference)
  expect(correlationOf(facts, 'terms#import#x')).toBeUndefined()
  expect(correlationOf(facts, undefined)).toBeUndefined()
})

test('messages lost, doubled and in any order: once one comes after the last fact, the view is the fold of the facts', async () => {
  const first = pay('A', '2026-11-05T10:00', ['2026-11'])
  const second = pay('B', '2026-11-06T10:00', ['2026-11'], { channel: 'pos' })
  const third = pay('C', '2026-11-07T10:00', ['2026-12', '2027-01'])
  const facts: readonly Fact[] = [
    terms('2026-01'),
    first,
    second,
    third,
    reverse(first, '2026-11-08T10:00'),
    close('2026-11-09', '2026-11-09T10:00'),
  ]
  const order = fc.shuffledSubarray([...facts], { minLength: facts.length })
  const property = fc.asyncProperty(
    order,
    fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }),
    async (story, looks) => {
      const hub = hubOn()
      for (const [i, fact] of story.entries()) {
        await hub.store.facts.put(fact)
        for (let n = 0; n < (looks[i] ?? 0); n++) await reconcileMembership(portsOf(hub), { account: KPJ })
        hub.clock.now = (hub.clock.now + 1_000) as Instant
      }
      await reconcileMembership(portsOf(hub), { account: KPJ })
      expect(await viewOf(hub)).toMatchObject({ status: 'closed', paidThrough: '2027-01', credit: 0, factCount: 6 })
    },
  )
  await fc.assert(property, { numRuns: 60 })
})

describe('credit that the night’s run asks about', () => {
  const rules = decreedRules(at('2027-01-15T00:00'), month('2027-06'))
  const second = pay('B', '2026-12-05T10:01', ['2026-12'])
  async function hubInJanuary() {
    const hub = { ...(await hubWithMember([pay('A', '2026-12-05T10:00', ['2026-12']), second])), rules }
    const ports = { ...portsOf(hub), rules }
    // As the facts' own messages left it: the night's run meets views.
    hub.clock.now = at('2026-12-31T23:00')
    await reconcileMembership(ports, { account: KPJ })
    hub.clock.now = at('2027-01-16T00:12')
    return { hub, ports }
  }
  const allocations = (hub: Hub) => hub.store.everything().facts.filter(({ kind }) => kind === 'credit-allocation')

  test('is allocated by a fact, whose own message brings the view', async () => {
    const { hub, ports } = await hubInJanuary()
    expect(await reconcileMembership(ports, { account: KPJ, cause: 'credit' })).toMatchObject({
      outcome: 'written',
      creditAllocated: true,
      view: { status: 'grace', credit: 8_400 },
    })
    expect(allocations(hub)).toMatchObject([
      { source: 'hub', id: ['2027-01', '2027-01-16'], decidedAt: hub.clock.now, recordedAt: hub.clock.now },
    ])
    await reconcileMembership(ports, { account: KPJ, fact: 'credit-allocation#hub#2027-01#2027-01-16' })
    expect(await viewOf(hub)).toMatchObject({ status: 'active', paidThrough: '2027-01', credit: 0 })
  })

  test('is left alone by every other look', async () => {
    const { hub, ports } = await hubInJanuary()
    await reconcileMembership(ports, { account: KPJ })
    await reconcileMembership(ports, { account: KPJ, cause: 'repair' })
    expect(allocations(hub)).toEqual([])
  })

  test('is allocated once, however often and by however many at once it is asked for', async () => {
    const { hub, ports } = await hubInJanuary()
    const ask = () => reconcileMembership(ports, { account: KPJ, cause: 'credit' }).catch(() => undefined)
    await Promise.all([ask(), ask(), ask()])
    await ask()
    hub.clock.now = at('2027-01-17T00:12')
    await ask()
    expect(allocations(hub)).toHaveLength(1)
  })

  test('that is gone again empties the month by the next fold, and may pay it on another night', async () => {
    const { hub, ports } = await hubInJanuary()
    await reconcileMembership(ports, { account: KPJ, cause: 'credit' })
    await hub.store.facts.put(reverse(second, '2027-01-16T09:00'))
    await reconcileMembership(ports, { account: KPJ })
    expect(await viewOf(hub)).toMatchObject({ status: 'grace', paidThrough: '2026-12', credit: 0 })
    await hub.store.facts.put(post('P', '2027-01-16T10:00', 500))
    hub.clock.now = at('2027-01-17T00:12')
    expect(await reconcileMembership(ports, { account: KPJ, cause: 'credit' })).toMatchObject({
      creditAllocated: false,
    })
  })

  test('is decided after everything that it draws on, also by a clock that is behind', async () => {
    const { hub, ports } = await hubInJanuary()
    await hub.store.facts.put(terms('2027-03', {}, '2027-01-16T00:13'))
    await reconcileMembership(ports, { account: KPJ, cause: 'credit' })
    const [fact] = allocations(hub)
    expect(fact?.decidedAt).toBe(at('2027-01-16T00:13') + 1)
    expect(fact && readFact(factItem(fact))).toEqual(fact)
  })

  test('messages that arrive together ask for credit if one of them does', () => {
    expect(causeOf([{}, { cause: 'repair' }, { cause: 'credit' }])).toBe('credit')
    expect(causeOf([{}, { cause: 'repair' }])).toBe('repair')
    expect(causeOf([{}])).toBeUndefined()
  })
})

test('a closing whose day has come is no repair: the view announced it', async () => {
  const hub = await hubWithMember([pay('A', '2026-11-05T10:00', ['2026-11']), close('2026-11-25', '2026-11-10T10:00')])
  await reconcileMembership(portsOf(hub), { account: KPJ })
  expect(await viewOf(hub)).toMatchObject({ status: 'active', nextTransition: { on: '2026-11-25', to: 'closed' } })
  hub.clock.now = at('2026-11-25T00:10')
  expect(await reconcileMembership(portsOf(hub), { account: KPJ })).toMatchObject({ outcome: 'written' })
  expect(await viewOf(hub)).toMatchObject({ status: 'closed', nextTransition: null })
})
