/**
 * What limits do to callers: 1,500 numbers through one till, days of calls that bring no money, wrong PINs; and what they never do
 * to a genuine due day, to a repeat, to a status or to a reversal of money that stands.
 */
import { describe, expect, test } from 'vitest'
import { ENDPOINT_LIMITS, type LimitName } from '../../../shared/domain/endpoint-limits.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { customerSubject } from '../../../shared/store/endpoint-limits/endpoint-limits.ts'
import { counterOf, type Hub, hubOn, hubWithMember, issueBill, NIK } from '../../support/endpoint.ts'
import { KPJ, terms } from '../../support/facts.ts'

const LIMITS = ENDPOINT_LIMITS[0]?.value as Record<LimitName, { readonly most: number; readonly step: number }>
const TILL = 'T0001/01'

/** NIKs that are well formed and of nobody, each another. */
const stranger = (i: number) => `32730112${String(1 + (i % 12)).padStart(2, '0')}90${String(1 + i).padStart(4, '0')}`

function later(hub: Hub, millis: number): void {
  hub.clock.now = (hub.clock.now + millis) as Instant
}

/** Ends as the second process would: its locks are those of the table. */
async function elsewhere(hub: Hub, channel = 'pos') {
  const counter = counterOf(hub, channel)
  await counter.limits.refresh().done
  return counter
}

