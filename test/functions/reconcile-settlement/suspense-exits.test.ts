/**
 * How money leaves suspense, over the real handlers: released to the membership that it belongs to, refunded to its channel, taken
 * back by its channel. After each story the two auditors, of the ledger and of the books, find nothing.
 */

import { describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { keyOf } from '../../../shared/domain/fact.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { putApproved } from '../../support/approved-in-chain.ts'
import { BILL, counterOf, issueBill } from '../../support/endpoint.ts'
import { at, close, FARMER, KPJ, reopen, terms } from '../../support/facts.ts'
import { partnerRow } from '../../support/settlement-hub.ts'
import { CHANNEL, DAY, NOBODY, OTHER, type SuspenseHub, suspenseHub } from '../../support/suspense-hub.ts'

const MORNING = '2026-11-21T06:30'

/** A line of nobody, posted: 8,400 in an account of its own. */
async function withUnknownPayer(amount = 8_400): Promise<SuspenseHub> {
  const hub = await suspenseHub()
  hub.setClock(MORNING)
  await hub.settle(CHANNEL, DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, amount })])
  const [found] = await hub.cases(CHANNEL, DAY)
  await hub.decide(found?.id ?? '', 'post')
  hub.setClock('2026-11-21T09:00')
  return hub
}

/** A payment that the file does not have, suspended. */
async function withSuspendedPayment(): Promise<SuspenseHub> {
  const hub = await suspenseHub()
  hub.setClock(`${DAY}T10:00`)
  expect((await counterOf(hub, CHANNEL).pay({ paymentId: 'T1' })).outcome).toBe('accepted')
  await hub.fold()
  hub.setClock(MORNING)
  await hub.settle(CHANNEL, DAY, [])
  const [found] = await hub.cases(CHANNEL, DAY)
  await hub.decide(found?.id ?? '', 'suspend')
  await hub.fold()
  hub.setClock('2026-11-21T09:00')
  return hub
}

async function theOne(hub: SuspenseHub): Promise<string> {
  const items = await hub.listed()
  expect(items).toHaveLength(1)
  return items[0].id
}

const placesOf = async (hub: SuspenseHub, kpj: typeof KPJ) => allocate(await hub.store.facts.ofAccount(kpj), hub.rules)
const openCases = async (hub: SuspenseHub, day = DAY) =>
  (await hub.cases(CHANNEL, day))
    .filter(({ state }) => state !== 'resolved')
    .map(({ id, finding }) => ({ id, class: finding.class, reason: finding.evidence.reason }))

/** Finance suspends what was released to this membership, without a difference of its own: a step that a test puts. */
async function suspendAgain(hub: SuspenseHub, account: typeof KPJ, when: string): Promise<void> {
  hub.setClock(when)
  const money = (await hub.store.facts.ofAccount(account)).findLast((fact) => fact.kind === 'posting')
  if (money?.kind !== 'posting') throw new Error('expected a posting')
  const { businessDate, amount } = money
  await hub.settlements.noteSuspense({ account, fact: keyOf(money), since: businessDate })
  const stamp = { account, source: 'finance', id: [when], decidedAt: at(when), recordedAt: at(when) }
  await hub.store.facts.put({ kind: 'suspension', ...stamp, moves: keyOf(money), businessDate, amount })
}

