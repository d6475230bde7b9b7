/** SNAP's X-EXTERNAL-ID names one call of a day: another call conflicts, the same one is told what came of the first. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { counterOf, failing, healthy, hubWithMember } from '../../support/endpoint.ts'
import { at, date, KPJ } from '../../support/facts.ts'

const X1 = { id: 'X1', day: date('2026-11-20'), service: '25', requestId: 'T1' }
const X2 = { ...X1, id: 'X2' }
const conflict = { outcome: 'external-id-conflict' }

describe('a payment', () => {
  test('fresh: decided as any other', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    expect(await counter.pay({ externalId: X1 })).toMatchObject({ outcome: 'accepted' })
  })
  test('the same call again: repeated, with the first result', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    const first = await counter.pay({ externalId: X1 })
    expect(await counter.pay({ externalId: X1 })).toEqual({ outcome: 'repeated', first })
    expect(await counter.pay({ externalId: X1 })).toEqual({ outcome: 'repeated', first })
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  })
  test('the same call again after a refusal: repeated, with the refusal', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    const wrong = { externalId: X1, amount: rupiah(1) }
    const first = await counter.pay(wrong)
    expect(first).toMatchObject({ outcome: 'refused', code: 'wrong-amount' })
    expect(await counter.pay(wrong)).toEqual({ outcome: 'repeated', first })
  })
  test('advice, the payment under a new external id: the first answer itself', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    const first = await counter.pay({ externalId: X1 })
    expect(await counter.pay({ externalId: X2 })).toEqual(first)
    expect(await counter.pay({ externalId: X2 })).toEqual({ outcome: 'repeated', first })
  })
  test.each([
    ['another payment', { paymentId: 'T2', externalId: { ...X1, requestId: 'T2' } }],
    ['another amount', { amount: rupiah(16_800), externalId: X1 }],
    ['another customer', { customerId: '22222222222', externalId: X1 }],
  ])('the external id of the day with %s: conflict, nothing else is bound', async (_, changed) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    await counter.pay({ externalId: X1 })
    expect(await counter.pay(changed)).toEqual(conflict)
    expect(hub.store.everything().decisions).toHaveLength(1)
  })
  test('an external id bound by an inquiry conflicts with a payment, and the other way about', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    await counter.inquire({ externalId: { ...X1, service: '24' } })
    expect(await counter.pay({ externalId: X1 })).toEqual(conflict)
    await counter.pay({ externalId: X2 })
    expect(await counter.inquire({ externalId: { ...X2, service: '24' } })).toEqual(conflict)
  })
  test('a known payment id with other facts conflicts under a new external id too', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    await counter.pay({ externalId: X1 })
    expect(await counter.pay({ externalId: X2, amount: rupiah(16_800) })).toEqual({ outcome: 'conflict' })
  })
  test('another day, or another bank, may use the same external id', async () => {
    const hub = await hubWithMember()
    await counterOf(hub, 'bni').pay({ externalId: X1 })
    const tomorrow = { ...X1, day: date('2026-11-21'), requestId: 'T2' }
    expect(await counterOf(hub, 'bni').pay({ paymentId: 'T2', externalId: tomorrow })).toMatchObject({
      outcome: 'accepted',
    })
    expect(await counterOf(hub, 'brilink').inquire({ externalId: { ...X1, service: '24' } })).toMatchObject({
      outcome: 'quoted',
    })
  })
  test('an external id counts as absent once it has expired', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    const first = await counter.pay({ externalId: X1 })
    hub.clock.now = at('2026-11-23T10:01')
    expect(await counter.pay({ externalId: X1 })).toEqual(first)
  })
  test('bound, and then nothing: the same call goes on as a first', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    failing(hub, { method: 'putExternalId', phase: 'after' }, new UnknownOutcome('expected an answer, none came'))
    expect(await counter.pay({ externalId: X1 })).toEqual({ outcome: 'fault' })
    healthy(hub)
    expect(await counter.pay({ externalId: X1 })).toMatchObject({ outcome: 'accepted' })
  })
})

describe('an inquiry that somebody captured, under the external id that the bank will use next', () => {
  const inquiry = { ...X1, service: '24' }
  const next = { ...inquiry, id: 'X2' }
  /** The inquiry at 10:00:00 under X1, the same bytes under X2, and the payment of 10:00:40 under X2. */
  async function captured() {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    const partnerAt = hub.clock.now
    await counter.inquire({ externalId: inquiry, partnerAt })
    expect(await counter.inquire({ externalId: next, partnerAt })).toMatchObject({ outcome: 'quoted' })
    hub.clock.now = at('2026-11-20T10:00:40')
    return { hub, counter, partnerAt }
  }

  test('does not keep out its payment, which has the id from then on', async () => {
    const { hub, counter, partnerAt } = await captured()
    const first = await counter.pay({ externalId: X2 })
    expect(first).toMatchObject({ outcome: 'accepted' })
    expect(await counter.pay({ externalId: X2 })).toEqual({ outcome: 'repeated', first })
    expect(await counter.inquire({ externalId: next, partnerAt })).toEqual(conflict)
    expect(await counter.pay({ paymentId: 'T2', externalId: { ...X2, requestId: 'T2' } })).toEqual(conflict)
    expect(hub.store.everything().decisions).toHaveLength(1)
  })
  test('the payment of another request conflicts, binds nothing, and goes through under another id', async () => {
    const { counter } = await captured()
    const other = { paymentId: 'T2', externalId: { ...X2, requestId: 'T2' } }
    expect(await counter.pay(other)).toEqual(conflict)
    expect(await counter.pay({ ...other, externalId: { ...other.externalId, id: 'X3' } })).toMatchObject({
      outcome: 'accepted',
    })
  })
  test('a payment gives way to nothing: not to its own repeat, nor to an inquiry', async () => {
    const { hub, counter } = await captured()
    await counter.pay({ externalId: X2 })
    hub.clock.now = at('2026-11-20T10:01')
    expect(await counter.pay({ externalId: X2, amount: rupiah(16_800) })).toEqual(conflict)
    expect(await counter.inquire({ externalId: next })).toEqual(conflict)
  })
})

describe('an inquiry', () => {
  test('the same call again: a fresh quote', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'bni')
    const call = { externalId: { ...X1, service: '24' } }
    expect(await counter.inquire(call)).toMatchObject({ outcome: 'quoted', paidThrough: '2026-11' })
    await counterOf(hub, 'pos').pay()
    expect(await counter.inquire(call)).toMatchObject({ outcome: 'quoted', paidThrough: '2026-12' })
  })
  test('another customer, other months or another request under it: conflict', async () => {
    const counter = counterOf(await hubWithMember(), 'bni')
    const externalId = { ...X1, service: '24' }
    await counter.inquire({ externalId })
    expect(await counter.inquire({ externalId, customerId: '22222222222' })).toEqual(conflict)
    expect(await counter.inquire({ externalId, months: 2 })).toEqual(conflict)
    expect(await counter.inquire({ externalId: { ...externalId, requestId: 'T2' }, requestId: 'T2' })).toEqual(conflict)
    expect(await counter.inquire({ customerId: KPJ })).toMatchObject({ outcome: 'quoted' })
  })
})
