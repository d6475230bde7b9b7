/** Shares of a bill: each member's part of every payment of it, taken back with it, put once however often it is asked. */
import { describe, expect, test } from 'vitest'
import { applyBillPayment, shareOf } from '../../../functions/apply-bill-payment/apply-bill-payment.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { keyOf } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { addAccount, balancesAfter, entriesOf, type JournalSums } from '../../../shared/domain/journal.ts'
import { type Kpj, kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { Throttled } from '../../../shared/runtime/faults.ts'
import { factItem, readFact } from '../../../shared/store/facts/item.ts'
import { BILL, counterOf, failing, type Hub, healthy, hubOn, hubWithMember, issueBill } from '../../support/endpoint.ts'
import { at, close, KPJ } from '../../support/facts.ts'

const OTHER = kpjOf('22222222222')
const BOTH = rupiah(16_800)

function apply(
  hub: Hub,
  options: { readonly chunk?: number; readonly cause?: 'repair' | 'weekly'; readonly sent?: string[] } = {},
) {
  const sendAccounts = async (accounts: readonly string[]) => void options.sent?.push(...accounts)
  const ports = { ...hub.store, sendAccounts, now: () => hub.clock.now }
  return applyBillPayment(ports, { billCode: BILL, chunk: options.chunk ?? 1, cause: options.cause })
}

async function paidBill(kpjs: readonly Kpj[] = [KPJ, OTHER]): Promise<Hub> {
  const hub = await hubWithMember()
  await issueBill(hub, ['2026-11'], kpjs)
  const amount = rupiah(8_400 * kpjs.length)
  const paid = await counterOf(hub, 'pos').pay({ customerId: BILL, amount })
  expect(paid).toMatchObject({ outcome: 'accepted' })
  return hub
}

describe('a paid bill', () => {
  test("gives each member its share, decided when the bill's payment was", async () => {
    const hub = await paidBill()
    hub.clock.now = at('2026-11-20T10:30')
    expect(await apply(hub)).toMatchObject({ sharesPut: 2, sharesReversed: 0 })
    const shares = (await hub.store.facts.ofAccount(OTHER)).filter(({ kind }) => kind === 'share')
    expect(shares).toMatchObject([
      {
        id: [BILL, 'pos', 'T1'],
        source: 'pos',
        billCode: BILL,
        paymentId: 'T1',
        amount: 8_400,
        decidedAt: at('2026-11-20T10:00'),
        recordedAt: at('2026-11-20T10:30'),
      },
    ])
  })
  test('is applied once however often it is asked', async () => {
    const hub = await paidBill()
    await apply(hub)
    const before = hub.store.everything().facts
    expect(await apply(hub)).toMatchObject({ sharesPut: 0, sharesReversed: 0 })
    await Promise.all([apply(hub), apply(hub)])
    expect(hub.store.everything().facts).toEqual(before)
  })
  test('is finished by the next message where one share failed', async () => {
    const hub = await paidBill(Array.from({ length: 40 }, (_, i) => kpjOf(String(30_000_000_000 + i))))
    failing(hub, { store: 'facts', method: 'put' }, new Throttled('too often'), 1)
    await expect(apply(hub)).rejects.toBeInstanceOf(Throttled)
    healthy(hub)
    await apply(hub)
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'share')).toHaveLength(40)
  })
  test('puts the shares of one chunk only; past the last there is nothing to do', async () => {
    const hub = await paidBill(Array.from({ length: 1_001 }, (_, i) => kpjOf(String(30_000_000_000 + i))))
    expect(await apply(hub, { chunk: 2 })).toMatchObject({ sharesPut: 1 })
    expect(await apply(hub, { chunk: 3 })).toMatchObject({ sharesPut: 0 })
    expect(await apply(hub, { chunk: 1 })).toMatchObject({ sharesPut: 1_000 })
  })
})

describe('the progress of a bill of many', () => {
  test('counts the members of the chunks that are done, and none once it was taken back', async () => {
    const hub = await paidBill(Array.from({ length: 1_001 }, (_, i) => kpjOf(String(30_000_000_000 + i))))
    expect(await hub.store.bills.appliedShares(BILL)).toBe(0)
    await apply(hub, { chunk: 2 })
    expect(await hub.store.bills.appliedShares(BILL)).toBe(1)
    await apply(hub, { chunk: 1 })
    expect(await hub.store.bills.appliedShares(BILL)).toBe(1_001)
    await counterOf(hub, 'pos').reverse({ customerId: BILL })
    await apply(hub, { chunk: 1 })
    expect(await hub.store.bills.appliedShares(BILL)).toBe(1)
    await apply(hub, { chunk: 2 })
    expect(await hub.store.bills.appliedShares(BILL)).toBe(0)
  })
  test('is not kept for a bill of one', async () => {
    const hub = await paidBill([KPJ])
    await apply(hub)
    expect(await hub.store.bills.appliedShares(BILL)).toBe(0)
  })
})

