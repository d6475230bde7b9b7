/** Same request, same answer, for ten years; a changed request under an old id is refused. */
import { describe, expect, test } from 'vitest'
import type { Payment } from '../../../shared/channel-port/channel.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import type { Contact } from '../../../shared/store/contacts/contacts.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import {
  counterOf,
  healthy,
  hubOn,
  hubWithMember,
  MASKED,
  MONTH_PRICE,
  NIK,
  register,
  rename,
} from '../../support/endpoint.ts'
import { at, close, KPJ, pay, terms } from '../../support/facts.ts'

describe('a repeat is answered as first', () => {
  test('an accepted payment: same answer, one fact, one decision', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.tell(counter.payment())
    const again = await counter.tell(counter.payment())
    expect(first).toMatchObject({ answer: { outcome: 'accepted' }, repeat: false })
    expect(again).toEqual({ answer: first.answer, repeat: true })
    expect(hub.store.everything().decisions).toHaveLength(1)
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  })

  test('ten years later, after other payments, other terms and a closing, the answer is still the first', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const accepted = await counter.pay()
    const refused = await counter.pay({ paymentId: 'T2', amount: rupiah(1) })
    hub.clock.now = at('2036-11-20T10:00')
    for (const fact of [
      pay('LATER', '2030-01-01T10:00', ['2030-01']),
      terms('2031-01', { funding: 'village' }),
      close('2033-01-01', '2033-01-01T08:00'),
    ])
      await hub.store.facts.put(fact)
    expect(await counter.pay()).toEqual(accepted)
    expect(await counter.pay({ paymentId: 'T2', amount: rupiah(1) })).toEqual(refused)
    expect(await counter.status()).toEqual(accepted)
  })

  test('a repeat resolves nobody: the NIK may belong to another membership by now', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.pay({ customerId: NIK })
    const participant = counter.endpoint.digests.participant(NIK)
    await hub.store.decisions.freeSelfPaid(participant, KPJ)
    await hub.store.decisions.takeSelfPaid(participant, kpjOf('22222222222'))
    expect(await counter.pay({ customerId: NIK })).toEqual(first)
  })

  test('a rename on its way while a payment is decided changes no repeat of it', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const contact = (await hub.store.contacts.get(KPJ)) as Contact
    const renamed = { from: (hub.clock.now - 1) as Instant, name: 'RA*** SA***' }
    hub.hook.current = async ({ store, method, phase }) => {
      if (store !== 'contacts' || method !== 'get' || phase !== 'after') return
      healthy(hub)
      await hub.store.contacts.put({ ...contact, maskedNames: [...contact.maskedNames, renamed] })
    }
    const first = await counter.pay()
    expect(first).toMatchObject({ outcome: 'accepted', customerName: MASKED })
    expect(await counter.pay()).toEqual(first)
    expect(await counter.status()).toEqual(first)
  })

  test('a renamed member keeps the name of the first answer; an erased one is blank', async () => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.pay()
    const contact = await hub.store.contacts.get(KPJ)
    if (!contact) throw new Error('expected a contact')
    const renamed = { from: at('2026-11-21T10:00'), name: 'RA*** SA***' }
    await hub.store.contacts.put({ ...contact, maskedNames: [...contact.maskedNames, renamed] })
    hub.clock.now = at('2026-11-22T10:00')
    expect(await counter.pay()).toEqual(first)
    expect(await counter.inquire()).toMatchObject({ customerName: 'RA*** SA***' })
    await rename(hub)
    expect(await counter.pay()).toEqual({ ...first, customerName: '' })
  })

  test('what is no fact may differ: the outlet, and the time that the partner signed', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    const first = await counter.pay()
    expect(await counter.pay({ outlet: 'SHOP9', partnerAt: at('2026-11-20T10:04') })).toEqual(first)
  })
})

describe('another payment under a used id conflicts, whatever was decided first', () => {
  const changes: readonly (readonly [string, Partial<Payment>])[] = [
    ['customer', { customerId: NIK }],
    ['product', { product: 'BPUTK02' }],
    ['months', { months: 2 }],
    ['months left out', { months: null }],
    ['amount', { amount: rupiah(8_401) }],
    ['admin fee', { adminFee: rupiah(2_501) }],
    ['admin fee left out', { adminFee: null }],
  ]
  test.each(changes)('after an accepted one: %s', async (_, changed) => {
    const hub = await hubWithMember()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.pay()
    expect(await counter.tell(counter.payment(changed))).toEqual({ answer: { outcome: 'conflict' }, repeat: false })
    expect(await counter.pay()).toEqual(first)
    expect(hub.store.everything().decisions).toHaveLength(1)
  })
  test.each(changes)('after a refused one: %s', async (_, changed) => {
    const hub = hubOn()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.pay()
    await register(hub, [terms('2026-01')])
    expect(await counter.pay(changed)).toEqual({ outcome: 'conflict' })
    expect(await counter.pay()).toEqual(first)
  })
  test('the same id at another channel is another payment', async () => {
    const hub = await hubWithMember()
    const first = await counterOf(hub, 'indomaret').pay()
    const second = await counterOf(hub, 'pos').pay()
    expect(first).toMatchObject({ outcome: 'accepted', paidThrough: '2026-11', customerName: MASKED })
    expect(second).toMatchObject({ outcome: 'accepted', paidThrough: '2026-12' })
  })
})

test('the decision and the facts hold neither the NIK nor a name', async () => {
  const hub = await hubWithMember()
  await counterOf(hub, 'indomaret').pay({ customerId: NIK })
  const { decisions, facts } = hub.store.everything()
  const kept = JSON.stringify([decisions, facts])
  expect(kept).not.toContain(NIK)
  expect(kept).not.toContain('BU***')
  expect(kept).toContain(KPJ)
})

test('a payment that settlement had posted is repeated at its amount, and conflicts at another or for another customer', async () => {
  const before = await hubWithMember()
  await counterOf(before, 'indomaret').pay()
  const [decided] = before.store.everything().decisions
  const hub = await hubWithMember()
  await hub.store.decisions.put({ ...decided, factsDigest: null, settledAmount: MONTH_PRICE } as PaymentDecision)
  const counter = counterOf(hub, 'indomaret')
  expect(await counter.pay({ months: 3 })).toMatchObject({ outcome: 'accepted', amount: MONTH_PRICE })
  expect(await counter.pay({ amount: rupiah(MONTH_PRICE + 1) })).toEqual({ outcome: 'conflict' })
  expect(await counter.pay({ customerId: NIK })).toEqual({ outcome: 'conflict' })
})
