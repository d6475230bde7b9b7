/**
 * What a partner hears when a store fails: never that nothing happened once something may have. After every fault the
 * repeat, the status or the reversal sets things right.
 */
import { describe, expect, test } from 'vitest'
import { foldView } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { Defect, Throttled, Transient, UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { BILL, counterOf, failing, type Hub, healthy, hubWithMember, issueBill, NIK } from '../../support/endpoint.ts'
import { at, close, KPJ, reopen } from '../../support/facts.ts'

const lost = new UnknownOutcome('expected an answer to the write, none came')
const throttled = new Throttled('expected the write to be taken, was refused 3 times')
const unreachable = new Transient('STORE_UNREACHABLE', 'expected an answer, none came')
const unknown = { outcome: 'unknown-outcome' }

function paymentsIn(hub: Hub) {
  return hub.store.everything().facts.filter(({ kind }) => kind === 'payment')
}

describe('before the decision nothing is bound', () => {
  const rows = [
    ['payment-decisions', 'get', throttled, 1, 'too-many'],
    ['memberships', 'get', throttled, 9, 'too-many'],
    ['facts', 'ofAccount', throttled, 9, 'too-many'],
    ['evidence', 'keep', throttled, 9, 'too-many'],
    ['facts', 'ofAccount', unreachable, 9, 'fault'],
    ['contacts', 'get', new Defect('X', 'expected another'), 9, 'fault'],
    ['evidence', 'keep', unreachable, 9, 'fault'],
  ] as const
  test.each(rows)('%s.%s fails', async (store, method, error, times, outcome) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    failing(hub, { store, method }, error, times)
    expect(await counter.pay()).toEqual({ outcome })
    expect(hub.heard.faults).toContain(error)
    expect(hub.store.everything().decisions).toEqual([])
    healthy(hub)
    expect(await counter.pay({ months: 2 })).toMatchObject({ code: 'wrong-amount' })
  })

  test('a NIK that cannot be looked up: no request is kept, and no call is left behind', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const kept: string[] = []
    hub.hook.current = async ({ store, method }) => {
      if (method === 'selfPaidMembership') throw throttled
      if (store === 'evidence') kept.push(method)
    }
    expect(await counter.pay({ customerId: NIK })).toEqual({ outcome: 'too-many' })
    expect(kept).toEqual([])
    expect(hub.heard.faults).toEqual([throttled])
  })

  test('an inquiry binds nothing at any time: too many, or our fault', async () => {
    const hub = await hubWithMember()
    failing(hub, { store: 'facts' }, throttled)
    expect(await counterOf(hub, 'indomaret').inquire()).toEqual({ outcome: 'too-many' })
    failing(hub, { store: 'facts' }, unreachable)
    expect(await counterOf(hub, 'indomaret').inquire()).toEqual({ outcome: 'fault' })
  })
})

describe('a repeat whose decision cannot be read is never told that nothing happened', () => {
  test.each(['pay', 'reverse', 'status'] as const)('%s', async (say) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const paid = await counter.pay()
    for (const error of [throttled, unreachable]) {
      failing(hub, { store: 'payment-decisions', method: 'get' }, error)
      expect(await counter[say]()).toEqual(unknown)
    }
    // The first read fails, the look before the answer does not: it finds the decision.
    failing(hub, { store: 'payment-decisions', method: 'get' }, throttled, 1)
    expect(await counter[say]()).toEqual(unknown)
    healthy(hub)
    expect(await counter.pay()).toEqual(paid)
  })

  test('SNAP, where the external id is put first', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    const externalId = { id: 'X1', day: '2026-11-20' as never, service: '25', requestId: 'T1' }
    await counter.pay({ externalId })
    failing(hub, { method: 'putExternalId' }, throttled)
    expect(await counter.pay({ externalId: { ...externalId, id: 'X2' } })).toEqual(unknown)
  })
})

