/** What finance does about the bank's movements: lists them, ages what is nobody's, and places, moves and returns by two people. */
import { describe, expect, test } from 'vitest'
import {
  ageUnidentified,
  listMovements,
  listUnidentified,
} from '../../../../functions/serve-console/settlement/bank-movements.ts'
import {
  decidePlacement,
  type PlaceRequest,
  proposePlacement,
  type RequestedPart,
} from '../../../../functions/serve-console/settlement/place-movement.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20' as BusinessDate
const BOOKED = '2026-11-23' as BusinessDate

/** A day of Indomaret that waits for 6,900, and a credit that names a year that never was. */
async function lostCredit(amount = 6_900): Promise<SettlementHub> {
  const hub = await settlementHub()
  hub.setClock(`${DAY}T10:00`)
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
  hub.setClock('2026-11-23T09:00')
  await hub.credit('C1', BOOKED, amount, 'INDOMARET 20251120')
  return hub
}

const portsOf = (hub: SettlementHub) => ({
  settlements: hub.settlements,
  resolutions: hub.settlements.resolutions,
  channels: ['indomaret', 'pos'],
})
const toDay = (amount = 6_900, channel = 'indomaret', date = DAY): RequestedPart => ({
  to: 'channel-day',
  channel,
  date,
  amountRupiah: rupiah(amount),
})
const request = (
  action: PlaceRequest['action'],
  onVersion: number,
  ...parts: readonly RequestedPart[]
): PlaceRequest => ({
  action,
  onVersion,
  parts,
})

const suggest = (hub: SettlementHub, request: PlaceRequest, actor = 'ani') =>
  proposePlacement(portsOf(hub), {
    bookedOn: BOOKED,
    id: 'C1',
    by: actor,
    at: hub.clock.now,
    request: request,
    reason: 'the year is wrong',
  })
const judge = (hub: SettlementHub, decision: 'approve' | 'reject', actor = 'budi') =>
  decidePlacement(portsOf(hub), { bookedOn: BOOKED, id: 'C1', by: actor, at: hub.clock.now, decision, remark: 'seen' })

async function both(hub: SettlementHub, request: PlaceRequest): Promise<void> {
  expect(await suggest(hub, request)).toMatchObject({ outcome: 'done' })
  expect(await judge(hub, 'approve')).toMatchObject({ outcome: 'done', approval: { state: 'approved' } })
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
}

