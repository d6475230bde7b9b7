/** Working days and due dates, around weekends, holidays, joint leave and years without a decree. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueDateOf, HOLIDAYS, hasHolidayData, isWorkingDay, nextWorkingDay } from '../../../shared/domain/calendar.ts'
import { addDays, type BusinessDate, parseBusinessDate, weekdayOf } from '../../../shared/domain/instant.ts'
import { addMonths, month } from '../../../shared/domain/month.ts'

const anyDate = fc.integer({ min: 0, max: 5_000 }).map((days) => addDays('2020-01-01' as BusinessDate, days))

describe('working days', () => {
  test.each<[string, string, boolean]>([
    ['an ordinary Friday works', '2026-11-20', true],
    ['a Saturday does not', '2026-11-21', false],
    ['a Sunday does not', '2026-11-22', false],
    ['Independence Day does not', '2026-08-17', false],
    ['joint leave does not: our choice', '2026-12-24', false],
    ['the joint leave that was added late in 2025 does not', '2025-08-18', false],
    ['Good Friday 2027 does not', '2027-03-26', false],
    ['a holiday in a year without decree cannot be known', '2029-08-17', true],
    ['its weekends can', '2029-08-18', false],
  ])('%s', (_, date, works) => {
    expect(isWorkingDay(date as BusinessDate)).toBe(works)
  })

  test('the next working day after the Eid of 2026 is Wednesday 25 March', () => {
    expect(nextWorkingDay('2026-03-17' as BusinessDate)).toBe('2026-03-25')
  })

  test('the next working day is later, works, and has nothing but days off before it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const next = nextWorkingDay(date)
        expect(next > date && isWorkingDay(next)).toBe(true)
        for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) expect(isWorkingDay(day)).toBe(false)
      }),
    )
  })
})

describe('the due date of a contribution month', () => {
  test.each<[string, string, string]>([
    ['the 15th itself, a Thursday', '2026-10', '2026-10-15'],
    ['a Sunday moves to Monday', '2026-11', '2026-11-16'],
    ['a Saturday before Independence Day moves to Tuesday', '2026-08', '2026-08-18'],
    ['joint leave on a Friday moves over the weekend', '2026-05', '2026-05-18'],
    ['joint leave after Eid moves by a day', '2027-03', '2027-03-16'],
    ['a Saturday moves over Eid al-Adha, its leave and Waisak', '2027-05', '2027-05-21'],
    ['a holiday on a Sunday is not made up for on Monday', '2027-08', '2027-08-16'],
    ['without a decree only the weekend moves it', '2029-04', '2029-04-16'],
  ])('%s', (_, contributionMonth, due) => {
    expect(dueDateOf(month(contributionMonth))).toBe(due)
  })

  test('it is a working day of its own month, on the 15th or after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (count) => {
        const contributionMonth = addMonths(month('2015-07'), count)
        const due = dueDateOf(contributionMonth)
        expect(due.startsWith(contributionMonth) && due >= `${contributionMonth}-15` && isWorkingDay(due)).toBe(true)
      }),
    )
  })
})

describe('the decreed days', () => {
  test.each<[number, number, number]>([
    [2025, 17, 11],
    [2026, 17, 8],
    [2027, 18, 8],
  ])('in %i there are %i national holidays and %i days of joint leave', (year, national, jointLeave) => {
    const count = (kind: string) => HOLIDAYS.find((list) => list.year === year && list.kind === kind)?.days.length
    expect([count('national'), count('joint-leave')]).toEqual([national, jointLeave])
    expect(hasHolidayData(year)).toBe(true)
  })

  test('years without a decree are named as such', () => {
    expect([2024, 2028].map(hasHolidayData)).toEqual([false, false])
  })

  test('each is a date of the calendar, listed once, in order, with its decree', () => {
    for (const { year, days, source } of HOLIDAYS) {
      expect(days.every((day) => parseBusinessDate(`${year}-${day}`) !== undefined)).toBe(true)
      expect(days).toEqual([...new Set(days)].sort())
      expect(source).toMatch(/^SKB \d+\/\d{4}/)
    }
    const all = HOLIDAYS.flatMap(({ year, days }) => days.map((day) => `${year}-${day}`))
    expect(new Set(all).size).toBe(all.length)
  })

  test('joint leave is declared for weekdays only', () => {
    const leave = HOLIDAYS.filter((list) => list.kind === 'joint-leave')
    const weekdays = leave.flatMap(({ year, days }) => days.map((day) => weekdayOf(`${year}-${day}` as BusinessDate)))
    expect(weekdays.every((weekday) => weekday >= 1 && weekday <= 5)).toBe(true)
  })
})
