/** When a member is told what: windows as dated data, and what a view alone says, held against what the facts decide. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldView } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import { founding } from '../../../shared/domain/effective-dated.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { instant } from '../../../shared/domain/instant.ts'
import { month } from '../../../shared/domain/month.ts'
import {
  isDaytime,
  lapseMonthAfter,
  NOTICE_RULES,
  type NoticeRules,
  noticesDue,
} from '../../../shared/domain/notice.ts'
import { noticeDecision } from '../../../shared/domain/notice-decision.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { standingUnder } from '../../../shared/domain/rule-simulation.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { Terms } from '../../../shared/domain/tariff.ts'
import { at, close, KPJ, pay, reopen, reverse, terms } from '../../support/facts.ts'

const OCTOBER = pay('OCT', '2026-10-10T10:00', ['2026-10'])

function dueOn(when: string, facts: readonly Fact[], rules: NoticeRules = NOTICE_RULES) {
  const view = foldView(KPJ, facts, undefined, RULES, at(when), rules)
  return view
    ? noticesDue(view, at(when), rules).map(({ stage, month: contributionMonth }) => `${contributionMonth} ${stage}`)
    : []
}

function rulesWith(stage: (typeof NOTICE_STAGES)[number], changed: object, from = '1970-01-01'): NoticeRules {
  const [first] = NOTICE_RULES.stages[stage]
  const later = { from, value: { ...(first as NonNullable<typeof first>).value, ...changed }, source: 'a test' }
  const list = from === '1970-01-01' ? [later] : [...NOTICE_RULES.stages[stage], later]
  return { ...NOTICE_RULES, stages: { ...NOTICE_RULES.stages, [stage]: list } }
}

describe('stages are dated data', () => {
  test('a stage that is switched off is not told', () => {
    expect(dueOn('2026-11-16T10:00', [terms('2026-01'), OCTOBER])).toEqual(['2026-11 due'])
    expect(dueOn('2026-11-16T10:00', [terms('2026-01'), OCTOBER], rulesWith('due', { on: false }))).toEqual([])
  })

  test('a window that changes holds from its day on', () => {
    const wider = rulesWith('before-due', { fromDay: -10 }, '2026-12-01')
    expect(dueOn('2026-11-07T10:00', [terms('2026-01'), OCTOBER], wider)).toEqual([])
    const november = pay('NOV', '2026-11-03T10:00', ['2026-11'])
    expect(dueOn('2026-12-06T10:00', [terms('2026-01'), OCTOBER, november], wider)).toEqual(['2026-12 before-due'])
  })

  test('a window that begins before its month is told while the membership is still active', () => {
    const early = rulesWith('before-due', { fromDay: -25 })
    expect(dueOn('2026-10-25T10:00', [terms('2026-01'), OCTOBER], early)).toEqual(['2026-11 before-due'])
  })

  test('where two windows meet the later stage is told', () => {
    const long = rulesWith('due', { toDay: 10 })
    expect(dueOn('2026-11-22T10:00', [terms('2026-01'), OCTOBER], long)).toEqual(['2026-11 grace'])
  })

  test('receipts are off; switched on, each payment of a month is confirmed once', () => {
    const paid = [terms('2026-01'), OCTOBER, pay('NOV', '2026-11-10T10:00', ['2026-11'])]
    expect(dueOn('2026-11-10T10:01', paid)).toEqual([])
    expect(dueOn('2026-11-10T10:01', paid, rulesWith('receipt', { on: true }))).toEqual(['2026-11 receipt'])
    expect(dueOn('2026-11-12T10:01', paid, rulesWith('receipt', { on: true }))).toEqual([])
  })

  test('without any grace a membership is told that it lapsed, and not reminded of the month', () => {
    const strict = { ...NOTICE_RULES, graceMonths: founding([{ from: '1970-01', value: 0, source: 'a test' }]) }
    expect(dueOn('2026-11-02T10:00', [terms('2026-01'), OCTOBER], strict)).toEqual(['2026-11 lapsed'])
    expect(dueOn('2026-11-16T10:00', [terms('2026-01'), OCTOBER], strict)).toEqual([])
  })

  test('the due date moves with holidays, and every stage that hangs on it', () => {
    const march = pay('FEB', '2027-02-10T10:00', ['2027-02'])
    // 15 March 2027 is joint leave.
    expect(dueOn('2027-03-15T10:00', [terms('2026-01'), march])).toEqual(['2027-03 before-due'])
    expect(dueOn('2027-03-16T10:00', [terms('2026-01'), march])).toEqual(['2027-03 due'])
  })
})

describe('a view that was folded long ago', () => {
  const stale = foldView(KPJ, [terms('2026-01'), OCTOBER], undefined, RULES, at('2026-10-10T10:01'))

  test.each([
    ['2026-11-09T10:00', '2026-11 before-due'],
    ['2027-01-25T10:00', '2026-11 last-week'],
    ['2027-02-03T10:00', '2027-02 lapsed'],
  ])('knows on %s that time has gone on', (when, expected) => {
    expect(stale && noticesDue(stale, at(when), NOTICE_RULES).map((due) => `${due.month} ${due.stage}`)).toEqual([
      expected,
    ])
  })

  test('does not tell as news what is old', () => {
    const back = foldView(
      KPJ,
      [terms('2026-01'), OCTOBER, pay('NOV', '2026-11-20T10:00', ['2026-11', '2026-12'])],
      undefined,
      RULES,
      at('2026-11-20T10:01'),
    )
    expect(back?.noticeDue).toEqual({ stage: 'active-again', month: '2026-11' })
    expect(back && noticesDue(back, at('2026-11-23T10:00'), NOTICE_RULES)).toHaveLength(1)
    expect(back && noticesDue(back, at('2026-11-24T10:00'), NOTICE_RULES)).toEqual([])
  })
})

describe('who was to pay the first unpaid month', () => {
  const facts = (before: Terms['funding'], after: Terms['funding']) => [
    terms('2026-01', { funding: before }),
    OCTOBER,
    terms('2026-12', { funding: after }, '2026-11-20T10:00', 'CHANGED'),
  ]

  test('is asked for it until it lapses, though a sponsor pays the months after it', () => {
    expect(dueOn('2026-12-05T10:00', facts('self', 'village'))).toEqual([])
    expect(dueOn('2026-11-25T10:00', facts('self', 'village'))).toEqual(['2026-11 grace'])
    expect(dueOn('2027-01-25T10:00', facts('self', 'village'))).toEqual(['2026-11 last-week'])
    expect(dueOn('2027-02-03T10:00', facts('self', 'village'))).toEqual(['2027-02 lapsed'])
  })

  test('is the sponsor where the member pays the months after it', () => {
    expect(dueOn('2027-01-25T10:00', facts('village', 'self'))).toEqual([])
    expect(dueOn('2027-02-03T10:00', facts('village', 'self'))).toEqual(['2027-02 lapsed'])
  })

  test('is who rules that are tried tell the same', () => {
    const set = { rules: RULES, notices: NOTICE_RULES }
    const told = (before: Terms['funding'], after: Terms['funding']) =>
      standingUnder(facts(before, after), at('2027-01-20T10:00'), set)?.notices
    expect(told('self', 'village')).toEqual(['last-week 2026-11', 'lapsed 2027-02'])
    expect(told('village', 'self')).toEqual(['lapsed 2027-02'])
  })

  test('stands in the view, month by month, as long as it is not one for all that can be paid', () => {
    const payerAt = (when: string) => foldView(KPJ, facts('self', 'village'), undefined, RULES, at(when))
    const both = [
      { from: '2026-11', terms: { funding: 'self' } },
      { from: '2026-12', terms: { funding: 'village' } },
    ]
    expect(payerAt('2026-11-25T10:00')).toMatchObject({ termsByMonth: both, terms: { funding: 'self' } })
    expect(payerAt('2026-12-05T10:00')).toMatchObject({ termsByMonth: both, terms: { funding: 'village' } })
    expect(payerAt('2027-02-05T10:00')).not.toHaveProperty('termsByMonth')
  })
})

describe('a hole', () => {
  // The current month was reversed, a later one stays paid.
  const november = pay('NOV', '2026-10-05T10:00', ['2026-11'])
  const december = pay('DEC', '2026-10-06T10:00', ['2026-12'])
  const facts = [terms('2026-01'), OCTOBER, november, december, reverse(november, '2026-10-07T10:00', 'finance')]

  test('before a paid month is asked for while it is the current one, and cannot lapse', () => {
    expect(dueOn('2026-11-16T10:00', facts)).toEqual(['2026-11 due'])
    expect(dueOn('2026-11-26T10:00', facts)).toEqual(['2026-11 grace'])
    expect(dueOn('2026-12-16T10:00', facts)).toEqual([])
  })

  test('is over when the paid month begins, also for a view that was folded before', () => {
    const view = foldView(KPJ, facts, undefined, RULES, at('2026-11-10T10:00'), NOTICE_RULES)
    const hinted = (when: string) => (view ? noticesDue(view, at(when), NOTICE_RULES) : [])
    expect(hinted('2026-11-16T10:00')).toMatchObject([{ stage: 'due', month: '2026-11' }])
    expect(hinted('2026-12-16T10:00')).toEqual([])
  })
})

test('a membership lapses after three unpaid months, or after as many as the rule says then', () => {
  expect(lapseMonthAfter(month('2026-10'), NOTICE_RULES)).toBe('2027-02')
  const shorter = founding([
    { from: '1970-01', value: 3, source: 'a test' },
    { from: '2026-12', value: 1, source: 'a test' },
  ])
  expect(lapseMonthAfter(month('2026-10'), { graceMonths: shorter })).toBe('2026-12')
})

test.each([
  ['WIB', '2026-11-16T08:00', true],
  ['WIB', '2026-11-16T07:59', false],
  ['WIB', '2026-11-16T19:59', true],
  ['WIB', '2026-11-16T20:00', false],
  ['WITA', '2026-11-16T07:00', true],
  ['WITA', '2026-11-16T19:00', false],
  ['WIT', '2026-11-16T06:00', true],
  ['WIT', '2026-11-16T05:59', false],
  ['WIT', '2026-11-16T18:00', false],
] as const)('by the clock of %s, at %s WIB it is day: %s', (zone, when, isDay) => {
  expect(isDaytime(at(when), zone, NOTICE_RULES)).toBe(isDay)
})

describe('view and facts', () => {
  const anyHistory = fc
    .array(
      fc.record({
        day: fc.nat(240),
        months: fc.integer({ min: 0, max: 8 }),
        count: fc.integer({ min: 1, max: 3 }),
        after: fc.constantFrom('stays', 'stays', 'reversed', 'closed', 'reopened', 'sponsored'),
      }),
      { maxLength: 6 },
    )
    .map((steps) => steps.flatMap(factsOf))

  test('say the same of a view that was just folded, whatever the history', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(260), (history, day) => {
        const now = instant(at('2026-09-01T10:00') + day * 86_400_000)
        const facts = [terms('2026-01'), ...history].filter(({ decidedAt }) => decidedAt <= now)
        const view = foldView(KPJ, facts, undefined, RULES, now)
        const hinted = view ? noticesDue(view, now, NOTICE_RULES) : []
        const decided = NOTICE_STAGES.flatMap((stage) =>
          [
            '2026-09',
            '2026-10',
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
          ]
            .map((text) => ({ stage, month: month(text) }))
            .filter((due) => noticeDecision(facts, due, now, RULES, NOTICE_RULES).outcome !== 'obsolete'),
        )
        // One notice at most, and never one that the view did not name; the view may name one too many (it cannot see holes).
        expect(decided.length).toBeLessThanOrEqual(1)
        for (const due of decided) expect(hinted).toEqual([due])
      }),
      { numRuns: 300 },
    )
  })

  type Step = { readonly day: number; readonly months: number; readonly count: number; readonly after: string }

  function factsOf({ day, months, count, after }: Step, i: number): readonly Fact[] {
    const when = (hours: number) =>
      new Date(at('2026-09-01T10:00') + day * 86_400_000 + hours * 3_600_000 + 7 * 3_600_000).toISOString().slice(0, 16)
    const first = Array.from({ length: count }, (_, k) => `2026-${String(9 + months + k).padStart(2, '0')}`).map(
      (text) => {
        const number = Number(text.slice(5))
        return number > 12 ? `2027-${String(number - 12).padStart(2, '0')}` : text
      },
    )
    const paid = pay(`T${i}`, when(0), first)
    if (after === 'reversed') return [paid, reverse(paid, when(3))]
    if (after === 'closed') return [paid, close(when(5).slice(0, 10), when(5))]
    if (after === 'reopened') return [paid, reopen(when(6))]
    if (after === 'sponsored') return [paid, terms(first[0] as string, { funding: 'village' }, when(1), `S${i}`)]
    return [paid]
  }
})
