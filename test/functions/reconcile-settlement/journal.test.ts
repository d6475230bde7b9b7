/** Closing days of the journal: what opens the books, what a late fact does, and that tasks may come twice and in any order. */
import { describe, expect, test } from 'vitest'
import { DAYS_A_NIGHT, journalTask } from '../../../functions/reconcile-settlement/journal.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import type { Fact, ShareFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { NOTHING_SETTLED, trialBalanceOf } from '../../../shared/domain/journal.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { Placement } from '../../../shared/domain/settlement/placement.ts'
import type { JournalTask } from '../../../shared/messages/settlement.ts'
import type { Recorded, StatementPosition } from '../../../shared/store/journal/journal-day.ts'
import type { FeeMonthVersion } from '../../../shared/store/settlements/fee-months.ts'
import { at, date, FARMER, KPJ, pay, quoted, reverse, terms } from '../../support/facts.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { memoryStore } from '../../support/memory-store.ts'

const MONDAY = date('2026-11-16')
const TUESDAY = date('2026-11-17')
const BILL = billCodeOf(17)

function books() {
  const store = memoryStore()
  const journal = memoryJournal()
  const recorded = new Map<string, Recorded[]>()
  const positions = new Map<string, StatementPosition[]>()
  const placements = new Map<string, Placement[]>()
  const fees = new Map<string, FeeMonthVersion[]>()
  const clock = { now: at('2026-11-18T00:40') }
  const tasks: JournalTask[] = []
  const ports = {
    facts: store.facts,
    bills: store.bills,
    memberships: store.memberships,
    journal,
    recordedOn: async function* (day: string) {
      yield* recorded.get(day) ?? []
    },
    positions: async (channel: string, month: string) => positions.get(`${channel}#${month}`) ?? [],
    placements: async (_bookedOn: string, id: string) => placements.get(id) ?? [],
    movementsBooked: async () => [],
    feeMonths: async (channel: string, of: string) => fees.get(`${channel}#${of}`) ?? [],
    sendTasks: async (sent: readonly JournalTask[]) => void tasks.push(...sent),
    sources: ['bni', 'pos', 'finance', 'settlement', 'import'],
    parts: 3,
    rules: RULES,
    now: () => clock.now,
  }
  return { store, journal, recorded, positions, placements, fees, clock, tasks, ports }
}

type Books = ReturnType<typeof books>

async function put(hub: Books, ...facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) await hub.store.facts.put(fact)
}

/** Runs the tasks until none is left: the last one first, and each of them twice. */
async function close(hub: Books, day = TUESDAY): Promise<void> {
  hub.tasks.push({ task: 'journal', date: day })
  for (let task = hub.tasks.pop(); task; task = hub.tasks.pop()) {
    await journalTask(hub.ports, task)
    if (task.task === 'journal-part') await journalTask(hub.ports, task)
  }
}

function balance(hub: Books, day: string, account: string): number {
  const lines = hub.journal.days.get(day)?.balances.filter((line) => line.account === account) ?? []
  return lines.reduce((sum, line) => sum + line.balance, 0)
}

async function withView(hub: Books): Promise<void> {
  const registered = terms('2026-11')
  await put(hub, registered)
  await hub.store.memberships.put({
    kpj: KPJ,
    participant: 'person-1',
    terms: FARMER,
    regionCode: '15.71',
    registeredOn: date('2026-01-05'),
    paidThrough: null,
    credit: rupiah(0),
    status: 'unpaid',
    nextTransition: null,
    factCount: 1,
    asOf: registered.decidedAt,
    version: 1,
  } as never)
}

describe('the first day', () => {
  test('opens the books with everything that was known before it', async () => {
    const hub = books()
    await withView(hub)
    await put(hub, pay('A', '2026-11-10T10:00', ['2026-11']), pay('B', '2026-11-17T10:00', ['2026-12']))
    await close(hub)
    const days = [...hub.journal.days.keys()].sort()
    expect([days.length, days[0], days.at(-1)]).toEqual([7, '2026-11-11', TUESDAY])
    expect(balance(hub, TUESDAY, 'receivable')).toBe(16_800)
    expect(balance(hub, TUESDAY, 'contribution')).toBe(-16_800)
    const entries = hub.journal.days.get(TUESDAY)?.entries ?? []
    expect(trialBalanceOf(entries)).toBe(0)
    expect(entries.find(({ account }) => account === 'receivable')).toMatchObject({ debit: 8_400, count: 1 })
  })
  test('cannot be closed before it is over', async () => {
    const hub = books()
    await close(hub, date('2026-11-18'))
    expect(hub.journal.days.size).toBe(0)
  })
})