/** Without what `suspendAgain` put: nobody approved that. */
const unexpectedProblems = async (hub: SuspenseHub) =>
  (await hub.problems()).filter((text) => !/^fact-without-resolution of \d+ suspension#/.test(text))

describe('release', () => {
  test('money of an unknown payer pays the month of the member it belongs to, and its day stays reconciled', async () => {
    const hub = await withUnknownPayer()
    expect((await hub.letOut(await theOne(hub), 'release', OTHER)).status).toBe(200)
    const { paidMonths, credit } = await placesOf(hub, OTHER)
    expect([[...paidMonths.keys()], credit]).toEqual([['2026-11'], 0])
    expect(await hub.store.memberships.get(OTHER)).toMatchObject({ status: 'active', paidThrough: '2026-11' })
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'posting')).toMatchObject([
      { account: suspenseAccount(CHANNEL, 'X1'), businessDate: DAY },
      {
        account: OTHER,
        source: 'settlement',
        id: [CHANNEL, 'X1', 'released', 'posting-1'],
        businessDate: DAY,
        decidedAt: at('2026-11-21T09:00'),
      },
    ])
    expect(await hub.listed()).toEqual([])
    expect(await hub.statement(CHANNEL, DAY)).toMatchObject({ openDifferences: 0, hubRupiah: 8_400 })
    expect(await hub.problems()).toEqual([])
    expect(hub.money()).toMatchObject({ collected: 8_400, places: { contribution: 8_400 } })
    expect(hub.money().places.suspense ?? 0).toBe(0)
  })

  test('a suspended payment goes to another member, and the channel is still told that it was accepted', async () => {
    const hub = await withSuspendedPayment()
    await hub.letOut(await theOne(hub), 'release', OTHER)
    expect((await placesOf(hub, KPJ)).paidMonths.size).toBe(0)
    expect([...(await placesOf(hub, OTHER)).paidMonths.keys()]).toEqual(['2026-11'])
    expect(await counterOf(hub, CHANNEL).status('T1')).toMatchObject({ outcome: 'accepted' })
    expect(await hub.problems()).toEqual([])
  })

  test('a suspended payment may go back to its own member', async () => {
    const hub = await withSuspendedPayment()
    await hub.letOut(await theOne(hub), 'release', KPJ)
    expect([...(await placesOf(hub, KPJ)).paidMonths.keys()]).toEqual(['2026-11'])
    expect(await hub.problems()).toEqual([])
  })

  test('what fits no month is the member’s credit', async () => {
    const hub = await withUnknownPayer(10_000)
    await hub.letOut(await theOne(hub), 'release', OTHER)
    expect(await placesOf(hub, OTHER)).toMatchObject({ credit: 1_600 })
    expect(await hub.problems()).toEqual([])
  })

  test('what was released can be suspended and released again: each step once', async () => {
    const hub = await withSuspendedPayment()
    await hub.letOut(await theOne(hub), 'release', OTHER)
    await suspendAgain(hub, OTHER, '2026-11-22T07:00')
    await hub.letOut(await theOne(hub), 'release', KPJ)
    expect([...(await placesOf(hub, KPJ)).paidMonths.keys()]).toEqual(['2026-11'])
    await suspendAgain(hub, KPJ, '2026-11-23T07:00')
    await hub.letOut(await theOne(hub), 'release', OTHER)
    expect([...(await placesOf(hub, OTHER)).paidMonths.keys()]).toEqual(['2026-11'])
    expect(hub.money()).toMatchObject({ collected: 8_400, places: { contribution: 8_400 } })
    expect(await unexpectedProblems(hub)).toEqual([])
  })

  test.each([
    ['nobody', undefined, 400, 'INVALID_INPUT'],
    ['a membership that does not exist', '99999999999', 404, 'UNKNOWN_MEMBERSHIP'],
  ])('to %s is refused', async (_, kpj, status, code) => {
    const hub = await withUnknownPayer()
    expect(await hub.approve(await theOne(hub), 'release', kpj)).toMatchObject({ status, body: { code } })
  })

  test('to a closed membership is refused; once it is reopened, the month is paid', async () => {
    const hub = await withUnknownPayer()
    await hub.store.facts.put({ ...close('2026-11-21', '2026-11-21T08:00'), account: OTHER })
    const id = await theOne(hub)
    expect(await hub.approve(id, 'release', OTHER)).toMatchObject({ body: { code: 'MEMBERSHIP_CLOSED' } })
    await hub.store.facts.put({ ...reopen('2026-11-21T08:30'), account: OTHER })
    expect((await hub.letOut(id, 'release', OTHER)).status).toBe(200)
    expect([...(await placesOf(hub, OTHER)).paidMonths.keys()]).toEqual(['2026-11'])
  })
})