test('an unpaid bill, or none at all, gives nobody anything', async () => {
  const hub = hubOn()
  expect(await apply(hub)).toEqual({ sharesPut: 0, sharesReversed: 0, sharesRepaired: 0, payments: [] })
  await issueBill(hub)
  expect(await apply(hub)).toEqual({ sharesPut: 0, sharesReversed: 0, sharesRepaired: 0, payments: [] })
})

describe('a reversed bill', () => {
  test('takes every share back, whether it was put before or not', async () => {
    for (const early of [true, false]) {
      const hub = await paidBill()
      if (early) await apply(hub)
      hub.clock.now = at('2026-11-20T10:05')
      await counterOf(hub, 'pos').reverse({ customerId: BILL })
      expect(await apply(hub)).toMatchObject({ sharesPut: early ? 0 : 2, sharesReversed: 2 })
      expect(await apply(hub)).toMatchObject({ sharesPut: 0, sharesReversed: 0 })
      const { paidMonths: held, credit, byFact: places } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
      expect([held.size, credit]).toEqual([0, 0])
      expect(places).toMatchObject([{ reversed: 8_400, amount: 8_400 }])
    }
  })
  test('leaves facts that the table can hold and give back as they were', async () => {
    const hub = await paidBill()
    await apply(hub)
    await counterOf(hub, 'pos').reverse({ customerId: BILL })
    await apply(hub)
    const { facts } = hub.store.everything()
    expect(facts.filter(({ kind }) => kind === 'reversal')).toHaveLength(3)
    for (const fact of facts) expect(readFact(factItem(fact))).toEqual(fact)
  })
  test.each([
    ['a while after', '2026-11-20T10:30', '2026-11-20T10:30'],
    ['by a clock that is behind', '2026-11-20T09:50', '2026-11-20T10:05'],
  ])('takes a share back as the bill was: %s, and never recorded before it was decided', async (_, now, recorded) => {
    const hub = await paidBill()
    hub.clock.now = at('2026-11-20T10:05')
    await counterOf(hub, 'pos').reverse({ customerId: BILL })
    const found = (await hub.store.facts.ofAccount(BILL)).find(({ kind }) => kind === 'reversal')
    if (found?.kind !== 'reversal') throw new Error('expected the bill to be reversed')
    // The channel signed the bill's reversal; the share's follows from it.
    const { mac: _mac, ...reversal } = found
    hub.clock.now = at(now)
    await apply(hub)
    const [share, taken, ...more] = await hub.store.facts.ofAccount(OTHER)
    expect([share?.kind, more]).toEqual(['share', []])
    expect(taken).toEqual({
      ...reversal,
      account: OTHER,
      id: [BILL, 'pos', 'T1'],
      recordedAt: at(recorded),
      reverses: share && keyOf(share),
      amount: 8_400,
    })
  })
  test('and paid again gives each member the second share only', async () => {
    const hub = await paidBill()
    await apply(hub)
    await counterOf(hub, 'pos').reverse({ customerId: BILL })
    await counterOf(hub, 'indomaret').pay({ customerId: BILL, amount: BOTH })
    await apply(hub)
    const { paidMonths: held, byFact: places } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect(held.get('2026-11' as never)?.by).toContain('indomaret')
    expect(places.map(({ reversed, allocated }) => [reversed, allocated]).sort()).toEqual([
      [0, 8_400],
      [8_400, 0],
    ])
  })
})

test('a member closed since the bill was issued still gets its share: the money goes to suspense, it is not dropped', async () => {
  const hub = await hubWithMember()
  await issueBill(hub, ['2026-11'], [KPJ, OTHER])
  await hub.store.facts.put(close('2026-11-19', '2026-11-20T09:00'))
  await counterOf(hub, 'pos').pay({ customerId: BILL, amount: BOTH })
  await apply(hub)
  expect(allocate(await hub.store.facts.ofAccount(KPJ), RULES).byFact).toMatchObject([
    { suspense: 8_400, allocated: 0 },
  ])
})

test("a repair sends the members' accounts to the fold; without one their own facts do", async () => {
  const hub = await paidBill()
  const sent: string[] = []
  await apply(hub, { sent })
  expect(sent).toEqual([])
  await apply(hub, { sent, cause: 'repair' })
  expect(sent).toEqual([KPJ, OTHER])
})