describe('a day that does not balance is never closed', () => {
  const line = (account: string, debit: number, credit: number) =>
    ({ kind: 'collected', account, channel: 'bni', program: null, debit, credit, count: 1, of: TUESDAY }) as never

  test.each([
    ['debits without their credits', [line('receivable', 8_400, 0)]],
    ['one rupiah', [line('receivable', 8_400, 0), line('credit', 0, 8_399)]],
    ['money that is nowhere', [line('receivable', 8_400, 0), line('unallocated', 0, 8_400)]],
  ])('%s', async (_, entries) => {
    const hub = books()
    await close(hub, MONDAY)
    const parts = async () => [{ entries, receivables: [], accounts: 1 }]
    const ports = { ...hub.ports, journal: { ...hub.journal, parts } }
    const given = journalTask(ports, { task: 'journal-part', day: TUESDAY, part: 0, parts: 1, date: TUESDAY })
    await expect(given).rejects.toMatchObject({ name: 'Defect', code: 'JOURNAL_DOES_NOT_BALANCE' })
    expect([...hub.journal.days.keys()].at(-1)).toBe(MONDAY)
  })
})

describe('a closed day', () => {
  test('never changes: a payment recorded after midnight is booked in the day that is open', async () => {
    const hub = books()
    await withView(hub)
    await put(hub, pay('A', '2026-11-16T10:00', ['2026-11']))
    await close(hub, MONDAY)
    const closed = hub.journal.days.get(MONDAY)
    await put(hub, pay('B', '2026-11-16T23:58', ['2026-12'], { recorded: '2026-11-17T00:03' }))
    await close(hub, TUESDAY)
    expect(hub.journal.days.get(MONDAY)).toBe(closed)
    expect(balance(hub, TUESDAY, 'receivable') - balance(hub, MONDAY, 'receivable')).toBe(8_400)
  })
  test('a resolution on a day long closed is booked in the open day, through the note that it left', async () => {
    const hub = books()
    await withView(hub)
    const paid = pay('A', '2026-11-02T10:00', ['2026-11'])
    await put(hub, paid)
    await close(hub, MONDAY)
    await put(hub, reverse(paid, '2026-11-17T14:00', 'finance'))
    hub.recorded.set(TUESDAY, [{ kind: 'account', account: KPJ }])
    await close(hub, TUESDAY)
    expect(balance(hub, MONDAY, 'receivable')).toBe(8_400)
    expect(balance(hub, TUESDAY, 'receivable')).toBe(0)
    expect(hub.journal.days.get(TUESDAY)?.balances).toEqual([])
  })
  test('days that were missed are closed first, one after the other', async () => {
    const hub = books()
    await withView(hub)
    await close(hub, date('2026-11-13'))
    await put(hub, pay('A', '2026-11-15T10:00', ['2026-11']))
    await close(hub, TUESDAY)
    const days = [...hub.journal.days.keys()].sort().map((day) => day.slice(8))
    expect(days).toEqual(['07', '08', '09', '10', '11', '12', '13', '14', '15', '16', '17'])
    expect(balance(hub, '2026-11-14', 'receivable')).toBe(0)
    expect(balance(hub, '2026-11-15', 'receivable')).toBe(8_400)
  })
})

test('tasks that come many times die out: a day is asked for once by whoever closed the one before', async () => {
  const hub = books()
  await withView(hub)
  await close(hub, date('2026-11-10'))
  hub.tasks.push(...Array.from({ length: 5 }, () => ({ task: 'journal', date: TUESDAY }) as const))
  let handled = 0
  for (let task = hub.tasks.shift(); task; task = hub.tasks.shift()) {
    await journalTask(hub.ports, task)
    handled++
  }
  expect(hub.journal.days.size).toBe(7 + 7)
  // Five requests begin the first missing day, of one part as the day before was small; each further day is begun once.
  expect(handled).toBe(5 + 5 * 1 + 6 * (1 + 1))
})

test('a journal that was left behind for long catches up over several nights', async () => {
  const hub = books()
  await withView(hub)
  await close(hub, date('2026-09-15'))
  await close(hub)
  expect([...hub.journal.days.keys()].sort().at(-1)).toBe('2026-10-16')
  await close(hub)
  await close(hub)
  expect([...hub.journal.days.keys()].sort().at(-1)).toBe(TUESDAY)
})

describe('a catch-up of a whole night', () => {
  test('closes 31 days in one chain, twice as long as Lambda allows a function that may not feed itself', async () => {
    const hub = books()
    await withView(hub)
    await close(hub, date('2026-10-17'))
    const before = hub.journal.days.size
    let hops = 0
    for (let waiting: readonly JournalTask[] = [{ task: 'journal', date: TUESDAY }]; waiting.length > 0; hops++) {
      for (const task of waiting) await journalTask(hub.ports, task)
      waiting = hub.tasks.splice(0)
    }
    expect(hub.journal.days.size - before).toBe(31)
    expect([...hub.journal.days.keys()].sort().at(-1)).toBe(TUESDAY)
    expect(hops).toBe(2 * 31)
  })

  test('is stopped as a defect when a chain goes on beyond its bound', async () => {
    const hub = books()
    const endless = journalTask(hub.ports, { task: 'journal', date: TUESDAY, closed: DAYS_A_NIGHT })
    await expect(endless).rejects.toMatchObject({ name: 'Defect', code: 'JOURNAL_TOO_LONG' })
    expect(hub.tasks).toEqual([])
  })
})

