/** The business day of a channel ends at its cut-off, dated as every rule. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDateAt, endOfBusinessDay, MIDNIGHT, startOfBusinessDay } from '../../../shared/domain/business-day.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import {
  breakOf,
  creditDueAt,
  creditExpectedOn,
  rulesOf,
  SETTLEMENT_RULES,
} from '../../../shared/domain/settlement/rules.ts'
import { at, date } from '../../support/facts.ts'

const THREE = [{ from: '2020-01-01', value: 15, source: 'test' }]
const MOVED = [...THREE, { from: '2026-11-20', value: 24, source: 'test: a new contract' }]

describe('a business day', () => {
  test.each([
    ['2026-11-20T14:59:59', '2026-11-20'],
    ['2026-11-20T15:00:00', '2026-11-21'],
    ['2026-11-20T23:59:59', '2026-11-21'],
    ['2026-11-21T00:00:00', '2026-11-21'],
  ])('with a cut-off at 15:00 a payment at %s is of %s', (when, day) => {
    expect(businessDateAt(at(when), THREE)).toBe(day)
  })

  test('changes its cut-off without a gap and without an overlap', () => {
    expect(businessDateAt(at('2026-11-19T15:00'), MOVED)).toBe('2026-11-20')
    expect(businessDateAt(at('2026-11-20T16:00'), MOVED)).toBe('2026-11-20')
    expect(startOfBusinessDay(date('2026-11-21'), MOVED)).toBe(endOfBusinessDay(date('2026-11-20'), MOVED))
  })

  test('holds every instant from its start to before its end, and at midnight it is the calendar day', () => {
    const anyInstant = fc.integer({ min: at('2026-11-15T00:00'), max: at('2026-12-15T00:00') })
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(THREE, MOVED, MIDNIGHT), (millis, cutOff) => {
        const day = businessDateAt(millis as Instant, cutOff)
        expect(millis >= startOfBusinessDay(day, cutOff) && millis < endOfBusinessDay(day, cutOff)).toBe(true)
        expect(businessDateAt(millis as Instant, MIDNIGHT)).toBe(businessDateOf(millis as Instant))
      }),
    )
  })
})

describe('what is due of it', () => {
  const LATE = rulesOf({ cutOffHour: THREE, creditDays: [{ from: '2020-01-01', value: 5, source: 'test' }] })

  test.each([
    ['the next working day', SETTLEMENT_RULES, '2026-11-20', '2026-11-23'],
    ['five working days later', LATE, '2026-11-20', '2026-11-27'],
    ['over the holidays of Christmas', LATE, '2026-12-21', '2026-12-30'],
  ])('is credited on %s', (_, rules, day, expected) => {
    expect(creditExpectedOn(date(day), rules)).toBe(expected)
    expect(creditDueAt(date(day), rules)).toBe(at(`${expected}T09:00`))
  })

  test('a payment near the cut-off may be in the neighbouring file, one near midnight may not', () => {
    expect(breakOf(date('2026-11-20'), at('2026-11-20T14:30'), LATE)).toEqual({
      on: '2026-11-22',
      at: at('2026-11-22T07:00'),
    })
    expect(breakOf(date('2026-11-20'), at('2026-11-19T15:30'), LATE)).toBeDefined()
    expect(breakOf(date('2026-11-20'), at('2026-11-19T23:59'), LATE)).toBeUndefined()
  })
})