describe('a repair', () => {
  const later = at('2026-11-20T10:15:01')

  test.each(['repair', 'weekly'] as const)('puts the shares of a bill whose message was lost (%s)', async (cause) => {
    const hub = await paidBill()
    hub.clock.now = later
    expect(await apply(hub, { cause })).toMatchObject({ sharesPut: 2, sharesRepaired: 2 })
    await counterOf(hub, 'pos').reverse({ customerId: BILL })
    hub.clock.now = at('2026-11-25T00:10')
    expect(await apply(hub, { cause })).toMatchObject({ sharesPut: 0, sharesReversed: 2, sharesRepaired: 2 })
    expect(await apply(hub, { cause })).toMatchObject({ sharesPut: 0, sharesReversed: 0, sharesRepaired: 0 })
  })
  test.each([
    ['a moment', '2026-11-20T10:00', 0],
    ['a quarter of an hour', '2026-11-20T10:15', 0],
    ['a second more', '2026-11-20T10:15:01', 2],
  ])('of a bill that was paid %s ago says whether a message was lost', async (_, now, repaired) => {
    const hub = await paidBill()
    hub.clock.now = at(now)
    expect(await apply(hub, { cause: 'repair' })).toMatchObject({ sharesPut: 2, sharesRepaired: repaired })
  })
  test('puts nothing that is there: it looks first', async () => {
    const hub = await paidBill()
    await apply(hub)
    const puts: string[] = []
    hub.hook.current = async ({ method, kind }) => {
      if (kind === 'write') puts.push(method)
    }
    await apply(hub, { cause: 'weekly' })
    expect(puts).toEqual([])
  })
  test('in the weekly run sends only those members who were short of a share', async () => {
    const hub = await paidBill()
    hub.clock.now = later
    const sent: string[] = []
    const [share] = await sharesPutFor(hub, KPJ)
    expect(share).toBe('put')
    await apply(hub, { sent, cause: 'weekly' })
    expect(sent).toEqual([OTHER])
    await apply(hub, { sent, cause: 'weekly' })
    expect(sent).toEqual([OTHER])
  })
})

/** As if the message of the other members had been lost half-way. */
async function sharesPutFor(hub: Hub, kpj: Kpj) {
  const [payment] = (await hub.store.facts.ofAccount(BILL)).filter((fact) => fact.kind === 'payment')
  const member = (await hub.store.bills.members(BILL, 1))?.find((each) => each.kpj === kpj)
  if (!payment || !member) throw new Error('expected a paid bill of this member')
  return [await hub.store.facts.put(shareOf(BILL, member, payment, hub.clock.now))]
}

describe('a bill’s money is in one place', () => {
  /** Moved to suspense by finance, as functions/reconcile-settlement/apply-resolution.ts puts it. */
  async function suspendPayment(hub: Hub, when: string): Promise<void> {
    const payment = (await hub.store.facts.ofAccount(BILL)).find(({ kind }) => kind === 'payment')
    if (payment?.kind !== 'payment') throw new Error('expected the bill to be paid')
    const { account, amount, businessDate } = payment
    const stamp = { source: 'finance', id: ['case-1'], decidedAt: at(when), recordedAt: at(when) }
    await hub.store.facts.put({ kind: 'suspension', ...stamp, account, moves: keyOf(payment), businessDate, amount })
  }

  /** The books of the bill and both members, from all facts. */
  async function balances(hub: Hub): Promise<Readonly<Record<string, number>>> {
    const sums: JournalSums = new Map()
    const ever = { from: Number.NEGATIVE_INFINITY as Instant, to: Number.POSITIVE_INFINITY as Instant }
    for (const account of [BILL, KPJ, OTHER])
      addAccount(sums, account, await hub.store.facts.ofAccount(account), ever, RULES)
    const totals = new Map<string, number>()
    for (const { account, balance } of balancesAfter([], entriesOf(sums)))
      totals.set(account, (totals.get(account) ?? 0) + balance)
    return Object.fromEntries(totals)
  }

  test.each([
    ['after its shares were given', true],
    ['before they were', false],
  ])('suspended %s, it leaves no live share, and a second message changes nothing', async (_, isApplied) => {
    const hub = await paidBill()
    if (isApplied) await apply(hub)
    await suspendPayment(hub, '2026-11-20T11:00')
    hub.clock.now = at('2026-11-20T11:01')
    expect(await apply(hub)).toMatchObject({ sharesReversed: 2 })
    expect(await apply(hub)).toMatchObject({ sharesPut: 0, sharesReversed: 0 })
    const { byFact } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect(byFact).toMatchObject([{ allocated: 0, reversed: 8_400 }])
    expect(await balances(hub)).toEqual({ receivable: 16_800, suspense: -16_800 })
  })

  test('reversed by the channel after it was suspended, it is back at the channel', async () => {
    const hub = await paidBill()
    await apply(hub)
    await suspendPayment(hub, '2026-11-20T11:00')
    await apply(hub)
    hub.clock.now = at('2026-11-20T11:05')
    expect((await counterOf(hub, 'pos').reverse({ customerId: BILL })).outcome).toBe('reversed')
    await apply(hub)
    await apply(hub)
    expect(await balances(hub)).toEqual({})
  })
})
