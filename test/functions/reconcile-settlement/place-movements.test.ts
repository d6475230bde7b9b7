/** Where the bank's movements are: each in one place, with its sign, at any age. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeMovements } from '../../../functions/reconcile-settlement/place-movements.ts'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { camt053 } from '../../support/settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const NEXT = '2026-11-21'

/** One payment of Indomaret on each of two days, both in their files; each day nets 6,900. */
async function twoDays(): Promise<SettlementHub> {
  const hub = await settlementHub()
  for (const [i, day] of [DAY, NEXT].entries()) {
    hub.setClock(`${day}T10:00`)
    expect((await counterOf(hub, 'indomaret').pay({ paymentId: `T${i}` })).outcome).toBe('accepted')
    hub.setClock(`${addDays(day as BusinessDate, 1)}T06:30`)
    await hub.settle('indomaret', day, [partnerRow(`T${i}`, `${day}T10:00`)])
  }
  hub.setClock('2026-11-23T08:00')
  return hub
}

const verdicts = (hub: SettlementHub) =>
  Promise.all([DAY, NEXT].map(async (day) => (await hub.statement('indomaret', day))?.verdict))
const placeOf = async (hub: SettlementHub, id: string, on = '2026-11-23') =>
  (await hub.settlements.placements(on as BusinessDate, id)).at(-1)?.places
const night = async (hub: SettlementHub) => {
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  await hub.drain()
}

describe('a statement that comes long after its movements were booked', () => {
  const LATE = '2027-02-10T08:00'
  async function takeLate(hub: SettlementHub) {
    hub.setClock(LATE)
    const on = (reference: string, amount: number, remittance: string) => {
      return { reference, bookedOn: '2026-11-23', valueOn: '2026-11-23', amount, remittance }
    }
    const rows = [on('C1', 6_900, 'INDOMARET 20261120'), on('C2', 5_000, 'SETORAN TUNAI'), on('C3', -50, 'BIAYA ADM')]
    const day = { account: '0018877665501', statementId: 'S1', date: '2026-11-23', opening: 700, rows }
    const { settlements, now } = hub.ports
    const from = { kind: 'handed-over', bytes: Buffer.from(camt053([day])) } as const
    expect(
      await takeInStatement({ files: hub.files, settlements, now }, { from, name: 'S1.xml', by: null }),
    ).toMatchObject({
      outcome: 'accepted',
    })
  }
  async function expectPlaced(hub: SettlementHub) {
    expect(await verdicts(hub)).toEqual(['reconciled', 'incomplete'])
    expect(await placeOf(hub, 'C2')).toMatchObject([{ kind: 'unidentified' }])
    expect(await placeOf(hub, 'C3~returned')).toMatchObject([{ kind: 'bank-charges' }])
    expect(await placeOf(hub, 'opening-0018877665501', '2026-11-22')).toMatchObject([{ kind: 'opening-balance' }])
    const { problems, balances } = await auditBooks(hub)
    expect(problems).toEqual([])
    expect(balances.find(({ account }) => account === 'bank')?.balance).toBe(12_550)
  }

  test('has each of them in its place, and the bank account is its balance', async () => {
    const hub = await twoDays()
    await takeLate(hub)
    await hub.drain()
    await expectPlaced(hub)
  })

  test('has them there by the next night where the stream lost them', async () => {
    const hub = await twoDays()
    await takeLate(hub)
    hub.settlements.inserted()
    hub.setClock('2027-02-11T00:40')
    await night(hub)
    await expectPlaced(hub)
  })

  test('moves nothing that rules placed then', async () => {
    const hub = await twoDays()
    await hub.credit('C9', '2026-11-24', 6_900, 'INDOMARET 20261121')
    const then = await hub.settlements.placements('2026-11-24' as BusinessDate, 'C9')
    await takeLate(hub)
    await hub.drain()
    expect(await hub.settlements.placements('2026-11-24' as BusinessDate, 'C9')).toEqual(then)
    expect(await verdicts(hub)).toEqual(['reconciled', 'reconciled'])
  })
})

