/** Who may pay what: the ladder of refusals in its order, and who is found by which number. */
import { describe, expect, test } from 'vitest'
import { reconcileMembership } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import type { Payment } from '../../../shared/channel-port/channel.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import {
  BILL,
  counterOf,
  type Hub,
  hubOn,
  hubWithMember,
  issueBill,
  MASKED,
  MONTH_PRICE,
  NIK,
  register,
} from '../../support/endpoint.ts'
import { at, close, KPJ, pay, reopen, terms } from '../../support/facts.ts'
import { decreedRules } from '../../support/rules.ts'

const WRONG = (MONTH_PRICE + 1) as Rupiah
const aYear = ['12', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map((each, i) =>
  i === 0 ? `2026-${each}` : `2027-${each}`,
)

describe('credit that covers what is asked for', () => {
  // Two members of one story: December was paid twice, and a decree of 15 January makes January cost what was left.
  const rules = decreedRules(at('2027-01-15T00:00'), month('2027-06'))
  async function hubWithCredit(): Promise<Hub> {
    const hub = { ...hubOn({ now: '2027-01-20T10:00' }), rules }
    const twice = [pay('A', '2026-12-05T10:00', ['2026-12']), pay('B', '2026-12-05T10:01', ['2026-12'])]
    await register(hub, [terms('2026-01'), ...twice])
    return hub
  }

  test.each(['bni', 'indomaret'])(
    'nobody is asked for Rp0 and a fee: one month is already paid at %s',
    async (channel) => {
      const counter = counterOf(await hubWithCredit(), channel)
      expect(await counter.inquire()).toMatchObject({ outcome: 'refused', code: 'already-paid' })
      expect(await counter.pay({ amount: rupiah(0) })).toMatchObject({ outcome: 'refused', code: 'already-paid' })
    },
  )
  test('more months than credit covers are paid with it', async () => {
    const counter = counterOf(await hubWithCredit(), 'bni')
    expect(await counter.pay({ months: 2, amount: rupiah(8_400) })).toMatchObject({
      outcome: 'accepted',
      creditDrawn: 8_400,
      paidThrough: '2027-02',
    })
  })
  test('once the night has spent it, the next month is asked for in full', async () => {
    const hub = await hubWithCredit()
    const ports = { ...hub.store, sendChunks: async () => {}, rules, now: () => hub.clock.now }
    await reconcileMembership(ports, { account: KPJ, cause: 'credit' })
    expect(await counterOf(hub, 'bni').inquire()).toMatchObject({ outcome: 'quoted', amount: 8_400, creditDrawn: 0 })
  })
})

describe('a closing for a future day', () => {
  test.each([
    ['before its day', '2026-11-29T23:59', 'accepted'],
    ['on its day', '2026-11-30T00:00', 'refused'],
  ])('%s a payment is %s', async (_, now, outcome) => {
    const hub = await hubWithMember([close('2026-11-30', '2026-11-10T08:00')])
    hub.clock.now = at(now)
    expect(await counterOf(hub, 'bni').pay()).toMatchObject({ outcome })
    // December begins after it: nobody is sold a month that the closing leaves without cover.
    expect(await counterOf(hub, 'bni').pay({ paymentId: 'T2', customerId: NIK })).toMatchObject({
      outcome: 'refused',
      code: 'unknown-customer',
    })
  })
})

describe('the first refusal that applies is the answer; each row repairs one more defect of the same payment', () => {
  const REGISTERED = terms('2026-01')
  const AHEAD = [pay('OLD1', '2026-10-05T10:00', ['2026-11']), pay('OLD2', '2026-10-05T11:00', aYear)]
  const rows = [
    { still: 'nobody registered', facts: [], amount: WRONG, answer: 'unknown-customer' },
    {
      still: 'closed, a year ahead, wrong amount',
      facts: [REGISTERED, ...AHEAD, close('2026-11-10', '2026-11-10T08:00')],
      amount: WRONG,
      answer: 'unknown-customer',
    },
    { still: 'a year ahead, wrong amount', facts: [REGISTERED, ...AHEAD], amount: WRONG, answer: 'already-paid' },
    { still: 'wrong amount', facts: [REGISTERED], amount: WRONG, answer: 'wrong-amount' },
  ] as const
  test.each(rows)('a member: $still -> $answer', async ({ facts, amount, answer }) => {
    const hub = hubOn()
    await register(hub, facts)
    expect(await counterOf(hub, 'indomaret').pay({ amount })).toMatchObject({ outcome: 'refused', code: answer })
  })
  test('a member: nothing wrong any more -> accepted', async () => {
    const answer = await counterOf(await hubWithMember(), 'indomaret').pay()
    expect(answer).toMatchObject({
      outcome: 'accepted',
      kpj: KPJ,
      customerName: MASKED,
      amount: 8_400,
      adminFee: 2_500,
      paidThrough: '2026-11',
      billCode: null,
    })
  })

  type Step = (hub: Hub) => Promise<unknown>
  const issue: Step = (hub) => issueBill(hub)
  const payElsewhere: Step = (hub) => counterOf(hub, 'pos').pay({ paymentId: 'P1', customerId: BILL })
  const expire: Step = async (hub) => {
    hub.clock.now = at('2026-12-01T00:00')
  }
  const bills: readonly {
    readonly still: string
    readonly steps: readonly Step[]
    readonly amount: Rupiah
    readonly outcome: object
  }[] = [
    { still: 'no such bill', steps: [], amount: WRONG, outcome: { outcome: 'refused', code: 'unknown-customer' } },
    {
      still: 'expired, paid by another, wrong amount',
      steps: [issue, payElsewhere, expire],
      amount: WRONG,
      outcome: { outcome: 'refused', code: 'expired' },
    },
    {
      still: 'paid by another, wrong amount',
      steps: [issue, payElsewhere],
      amount: WRONG,
      outcome: { outcome: 'refused', code: 'already-paid' },
    },
    { still: 'wrong amount', steps: [issue], amount: WRONG, outcome: { outcome: 'refused', code: 'wrong-amount' } },
    { still: 'nothing', steps: [issue], amount: MONTH_PRICE, outcome: { outcome: 'accepted', billCode: BILL } },
  ]
  test.each(bills)('a bill: $still', async ({ steps, amount, outcome }) => {
    const hub = await hubWithMember()
    for (const step of steps) await step(hub)
    expect(await counterOf(hub, 'indomaret').pay({ customerId: BILL, amount })).toMatchObject(outcome)
  })

  test('a decided id comes before all of them: other facts conflict, also where the customer is unknown', async () => {
    const counter = counterOf(await hubWithMember(), 'indomaret')
    await counter.pay()
    expect(await counter.pay({ customerId: '99999999999' })).toEqual({ outcome: 'conflict' })
  })
})

describe('what is due must be paid to the rupiah', () => {
  const rows: readonly (readonly [string, Partial<Payment>, string])[] = [
    ['one rupiah less', { amount: rupiah(8_399) }, 'wrong-amount'],
    ['one rupiah more', { amount: rupiah(8_401) }, 'wrong-amount'],
    ['another admin fee', { adminFee: rupiah(2_499) }, 'wrong-amount'],
    ['no admin fee', { adminFee: null }, 'wrong-amount'],
    ['the price of one month for two', { months: 2 }, 'wrong-amount'],
  ]
  test.each(rows)('%s is refused and puts no fact', async (_, changed, code) => {
    const hub = await hubWithMember()
    expect(await counterOf(hub, 'indomaret').pay(changed)).toMatchObject({ outcome: 'refused', code })
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toEqual([])
  })

  test('a refusal binds for ever: the same payment is refused alike after what was wrong is mended', async () => {
    const hub = hubOn()
    const counter = counterOf(hub, 'indomaret')
    const first = await counter.pay()
    await register(hub, [terms('2026-01')])
    expect(await counter.pay()).toEqual(first)
    expect(first).toMatchObject({ outcome: 'refused', code: 'unknown-customer' })
    expect(await counter.pay({ paymentId: 'T2' })).toMatchObject({ outcome: 'accepted' })
  })

  test('credit lowers the quote, and inquiry shows what payment demands', async () => {
    const overpaid = { ...pay('OLD', '2026-10-05T10:00', ['2026-10']), amount: rupiah(8_500) }
    const counter = counterOf(await hubWithMember([overpaid]), 'indomaret')
    const quoted = await counter.inquire()
    expect(quoted).toMatchObject({ outcome: 'quoted', amount: 8_300, creditDrawn: 100, adminFee: 2_500 })
    expect(await counter.pay({ amount: rupiah(8_300) })).toMatchObject({ outcome: 'accepted', creditDrawn: 100 })
  })
})

describe('who is found by which number', () => {
  test('the NIK and the KPJ of a self-paid membership lead to the same account', async () => {
    const counter = counterOf(await hubWithMember(), 'pos')
    const byNik = await counter.inquire({ customerId: NIK })
    expect(byNik).toMatchObject({ outcome: 'quoted', kpj: KPJ })
    expect(await counter.inquire({ customerId: KPJ })).toEqual(byNik)
  })

  const unknown = { outcome: 'refused', code: 'unknown-customer' }
  test.each([NIK, KPJ])('a sponsored membership is payable neither by NIK nor by KPJ', async (customerId) => {
    const hub = hubOn()
    await register(hub, [terms('2026-01', { funding: 'village' })])
    const counter = counterOf(hub, 'pos')
    expect(await counter.inquire({ customerId })).toMatchObject(unknown)
    expect(await counter.pay({ customerId })).toMatchObject(unknown)
  })

  test('a sponsor from next month on ends the quote before that month', async () => {
    const sponsored = terms('2026-12', { funding: 'village' }, '2026-11-01T08:00')
    const counter = counterOf(await hubWithMember([sponsored]), 'pos')
    expect(await counter.inquire({ months: 1 })).toMatchObject({ outcome: 'quoted' })
    expect(await counter.inquire({ months: 2 })).toMatchObject(unknown)
  })

  test('a reopened membership is payable again', async () => {
    const facts = [close('2026-10-10', '2026-10-10T08:00'), reopen('2026-11-01T08:00')]
    expect(await counterOf(await hubWithMember(facts), 'pos').pay()).toMatchObject({ outcome: 'accepted' })
  })

  test.each([
    ['a bill code where the product is for persons', { customerId: BILL, expects: 'person' as const }],
    ['a KPJ where the product is for bills', { customerId: KPJ, expects: 'bill' as const }],
    ['text that is no number of ours', { customerId: 'BUDI' }],
    ['a bill code with a wrong last digit', { customerId: `${BILL.slice(0, 15)}${(Number(BILL[15]) + 1) % 10}` }],
  ])('%s is an unknown customer', async (_, changed) => {
    const hub = await hubWithMember()
    await issueBill(hub)
    expect(await counterOf(hub, 'alfamart').inquire(changed)).toMatchObject(unknown)
    expect(await counterOf(hub, 'alfamart').pay(changed)).toMatchObject(unknown)
  })
})

describe('where the partner names no months the amount tells them', () => {
  const rows = [
    ['one month', 8_400, ['2026-11']],
    ['two months', 16_800, ['2026-11', '2026-12']],
    ['three months across the end of the discount', 33_600, ['2026-11', '2026-12', '2027-01']],
  ] as const
  test.each(rows)('%s', async (_, amount, months) => {
    const answer = await counterOf(await hubWithMember(), 'bni').pay({ months: null, amount: rupiah(amount) })
    expect(answer).toMatchObject({ outcome: 'accepted', months: months.map((month) => ({ month })), adminFee: 0 })
  })
  test.each([1, 8_399, 25_200, 50_400])('Rp%d is the price of no number of months', async (amount) => {
    const answer = await counterOf(await hubWithMember(), 'bni').pay({ months: null, amount: rupiah(amount) })
    expect(answer).toMatchObject({ outcome: 'refused', code: 'wrong-amount' })
  })
  test('an unknown customer is unknown before the amount is looked at', async () => {
    const answer = await counterOf(hubOn(), 'bni').pay({ months: null, amount: rupiah(1) })
    expect(answer).toMatchObject({ outcome: 'refused', code: 'unknown-customer' })
  })
})