describe('numbers that are tried through one till', () => {
  test('lock it at the 200th of 1,500 in 3.5 seconds, and somebody is told', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    const outcomes: string[] = []
    for (let i = 0; i < 1_500; i++) {
      later(hub, i % 3 === 0 ? 7 : 0)
      outcomes.push((await pos.inquire({ requestId: `P${i}`, customerId: stranger(i), outlet: TILL })).outcome)
    }
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(LIMITS['till-unknown-customers'].most)
    expect(outcomes.slice(LIMITS['till-unknown-customers'].most).every((outcome) => outcome === 'too-many')).toBe(true)
    expect(hub.heard.locked).toEqual(['till-unknown-customers'])
    const { locks } = await hub.limits.ofChannel('pos', 10, null)
    expect(locks).toMatchObject([{ by: 'till', subject: TILL, limit: 'till-unknown-customers' }])
    expect(locks.map((lock) => Number(lock.until) - lock.at)).toEqual([60 * 60_000])
  })

  test('are stopped in every other process, too, and at the other tills only when the store as a whole tries', async () => {
    const hub = await hubWithMember()
    const processes = Array.from({ length: 12 }, () => counterOf(hub, 'pos'))
    let found = 0
    for (let i = 0; i < 1_500; i++) {
      const process = processes[i % processes.length]
      const { outcome } = (await process?.inquire({ requestId: `P${i}`, customerId: stranger(i), outlet: TILL })) ?? {}
      if (outcome === 'refused') found++
    }
    // Each process tells of every fifth only: so many may pass besides.
    expect(found).toBeLessThanOrEqual(
      LIMITS['till-unknown-customers'].most + processes.length * LIMITS['till-unknown-customers'].step,
    )
    const other = await elsewhere(hub)
    expect(await other.inquire({ outlet: 'T0001/02' })).toMatchObject({ outcome: 'quoted' })
    expect(await other.inquire({ outlet: TILL })).toEqual({ outcome: 'too-many' })
  })

  test('with a till of its own each lock the store', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    for (let i = 0; i < LIMITS['store-unknown-customers'].most; i++) {
      later(hub, 200)
      await pos.inquire({ requestId: `P${i}`, customerId: stranger(i), outlet: `T0001/${i}` })
    }
    expect(hub.heard.locked).toEqual(['store-unknown-customers'])
    expect(await pos.inquire({ outlet: 'T0001/new' })).toEqual({ outcome: 'too-many' })
  })

  test('as payments lock it as well: a refusal tells as much as an inquiry', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    const outcomes: string[] = []
    for (let i = 0; i < 250; i++)
      outcomes.push((await pos.pay({ paymentId: `P${i}`, customerId: stranger(i), outlet: TILL })).outcome)
    expect(outcomes.lastIndexOf('refused')).toBe(LIMITS['till-unknown-customers'].most - 1)
    expect(outcomes.at(-1)).toBe('too-many')
    expect(hub.store.everything().decisions).toHaveLength(LIMITS['till-unknown-customers'].most)
  })

  test('as payments without an outlet lock nobody out: what stands in its place is shared by all agents of a bank', async () => {
    const hub = await hubWithMember()
    const bank = counterOf(hub, 'brilink')
    const unnamed = { outlet: '6010', namesOutlet: false } as const
    for (let i = 0; i < LIMITS['store-unknown-customers'].most + 10; i++)
      await bank.pay({ paymentId: `P${i}`, customerId: stranger(i), ...unnamed })
    expect(hub.heard.locked).toEqual([])
    expect((await hub.limits.ofChannel('brilink', 10, null)).locks).toEqual([])
    await hub.limits.hold('brilink', { by: 'store', subject: '6010', at: hub.clock.now, reason: 'a shop of that name' })
    const other = await elsewhere(hub, 'brilink')
    expect(await other.pay({ paymentId: 'T1', outlet: '6010' })).toEqual({ outcome: 'too-many' })
    expect(await other.pay({ paymentId: 'T1', ...unnamed })).toMatchObject({ outcome: 'accepted' })
  })

  test('are told of when they are known, more than ten a second, and nobody is locked for it', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    for (let i = 0; i < 1_201; i++) await pos.inquire({ requestId: `P${i}`, outlet: TILL })
    const [till, customer, store] = ['till-inquiries', 'customer-inquiries', 'store-inquiries']
    expect([...hub.heard.locked].sort()).toEqual([customer, customer, store, till, till].sort())
    expect(await pos.inquire({ outlet: TILL })).toMatchObject({ outcome: 'quoted' })
    expect((await hub.limits.ofChannel('pos', 10, null)).locks).toEqual([])
  })

  test('are forgiven after their hour', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    for (let i = 0; i < 300; i++) await pos.inquire({ requestId: `P${i}`, customerId: stranger(i), outlet: TILL })
    expect(await pos.inquire({ outlet: TILL })).toEqual({ outcome: 'too-many' })
    later(hub, 60 * 60_000)
    expect(await pos.inquire({ outlet: TILL })).toMatchObject({ outcome: 'quoted' })
  })

  test('count nowhere when the counters are out of reach, and the answer leaves all the same', async () => {
    const hub = await hubWithMember()
    const away = async () => {
      throw new Error('away')
    }
    const pos = counterOf({ ...hub, limits: { ...hub.limits, add: away } }, 'pos')
    for (let i = 0; i < 300; i++) {
      const { outcome } = await pos.inquire({ requestId: `P${i}`, customerId: stranger(i), outlet: TILL })
      expect(outcome).toBe('refused')
    }
    expect(hub.heard.faults.length).toBeGreaterThan(0)
  })
})

describe('a genuine due day', () => {
  test('of one till at three customers a minute for twelve hours locks nobody, with one number in ten mistyped', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    for (let i = 0; i < 12 * 180; i++) {
      later(hub, 20_000)
      const customerId = i % 10 === 0 ? stranger(i) : KPJ
      const { outcome } = await pos.inquire({ requestId: `P${i}`, customerId, outlet: TILL })
      expect(outcome).not.toBe('too-many')
    }
    expect(hub.heard.locked).toEqual([])
  })

  test('of a post office with 40 tills, 120 customers a minute, one number in ten mistyped, locks nobody', async () => {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    const customers = Array.from({ length: 40 }, (_, i) => kpjOf(`2700000${String(i).padStart(4, '0')}`))
    for (const account of customers) await hub.store.facts.put({ ...terms('2026-01'), account })
    const outcomes = new Map<string, number>()
    for (let i = 0; i < 120 * 60; i++) {
      later(hub, 500)
      const customerId = i % 10 === 0 ? stranger(i) : (customers[i % customers.length] ?? KPJ)
      const { outcome } = await pos.inquire({ requestId: `P${i}`, customerId, outlet: `T0001/${i % 40}` })
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(Object.fromEntries(outcomes)).toEqual({ quoted: 6_480, refused: 720 })
    expect(hub.heard.locked).toEqual([])
  })
})