describe('a write of which nobody knows whether it happened', () => {
  const writes = [
    ['payment-decisions', 'put'],
    ['facts', 'put'],
  ] as const
  test.each(writes)('%s.%s: asked once more, and the answer is the right one', async (store, method) => {
    for (const phase of ['before', 'after'] as const) {
      const hub = await hubWithMember()
      const counter = counterOf(hub, 'indomaret')
      failing(hub, { store, method, phase }, lost, 1)
      const answer = await counter.pay()
      expect(answer).toMatchObject({ outcome: 'accepted', paidThrough: '2026-11' })
      expect(await counter.pay()).toEqual(answer)
      expect(paymentsIn(hub)).toHaveLength(1)
    }
  })

  test.each(writes)('%s.%s, again and again: unknown, and the repeat is right', async (store, method) => {
    for (const phase of ['before', 'after'] as const)
      for (const error of [lost, throttled, unreachable]) {
        const hub = await hubWithMember()
        const counter = counterOf(hub, 'indomaret')
        failing(hub, { store, method, phase }, error)
        expect(await counter.pay()).toEqual(unknown)
        healthy(hub)
        const answer = await counter.pay()
        expect(answer).toMatchObject({ outcome: 'accepted', paidThrough: '2026-11' })
        expect(await counter.pay()).toEqual(answer)
        expect(paymentsIn(hub)).toHaveLength(1)
      }
  })

  test.each(['before', 'after'] as const)("a bill's decision (%s)", async (phase) => {
    for (const times of [1, 9]) {
      const hub = await hubWithMember()
      await issueBill(hub)
      const counter = counterOf(hub, 'indomaret')
      failing(hub, { method: 'putPayingBill', phase }, lost, times)
      const first = await counter.pay({ customerId: BILL })
      if (times === 9) expect(first).toEqual(unknown)
      else expect(first).toMatchObject({ outcome: 'accepted' })
      healthy(hub)
      expect(await counter.pay({ customerId: BILL })).toMatchObject({ outcome: 'accepted' })
      expect(await counterOf(hub, 'pos').pay({ customerId: BILL })).toMatchObject({ code: 'already-paid' })
      expect(paymentsIn(hub)).toHaveLength(1)
    }
  })

  test.each(['before', 'after'] as const)('a reversal first (%s)', async (phase) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    failing(hub, { store: 'payment-decisions', method: 'put', phase }, lost)
    expect(await counter.reverse()).toEqual(unknown)
    healthy(hub)
    expect(await counter.reverse()).toEqual({ outcome: 'unknown-original' })
    expect(await counter.pay()).toMatchObject({ outcome: 'was-reversed' })
  })

  test.each([
    ['a member', 'put', {}, 'before'],
    ['a member', 'put', {}, 'after'],
    ['a bill', 'putReversingBill', { customerId: BILL }, 'before'],
    ['a bill', 'putReversingBill', { customerId: BILL }, 'after'],
  ] as const)('the reversal of %s (%s %s %s)', async (_, method, changed, phase) => {
    for (const times of [1, 9]) {
      const hub = await hubWithMember()
      await issueBill(hub)
      const counter = counterOf(hub, 'indomaret')
      await counter.pay(changed)
      failing(hub, { store: 'facts', method, phase }, lost, times)
      const first = await counter.reverse(changed)
      if (times === 9) expect(first).toEqual(unknown)
      else expect(first).toMatchObject({ outcome: 'reversed' })
      healthy(hub)
      expect(await counter.reverse(changed)).toMatchObject({ outcome: 'reversed' })
      expect(await counter.pay(changed)).toMatchObject({ outcome: 'was-reversed' })
      expect(hub.store.everything().facts.filter(({ kind }) => kind === 'reversal')).toHaveLength(1)
      expect((await hub.store.bills.get(BILL))?.paidBy).toBeNull()
    }
  })
})

