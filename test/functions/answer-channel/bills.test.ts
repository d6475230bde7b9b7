/** A bill is paid once, by whichever channel comes first, and again after that payment was reversed. */
import { describe, expect, test } from 'vitest'
import { applyBillPayment } from '../../../functions/apply-bill-payment/apply-bill-payment.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { BILL, counterOf, type Hub, hubWithMember, issueBill } from '../../support/endpoint.ts'
import { at, close, KPJ, pay } from '../../support/facts.ts'

const OTHER = kpjOf('22222222222')

async function sharesOf(hub: Hub): Promise<void> {
  const ports = { ...hub.store, sendAccounts: async () => {}, now: () => hub.clock.now }
  await applyBillPayment(ports, { billCode: BILL, chunk: 1 })
}

async function paidByOf(hub: Hub) {
  return (await hub.store.bills.get(BILL))?.paidBy
}

test('two channels at once: exactly one is accepted, the other is told that it is paid, for ever', async () => {
  const hub = await hubWithMember()
  await issueBill(hub)
  const [one, two] = [counterOf(hub, 'indomaret'), counterOf(hub, 'pos')]
  const answers = await Promise.all([one.pay({ customerId: BILL }), two.pay({ customerId: BILL })])
  expect(answers.map((answer) => ('code' in answer ? answer.code : answer.outcome)).sort()).toEqual([
    'accepted',
    'already-paid',
  ])
  expect(await Promise.all([one.pay({ customerId: BILL }), two.pay({ customerId: BILL })])).toEqual(answers)
  expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
})

test('the same payment twice at once pays once and both hear the same', async () => {
  const hub = await hubWithMember()
  await issueBill(hub)
  const counter = counterOf(hub, 'indomaret')
  const [one, two] = await Promise.all([counter.pay({ customerId: BILL }), counter.pay({ customerId: BILL })])
  expect(one).toMatchObject({ outcome: 'accepted' })
  expect(two).toEqual(one)
})

test('a bill of one member names the member and what is reached, months beyond the bill included', async () => {
  const hub = await hubWithMember([pay('OLD', '2026-10-05T10:00', ['2027-01'])])
  await issueBill(hub, ['2026-11', '2026-12'])
  const counter = counterOf(hub, 'bni')
  const quoted = await counter.inquire({ customerId: BILL, months: 12 })
  expect(quoted).toMatchObject({ outcome: 'quoted', billCode: BILL, kpj: KPJ, amount: 16_800, paidThrough: '2027-01' })
  const answer = await counter.pay({ customerId: BILL, months: 3, amount: rupiah(16_800) })
  expect(answer).toMatchObject({ outcome: 'accepted', billCode: BILL, kpj: KPJ, paidThrough: '2027-01' })
  expect(answer).toMatchObject({ months: [{ month: '2026-11' }, { month: '2026-12' }] })
})

test('a bill of many names its months and nobody', async () => {
  const hub = await hubWithMember()
  await issueBill(hub, ['2026-11'], [KPJ, OTHER])
  const answer = await counterOf(hub, 'pos').pay({ customerId: BILL, amount: rupiah(16_800) })
  expect(answer).toMatchObject({ outcome: 'accepted', kpj: null, paidThrough: null, customerName: '' })
  expect(answer).toMatchObject({ months: [{ month: '2026-11' }], billCode: BILL })
})

describe('an expired or changed bill', () => {
  test('can be paid in its last instant and not after it', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    const counter = counterOf(hub, 'pos')
    hub.clock.now = at('2026-11-30T23:59')
    expect(await counter.pay({ customerId: BILL })).toMatchObject({ outcome: 'accepted' })
    hub.clock.now = at('2026-11-30T23:59:01')
    expect(await counter.pay({ customerId: BILL, paymentId: 'T2' })).toMatchObject({ code: 'expired' })
  })
  test('is changed when one of its months is paid otherwise', async () => {
    const hub = await hubWithMember()
    await issueBill(hub, ['2026-11', '2026-12'])
    await counterOf(hub, 'indomaret').pay()
    const bill = { customerId: BILL, amount: rupiah(16_800) }
    expect(await counterOf(hub, 'pos').inquire(bill)).toMatchObject({ outcome: 'refused', code: 'expired' })
    expect(await counterOf(hub, 'pos').pay(bill)).toMatchObject({ outcome: 'refused', code: 'expired' })
  })
  test('is changed when its member is closed', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    await hub.store.facts.put(close('2026-11-20', '2026-11-20T08:00'))
    expect(await counterOf(hub, 'pos').pay({ customerId: BILL })).toMatchObject({ code: 'expired' })
  })
  test('of many is changed once it is marked so', async () => {
    const hub = await hubWithMember()
    await issueBill(hub, ['2026-11'], [KPJ, OTHER])
    await hub.store.bills.markChanged(BILL, at('2026-11-20T09:00'))
    const bill = { customerId: BILL, amount: rupiah(16_800) }
    expect(await counterOf(hub, 'pos').inquire(bill)).toMatchObject({ outcome: 'refused', code: 'expired' })
    expect(await counterOf(hub, 'pos').pay(bill)).toMatchObject({ outcome: 'refused', code: 'expired' })
  })
  test('its own share is no change: a paid bill is already paid', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    await counterOf(hub, 'pos').pay({ customerId: BILL })
    await sharesOf(hub)
    expect(await counterOf(hub, 'bni').pay({ customerId: BILL })).toMatchObject({ code: 'already-paid' })
  })
})