describe('a lock', () => {
  async function locked() {
    const hub = await hubWithMember()
    const before = counterOf(hub, 'pos')
    expect(await before.pay({ paymentId: 'T1', outlet: TILL })).toMatchObject({ outcome: 'accepted' })
    await hub.limits.hold('pos', { by: 'till', subject: TILL, at: hub.clock.now, reason: 'stolen' })
    return { hub, pos: await elsewhere(hub) }
  }

  test('by an operator stops inquiries and new payments, and touches nothing that stands', async () => {
    const { hub, pos } = await locked()
    expect(await pos.inquire({ outlet: TILL })).toEqual({ outcome: 'too-many' })
    expect(await pos.pay({ paymentId: 'T2', outlet: TILL })).toEqual({ outcome: 'too-many' })
    expect(await pos.pay({ paymentId: 'T1', outlet: TILL })).toMatchObject({ outcome: 'accepted' })
    expect(await pos.status('T1')).toMatchObject({ outcome: 'accepted' })
    expect(await pos.reverse({ paymentId: 'T1', outlet: TILL })).toMatchObject({ outcome: 'reversed' })
    expect(hub.store.everything().decisions.map(({ paymentId }) => paymentId)).toEqual(['T1'])
  })

  test('is not escaped by a reversal that comes first and decides nothing for a payment signed after it', async () => {
    const { hub, pos } = await locked()
    const signed = { mustFollowPayment: true, partnerAt: hub.clock.now }
    expect(await pos.reverse({ paymentId: 'T2', outlet: TILL, ...signed })).toEqual({ outcome: 'unknown-original' })
    const after = { paymentId: 'T2', outlet: TILL, partnerAt: (hub.clock.now + 1_000) as Instant }
    expect(await pos.pay(after)).toEqual({ outcome: 'too-many' })
    expect(await pos.pay({ ...after, outlet: 'T0001/02' })).toMatchObject({ outcome: 'accepted' })
  })

  test('that is taken back is gone within 20 seconds', async () => {
    const { hub, pos } = await locked()
    await hub.limits.unlock('pos', 'till', TILL)
    later(hub, 20_000)
    await pos.limits.refresh().done
    expect(await pos.pay({ paymentId: 'T2', outlet: TILL })).toMatchObject({ outcome: 'accepted' })
  })

  test('of a customer stops inquiries and new payments under that number, and neither bills nor what stands', async () => {
    const hub = await hubWithMember()
    const bill = await issueBill(hub, ['2026-12'])
    const pos = counterOf(hub, 'pos')
    expect(await pos.pay({ paymentId: 'T1' })).toMatchObject({ outcome: 'accepted' })
    const subject = customerSubject(pos.endpoint.digests.ofCustomer(KPJ))
    const until = (hub.clock.now + 60 * 60_000) as Instant
    await hub.limits.hold('pos', { by: 'customer', subject, at: hub.clock.now, until, reason: 'asked after' })
    later(hub, 20_000)
    const there = await elsewhere(hub)
    expect(await there.inquire()).toEqual({ outcome: 'too-many' })
    expect(await there.pay({ paymentId: 'T2' })).toEqual({ outcome: 'too-many' })
    expect(await there.pay({ paymentId: 'T1' })).toMatchObject({ outcome: 'accepted' })
    expect(await there.status('T1')).toMatchObject({ outcome: 'accepted' })
    expect(await there.inquire({ customerId: bill.billCode })).toMatchObject({ outcome: 'quoted' })
    expect(await (await elsewhere(hub, 'indomaret')).inquire()).toMatchObject({ outcome: 'quoted' })
    expect(await there.reverse({ paymentId: 'T1' })).toMatchObject({ outcome: 'reversed' })
    hub.clock.now = until
    expect(await there.pay({ paymentId: 'T3' })).toMatchObject({ outcome: 'accepted' })
  })

  test('tells a prober the same of a member, of a stranger and of a number that is none', async () => {
    const hub = await hubWithMember()
    const { ofCustomer } = counterOf(hub, 'pos').endpoint.digests
    const numbers = [KPJ, stranger(1), '27000000001', 'no number']
    for (const each of numbers) {
      const held = { by: 'customer', subject: customerSubject(ofCustomer(each)), at: hub.clock.now } as const
      await hub.limits.hold('pos', { ...held, until: Number.MAX_SAFE_INTEGER as Instant, reason: 'asked after' })
    }
    const pos = await elsewhere(hub)
    for (const customerId of numbers) {
      expect(await pos.inquire({ customerId })).toEqual({ outcome: 'too-many' })
      expect(await pos.pay({ paymentId: `T${customerId}`, customerId })).toEqual({ outcome: 'too-many' })
    }
    expect(hub.store.everything()).toMatchObject({ decisions: [], evidence: [] })
  })

  test('of one channel is none of another', async () => {
    const { hub } = await locked()
    expect(await (await elsewhere(hub, 'indomaret')).inquire({ outlet: TILL })).toMatchObject({ outcome: 'quoted' })
  })
})