describe('a channel’s later reversal line', () => {
  const takenBack = async (hub: SuspenseHub, id: string) => {
    hub.setClock('2026-11-22T06:30')
    await hub.settle(CHANNEL, '2026-11-21', [partnerRow(id, `${DAY}T11:00`, { customer: NOBODY, status: 'R' })])
  }

  test.each([
    ['in suspense', false],
    ['released', true],
  ])('finds the posting that is %s: a difference, until two people reverse it', async (_, isReleased) => {
    const hub = await withUnknownPayer()
    if (isReleased) await hub.letOut(await theOne(hub), 'release', OTHER)
    await takenBack(hub, 'X1')
    const days = [await openCases(hub), await openCases(hub, '2026-11-21')].flat()
    expect(days).toMatchObject([{ class: 'settled-here-reversed-there', reason: 'reversed-in-file' }])
    await hub.decide(days[0]?.id ?? '', 'reverse')
    await hub.fold()
    expect(hub.money()).toMatchObject({ collected: 8_400, places: { reversed: 8_400 } })
    expect((await placesOf(hub, OTHER)).paidMonths.size).toBe(0)
    expect([await openCases(hub), await openCases(hub, '2026-11-21'), await hub.listed()]).toEqual([[], [], []])
    expect(await hub.problems()).toEqual([])
  })

  test('no two days foot with 0 differences while the money that it took back is in suspense', async () => {
    const hub = await withUnknownPayer()
    await takenBack(hub, 'X1')
    const statements = [await hub.statement(CHANNEL, DAY), await hub.statement(CHANNEL, '2026-11-21')]
    expect(await hub.listed()).toHaveLength(1)
    expect(statements.reduce((sum, each) => sum + (each?.openDifferences ?? 0), 0)).toBe(1)
  })

  test('finds a payment that was suspended and released', async () => {
    const hub = await withSuspendedPayment()
    await hub.letOut(await theOne(hub), 'release', OTHER)
    hub.setClock('2026-11-22T06:30')
    await hub.settle(CHANNEL, '2026-11-21', [
      partnerRow('T1', `${DAY}T10:00`),
      partnerRow('T1', `${DAY}T10:00`, { status: 'R' }),
    ])
    const [open] = [await openCases(hub), await openCases(hub, '2026-11-21')].flat()
    if (open) await hub.decide(open.id, 'reverse')
    await hub.fold()
    expect(await hub.problems()).toEqual([])
  })

  test('money that was posted from a line and went back cannot be posted under the id that is used up', async () => {
    const hub = await withUnknownPayer()
    await hub.letOut(await theOne(hub), 'refund')
    const [open] = await openCases(hub)
    expect(open).toMatchObject({ class: 'reversed-here-settled-there' })
    expect(await hub.decide(open?.id ?? '', 'post')).toMatchObject({ body: { code: 'ACTION_DOES_NOT_FIT' } })
    expect(await hub.listed()).toEqual([])
    expect(await hub.problems()).toEqual([])
  })
})

