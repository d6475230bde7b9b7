/** Who lapses when, and what keeps her: month ends, changes of price, credit, and that what is said to keep her does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { standingAt } from '../../../shared/domain/coverage.ts'
import { type ForecastMembership, keepOf, lapseDayOf } from '../../../shared/domain/forecast.ts'
import { addDays, businessDateOf, startOfDay } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { addMonths, month } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { at, date, FARMER, pay, terms } from '../../support/facts.ts'

const TODAY = date('2026-11-20')
const IN_GRACE: ForecastMembership = {
  status: 'grace',
  paidThrough: month('2026-09'),
  nextTransition: { on: date('2027-01-01'), to: 'lapsed' },
  credit: rupiah(0),
  terms: FARMER,
}

describe('the day of lapsing', () => {
  test.each([
    ['2026-08', '2026-12-01'],
    ['2026-09', '2027-01-01'],
    ['2026-11', '2027-03-01'],
    ['2027-11', '2028-03-01'],
  ])('paid through %s: %s', (paidThrough, day) => {
    expect(lapseDayOf({ ...IN_GRACE, paidThrough: month(paidThrough) }, TODAY, RULES)).toBe(day)
  })
  test.each([
    ['unpaid', { status: 'unpaid', paidThrough: null, nextTransition: null }],
    ['lapsed', { status: 'lapsed', nextTransition: null }],
    ['closed', { status: 'closed', nextTransition: null }],
    ['to be closed before, after another transition', { closesOn: date('2026-12-31') }],
    [
      'lapsed by now, though nobody folded her',
      { nextTransition: { on: date('2026-11-01'), to: 'lapsed' }, paidThrough: month('2026-07') },
    ],
  ] as const)('nobody lapses who is %s', (_, changed) => {
    expect(lapseDayOf({ ...IN_GRACE, ...changed }, TODAY, RULES)).toBeNull()
  })
})

describe('what keeps her', () => {
  const keep = (until: string, changed: Partial<ForecastMembership> = {}) =>
    keepOf({ ...IN_GRACE, ...changed }, TODAY, date(until), RULES)

  test.each([
    ['2026-12-31', [], 0],
    ['2027-01-01', ['2026-10'], 8_400],
    ['2027-01-31', ['2026-10'], 8_400],
    ['2027-02-28', ['2026-10', '2026-11'], 16_800],
    ['2027-05-19', ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02'], 3 * 8_400 + 2 * 16_800],
  ])('until %s: %j', (until, months, amount) => {
    expect(keep(until)).toEqual({ months, amount })
  })
  test('her credit lowers it, down to nothing; a sponsor’s bill draws no credit', () => {
    expect(keep('2027-01-31', { credit: rupiah(1_000) }).amount).toBe(7_400)
    expect(keep('2027-01-31', { credit: rupiah(9_000) }).amount).toBe(0)
    const village = { ...FARMER, funding: 'village' } as const
    expect(keep('2027-01-31', { credit: rupiah(1_000), terms: village }).amount).toBe(16_800)
  })
  test('each month costs what its own terms say, and credit lowers what the member pays', () => {
    const dear = { ...FARMER, income: rupiah(3_000_000) }
    const termsByMonth = [
      { from: month('2026-10'), terms: FARMER, regionCode: '15.71' },
      { from: month('2026-11'), terms: dear, regionCode: '15.71' },
    ]
    expect(keep('2027-02-28', { terms: dear, termsByMonth })).toEqual({
      months: ['2026-10', '2026-11'],
      amount: 8_400 + 18_150,
    })
    const village = { ...FARMER, funding: 'village' } as const
    const sponsored = [
      { from: month('2026-10'), terms: village, regionCode: '15.71' },
      { from: month('2026-11'), terms: FARMER, regionCode: '15.71' },
    ]
    const credit = rupiah(20_000)
    expect(keep('2027-02-28', { termsByMonth: sponsored, credit }).amount).toBe(16_800)
  })
  test('an unpaid current month before a paid one comes first', () => {
    const hole = { paidThrough: month('2026-12'), nextTransition: { on: date('2026-12-01'), to: 'active' } } as const
    expect(keep('2027-04-30', hole).months).toEqual(['2026-11', '2027-01'])
  })

  test('paid, she does not lapse in that time; with the last of those months left out, she does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 8 }), fc.integer({ min: 1, max: 180 }), fc.nat(27), (paid, days, day) => {
        const now = at(`2026-11-${String(day + 1).padStart(2, '0')}T10:00`)
        const today = businessDateOf(now)
        const until = addDays(today, days)
        const paidThrough = addMonths(month('2026-11'), paid)
        const months = Array.from({ length: 12 }, (_, i) => addMonths(paidThrough, -i)).reverse()
        const facts = [terms('2025-01'), pay('P', '2025-01-02T10:00', months)]
        const view = { ...standingAt(allocate(facts, RULES), now, RULES), terms: FARMER }
        const { months: needed } = keepOf(view, today, until, RULES)
        const statusIf = (extra: readonly string[]) => {
          const more = extra.length > 0 ? [pay('K', '2026-11-29T10:00', extra)] : []
          return standingAt(allocate([...facts, ...more], RULES), startOfDay(until), RULES).status
        }
        expect(statusIf(needed)).not.toBe('lapsed')
        if (needed.length > 0) expect(statusIf(needed.slice(0, -1))).toBe('lapsed')
      }),
    )
  })
})
