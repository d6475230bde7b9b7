/** A reversal contends for the payment's decision; status tells what became of it. Both answer alike for ever. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { counterOf, hubOn, hubWithMember, NIK } from '../../support/endpoint.ts'
import { at, KPJ } from '../../support/facts.ts'

describe('a reversal before its payment', () => {
  test('is answered unknown original, also on its repeat, and its payment was reversed', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    expect(await counter.tell(counter.reversal())).toEqual({ answer: { outcome: 'unknown-original' }, repeat: false })
    expect(await counter.tell(counter.reversal())).toEqual({ answer: { outcome: 'unknown-original' }, repeat: true })
    expect(await counter.pay()).toMatchObject({ outcome: 'was-reversed' })
    expect(await counter.reverse()).toEqual({ outcome: 'unknown-original' })
    expect(await counter.status()).toMatchObject({ outcome: 'was-reversed' })
    expect(hub.store.everything().facts.map(({ kind }) => kind)).toEqual(['terms'])
  })

  test('binds the customer only: any amount of his was reversed, another customer conflicts', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    await counter.reverse()
    expect(await counter.pay({ amount: rupiah(1), months: 12 })).toMatchObject({ outcome: 'was-reversed' })
    expect(await counter.pay({ customerId: NIK })).toEqual({ outcome: 'conflict' })
    expect(await counter.reverse({ customerId: NIK })).toEqual({ outcome: 'conflict' })
  })
})

describe('a reversal of an accepted payment', () => {
  test('stands, also on every repeat, with one fact; the payment then repeats as reversed', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const paid = await counter.pay()
    hub.clock.now = at('2026-11-20T10:05')
    const first = await counter.tell(counter.reversal())
    expect(first).toMatchObject({ answer: { outcome: 'reversed', months: ['2026-11'], amount: 8_400 }, repeat: false })
    hub.clock.now = at('2026-12-20T10:05')
    expect(await counter.tell(counter.reversal({ reason: 'again' }))).toEqual({ answer: first.answer, repeat: true })
    expect(await counter.pay()).toMatchObject({ outcome: 'was-reversed' })
    expect(await counter.status()).toMatchObject({ outcome: 'was-reversed' })
    expect(paid).toMatchObject({ hubReference: (first.answer as { hubReference: string }).hubReference })
    const { facts } = hub.store.everything()
    expect(facts.map(({ kind }) => kind)).toEqual(['terms', 'payment', 'reversal'])
    expect(facts[2]).toMatchObject({ businessDate: '2026-11-20', amount: 8_400, account: KPJ })
  })

  test('frees the month: it is due again', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    await counter.pay()
    await counter.reverse()
    expect(await counter.pay({ paymentId: 'T2' })).toMatchObject({ outcome: 'accepted', paidThrough: '2026-11' })
  })

  test.each([
    ['refused', 'unknown-original'],
    ['accepted', 'conflict'],
  ])('of a %s payment -> %s', async (decision, outcome) => {
    const counter = counterOf(decision === 'accepted' ? await hubWithMember() : hubOn(), 'indomaret')
    expect(await counter.pay()).toMatchObject({ outcome: decision })
    const customerId = decision === 'accepted' ? NIK : KPJ
    expect(await counter.reverse({ customerId })).toEqual({ outcome })
    expect(await counter.pay()).toMatchObject({ outcome: decision })
  })

  test("another channel's reversal under the same id leaves the payment alone", async () => {
    const hub = await hubWithMember()
    const first = await counterOf(hub, 'indomaret').pay()
    expect(await counterOf(hub, 'pos').reverse()).toEqual({ outcome: 'unknown-original' })
    expect(await counterOf(hub, 'indomaret').pay()).toEqual(first)
  })
})

describe('the endpoint for reversals closes at 00:15 WIB of the day after', () => {
  test.each([
    ['2026-11-21T00:14:59', 'reversed'],
    ['2026-11-21T00:15:00', 'reversed'],
    ['2026-11-21T00:15:01', 'too-late'],
    ['2036-11-21T00:15:00', 'too-late'],
  ])('at %s: %s', async (when, outcome) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    await counter.pay()
    hub.clock.now = at(when)
    expect(await counter.reverse()).toMatchObject({ outcome })
  })

  test('a late one is a case for finance: one fact, its evidence, and the payment stands', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const paid = await counter.pay()
    hub.clock.now = at('2026-11-21T08:00')
    const late = await counter.tell(counter.reversal())
    expect(late).toEqual({ answer: { outcome: 'too-late' }, repeat: false })
    expect(await counter.tell(counter.reversal())).toEqual({ answer: { outcome: 'too-late' }, repeat: true })
    expect(hub.store.everything().facts.map(({ kind }) => kind)).toEqual(['terms', 'payment', 'late-reversal'])
    expect(hub.store.everything().evidence.length).toBeGreaterThanOrEqual(2)
    expect(await counter.pay()).toEqual(paid)
    expect(await counter.status()).toEqual(paid)
  })
})

describe('where the operation is not signed, a reversal older than its payment is forged', () => {
  const before = { partnerAt: at('2026-11-20T09:59:59'), mustFollowPayment: true }
  test('it is refused and changes nothing', async () => {
    const counter = counterOf(await hubWithMember(), 'alfamart')
    const paid = await counter.pay()
    expect(await counter.reverse(before)).toEqual({ outcome: 'out-of-order' })
    expect(await counter.pay()).toEqual(paid)
  })
  test('so is one of the same second: an inquiry may have been signed in it', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'alfamart')
    const paid = await counter.pay()
    expect(await counter.reverse({ mustFollowPayment: true })).toEqual({ outcome: 'out-of-order' })
    expect(await counter.pay()).toEqual(paid)
    hub.clock.now = at('2026-11-20T10:00:01')
    expect(await counter.reverse({ mustFollowPayment: true })).toMatchObject({ outcome: 'reversed' })
  })
  test('where the operation is signed, clocks of two outlets may differ', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    await counter.pay()
    expect(await counter.reverse({ ...before, mustFollowPayment: false })).toMatchObject({ outcome: 'reversed' })
  })
})

describe('a late reversal is late for ever', () => {
  test('also for a process whose clock stands before the end of reversals', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const paid = await counter.pay()
    hub.clock.now = at('2026-11-21T00:15:01')
    expect(await counter.reverse()).toEqual({ outcome: 'too-late' })
    hub.clock.now = at('2026-11-21T00:14:59')
    expect(await counter.tell(counter.reversal())).toEqual({ answer: { outcome: 'too-late' }, repeat: true })
    expect(await counter.pay()).toEqual(paid)
    expect(hub.store.everything().facts.map(({ kind }) => kind)).toEqual(['terms', 'payment', 'late-reversal'])
  })
})

describe('status tells what became of a payment', () => {
  test('nothing known: not final, nothing is bound', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    expect(await counter.status()).toEqual({ outcome: 'unknown-original' })
    expect(hub.store.everything().decisions).toEqual([])
    expect(await counter.pay()).toMatchObject({ outcome: 'accepted' })
  })
  test('accepted: its first answer', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    const paid = await counter.pay()
    expect(await counter.status()).toEqual(paid)
  })
  test('refused: its refusal', async () => {
    const counter = counterOf(hubOn(), 'indomaret')
    const refused = await counter.pay()
    expect(await counter.status()).toEqual(refused)
  })
  test('of another customer: conflict, whatever was decided', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    await counter.pay()
    await counter.reverse({ paymentId: 'T2' })
    await counter.pay({ paymentId: 'T3', amount: rupiah(1) })
    for (const id of ['T1', 'T2', 'T3']) expect(await counter.status(id, NIK)).toEqual({ outcome: 'conflict' })
  })
})

test('of two reversals at the same moment one is new, and the other is told the same as a repeat', async () => {
  const hub = await hubWithMember()
  const counter = counterOf(hub, 'indomaret')
  await counter.pay()
  const told = await Promise.all([counter.tell(counter.reversal()), counter.tell(counter.reversal())])
  expect(told.map(({ repeat }) => repeat).sort()).toEqual([false, true])
  expect(told[0]?.answer).toEqual(told[1]?.answer)
  expect(hub.store.everything().facts.filter(({ kind }) => kind === 'reversal')).toHaveLength(1)
})

test('of two reversals that come first, signed in the same second, the one that is put first stays', async () => {
  const hub = await hubWithMember()
  const counter = counterOf(hub, 'alfamart')
  const reversal = counter.reversal({ mustFollowPayment: true })
  let overtaking: ReturnType<typeof counter.tell> | undefined
  hub.hook.current = async ({ store, method, phase }) => {
    if (store !== 'payment-decisions' || method !== 'put' || phase !== 'before' || overtaking) return
    hub.clock.now = at('2026-11-20T10:00:05')
    overtaking = counter.tell(reversal)
    await overtaking
    hub.clock.now = at('2026-11-20T10:00:09')
  }
  expect(await counter.tell(reversal)).toEqual({ answer: { outcome: 'unknown-original' }, repeat: true })
  expect(await overtaking).toEqual({ answer: { outcome: 'unknown-original' }, repeat: false })
  expect(hub.store.everything().decisions).toMatchObject([{ decidedAt: at('2026-11-20T10:00:05') }])
})
