/** The fold, as stories: what each account holds, and whether somebody was covered. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { coverageOn, knownBy, standingAt } from '../../../shared/domain/coverage.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { formatWib, type Instant } from '../../../shared/domain/instant.ts'
import { payableAt, quoteOf } from '../../../shared/domain/quote.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { at, close, date, FARMER, pay, post, reopen, reverse, suspend, terms } from '../../support/facts.ts'

const registered = terms('2026-01')
const standing = (facts: readonly Fact[], now: string) => standingAt(allocate(facts, RULES), at(now), RULES)
const held = (facts: readonly Fact[]) =>
  Object.fromEntries([...allocate(facts, RULES).paidMonths.values()].map((m) => [m.month, m.by]).sort())
const quote = (facts: readonly Fact[], months: number, now: string) =>
  quoteOf(allocate(facts, RULES), months, at(now), RULES, 'member')

describe('status through time', () => {
  const october = pay('T1', '2026-10-10T09:00', ['2026-10'])
  test.each([
    [
      'before any payment',
      [registered],
      '2026-10-01T00:00',
      { status: 'unpaid', paidThrough: null, nextTransition: null },
    ],
    [
      'in a paid month',
      [registered, october],
      '2026-10-31T23:59',
      { status: 'active', paidThrough: '2026-10', nextTransition: { on: '2026-11-01', to: 'grace' } },
    ],
    [
      'from the first unpaid day',
      [registered, october],
      '2026-11-01T00:00',
      { status: 'grace', paidThrough: '2026-10', nextTransition: { on: '2027-02-01', to: 'lapsed' } },
    ],
    [
      'through the third unpaid month',
      [registered, october],
      '2027-01-31T23:59',
      { status: 'grace', paidThrough: '2026-10', nextTransition: { on: '2027-02-01', to: 'lapsed' } },
    ],
    [
      'after more than three unpaid months',
      [registered, october],
      '2027-02-01T00:00',
      { status: 'lapsed', paidThrough: '2026-10', nextTransition: null },
    ],
    [
      'when its every payment was reversed',
      [registered, october, reverse(october, '2026-10-10T10:00')],
      '2026-10-11T00:00',
      { status: 'unpaid', paidThrough: null, nextTransition: null },
    ],
    [
      'when the current month is a hole',
      [registered, pay('T2', '2026-10-10T09:00', ['2026-12'])],
      '2026-11-05T00:00',
      { status: 'grace', paidThrough: '2026-12', nextTransition: { on: '2026-12-01', to: 'active' } },
    ],
    [
      'after closing',
      [registered, october, close('2026-10-12', '2026-10-15T09:00')],
      '2026-10-16T00:00',
      { status: 'closed', paidThrough: '2026-10', nextTransition: null },
    ],
    [
      'after reopening',
      [registered, october, close('2026-10-12', '2026-10-15T09:00'), reopen('2026-10-20T09:00')],
      '2026-10-21T00:00',
      { status: 'active', paidThrough: '2026-10', nextTransition: { on: '2026-11-01', to: 'grace' } },
    ],
  ])('%s', (_, facts, now, expected) => {
    expect(standing(facts, now)).toMatchObject(expected)
  })
})

describe('what can be paid next', () => {
  const october = pay('T1', '2026-10-10T09:00', ['2026-10'])
  test.each([
    ['unpaid: the current month', [registered], '2026-11-20T10:00', 1, ['2026-11'], 8_400],
    [
      'three months across the end of the discount',
      [registered],
      '2026-11-20T10:00',
      3,
      ['2026-11', '2026-12', '2027-01'],
      33_600,
    ],
    ['active: after the current month', [registered, october], '2026-10-20T10:00', 1, ['2026-11'], 8_400],
    [
      'grace: the oldest unpaid month first',
      [registered, october],
      '2026-12-20T10:00',
      2,
      ['2026-11', '2026-12'],
      16_800,
    ],
    [
      'lapsed: the current month, arrears are not owed',
      [registered, october],
      '2027-02-02T10:00',
      1,
      ['2027-02'],
      16_800,
    ],
    [
      'a hole now: the current month, then on after what is paid',
      [registered, pay('T2', '2026-10-10T09:00', ['2026-12'])],
      '2026-11-05T10:00',
      2,
      ['2026-11', '2027-01'],
      25_200,
    ],
    [
      'holes before the current month are not owed',
      [registered, pay('T3', '2026-08-10T09:00', ['2026-08']), pay('T2', '2026-10-10T09:00', ['2026-12'])],
      '2026-11-05T10:00',
      1,
      ['2026-11'],
      8_400,
    ],
  ])('%s', (_, facts, now, count, months, amount) => {
    expect(quote(facts, count, now)).toMatchObject({ outcome: 'quote', amount })
    const answer = quote(facts, count, now)
    expect(answer.outcome === 'quote' && answer.months.map(({ month }) => month)).toEqual(months)
  })

  const twelve = pay('Y1', '2026-11-20T10:00', [
    '2026-11',
    '2026-12',
    '2027-01',
    '2027-02',
    '2027-03',
    '2027-04',
    '2027-05',
    '2027-06',
    '2027-07',
    '2027-08',
    '2027-09',
    '2027-10',
  ])
  test('the month twelve after the current one can still be paid, the thirteenth not', () => {
    expect(quote([registered, twelve], 1, '2026-11-20T11:00')).toMatchObject({ outcome: 'quote', reaches: '2027-11' })
    expect(quote([registered, twelve], 2, '2026-11-20T11:00')).toEqual({ outcome: 'refused', code: 'too-far-ahead' })
  })

  test.each([
    ['nobody registered', [], '2026-11-20T10:00', 1],
    ['a closed membership', [registered, close('2026-11-01', '2026-11-02T10:00')], '2026-11-20T10:00', 1],
    ['a month that a sponsor pays', [terms('2026-01', { funding: 'apbd' })], '2026-11-20T10:00', 1],
    [
      "a stretch that runs into a sponsor's month",
      [registered, terms('2027-01', { funding: 'csr' }, '2026-11-05T10:00')],
      '2026-11-20T10:00',
      3,
    ],
  ])('is refused for %s', (_, facts, now, count) => {
    expect(quote(facts, count, now)).toEqual({ outcome: 'refused', code: 'not-payable' })
  })

  test('months before a sponsor takes over can be paid by the member', () => {
    const facts = [registered, terms('2027-01', { funding: 'csr' }, '2026-11-05T10:00')]
    expect(quote(facts, 2, '2026-11-20T10:00')).toMatchObject({ outcome: 'quote', amount: 16_800 })
  })
})

describe('where money goes', () => {
  const first = pay('A', '2026-11-05T09:00', ['2026-11'])
  const again = pay('B', '2026-11-05T09:01', ['2026-11'])

  test('what finds its month already full goes to the oldest payable month', () => {
    expect(held([registered, first, again])).toEqual({ '2026-11': 'payment#bni#A', '2026-12': 'payment#bni#B' })
  })

  test('when the first is reversed, what it had displaced returns and nothing else moves', () => {
    const december = pay('C', '2026-11-06T09:00', ['2027-01'])
    const facts = [registered, first, again, december, reverse(first, '2026-11-05T12:00')]
    expect(held(facts)).toEqual({ '2026-11': 'payment#bni#B', '2027-01': 'payment#bni#C' })
  })

  test('a quoted month is never taken by left-over money, whoever decided first', () => {
    const december = pay('C', '2026-11-06T09:00', ['2026-12'])
    expect(held([registered, first, again, december])).toEqual({
      '2026-11': 'payment#bni#A',
      '2026-12': 'payment#bni#C',
    })
    expect(standing([registered, first, again, december], '2026-11-07T00:00').credit).toBe(8_400)
  })

  test('credit is never part of a month, and lowers the next quote', () => {
    const december = pay('C', '2026-11-06T09:00', ['2026-12'])
    const facts = [registered, first, again, december]
    expect(quote(facts, 1, '2026-11-07T10:00')).toMatchObject({ amount: 8_400, creditDrawn: 8_400 })
    expect(payableAt(allocate(facts, RULES), at('2026-11-07T10:00'), RULES)).toEqual({
      month: '2027-01',
      amount: 8_400,
    })
  })

  test('a month whose drawn credit is gone is not full, and its money becomes credit', () => {
    const december = pay('C', '2026-11-06T09:00', ['2026-12'])
    const drawing = pay('D', '2026-11-07T10:00', ['2027-01'], { credit: 8_400 })
    const facts = [registered, first, again, december, drawing]
    expect(held(facts)).toHaveProperty('2027-01')
    const reversed = [...facts, reverse(again, '2026-11-08T10:00')]
    expect(held(reversed)).toEqual({ '2026-11': 'payment#bni#A', '2026-12': 'payment#bni#C' })
    expect(standing(reversed, '2026-11-09T00:00').credit).toBe(8_400)
  })

  test('two reversals of one payment count once', () => {
    const facts = [registered, first, reverse(first, '2026-11-05T10:00'), reverse(first, '2026-11-06T10:00', 'finance')]
    expect(allocate(facts, RULES).byFact).toEqual([
      expect.objectContaining({ reversed: 8_400, allocated: 0, credit: 0, suspense: 0 }),
    ])
  })

  test('money decided after the closing goes to suspense, money decided before it stays', () => {
    const late = pay('L', '2026-11-06T09:00', ['2026-12'])
    const facts = [registered, first, close('2026-11-05', '2026-11-05T20:00'), late]
    expect(allocate(facts, RULES).byFact).toMatchObject([{ allocated: 8_400 }, { suspense: 8_400 }])
  })

  test('money that finance moved to suspense is in no month', () => {
    expect(allocate([registered, first, suspend(first, '2026-11-07T10:00')], RULES).byFact).toMatchObject([
      { suspense: 8_400, months: [] },
    ])
  })

  test('left-over money stops before a month that somebody else pays', () => {
    const facts = [registered, terms('2026-12', { funding: 'csr' }, '2026-11-01T10:00'), first, again]
    expect(held(facts)).toEqual({ '2026-11': 'payment#bni#A' })
    expect(standing(facts, '2026-11-06T00:00').credit).toBe(8_400)
  })

  test('a paid month keeps its price when the terms change', () => {
    const facts = [registered, first, terms('2026-12', { programs: 'JKK+JKM+JHT' }, '2026-11-10T10:00')]
    expect(allocate(facts, RULES).paidMonths.get('2026-11' as never)?.total).toBe(8_400)
    expect(quote(facts, 1, '2026-11-11T10:00')).toMatchObject({ amount: 28_400 })
  })
})

describe('was she covered on that day?', () => {
  const facts = [registered, pay('A', '2026-11-20T14:03', ['2026-11'])]
  const day = (on: string, known: readonly Fact[] = facts) => coverageOn(known, date(on), RULES)

  test.each([
    ['the day before the payment', '2026-11-19', false, false],
    ['the day of the payment, from the payment on', '2026-11-20', true, true],
    ['the day after', '2026-11-21', true, false],
    ['the last day of the month', '2026-11-30', true, false],
    ['the next month', '2026-12-01', false, false],
  ])('%s', (_, on, covered, partialDay) => {
    expect(day(on)).toMatchObject({ covered, partialDay })
  })

  test('an instant is covered from the very decision on', () => {
    expect(coverageOn(facts, at('2026-11-20T14:02:59'), RULES).covered).toBe(false)
    expect(coverageOn(facts, at('2026-11-20T14:03'), RULES).covered).toBe(true)
    expect(coverageOn(facts, at('2026-11-30T23:59:59'), RULES).covered).toBe(true)
    expect(coverageOn(facts, at('2026-12-01T00:00'), RULES).covered).toBe(false)
  })

  test('arrears paid late give no cover backwards', () => {
    const late = [
      registered,
      pay('A', '2026-10-10T09:00', ['2026-10']),
      pay('B', '2026-12-05T09:00', ['2026-11', '2026-12']),
    ]
    expect(day('2026-11-15', late)).toMatchObject({ covered: false, heldBy: 'payment#bni#B' })
    expect(day('2026-12-04', late).covered).toBe(false)
    expect(day('2026-12-06', late).covered).toBe(true)
  })

  test('cover ends after the closing day, and prepaid months count again from the reopening', () => {
    const prepaid = pay('A', '2026-11-02T09:00', ['2026-11', '2026-12'])
    const story = [registered, prepaid, close('2026-11-10', '2026-11-12T09:00'), reopen('2026-12-08T12:00')]
    expect(day('2026-11-10', story)).toMatchObject({ covered: true, partialDay: false })
    expect(day('2026-11-11', story).covered).toBe(false)
    expect(day('2026-12-07', story).covered).toBe(false)
    expect(day('2026-12-08', story)).toMatchObject({ covered: true, partialDay: true })
    expect(day('2026-12-09', story)).toMatchObject({ covered: true, partialDay: false })
  })

  test('what was known at an instant is the fold of what was recorded by then', () => {
    const healed = [registered, pay('A', '2026-11-20T14:03', ['2026-11'], { recorded: '2026-11-20T18:00' })]
    expect(coverageOn(knownBy(healed, at('2026-11-20T17:59')), date('2026-11-21'), RULES).covered).toBe(false)
    expect(coverageOn(knownBy(healed, at('2026-11-20T18:00')), date('2026-11-21'), RULES).covered).toBe(true)
  })

  test('a double payment whose first half is reversed covers from the second half on', () => {
    const a = pay('A', '2026-11-05T09:00', ['2026-11'])
    const b = pay('B', '2026-11-06T09:00', ['2026-11'])
    const answer = coverageOn([registered, a, b, reverse(a, '2026-11-20T09:00')], at('2026-11-06T09:00'), RULES)
    expect(answer).toMatchObject({ covered: true, heldBy: 'payment#bni#B' })
    expect(formatWib(answer.interval?.from as Instant)).toBe('2026-11-06T09:00:00+07:00')
  })

  test('credit that a reversal freed completes a month at the reversal, not before', () => {
    // 8,400 of credit is drawn by D for January; D's reversal frees it, and E's left-over money completes a month with it.
    const a = pay('A', '2026-12-01T09:00', ['2026-12'])
    const extra = post('P', '2026-12-01T10:00', 8_400)
    const d = pay('D', '2026-12-02T09:00', ['2027-01'], { credit: 8_400 })
    const e = pay('E', '2026-12-03T09:00', ['2026-12'])
    const before = [registered, a, extra, d, e]
    expect(held(before)).toEqual({ '2026-12': 'payment#bni#A', '2027-01': 'payment#bni#D' })
    const after = [...before, reverse(d, '2027-01-10T09:00')]
    expect(held(after)).toEqual({ '2026-12': 'payment#bni#A', '2027-01': 'payment#bni#E' })
    expect(coverageOn(after, at('2027-01-10T08:59'), RULES).covered).toBe(false)
    expect(coverageOn(after, at('2027-01-10T09:00'), RULES).covered).toBe(true)
  })
})

describe('properties of the fold', () => {
  const months = fc.constantFrom(
    ['2026-11'],
    ['2026-12'],
    ['2026-11', '2026-12'],
    ['2026-12', '2027-01', '2027-02'],
    ['2027-01'],
  )
  const story = fc
    .array(
      fc.record({
        months,
        minute: fc.integer({ min: 0, max: 20_000 }),
        reversed: fc.boolean(),
        credit: fc.constantFrom(0, 0, 8_400),
      }),
      { maxLength: 8 },
    )
    .map((steps) => {
      const facts: Fact[] = [registered]
      steps.forEach((step, i) => {
        const when = new Date(at('2026-11-01T09:00') + step.minute * 60_000 + 7 * 3_600_000).toISOString().slice(0, 19)
        const payment = pay(`T${i}`, when, step.months, { credit: step.months.length > 1 ? step.credit : 0 })
        facts.push(payment)
        if (step.reversed)
          facts.push(reverse(payment, new Date(payment.decidedAt + 7 * 3_600_000 + 60_000).toISOString().slice(0, 19)))
      })
      return facts
    })

  test('every rupiah is in exactly one place, and credit is never negative', () => {
    fc.assert(
      fc.property(story, (facts) => {
        const { byFact: places, credit, paidMonths: months } = allocate(facts, RULES)
        for (const place of places)
          expect(place.allocated + place.credit + place.billReturn + place.suspense + place.reversed).toBe(place.amount)
        expect(places.reduce((sum, place) => sum + place.credit, 0)).toBe(credit)
        expect(credit).toBeGreaterThanOrEqual(0)
        expect([...months.values()].reduce((sum, month) => sum + month.total, 0)).toBe(
          places.reduce((sum, place) => sum + place.allocated, 0),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('the order in which facts arrive does not matter', () => {
    fc.assert(
      fc.property(
        story.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
        ([facts, shuffled]) => {
          expect(allocate(shuffled, RULES)).toEqual(allocate(facts, RULES))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a month is never covered before the decision that holds it', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 0, max: 60 }), (facts, day) => {
        const on = new Date(Date.UTC(2026, 10, 1) + day * 86_400_000).toISOString().slice(0, 10)
        const { interval, heldBy } = coverageOn(facts, date(on), RULES)
        if (!interval) return
        const holder = facts.find((fact) => `${fact.kind}#${fact.source}#${fact.id[0]}` === heldBy)
        expect(interval.from).toBeGreaterThanOrEqual(holder?.decidedAt as number)
      }),
      { numRuns: 200 },
    )
  })

  test('a quote is what its months cost, less the credit there is', () => {
    expect(FARMER.funding).toBe('self')
    fc.assert(
      fc.property(story, fc.constantFrom(1, 2, 3, 6, 12), (facts, count) => {
        const answer = quoteOf(allocate(facts, RULES), count, at('2026-11-20T10:00'), RULES, 'member')
        if (answer.outcome === 'refused') return
        const sum = answer.months.reduce((total, { price }) => total + price.jkk + price.jkm + price.jht, 0)
        expect(answer.amount + answer.creditDrawn).toBe(sum)
        expect(answer.months).toHaveLength(count)
      }),
      { numRuns: 200 },
    )
  })
})