test('what a cut-off gave to the next business day is booked on the day that recorded it', async () => {
  const hub = books()
  await put(hub, terms('2026-01'), { ...pay('N', '2026-11-17T16:30', ['2026-11']), businessDate: date('2026-11-18') })
  await close(hub)
  expect(balance(hub, TUESDAY, 'receivable')).toBe(8_400)
})

test('a day is cut into as many parts as the day before it asks for', async () => {
  const hub = books()
  const day = { entries: [], receivables: [], opening: null, balances: [], closedAt: at('2026-11-16T00:40') }
  await hub.journal.close({ ...day, day: date('2026-11-15'), accounts: 300_001 })
  expect(await journalTask(hub.ports, { task: 'journal', date: MONDAY })).toMatchObject({ outcome: 'begun', parts: 7 })
})

test('a bill paid before midnight and shared out after it stands in clearing overnight', async () => {
  const hub = books()
  await withView(hub)
  const months = quoted(['2026-11'], FARMER)
  await hub.store.bills.put(
    {
      billCode: BILL,
      months: ['2026-11' as never],
      amount: rupiah(8_400),
      memberCount: 1,
      kpj: KPJ,
      issuedAt: at('2026-11-16T08:00'),
      validUntil: '2026-12-01',
      validUntilInstant: at('2026-12-01T00:00'),
      paidBy: null,
    },
    [{ kpj: KPJ, months, amount: rupiah(8_400) }],
  )
  const paid = { ...pay('P', '2026-11-16T23:59', ['2026-11']), account: BILL, kpj: null }
  const { decidedAt } = paid
  const stamp = { account: KPJ, source: 'bni', id: [BILL, 'bni', 'P'], decidedAt, recordedAt: at('2026-11-17T00:01') }
  const share: ShareFact = { kind: 'share', ...stamp, billCode: BILL, paymentId: 'P', amount: paid.amount, months }
  await close(hub, date('2026-11-15'))
  await put(hub, paid, share)
  await close(hub, TUESDAY)
  expect([balance(hub, MONDAY, 'bill-clearing'), balance(hub, MONDAY, 'contribution')]).toEqual([-8_400, 0])
  expect([balance(hub, TUESDAY, 'bill-clearing'), balance(hub, TUESDAY, 'contribution')]).toEqual([0, -8_400])
})

test('a statement and a placement turn what the channel owes into fees and bank on the day on which they were written', async () => {
  const hub = books()
  await withView(hub)
  await put(hub, pay('A', '2026-11-15T10:00', ['2026-11']))
  await close(hub, date('2026-11-15'))
  const nothing = NOTHING_SETTLED
  const settled = (when: Instant, fees: number) => ({
    ...nothing,
    fees: rupiah(fees),
    recordedAt: when,
  })
  const placed = (version: number, when: Instant, toDay: number): Placement => ({
    id: 'C1',
    bookedOn: MONDAY,
    version,
    recordedAt: when,
    by: 'rules',
    places: [
      { kind: 'channel-day', channel: 'bni', date: date('2026-11-15'), amount: rupiah(toDay), how: 'named' },
      { kind: 'interest', amount: rupiah(7_400 - toDay) },
    ],
  })
  hub.placements.set('C1', [placed(1, at('2026-11-16T08:00'), 6_900), placed(2, at('2026-11-17T08:00'), 7_400)])
  hub.positions.set('bni#2026-11-15', [settled(at('2026-11-16T08:00'), 1_500), settled(at('2026-11-17T08:00'), 1_000)])
  for (const day of [MONDAY, TUESDAY]) {
    hub.recorded.set(day, [
      { kind: 'statement', channel: 'bni', date: date('2026-11-15') },
      { kind: 'placement', bookedOn: MONDAY, id: 'C1' },
    ])
  }
  await close(hub, TUESDAY)
  expect(balance(hub, MONDAY, 'receivable')).toBe(0)
  expect([balance(hub, MONDAY, 'bank'), balance(hub, MONDAY, 'channel-fees')]).toEqual([7_400, 1_500])
  expect([balance(hub, MONDAY, 'bank-interest'), balance(hub, TUESDAY, 'bank-interest')]).toEqual([-500, 0])
  expect(balance(hub, TUESDAY, 'receivable')).toBe(0)
  expect([balance(hub, TUESDAY, 'bank'), balance(hub, TUESDAY, 'channel-fees')]).toEqual([7_400, 1_000])
})