describe('refund', () => {
  test('of an unknown payer’s money is what we owe the channel, until it takes it', async () => {
    const hub = await withUnknownPayer()
    expect((await hub.letOut(await theOne(hub), 'refund')).status).toBe(200)
    expect((await hub.statement(CHANNEL, DAY))?.openItems).toContainEqual({
      label: 'reversed-here-settled-there',
      amountRupiah: -8_400,
      count: 1,
    })
    expect(hub.money()).toMatchObject({ collected: 8_400, places: { reversed: 8_400 } })
    expect(await hub.problems()).toEqual([])
    hub.setClock('2026-11-22T06:30')
    await hub.settle(CHANNEL, '2026-11-21', [partnerRow('X1', `${DAY}T11:00`, { customer: NOBODY, status: 'R' })])
    expect([await openCases(hub), await openCases(hub, '2026-11-21')]).toEqual([[], []])
    expect(await hub.problems()).toEqual([])
  })

  test('of a suspended payment that no file has: nothing is owed either way', async () => {
    const hub = await withSuspendedPayment()
    await hub.letOut(await theOne(hub), 'refund')
    expect(await hub.statement(CHANNEL, DAY)).toMatchObject({ openDifferences: 0 })
    expect(await hub.problems()).toEqual([])
  })

  test('of what was released and suspended again goes back once', async () => {
    const hub = await withUnknownPayer()
    const id = await theOne(hub)
    await hub.letOut(id, 'refund')
    expect(await hub.approve(id, 'release', OTHER)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
    expect(await hub.approve(id, 'refund')).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
  })

  test('of a whole bill that was suspended: its members have nothing, and the bill may be paid again', async () => {
    const hub = await suspenseHub()
    hub.setClock(`${DAY}T10:00`)
    await issueBill(hub, ['2026-11'], [KPJ, OTHER])
    const paid = { paymentId: 'B1', customerId: BILL, amount: rupiah(16_800) }
    expect((await counterOf(hub, CHANNEL).pay(paid)).outcome).toBe('accepted')
    await hub.fold()
    hub.setClock(MORNING)
    await hub.settle(CHANNEL, DAY, [])
    await hub.decide((await hub.cases(CHANNEL, DAY))[0]?.id ?? '', 'suspend')
    await hub.fold()
    const id = await theOne(hub)
    expect(await hub.approve(id, 'release', OTHER)).toMatchObject({ body: { code: 'ACTION_DOES_NOT_FIT' } })
    expect((await hub.letOut(id, 'refund')).status).toBe(200)
    expect((await hub.store.bills.get(BILL))?.paidBy).toBeNull()
    expect(await hub.problems()).toEqual([])
    expect(hub.money()).toMatchObject({ collected: 16_800, places: { reversed: 16_800 } })
  })
})

describe('money that went back and is settled there', () => {
  /** The file has a payment with another amount; it is suspended. */
  async function withOtherAmount(): Promise<SuspenseHub> {
    const hub = await suspenseHub()
    hub.setClock(`${DAY}T10:00`)
    await counterOf(hub, CHANNEL).pay({ paymentId: 'T1' })
    hub.setClock(MORNING)
    await hub.settle(CHANNEL, DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 8_000 })])
    await hub.decide((await hub.cases(CHANNEL, DAY))[0]?.id ?? '', 'suspend')
    await hub.fold()
    return hub
  }

  test.each([
    ['a payment that was refunded', false],
    ['a payment that was released, and refunded from there', true],
  ])('%s is posted anew, and released under an id of its own', async (_, isReleased) => {
    const hub = await withOtherAmount()
    if (isReleased) {
      await hub.letOut(await theOne(hub), 'release', OTHER)
      await suspendAgain(hub, OTHER, '2026-11-22T07:00')
    }
    hub.setClock('2026-11-22T08:00')
    await hub.letOut(await theOne(hub), 'refund')
    expect(hub.money().places).toMatchObject({ reversed: 8_400 })
    const back = (await openCases(hub)).find((each) => each.class === 'reversed-here-settled-there')
    hub.setClock('2026-11-22T09:00')
    expect((await hub.decide(back?.id ?? '', 'post')).status).toBe(200)
    hub.setClock('2026-11-22T10:00')
    expect(await hub.listed()).toMatchObject([{ why: 'unknown-payer', amountRupiah: 8_000 }])
    await hub.letOut(await theOne(hub), 'release', OTHER)
    const { byFact } = await placesOf(hub, OTHER)
    expect(byFact.filter(({ reversed }) => reversed === 0)).toMatchObject([
      { fact: 'posting#settlement#indomaret#T1#released#posting-1', credit: 8_000 },
    ])
    expect(hub.money()).toMatchObject({ collected: 16_400, places: { reversed: 8_400, credit: 8_000 } })
    expect(await unexpectedProblems(hub)).toEqual([])
  })
})