test('a movement that the bank books on a day to come has its place at once', async () => {
  const hub = await twoDays()
  await hub.credit('C1', '2026-11-24', 6_900, 'INDOMARET 20261120')
  expect(await placeOf(hub, 'C1', '2026-11-24')).toMatchObject([{ kind: 'channel-day', date: DAY }])
  hub.setClock('2026-11-24T08:00')
  expect((await auditBooks(hub)).problems).toEqual([])
})

describe('placed money stays placed', () => {
  test('a lump credit of two days keeps both reconciled long after it left every window', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 13_800, 'SETORAN INDOMARET')
    expect(await verdicts(hub)).toEqual(['reconciled', 'reconciled'])
    for (const day of ['2027-01-06', '2027-01-07', '2027-01-08', '2027-01-20', '2027-06-01']) {
      hub.setClock(`${day}T00:40`)
      await night(hub)
      for (const date of [DAY, NEXT]) hub.sent.push({ task: 'day', channel: 'indomaret', date: date as BusinessDate })
      await hub.drain()
      expect([day, ...(await verdicts(hub))]).toEqual([day, 'reconciled', 'reconciled'])
      expect((await auditBooks(hub)).problems).toEqual([])
    }
    expect(await hub.settlements.placements('2026-11-23' as BusinessDate, 'C1')).toHaveLength(1)
  })

  test('a day that an old credit paid takes no second one by its amount', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
    hub.setClock('2027-01-08T08:00')
    await hub.credit('C2', '2027-01-08', 6_900, 'INDOMARET')
    expect(await placeOf(hub, 'C2', '2027-01-08')).toMatchObject([{ kind: 'unidentified', reason: 'no-sum' }])
    expect((await hub.statement('indomaret', DAY))?.bankRupiah).toBe(6_900)
  })

  test('a credit that names a day of months ago pays it', async () => {
    const hub = await twoDays()
    hub.setClock('2027-03-01T08:00')
    await hub.credit('C1', '2027-03-01', 6_900, 'INDOMARET 20261120')
    expect((await hub.statement('indomaret', DAY))?.verdict).toBe('reconciled')
    expect((await auditBooks(hub)).problems).toEqual([])
  })
})

describe('a movement without a day', () => {
  test('that names a day which the channel never had is an unidentified receipt, and somebody is asked', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20251120')
    expect(await placeOf(hub, 'C1')).toEqual([
      { kind: 'unidentified', channel: 'indomaret', amount: 6_900, reason: 'day-without-row', ways: [], askedOn: NEXT },
    ])
    expect((await hub.settlements.unidentified(null, 10)).map(({ id }) => id)).toEqual(['C1'])
    const open = (await hub.cases('indomaret', NEXT)).filter(({ state }) => state === 'open')
    expect(open.map(({ finding }) => finding.evidence)).toMatchObject([{ reason: 'credit-ambiguous', credits: ['C1'] }])
    const { problems, balances } = await auditBooks(hub)
    expect(problems).toEqual([])
    expect(balances).toContainEqual({
      account: 'unidentified-receipts',
      channel: 'indomaret',
      program: null,
      balance: -6_900,
    })
  })

  test('of which one named day is none gives that part to nobody', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 10_000, 'INDOMARET 20261120 20251121')
    expect(await placeOf(hub, 'C1')).toMatchObject([
      { kind: 'channel-day', date: DAY, amount: 6_900 },
      { kind: 'unidentified', amount: 3_100, reason: 'day-without-row' },
    ])
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test('finds its day when the file comes', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-23T06:00')
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
    expect(await placeOf(hub, 'C1')).toMatchObject([{ kind: 'unidentified' }])
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(await placeOf(hub, 'C1')).toMatchObject([{ kind: 'channel-day', date: DAY, amount: 6_900 }])
    expect(await hub.settlements.unidentified(null, 10)).toEqual([])
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test.each([
    ['a charge of the bank', -15_000, 'BIAYA ADM BULANAN', 'bank-charges'],
    ['interest', 120, 'JASA GIRO', 'interest'],
    ['tax on interest', -24, 'PAJAK BUNGA', 'interest'],
    ['a debit of nobody', -5_000, 'TRF KE 123', 'unidentified'],
    ['a charge that is credited', 5_000, 'BIAYA', 'unidentified'],
    ['a channel that writes of its charges', 6_900, 'INDOMARET 20261120 POTONG BIAYA', 'channel-day'],
  ])('%s', async (_, amount, remittance, kind) => {
    const hub = await twoDays()
    await hub.credit('M1', '2026-11-23', amount, remittance)
    expect(await placeOf(hub, 'M1')).toMatchObject([{ kind, amount }])
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test('that the bank takes back by itself is returned, both ways', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 700, 'SETORAN TUNAI')
    await hub.credit('C1~returned', '2026-11-23', -700, 'SETORAN TUNAI')
    expect(await placeOf(hub, 'C1')).toEqual([{ kind: 'returned', channel: null, amount: 700 }])
    expect(await placeOf(hub, 'C1~returned')).toEqual([{ kind: 'returned', channel: null, amount: -700 }])
    const { problems, balances } = await auditBooks(hub)
    expect(problems).toEqual([])
    expect(balances.filter(({ account }) => account === 'returned' || account === 'unidentified-receipts')).toEqual([])
  })
})