describe('two people', () => {
  test('place a lost credit on its day, which is reconciled for good, and its question is answered', async () => {
    const hub = await lostCredit()
    await both(hub, request('place', 1, toDay()))
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ verdict: 'reconciled', bankRupiah: 6_900 })
    expect((await hub.cases('indomaret', DAY)).filter(({ state }) => state !== 'resolved')).toEqual([])
    expect((await listUnidentified(portsOf(hub), { after: null, limit: 10 }, hub.clock.now)).items).toEqual([])
    hub.sent.push({ task: 'day', channel: 'indomaret', date: DAY })
    await hub.drain()
    expect(await hub.settlements.placements(BOOKED, 'C1')).toHaveLength(2)
    async function* chain() {
      yield* hub.settlements.chain
    }
    expect(await verifyChain(chain(), await hub.settlements.resolutions.head())).toMatchObject({
      outcome: 'whole',
      entries: 2,
    })
  })

  test('decide at no earlier instant than what they decide on was recorded, whatever their clock says', async () => {
    const hub = await lostCredit()
    const [placed] = await hub.settlements.placements(BOOKED, 'C1')
    hub.setClock('2026-11-23T08:59')
    await both(hub, request('place', 1, toDay()))
    const versions = await hub.settlements.placements(BOOKED, 'C1')
    expect(versions.map(({ recordedAt }) => recordedAt)).toEqual([placed?.recordedAt, placed?.recordedAt])
  })

  test('place a part, and what is left stays nobody’s', async () => {
    const hub = await lostCredit(10_000)
    await both(hub, request('place', 1, toDay()))
    const { items } = await listUnidentified(portsOf(hub), { after: null, limit: 10 }, hub.clock.now)
    expect(items).toMatchObject([{ id: 'C1', unidentifiedRupiah: 3_100, placedBy: 'resolution' }])
  })

  test('move what rules had placed, and both days say so', async () => {
    const hub = await lostCredit()
    await both(hub, request('place', 1, toDay()))
    await both(hub, request('move', 2, { to: 'interest', amountRupiah: rupiah(6_900) }))
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ verdict: 'incomplete', bankRupiah: 0 })
  })

  test('send a credit back: it is returned, and so is the debit that ends it', async () => {
    const hub = await lostCredit()
    await both(hub, request('return', 1, { to: 'returned', amountRupiah: rupiah(6_900) }))
    const { balances } = await auditBooks(hub)
    expect(balances).toContainEqual({ account: 'returned', channel: 'indomaret', program: null, balance: -6_900 })
    const shown = await listMovements(portsOf(hub), { from: BOOKED, to: BOOKED, state: 'returned' }, hub.clock.now)
    expect(shown.map(({ id }) => id)).toEqual(['C1'])
  })

  test.each([
    [
      'a day that the channel never had',
      request('place', 1, toDay(6_900, 'indomaret', '2025-11-20' as BusinessDate)),
      'UNKNOWN_DAY',
    ],
    ['a channel that is none', request('place', 1, toDay(6_900, 'nowhere')), 'UNKNOWN_DAY'],
    ['more than it is', request('place', 1, toDay(6_901)), 'INVALID_INPUT'],
    ['less than nothing', request('place', 1, toDay(-1)), 'INVALID_INPUT'],
    ['one day twice', request('place', 1, toDay(1), toDay(2)), 'INVALID_INPUT'],
    ['nothing', request('place', 1), 'INVALID_INPUT'],
    ['a version that is gone', request('place', 7, toDay()), 'CHANGED_MEANWHILE'],
    ['a return to a day', request('return', 1, toDay()), 'ACTION_DOES_NOT_FIT'],
  ] as const)('cannot place %s', async (_, request, code) => {
    expect(await suggest(await lostCredit(), request)).toMatchObject({ outcome: 'refused', code })
  })

  test('are two: nobody approves an own proposal, nothing is approved that nobody proposed, and each step is done once', async () => {
    const hub = await lostCredit()
    expect(await judge(hub, 'approve')).toMatchObject({ code: 'NOT_PROPOSED' })
    await suggest(hub, request('place', 1, toDay()))
    expect(await suggest(hub, request('place', 1, toDay()))).toMatchObject({ outcome: 'done' })
    expect(await suggest(hub, request('place', 1, toDay(1)))).toMatchObject({ code: 'ALREADY_PROPOSED' })
    expect(await judge(hub, 'approve', 'ani')).toMatchObject({ code: 'OWN_PROPOSAL' })
    await judge(hub, 'reject')
    expect(await judge(hub, 'approve')).toMatchObject({ code: 'ALREADY_DECIDED' })
    await suggest(hub, request('place', 1, toDay()))
    await judge(hub, 'approve')
    expect(await judge(hub, 'approve')).toMatchObject({ outcome: 'done' })
    expect(hub.settlements.chain).toHaveLength(4)
  })

  test('approve nothing that changed since it was proposed', async () => {
    const hub = await lostCredit()
    await suggest(hub, request('place', 1, toDay()))
    const [first] = await hub.settlements.placements(BOOKED, 'C1')
    if (first) await hub.settlements.putPlacement({ ...first, version: 2 }, first)
    expect(await judge(hub, 'approve')).toMatchObject({ code: 'CHANGED_MEANWHILE' })
  })
})

test('what is nobody’s ages by channel', async () => {
  const hub = await lostCredit()
  await hub.credit('C2', '2026-11-23', -500, 'KLIRING')
  hub.setClock('2027-01-02T09:00')
  await hub.credit('C3', '2027-01-01', 40, 'INDOMARET 20200101')
  const aged = await ageUnidentified(portsOf(hub), hub.clock.now)
  expect(aged.map(({ channel, totalRupiah, oldestDays }) => [channel, totalRupiah, oldestDays])).toEqual([
    [null, -500, 40],
    ['indomaret', 6_940, 40],
  ])
  expect(aged[1]?.ages.map(({ label, amountRupiah }) => [label, amountRupiah])).toEqual([
    ['0-7', 40],
    ['8-30', 0],
    ['31-90', 6_900],
    ['over-90', 0],
  ])
})
