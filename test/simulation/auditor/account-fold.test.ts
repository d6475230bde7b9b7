/** The auditor's own fold on stories whose end was worked out by hand: it may be trusted only if it is right by itself. */
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../shared/domain/fact.ts'
import { at, close, pay, post, reopen, reverse, suspend, terms } from '../../support/facts.ts'
import { auditAccount, entryOf } from './account-fold.ts'
import { monthAt, monthNumber, monthText } from './calendar.ts'
import { changeAfter, coveredBetween, statusAt } from './cover.ts'
import { figuresOf } from './figures.ts'
import { decisionOn, dueOf } from './quotes.ts'

const farmer = terms('2026-01')
const books = (...facts: readonly Fact[]) => auditAccount([farmer, ...facts].map(entryOf))
const paid = (...facts: readonly Fact[]) =>
  [...books(...facts).paidMonths.values()]
    .sort((a, b) => a.month - b.month)
    .map(({ month, by }) => `${monthText(month)} ${by}`)
const november = pay('A', '2026-11-05T10:00', ['2026-11'])

describe('the tariff', () => {
  const farmerTerms = { sector: 'farming', funding: 'self', programs: 'JKK+JKM', income: 1_000_000 } as const
  test.each([
    ['a self-paid farmer in 2026-11', '2026-11', {}, 8_400],
    ['the same farmer in 2027-01', '2027-01', {}, 16_800],
    ['a driver in 2027-03', '2027-03', { sector: 'transport' }, 8_400],
    ['a driver in 2027-04', '2027-04', { sector: 'transport' }, 16_800],
    ['the farmer paid by a village', '2026-11', { funding: 'village' }, 16_800],
    ['with old age in 2027-01', '2027-01', { programs: 'JKK+JKM+JHT' }, 36_800],
    ['the highest bracket in 2027-01', '2027-01', { income: 99_000_000 }, 213_800],
    ['just below the second bracket', '2027-01', { income: 1_099_999 }, 16_800],
    ['at the second bracket', '2027-01', { income: 1_100_000 }, 18_800],
    ['in the bracket from 2.7m', '2027-01', { income: 2_700_000 }, 36_300],
  ] as const)('%s', (_, month, changed, total) => {
    expect(figuresOf(monthNumber(month), { ...farmerTerms, ...changed } as never).total).toBe(total)
  })
})

describe('places', () => {
  test('a second payment of a paid month takes the oldest payable one', () => {
    expect(paid(november, pay('B', '2026-11-06T10:00', ['2026-11']))).toEqual([
      '2026-11 payment#bni#A',
      '2026-12 payment#bni#B',
    ])
  })
  test('after the first was reversed the second has the month that it was quoted', () => {
    expect(paid(november, pay('B', '2026-11-06T10:00', ['2026-11']), reverse(november, '2026-11-07T10:00'))).toEqual([
      '2026-11 payment#bni#B',
    ])
  })
  test('nothing else moves: a quoted later month stays', () => {
    const later = pay('C', '2026-11-08T10:00', ['2026-12'])
    expect(paid(november, later, reverse(november, '2026-11-09T10:00'))).toEqual(['2026-12 payment#bni#C'])
  })
  test('what buys no whole month is credit, and a quote draws it', () => {
    const some = books(post('F', '2026-11-01T10:00', 5_000))
    expect(some.credit).toBe(5_000)
    expect(dueOf(some, 1, at('2026-11-02T10:00'))).toMatchObject({ amount: 3_400, drawn: 5_000 })
  })
  test('a month whose credit is gone is given up, and its money is credit', () => {
    const credit = post('F', '2026-11-01T10:00', 5_000)
    const drawing = pay('D', '2026-11-02T10:00', ['2026-11'], { credit: 5_000 })
    expect(paid(credit, drawing)).toEqual(['2026-11 payment#bni#D'])
    const after = books(credit, drawing, reverse(credit, '2026-11-03T10:00', 'finance'))
    expect([after.paidMonths.size, after.credit]).toEqual([0, 3_400])
  })
  test('money that was decided while closed lies in suspense; so does what finance moved', () => {
    const closed = [close('2026-11-04', '2026-11-04T10:00'), reopen('2026-11-06T10:00')]
    expect(books(...closed, november).allocations.get('payment#bni#A')).toMatchObject({ suspense: 8_400, allocated: 0 })
    expect(books(november, suspend(november, '2026-11-06T10:00')).allocations.get('payment#bni#A')).toMatchObject({
      suspense: 8_400,
    })
  })
})

describe('status and cover', () => {
  test('paid through October: grace from 1 November, lapsed from 1 February', () => {
    const october = books(pay('A', '2026-10-05T10:00', ['2026-10']))
    const statuses = ['2026-10', '2026-11', '2027-01', '2027-02'].map((month) =>
      statusAt(october, at(`${month}-01T00:00`)),
    )
    expect(statuses).toEqual(['active', 'grace', 'grace', 'lapsed'])
    expect(changeAfter(october, at('2026-11-01T00:00'))).toEqual({ on: '2027-02-01', to: 'lapsed' })
  })
  test('cover begins with the decision and ends with the month', () => {
    const entries = [farmer, november].map(entryOf)
    const covered = (when: string) => coveredBetween(entries, at(when), at(when) + 1).covered
    expect(['2026-11-05T09:59', '2026-11-05T10:00', '2026-11-30T23:59', '2026-12-01T00:00'].map(covered)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
  test('a closing ends cover after its day; reopening brings the rest back', () => {
    const story = [november, close('2026-11-10', '2026-11-09T10:00'), reopen('2026-11-20T10:00')]
    const entries = [farmer, ...story].map(entryOf)
    const covered = (when: string) => coveredBetween(entries, at(when), at(when) + 1).covered
    expect(['2026-11-10T23:59', '2026-11-11T00:00', '2026-11-20T09:59', '2026-11-20T10:00'].map(covered)).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

describe('decisions', () => {
  const now = at('2026-11-20T10:00')
  test.each([
    ['one month at its price', { months: 1, amount: 8_400 }, 'accepted'],
    ['another amount', { months: 1, amount: 8_401 }, 'wrong-amount'],
    ['months left out: the number that costs just this', { months: null, amount: 16_800 }, 'accepted'],
    ['months left out, and nothing costs this', { months: null, amount: 1 }, 'wrong-amount'],
  ] as const)('%s', (_, payment, outcome) => {
    const decision = decisionOn(books(), payment, now)
    expect(typeof decision === 'string' ? decision : 'accepted').toBe(outcome)
  })
  test('nobody who is unknown, closed or paid by others can pay; nobody more than a year ahead', () => {
    const year = ['2026-11', '2026-12', ...Array.from({ length: 11 }, (_, i) => monthText(monthNumber('2027-01') + i))]
    expect(dueOf(auditAccount([]), 1, now)).toBe('unknown-customer')
    expect(dueOf(books(close('2026-11-01', '2026-11-01T10:00')), 1, now)).toBe('unknown-customer')
    expect(dueOf(auditAccount([entryOf(terms('2026-01', { funding: 'village' }))]), 1, now)).toBe('unknown-customer')
    expect(dueOf(books(pay('Y', '2026-11-01T10:00', year)), 1, now)).toBe('already-paid')
  })
})

test('months change at midnight in Jakarta', () => {
  expect(monthText(monthAt(at('2026-11-30T23:59:59')))).toBe('2026-11')
  expect(monthText(monthAt(at('2026-12-01T00:00')))).toBe('2026-12')
})