describe('a bill that a channel cannot take at once', () => {
  // With the retailers' fee of Rp2,500 and the limit of Rp5,000,000 in their profiles.
  test.each([
    ['indomaret', 4_997_500, 'quoted'],
    ['indomaret', 4_997_501, 'unknown-customer'],
    ['pos', 99_997_501, 'unknown-customer'],
    ['bni', 99_997_501, 'quoted'],
  ] as const)('is no bill at %s for Rp%i: %s, and no payment of it is accepted', async (channel, amount, expected) => {
    const hub = await hubWithMember()
    const issued = await issueBill(hub, ['2026-11'], [KPJ, OTHER])
    const bill = { ...issued, billCode: billCodeOf(77), amount: rupiah(amount) }
    await hub.store.bills.put(bill, (await hub.store.bills.members(BILL, 1)) ?? [])
    const counter = counterOf(hub, channel)
    const inquired = await counter.inquire({ customerId: bill.billCode })
    expect('code' in inquired ? inquired.code : inquired.outcome).toBe(expected)
    const paid = await counter.pay({ customerId: bill.billCode, amount: rupiah(amount) })
    expect('code' in paid ? paid.code : paid.outcome).toBe(expected === 'quoted' ? 'accepted' : 'unknown-customer')
    expect((await hub.store.bills.get(bill.billCode))?.paidBy === null).toBe(expected !== 'quoted')
  })
})

describe('a replaced bill', () => {
  const NEXT = billCodeOf(2)

  async function replaced(hub: Hub): Promise<void> {
    const old = await issueBill(hub)
    const members = (await hub.store.bills.members(BILL, 1)) ?? []
    const next = { ...old, billCode: NEXT, replaces: BILL }
    expect(await hub.store.bills.replace(BILL, next, members)).toBe('put')
  }

  test('is refused as expired, and the one in its place is paid', async () => {
    const hub = await hubWithMember()
    await replaced(hub)
    const counter = counterOf(hub, 'bni')
    expect(await counter.inquire({ customerId: BILL })).toMatchObject({ outcome: 'refused', code: 'expired' })
    expect(await counter.pay({ customerId: BILL })).toMatchObject({ outcome: 'refused', code: 'expired' })
    expect(await counter.pay({ customerId: NEXT, paymentId: 'T2' })).toMatchObject({ outcome: 'accepted' })
  })

  test('also where it was replaced between the look and the decision', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    hub.hook.current = async ({ method, phase }) => {
      if (method !== 'putPayingBill' || phase !== 'before') return
      hub.hook.current = async () => {}
      const members = (await hub.store.bills.members(BILL, 1)) ?? []
      const old = await hub.store.bills.get(BILL)
      if (old) await hub.store.bills.replace(BILL, { ...old, billCode: NEXT, replaces: BILL }, members)
    }
    const counter = counterOf(hub, 'pos')
    const answer = await counter.pay({ customerId: BILL })
    expect(answer).toMatchObject({ outcome: 'refused', code: 'expired' })
    expect(await counter.pay({ customerId: BILL })).toEqual(answer)
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toEqual([])
  })
})

describe("a reversal clears the bill's paid-by with its own fact", () => {
  test.each(['before', 'after'])('the bill is payable again, %s its share was taken back', async (when) => {
    const hub = await hubWithMember()
    await issueBill(hub)
    const counter = counterOf(hub, 'pos')
    await counter.pay({ customerId: BILL })
    await sharesOf(hub)
    hub.clock.now = at('2026-11-20T10:05')
    expect(await counter.reverse({ customerId: BILL })).toMatchObject({ outcome: 'reversed', months: ['2026-11'] })
    expect(await paidByOf(hub)).toBeNull()
    if (when === 'after') await sharesOf(hub)
    const again = await counterOf(hub, 'indomaret').pay({ customerId: BILL })
    expect(again).toMatchObject({ outcome: 'accepted' })
    await sharesOf(hub)
    const { paidMonths: held, credit } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect([...held.keys()]).toEqual(['2026-11'])
    expect(credit).toBe(0)
  })

  test('a repeated reversal of the first payment leaves the second one alone', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    const [first, second] = [counterOf(hub, 'pos'), counterOf(hub, 'indomaret')]
    await first.pay({ customerId: BILL })
    const reversed = await first.reverse({ customerId: BILL })
    const paid = await second.pay({ customerId: BILL })
    expect(await first.reverse({ customerId: BILL })).toEqual(reversed)
    expect(await paidByOf(hub)).toBe('indomaret#T1')
    expect(await second.pay({ customerId: BILL })).toEqual(paid)
    expect(await first.pay({ customerId: BILL })).toMatchObject({ outcome: 'was-reversed' })
  })

  test('who was told that the bill is paid is told so for ever, also after it is free again', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    const [first, second] = [counterOf(hub, 'pos'), counterOf(hub, 'indomaret')]
    await first.pay({ customerId: BILL })
    const refused = await second.pay({ customerId: BILL })
    await first.reverse({ customerId: BILL })
    expect(await second.pay({ customerId: BILL })).toEqual(refused)
    expect(refused).toMatchObject({ code: 'already-paid' })
    expect(await second.pay({ customerId: BILL, paymentId: 'T2' })).toMatchObject({ outcome: 'accepted' })
  })
})