describe('what brings no money', () => {
  /** A day of so many, as the other processes counted it. */
  async function spent(name: LimitName) {
    const hub = await hubWithMember()
    const pos = counterOf(hub, 'pos')
    const { most } = LIMITS[name]
    for (let i = 0; i < most; i++) await pos.limits.count(name, '')
    return { hub, pos }
  }

  test('payments for nobody write no more than their day’s number, and payments for somebody go on', async () => {
    const { hub, pos } = await spent('unknown-payments')
    expect(hub.heard.locked).toEqual(['unknown-payments'])
    expect(await pos.pay({ paymentId: 'N1', customerId: stranger(1) })).toEqual({ outcome: 'too-many' })
    expect(await pos.pay({ paymentId: 'N2', customerId: '27000000001' })).toEqual({ outcome: 'too-many' })
    expect(hub.store.everything()).toMatchObject({ decisions: [], evidence: [] })
    expect(await pos.pay({ paymentId: 'T1', customerId: NIK })).toMatchObject({ outcome: 'accepted' })
    expect(await pos.pay({ paymentId: 'T1', customerId: NIK })).toMatchObject({ outcome: 'accepted' })
    later(hub, 14 * 60 * 60_000)
    expect(await pos.pay({ paymentId: 'N3', customerId: stranger(2) })).toMatchObject({ outcome: 'refused' })
  })

  test('reversals of nothing do, too, and reversals of payments go on', async () => {
    const { hub, pos } = await spent('empty-reversals')
    expect(await pos.pay({ paymentId: 'T1' })).toMatchObject({ outcome: 'accepted' })
    expect(await pos.reverse({ paymentId: 'N1' })).toEqual({ outcome: 'too-many' })
    expect(hub.store.everything().decisions.map(({ paymentId }) => paymentId)).toEqual(['T1'])
    expect(await pos.reverse({ paymentId: 'T1' })).toMatchObject({ outcome: 'reversed' })
  })

  test('costs one write of a counter in twenty', async () => {
    const hub = hubOn()
    const pos = counterOf(hub, 'pos')
    for (let i = 0; i < 100; i++) await pos.reverse({ paymentId: `N${i}` })
    expect(hub.limits.writes()).toBe(5)
  })
})

test('an ordinary payment and its inquiry write no counter at all', async () => {
  const hub = await hubWithMember()
  const pos = counterOf(hub, 'pos')
  await pos.inquire({ outlet: TILL })
  expect(await pos.pay({ outlet: TILL })).toMatchObject({ outcome: 'accepted' })
  await pos.status()
  await pos.reverse({ outlet: TILL })
  expect(hub.limits.writes()).toBe(0)
})
