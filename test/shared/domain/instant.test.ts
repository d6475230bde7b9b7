/** Instants, WIB dates and months: exactly the forms that partners and files write, and nothing that merely resembles them. */
import { describe, expect, test } from 'vitest'
import {
  addDays,
  businessDateOf,
  formatCompactWib,
  formatUtc,
  formatWib,
  type Instant,
  instant,
  parseBusinessDate,
  parseCompactWib,
  parseInstant,
  startOfDay,
  weekdayOf,
  wibMoment,
} from '../../../shared/domain/instant.ts'
import {
  addMonths,
  endOfMonth,
  firstDayOf,
  laterMonth,
  month,
  monthOf,
  monthOfDate,
  monthsBetween,
  parseMonth,
  startOfMonth,
} from '../../../shared/domain/month.ts'
import { at, date } from '../../support/facts.ts'

const TEN = Date.UTC(2026, 10, 20, 3, 0, 0)
const LAST = Date.UTC(9999, 11, 31, 16, 59, 59, 999)

describe('an ISO instant', () => {
  test.each<[string, number | undefined]>([
    ['2026-11-20T10:00:00+07:00', TEN],
    ['2026-11-20T03:00:00Z', TEN],
    ['2026-11-19T22:30:00-04:30', TEN],
    ['2026-11-20T17:00:00+14:00', TEN],
    ['2026-11-20T10:00:00.5+07:00', TEN + 500],
    ['2026-11-20T10:00:00.123999999+07:00', TEN + 123],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T06:59:59+07:00', undefined],
    ['1969-12-31T23:59:59Z', undefined],
    ['9999-12-31T23:59:59.999+07:00', LAST],
    ['9999-12-31T17:00:00Z', undefined],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-00-10T00:00:00Z', undefined],
    ['2026-13-10T00:00:00Z', undefined],
    ['2026-11-00T00:00:00Z', undefined],
    ['2026-11-31T00:00:00Z', undefined],
    ['2026-11-20T24:00:00Z', undefined],
    ['2026-11-20T10:60:00Z', undefined],
    ['2026-11-20T10:00:60Z', undefined],
    ['2026-11-20T23:59:59Z', Date.UTC(2026, 10, 20, 23, 59, 59)],
    ['2026-11-20T10:00:00+15:00', undefined],
    ['2026-11-20T10:00:00+07:60', undefined],
    ['2026-11-20T10:59:00+07:59', Date.UTC(2026, 10, 20, 3, 0, 0)],
    ['2026-11-20T10:00+07:00', undefined],
    ['2026-11-20T10:00:00', undefined],
    ['2026-11-20 10:00:00Z', undefined],
    ['2026-11-20T10:00:00Z ', undefined],
    [' 2026-11-20T10:00:00Z', undefined],
  ])('%s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected)
  })
})

describe('a moment of fourteen digits, WIB', () => {
  test.each<[string, number | undefined]>([
    ['20261120100000', TEN],
    ['19700101070000', 0],
    ['19700101065959', undefined],
    ['99991231235959', LAST - 999],
    ['20261131100000', undefined],
    ['202611201000000', undefined],
    ['020261120100000', undefined],
    ['2026112010000', undefined],
    ['2026-11-20T10:00:00', undefined],
  ])('%s', (text, expected) => {
    expect(parseCompactWib(text)).toBe(expected)
    if (expected !== undefined) expect(formatCompactWib(expected as Instant)).toBe(text)
  })
  test('its parts, also where a part is none', () => {
    expect(wibMoment(2026, 11, 20, 10, 0, 0)).toBe(TEN)
    expect(wibMoment(2026, 11, 20, 24, 0, 0)).toBeUndefined()
  })
})

describe('milliseconds', () => {
  test.each([0, TEN, LAST])('%i is an instant', (millis) => expect(instant(millis)).toBe(millis))
  test.each([-1, LAST + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (millis) =>
    expect(() => instant(millis)).toThrow('expected whole milliseconds between 1970 and 9999'),
  )
})

describe('dates and months of WIB', () => {
  test('a day begins at midnight in Jakarta', () => {
    expect(businessDateOf(at('2026-11-20T00:00'))).toBe('2026-11-20')
    expect(businessDateOf((at('2026-11-20T00:00') - 1) as Instant)).toBe('2026-11-19')
    expect(startOfDay(date('2026-11-20'))).toBe(at('2026-11-20T00:00'))
    expect(startOfDay(date('1970-01-01'))).toBe(0)
    expect([formatUtc(TEN as Instant), formatWib(TEN as Instant)]).toEqual([
      '2026-11-20T03:00:00.000Z',
      '2026-11-20T10:00:00+07:00',
    ])
  })
  test.each<[string, boolean]>([
    ['2026-11-20', true],
    ['1970-01-01', true],
    ['1969-12-31', false],
    ['2026-11-31', false],
    ['2026-11-2', false],
    ['2026-11-200', false],
    ['12026-11-20', false],
  ])('%s is a date: %s', (text, is) => expect(parseBusinessDate(text)).toBe(is ? text : undefined))
  test('days are counted across months and years', () => {
    expect([addDays(date('2026-12-31'), 1), addDays(date('2027-01-01'), -1)]).toEqual(['2027-01-01', '2026-12-31'])
    expect(weekdayOf(date('2026-11-22'))).toBe(0)
  })
  test.each<[string, boolean]>([
    ['2026-11', true],
    ['1970-01', true],
    ['1969-12', false],
    ['2026-00', false],
    ['2026-13', false],
    ['2026-12', true],
    ['2026-111', false],
    ['12026-11', false],
    ['9999-12', true],
  ])('%s is a month: %s', (text, is) => {
    expect(parseMonth(text)).toBe(is ? text : undefined)
    if (!is) expect(() => month(text)).toThrow(JSON.stringify(text))
  })
  test('months are counted across years, both ways', () => {
    expect([addMonths(month('2026-11'), 2), addMonths(month('2026-01'), -1), addMonths(month('2026-12'), 0)]).toEqual([
      '2027-01',
      '2025-12',
      '2026-12',
    ])
    expect(monthsBetween(month('2026-11'), month('2027-01'))).toBe(2)
    expect(monthsBetween(month('2027-01'), month('2026-11'))).toBe(-2)
  })
  test('the later of two, whichever comes first', () => {
    expect(laterMonth(month('2026-11'), month('2026-12'))).toBe('2026-12')
    expect(laterMonth(month('2026-12'), month('2026-11'))).toBe('2026-12')
  })
  test('a month is from its first midnight in Jakarta to the next one’s', () => {
    expect(monthOf(at('2026-11-01T00:00'))).toBe('2026-11')
    expect(monthOf((at('2026-11-01T00:00') - 1) as Instant)).toBe('2026-10')
    expect(monthOfDate(date('2026-11-30'))).toBe('2026-11')
    expect(firstDayOf(month('2026-11'))).toBe('2026-11-01')
    expect([startOfMonth(month('2026-12')), endOfMonth(month('2026-12'))]).toEqual([
      at('2026-12-01T00:00'),
      at('2027-01-01T00:00'),
    ])
  })
})