describe('what people placed', () => {
  const place = async (hub: SettlementHub, id: string, to: string, amountRupiah: number) => {
    const path = `/api/bank-movements/2026-11-23/${id}`
    const parts = [{ to: 'channel-day', channel: 'indomaret', date: to, amountRupiah }]
    const asked = { action: 'place', onVersion: 1, parts, reason: 'as the partner says' }
    expect((await hub.call('operator', 'POST', `${path}/proposal`, asked)).status).toBe(200)
    expect((await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })).status).toBe(200)
    await hub.drain()
  }

  test('leaves exactly the rest of the day to the next credit', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 3_000, 'SETORAN TUNAI')
    await place(hub, 'C1', DAY, 3_000)
    await hub.credit('C2', '2026-11-23', 10_800, 'INDOMARET 20261120 20261121')
    expect(await placeOf(hub, 'C2')).toMatchObject([
      { kind: 'channel-day', date: DAY, amount: 3_900 },
      { kind: 'channel-day', date: NEXT, amount: 6_900 },
    ])
    expect(await verdicts(hub)).toEqual(['reconciled', 'reconciled'])
  })

  test('answers the question that was asked: no day is looked at again for it', async () => {
    const hub = await twoDays()
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20251120')
    await place(hub, 'C1', DAY, 6_900)
    expect((await hub.cases('indomaret', NEXT)).map(({ state }) => state)).toEqual(['resolved'])
    const entries = [...(hub.settlements.everything().get('placements#2026-11-23') ?? new Map()).keys()]
    const entry =
      entries
        .filter((each) => each.startsWith('placement#C1#'))
        .sort()
        .at(-1) ?? ''
    expect(await hub.run({ part: 'placements#2026-11-23', entry })).toEqual({ outcome: 'sent', count: 0 })
  })
})