describe('a crash between decision and fact is healed by whoever comes next', () => {
  async function crashed(): Promise<Hub> {
    const hub = await hubWithMember()
    failing(hub, { store: 'facts', method: 'put' }, new Error('the process is gone'))
    expect(await counterOf(hub, 'indomaret').pay()).toEqual(unknown)
    healthy(hub)
    expect(paymentsIn(hub)).toEqual([])
    hub.clock.now = at('2026-11-20T10:05')
    return hub
  }

  test.each(['pay', 'status'] as const)('by %s: the first answer, and the fact as it was decided', async (say) => {
    const hub = await crashed()
    const answer = await counterOf(hub, 'indomaret')[say]()
    expect(answer).toMatchObject({ outcome: 'accepted', decidedAt: at('2026-11-20T10:00') })
    expect(paymentsIn(hub)).toMatchObject([
      { decidedAt: at('2026-11-20T10:00'), recordedAt: at('2026-11-20T10:05'), amount: 8_400 },
    ])
    expect(hub.heard.healed).toBe(1)
    expect(await counterOf(hub, 'indomaret').pay()).toEqual(answer)
    expect(hub.heard.healed).toBe(1)
  })

  test.each([
    ['in time', '2026-11-20T10:05', 'reversed', ['payment', 'reversal']],
    ['too late', '2026-11-21T10:05', 'too-late', ['payment', 'late-reversal']],
  ])('by a reversal %s: both facts are there', async (_, when, outcome, kinds) => {
    const hub = await crashed()
    hub.clock.now = at(when)
    expect(await counterOf(hub, 'indomaret').reverse()).toMatchObject({ outcome })
    expect(hub.heard.healed).toBe(1)
    expect(hub.store.everything().facts.map(({ kind }) => kind)).toEqual(['terms', ...kinds])
  })

  test('what another channel did meanwhile stays: both are allocated, nothing is doubled', async () => {
    const hub = await crashed()
    expect(await counterOf(hub, 'pos').pay()).toMatchObject({ outcome: 'accepted', paidThrough: '2026-11' })
    await counterOf(hub, 'indomaret').status()
    expect(await counterOf(hub, 'pos').inquire()).toMatchObject({ paidThrough: '2027-01' })
  })
})

describe('a fact that was decided by a clock that is ahead', () => {
  /** Closed in the morning, opened again by a console whose clock is so far ahead; folded before that. */
  async function reopenedBy(aheadMillis: number) {
    const hub = await hubWithMember([
      close('2026-11-20', '2026-11-20T08:00'),
      { ...reopen('2026-11-20T10:00'), decidedAt: (at('2026-11-20T10:00') + aheadMillis) as Instant },
    ])
    const facts = await hub.store.facts.ofAccount(KPJ)
    const view = foldView(KPJ, facts, undefined, RULES, at('2026-11-20T09:00'))
    await hub.store.memberships.put(view as never)
    const paid = await counterOf(hub, 'indomaret').pay()
    if (paid.outcome !== 'accepted') throw new Error(`expected it to be accepted, got ${paid.outcome}`)
    const later = foldView(KPJ, await hub.store.facts.ofAccount(KPJ), undefined, RULES, at('2026-11-20T12:00'))
    return { ahead: paid.decidedAt - hub.clock.now, paidThrough: later?.paidThrough }
  }

  test.each([
    [1, 2],
    [40, 41],
    [60_000, 60_001],
  ])('by %i ms comes before the money that read it: it covers and is no suspense', async (aheadMillis, ahead) => {
    expect(await reopenedBy(aheadMillis)).toEqual({ ahead, paidThrough: '2026-11' })
  })

  test('by more than a minute is a wrong clock: nothing goes by it', async () => {
    expect(await reopenedBy(60_001)).toMatchObject({ ahead: 0 })
  })
})

test('the view may be ahead of a slow clock: nothing is decided before what the view has seen', async () => {
  const hub = await hubWithMember()
  const asOf = at('2026-11-20T10:01')
  const { terms, regionCode, registeredOn, participant } = (await hub.store.facts.ofAccount(KPJ))[0] as never
  await hub.store.memberships.put({
    kpj: KPJ,
    participant,
    terms,
    regionCode,
    registeredOn,
    paidThrough: null,
    credit: 0 as never,
    status: 'unpaid',
    nextTransition: null,
    noticeDue: null,
    factCount: 1,
    asOf,
    version: 1,
  })
  expect(await counterOf(hub, 'indomaret').pay()).toMatchObject({ outcome: 'accepted', decidedAt: asOf })
})
