/** Months of the books: where late truth goes, and that a closed month stays as it was closed whatever comes later. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../shared/domain/fact.ts'
import { addDays, type BusinessDate, type Instant, startOfDay } from '../../../shared/domain/instant.ts'
import {
  addAccount,
  addPlacement,
  addStatement,
  balancesAfter,
  datedEntriesOf,
  dayReceivablesOf,
  type JournalSums,
  type LedgerBalance,
  NOTHING_SETTLED,
  spanBefore,
  spanOf,
  trialBalanceOf,
} from '../../../shared/domain/journal.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { addMonths, type Month, month } from '../../../shared/domain/month.ts'
import {
  booksAt,
  dateOf,
  EMPTY_BOOKS,
  knownThrough,
  lastDayOf,
  linesOf,
  type MonthClosing,
  periodOf,
  type RecordedDay,
  receivableMovesOf,
} from '../../../shared/domain/periods.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { date, KPJ, pay, reverse, suspend, terms } from '../../support/facts.ts'

const CLOSED = [
  { month: month('2026-11'), through: date('2026-12-02') },
  { month: month('2026-12'), through: date('2027-01-20') },
]

describe('an entry', () => {
  test.each([
    ['recorded on its own day', '2026-11-12', '2026-11-12', '2026-11', '2026-11-12'],
    ['recorded a day late, over the end of an open month', '2026-12-01', '2026-11-30', '2026-11', '2026-11-30'],
    ['recorded after its month was closed', '2026-12-10', '2026-11-12', '2026-12', '2026-12-10'],
    ['recorded when the month after it was over, and open still', '2027-01-10', '2026-11-12', '2026-12', '2026-12-31'],
    ['recorded when both months were closed', '2027-01-21', '2026-11-12', '2027-01', '2027-01-21'],
    ['of no day', '2026-12-10', null, '2026-12', '2026-12-10'],
  ])('%s', (_, recordedOn, of, period, standsUnder) => {
    const day = of === null ? null : date(of)
    expect(periodOf(CLOSED, date(recordedOn), day)).toBe(period)
    expect(dateOf(CLOSED, date(recordedOn), day)).toBe(standsUnder)
  })

  test('names the day that it is of where that is not its date', () => {
    const entry = { kind: 'reversed', account: 'receivable', channel: 'bni', program: null, count: 1 } as const
    const entries = [{ ...entry, debit: rupiah(0), credit: rupiah(8_400), of: date('2026-11-12') }]
    const [line] = linesOf([{ day: date('2026-12-10'), entries, receivables: [], opening: null }], CLOSED)
    expect(line).toMatchObject({
      number: '20261210-0001',
      period: '2026-12',
      date: '2026-12-10',
      refersTo: '2026-11-12',
    })
  })
})

const FIRST = date('2026-10-20')
const DAYS = Array.from({ length: 100 }, (_, i) => addDays(FIRST, i))
const registered = terms('2026-01', { recorded: '2026-01-02T09:00' } as never)

/** Facts of any days, recorded then or later, and where finance closes its months. */
const story = fc.record({
  steps: fc.array(
    fc.record({
      months: fc.constantFrom(['2026-11'], ['2026-11', '2026-12'], ['2026-12', '2027-01']),
      day: fc.integer({ min: 0, max: 80 }),
      late: fc.constantFrom(0, 0, 0, 1, 12, 45),
      next: fc.constantFrom('nothing', 'nothing', 'reversed', 'suspended'),
      after: fc.integer({ min: 0, max: 60 }),
      fee: fc.integer({ min: 0, max: 2_000 }),
      banked: fc.integer({ min: -3_000, max: 9_000 }),
      bankedAfter: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 7 },
  ),
  waits: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

function factsOf({ steps }: Story): readonly Fact[] {
  return steps.flatMap(({ months, day, late, next, after }, i): readonly Fact[] => {
    const recordedOn = on(day + late)
    const paid = pay(`T${i}`, `${on(day)}T10:00`, months, { recorded: `${recordedOn}T11:00` })
    const later = `${on(day + late + after)}T12:00`
    if (next === 'reversed') return [paid, reverse(paid, later)]
    return next === 'suspended' ? [paid, suspend(paid, later)] : [paid]
  })
}

/** The journal day as it is derived on its evening, from what was known then. */
function recordedDay(told: Story, facts: readonly Fact[], day: BusinessDate): RecordedDay {
  const sums: JournalSums = new Map()
  addAccount(sums, KPJ, [registered, ...facts], spanOf(day), RULES)
  for (const step of told.steps) addSettled(sums, step, (recordedOn) => recordedOn === day)
  const opened: JournalSums = new Map()
  if (day === FIRST) addAccount(opened, KPJ, [registered, ...facts], spanBefore(day), RULES)
  const opening = { entries: datedEntriesOf(opened), receivables: dayReceivablesOf(opened) }
  const receivables = dayReceivablesOf(sums)
  return { day, entries: datedEntriesOf(sums), receivables, opening: day === FIRST ? opening : null }
}

function addSettled(sums: JournalSums, step: Story['steps'][number], isWanted: (day: BusinessDate) => boolean): void {
  const { day, late, fee, banked, bankedAfter, after } = step
  if (isWanted(on(day + late + 1)))
    addStatement(sums, 'bni', NOTHING_SETTLED, { ...NOTHING_SETTLED, fees: rupiah(fee) }, on(day))
  const place = { kind: 'channel-day', channel: 'bni', amount: rupiah(banked), how: 'named' } as const
  if (isWanted(on(day + bankedAfter + 1))) addPlacement(sums, [], [{ ...place, date: on(day) }], on(day + bankedAfter))
  // People find later that it was for the day before.
  const moved = [{ ...place, date: on(day - 1) }]
  if (isWanted(on(day + bankedAfter + 2 + after)))
    addPlacement(sums, [{ ...place, date: on(day) }], moved, on(day + bankedAfter))
}

/** Closes months in order, each some days after it is over. */
function closingsOf(waits: readonly number[]): readonly MonthClosing[] {
  let last: MonthClosing | undefined
  return waits.flatMap((wait, i) => {
    const of = addMonths('2026-10' as Month, i)
    const through = addDays(last && last.through > lastDayOf(of) ? last.through : lastDayOf(of), wait)
    last = { month: of, through }
    return DAYS.includes(through) ? [last] : []
  })
}

describe('for any facts and any closings', () => {
  test('a closed month has the same entries for ever, and months add up to the derivation without closings', () => {
    fc.assert(
      fc.property(story, (told) => {
        const facts = factsOf(told)
        const closings = closingsOf(told.waits)
        const days = DAYS.map((day) => recordedDay(told, facts, day))
        const now = linesOf(days, closings)
        for (const [i, { month: of, through }] of closings.entries()) {
          const known = days.filter(({ day }) => day <= through)
          // As finance saw it when it closed the month, with the facts of that evening alone.
          const then = facts.filter(({ recordedAt }) => recordedAt < startOfDay(addDays(through, 1)))
          const kept = linesOf(
            known.map(({ day }) => recordedDay(told, then, day)),
            closings.slice(0, i + 1),
          )
          expect(now.filter(({ period }) => period === of)).toEqual(kept.filter(({ period }) => period === of))
        }
        const whole: JournalSums = new Map()
        const ever = { from: Number.NEGATIVE_INFINITY as Instant, to: startOfDay(addDays(FIRST, DAYS.length)) }
        addAccount(whole, KPJ, [registered, ...facts], ever, RULES)
        for (const step of told.steps) addSettled(whole, step, (recordedOn) => recordedOn < on(DAYS.length))
        const derived = balancesAfter([], datedEntriesOf(whole))
        let months: readonly LedgerBalance[] = []
        for (const lines of Map.groupBy(now, ({ period }) => period).values()) {
          expect(trialBalanceOf(lines)).toBe(0)
          months = balancesAfter(months, lines)
        }
        expect(months).toEqual(derived)
        expect(new Set(now.map(({ number }) => number)).size).toBe(now.length)
        for (const { date: stands, period } of now) expect(stands.slice(0, 7)).toBe(period)
      }),
      { numRuns: 150 },
    )
  })

  test('the books of any evening are the same from a closed month or from the beginning, and a receivable is its days', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(...DAYS), (told, asOf) => {
        const facts = factsOf(told)
        const closings = closingsOf(told.waits)
        const days = DAYS.map((day) => recordedDay(told, facts, day))
        const lines = linesOf(days, closings)
        const moves = receivableMovesOf(days, closings)
        const books = booksAt(EMPTY_BOOKS, null, asOf, lines, moves)
        const owed = books.receivables.reduce((sum, { amount }) => sum + amount, 0)
        expect(owed).toBe(books.balances.find(({ account }) => account === 'receivable')?.balance ?? 0)
        for (const { month: of } of closings) {
          const evening = lastDayOf(of)
          if (evening > asOf) continue
          const kept = booksAt(EMPTY_BOOKS, null, evening, lines, moves)
          expect(booksAt(kept, evening, asOf, lines, moves)).toEqual(books)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('what a statement may say of an evening is what was recorded by the last journal day that the evening has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
        fc.constantFrom(...DAYS),
        fc.constantFrom(...DAYS),
        (waits, of, asOf) => {
          const closings = closingsOf(waits)
          const last = DAYS.at(-1) as BusinessDate
          const recorded = DAYS.filter((day) => day >= of && of <= asOf && dateOf(closings, day, of) <= asOf)
          if (of <= asOf) expect(knownThrough(closings, of, asOf, last)).toBe(recorded.at(-1))
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

function on(day: number): BusinessDate {
  return addDays(FIRST, day)
}