describe('money that the fold keeps aside', () => {
  /** A bill for two members is paid, one of whom has paid the month already, or is closed. */
  async function withBill(before: (hub: SuspenseHub) => Promise<void>): Promise<SuspenseHub> {
    const hub = await suspenseHub()
    hub.setClock(`${DAY}T08:00`)
    await issueBill(hub, ['2026-11'], [KPJ, OTHER])
    await before(hub)
    hub.setClock(`${DAY}T10:00`)
    const paid = { paymentId: 'B1', customerId: BILL, amount: rupiah(16_800) }
    expect((await counterOf(hub, CHANNEL).pay(paid)).outcome).toBe('accepted')
    await hub.fold()
    hub.setClock(MORNING)
    return hub
  }
  const settled = (hub: SuspenseHub, ...more: readonly ReturnType<typeof partnerRow>[]) =>
    hub.settle(CHANNEL, DAY, [partnerRow('B1', `${DAY}T10:00`, { customer: BILL, amount: 16_800 }), ...more])

  test('what a member did not need of a bill is listed and goes back to the bill’s payer', async () => {
    const hub = await withBill(async (world) => {
      world.setClock(`${DAY}T09:00`)
      await counterOf(world, 'bni').pay({ paymentId: 'P1' })
    })
    await settled(hub)
    expect(await hub.listed()).toMatchObject([
      { why: 'bill-return', account: KPJ, paymentId: 'B1', since: DAY, amountRupiah: 8_400, actions: ['refund'] },
    ])
    expect((await hub.letOut(await theOne(hub), 'refund')).status).toBe(200)
    expect(await hub.listed()).toEqual([])
    const statement = await hub.statement(CHANNEL, DAY)
    expect(statement).toMatchObject({ hubRupiah: 8_400 })
    expect(statement?.openItems).toContainEqual({ label: 'amount-difference', amountRupiah: -8_400, count: 1 })
    expect([...(await placesOf(hub, KPJ)).paidMonths.keys()]).toEqual(['2026-11'])
    expect(await hub.problems()).toEqual([])
    expect(hub.money().places['bill-clearing'] ?? 0).toBe(0)
  })

  test('what was refunded pays no month when the member’s own payment is reversed later', async () => {
    const hub = await withBill(async (world) => {
      world.setClock(`${DAY}T09:00`)
      await counterOf(world, 'bni').pay({ paymentId: 'P1' })
    })
    await settled(hub)
    await hub.letOut(await theOne(hub), 'refund')
    const payment = (await hub.store.facts.ofAccount(KPJ)).find((fact) => fact.kind === 'payment')
    if (payment?.kind !== 'payment') throw new Error('expected a payment')
    const { businessDate, amount, decidedAt } = payment
    await hub.store.facts.put({
      kind: 'reversal',
      account: KPJ,
      source: 'bni',
      id: ['P1'],
      decidedAt,
      recordedAt: decidedAt,
      reverses: 'payment#bni#P1' as never,
      partnerAt: decidedAt,
      businessDate,
      amount,
      outlet: '',
    })
    expect((await placesOf(hub, KPJ)).paidMonths.size).toBe(0)
    await hub.fold()
    expect((await hub.problems()).filter((text) => !text.startsWith('receivable of bni'))).toEqual([])
  })

  test('a share of a closed membership is listed and goes back to the bill’s payer', async () => {
    const hub = await withBill(async (world) => {
      await putApproved(world, { ...close(DAY, `${DAY}T09:00`), account: OTHER })
    })
    await settled(hub)
    expect(await hub.listed()).toMatchObject([{ why: 'closed-membership', account: OTHER, amountRupiah: 8_400 }])
    await hub.letOut(await theOne(hub), 'refund')
    expect(await hub.listed()).toEqual([])
    expect(await hub.problems()).toEqual([])
  })

  test('a payment for a closed membership is listed, and goes to the person’s new one or back', async () => {
    for (const [action, kpj] of [
      ['release', OTHER],
      ['refund', undefined],
    ] as const) {
      const hub = await suspenseHub()
      hub.setClock(MORNING)
      await putApproved(hub, close(DAY, `${DAY}T09:00`))
      await hub.settle(CHANNEL, DAY, [partnerRow('X1', `${DAY}T11:00`)])
      await hub.decide((await hub.cases(CHANNEL, DAY))[0]?.id ?? '', 'post')
      await hub.fold()
      expect(await hub.listed()).toMatchObject([{ why: 'closed-membership', account: KPJ, amountRupiah: 8_400 }])
      expect((await hub.letOut(await theOne(hub), action, kpj)).status).toBe(200)
      expect(await hub.listed()).toEqual([])
      expect(await hub.problems()).toEqual([])
    }
  })

  test('a refund of a bill’s part whose payment its channel has taken back meanwhile puts nothing', async () => {
    const hub = await withBill(async (world) => {
      await putApproved(world, { ...close(DAY, `${DAY}T09:00`), account: OTHER })
    })
    await settled(hub)
    const approved = await hub.approve(await theOne(hub), 'refund')
    expect(approved.status).toBe(200)
    hub.setClock(`${DAY}T10:01`)
    const reversal = { paymentId: 'B1', customerId: BILL, amount: rupiah(16_800) }
    expect(await counterOf(hub, CHANNEL).reverse(reversal)).toMatchObject({ outcome: 'reversed' })
    await hub.fold()
    hub.setClock(MORNING)
    await hub.drain()
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'refund')).toEqual([])
    expect(await hub.problems()).toEqual([])
  })
})

test('terms of a sponsored member make released money the member’s credit, never the sponsor’s month', async () => {
  const hub = await withUnknownPayer()
  const sponsored = terms('2026-11', { ...FARMER, funding: 'village' }, '2026-11-21T07:00')
  await hub.store.facts.put({ ...sponsored, account: OTHER })
  await hub.letOut(await theOne(hub), 'release', OTHER)
  expect(await placesOf(hub, OTHER)).toMatchObject({ credit: 8_400 })
  expect(await hub.problems()).toEqual([])
})
