/** When a file must be here, to the second: the hour of its day, the tolerance, and what became of it. */
import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant } from '../../../../shared/domain/instant.ts'
import { arrivalOf } from '../../../../shared/domain/settlement/arrival.ts'
import { fileStateOf } from '../../../../shared/domain/settlement/calendar.ts'
import { dayRefusal } from '../../../../shared/domain/settlement/file-day.ts'
import {
  breakOf,
  creditDueAt,
  creditExpectedOn,
  fileDueAt,
  rulesOf,
  SETTLEMENT_RULES,
} from '../../../../shared/domain/settlement/rules.ts'
import { at } from '../../../support/facts.ts'

const DAY = '2026-11-20' as BusinessDate
const DUE = at('2026-11-21T07:00')
const LATE = at('2026-11-21T08:00')
const justBefore = (instant: Instant) => (instant - 1) as Instant
const FROM_NOON = [{ from: '2020-01-01', value: 12, source: 'test' }]
const dated = (value: number) => [{ from: '2020-01-01', value, source: 'test' }]

describe('a file', () => {
  const state = (now: Instant, begunOn: string | undefined = DAY) =>
    arrivalOf({ channel: 'bni', date: DAY, begunOn: begunOn as BusinessDate }, now, [], SETTLEMENT_RULES).state
  const came = (receivedAt: Instant, ...more: readonly { state: string; receivedAt: Instant }[]) =>
    arrivalOf(
      { channel: 'bni', date: DAY, begunOn: undefined },
      LATE,
      [...more, { state: 'accepted', receivedAt }] as never,
      SETTLEMENT_RULES,
    )

  test('is awaited until its hour, due for an hour more, and then late', () => {
    expect([justBefore(DUE), DUE, justBefore(LATE), LATE].map((now) => state(now))).toEqual([
      'awaited',
      'due',
      'due',
      'late',
    ])
  })

  test('is owed from the first day of its channel on', () => {
    expect(state(LATE, '2026-11-19')).toBe('late')
    expect(state(LATE, '2026-11-21')).toBe('none')
    expect(arrivalOf({ channel: 'bni', date: DAY, begunOn: undefined }, LATE, [], SETTLEMENT_RULES)).toEqual({
      state: 'none',
      dueAt: DUE,
      lateAt: LATE,
      arrivedAt: null,
    })
  })

  test('that came is in time before it is late, and what could not be used has not come', () => {
    expect(came(justBefore(LATE))).toMatchObject({ state: 'in-time', arrivedAt: justBefore(LATE) })
    expect(came(LATE)).toMatchObject({ state: 'came-late', arrivedAt: LATE })
    expect(came(LATE, { state: 'held', receivedAt: justBefore(DUE) })).toMatchObject({ arrivedAt: LATE })
    expect(came(LATE, { state: 'proposed', receivedAt: justBefore(DUE) })).toMatchObject({ arrivedAt: justBefore(DUE) })
  })

  test('of a day stands as its versions and the clock say', () => {
    const of = (now: Instant, ...states: readonly string[]) =>
      fileStateOf('bni', DAY, now, states.map((each) => ({ state: each })) as never, SETTLEMENT_RULES)
    expect(of(LATE, 'held', 'accepted', 'proposed')).toBe('received')
    expect(of(LATE, 'proposed', 'held')).toBe('held')
    const begins = at('2026-11-20T00:00')
    expect([justBefore(begins), begins, justBefore(DUE), DUE].map((now) => of(now))).toEqual([
      'none',
      'awaited',
      'awaited',
      'missing',
    ])
  })

  test('may come for days that are over at the cut-off, none of long ago', () => {
    const ends = at('2026-11-21T00:00')
    const MIDNIGHT = dated(24)
    expect(dayRefusal(DAY, MIDNIGHT, ends)).toBeUndefined()
    expect(dayRefusal(DAY, MIDNIGHT, justBefore(ends))).toMatchObject({ code: 'DAY_NOT_OVER', line: null })
    expect(dayRefusal(DAY, FROM_NOON, at('2026-11-20T12:00'))).toBeUndefined()
    expect(dayRefusal(DAY, FROM_NOON, justBefore(at('2026-11-20T12:00')))).toMatchObject({ code: 'DAY_NOT_OVER' })
    expect(dayRefusal('2020-01-01' as BusinessDate, MIDNIGHT, ends)).toBeUndefined()
    expect(dayRefusal('2019-12-31' as BusinessDate, MIDNIGHT, ends)).toMatchObject({
      code: 'DAY_OUT_OF_RANGE',
      line: null,
    })
  })
})

describe('what is due', () => {
  test('is the file on the next calendar day and the credit on the next working day', () => {
    expect(fileDueAt(DAY, SETTLEMENT_RULES)).toBe(DUE)
    // 20 November 2026 is a Friday.
    expect(creditExpectedOn(DAY, SETTLEMENT_RULES)).toBe('2026-11-23')
    expect(creditDueAt(DAY, SETTLEMENT_RULES)).toBe(at('2026-11-23T09:00'))
  })

  test('goes by what a channel says of itself, and by the rules of all where it says nothing', () => {
    const cutOffHour = dated(15)
    const own = rulesOf({ cutOffHour, fileDueHour: dated(11), creditDays: dated(2) })
    expect(fileDueAt(DAY, own)).toBe(at('2026-11-21T11:00'))
    expect(creditExpectedOn(DAY, own)).toBe('2026-11-24')
    expect(creditExpectedOn(DAY, rulesOf({ cutOffHour, creditDays: dated(0) }))).toBe(DAY)
    expect(rulesOf({ cutOffHour })).toEqual({ ...SETTLEMENT_RULES, cutOffHour })
  })

  test.each([
    ['2026-11-20T00:00:00', true],
    ['2026-11-20T01:00:00', true],
    ['2026-11-20T01:00:01', false],
    ['2026-11-20T22:59:59', false],
    ['2026-11-20T23:00:00', true],
    ['2026-11-20T23:59:59', true],
  ])('a payment of %s may stand in a neighbour’s file: %s', (when, may) => {
    const found = breakOf(DAY, at(when), SETTLEMENT_RULES)
    expect(found).toEqual(may ? { on: '2026-11-22', at: at('2026-11-22T07:00') } : undefined)
  })
})