test('the books hold for any movements of the bank, in any order, at any age', async () => {
  const texts = [
    'INDOMARET 20261120',
    'INDOMARET 20261120 20261121',
    'INDOMARET',
    'POS',
    'INDOMARET 20251120',
    'BIAYA',
    'BUNGA',
    'X',
  ]
  const movement = fc.record({
    amount: fc.constantFrom(6_900, 13_800, 6_899, 1, -6_900, -500),
    text: fc.constantFrom(...texts),
    on: fc.constantFrom('2026-11-23', '2026-11-24', '2026-12-30'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { minLength: 1, maxLength: 6 }), fc.boolean(), async (movements, comesLate) => {
      const hub = await twoDays()
      hub.setClock(comesLate ? '2026-12-30T09:00' : '2026-12-30T08:00')
      for (const [i, { amount, text, on }] of movements.entries()) await hub.credit(`M${i}`, on, amount, text)
      expect((await auditBooks(hub)).problems).toEqual([])
      const before = await verdicts(hub)
      const places = await Promise.all(movements.map(({ on }, i) => placeOf(hub, `M${i}`, on)))
      hub.setClock('2027-03-01T00:40')
      await night(hub)
      expect((await auditBooks(hub)).problems).toEqual([])
      expect(await Promise.all(movements.map(({ on }, i) => placeOf(hub, `M${i}`, on)))).toEqual(places)
      for (const [i, verdict] of (await verdicts(hub)).entries()) {
        if (before[i] === 'reconciled') expect(verdict).toBe('reconciled')
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('a day is read by itself only where its row and the young movements do not agree', async () => {
  const hub = await twoDays()
  await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
  await hub.credit('C2', '2026-11-23', 50, 'nobody knows')
  const read: string[] = []
  const settlements = {
    ...hub.settlements,
    placedOn: async (channel: string, date: BusinessDate) => {
      read.push(date)
      return hub.settlements.placedOn(channel, date)
    },
  }
  const place = () => placeMovements({ ...hub.ports, settlements }, null, hub.clock.now)
  expect([await place(), read]).toEqual(['placed', []])
  // Long after, the credit is no young movement any more, and its day's row is all that knows of it.
  hub.setClock('2027-01-08T08:00')
  await hub.credit('C3', '2027-01-08', 50, 'nobody knows')
  expect([await place(), read]).toEqual(['placed', [DAY]])
})

test('a movement of the chain without a place is found in the morning', async () => {
  const hub = await twoDays()
  const movement = { id: 'LOST', bookedOn: '2026-11-23' as BusinessDate, amount: rupiah(5), amountSen: 500 }
  const link = {
    sequence: 1,
    files: [],
    format: 'mt940',
    id: 'S',
    number: null,
    openingSen: 0,
    closingSen: 500,
  } as const
  await hub.settlements.putLink('0018877665501', { ...link, closedOn: null, movements: [movement] })
  await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
  expect(hub.counted).toContain('CreditsUnplaced  1')
  await hub.credit('LOST', '2026-11-23', 5, 'X')
  hub.counted.splice(0)
  await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
  expect(hub.counted.filter((line) => line.startsWith('CreditsUnplaced'))).toEqual([])
})

test('a journal whose bank account is not the closing balance is found in the morning', async () => {
  const hub = await twoDays()
  const row = { reference: 'R1', bookedOn: '2026-11-23', valueOn: '2026-11-23', amount: 700, remittance: 'TRF' }
  const day = { account: '0018877665501', statementId: 'S1', date: '2026-11-23', opening: 0, rows: [row] }
  const from = { kind: 'handed-over', bytes: Buffer.from(camt053([day])) } as const
  const { files, settlements } = hub
  hub.setClock('2026-11-24T05:00')
  await takeInStatement({ files, settlements, now: () => hub.clock.now }, { from, name: 'b.xml', by: null })
  await hub.drain()
  hub.setClock('2026-11-25T09:05')
  await hub.closeJournal('2026-11-24')
  const look = async () => {
    hub.counted.splice(0)
    await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
    return hub.counted.filter((line) => line.startsWith('CreditsUnplaced'))
  }
  expect(await look()).toEqual([])
  const closed = hub.journal.days.get('2026-11-24')
  if (!closed) throw new Error('expected the journal to be closed')
  const balances = closed.balances.map((line) => (line.account === 'bank' ? { ...line, balance: rupiah(699) } : line))
  hub.journal.days.set('2026-11-24', { ...closed, balances })
  expect(await look()).toEqual(['CreditsUnplaced  1'])
})
