/** Rules to be tried: whole lists replace the present ones from when they are recorded, and nothing with a gap or a misspelt name gets through. */
import { describe, expect, test } from 'vitest'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { type RuleSet, ruleOverrides, withOverrides } from '../../../shared/domain/rule-overrides.ts'
import { RULES, rulesKnownAt } from '../../../shared/domain/rules.ts'
import { at } from '../../support/facts.ts'

const PRESENT: RuleSet = { rules: RULES, notices: NOTICE_RULES }
const source = 'a trial'
const NOW = at('2026-11-20T10:00')

function tried(overrides: object) {
  return withOverrides(PRESENT, ruleOverrides.parse(overrides), NOW)
}

describe('rules to be tried', () => {
  test('nothing given: the present ones, under a name of their own', () => {
    expect(tried({})).toEqual({
      outcome: 'rules',
      set: { rules: { ...RULES, version: `${RULES.version}, tried` }, notices: NOTICE_RULES },
    })
  })
  test('a list takes the place of one, everything else stays; the grace is that of the notices too', () => {
    const graceMonths = [{ from: '1970-01', value: 6, source }]
    const reading = tried({
      graceMonths,
      tariff: { discountBasisPoints: { farming: [{ from: '2015-07', value: 0, source }] } },
    })
    if (reading.outcome !== 'rules') throw new Error('expected rules')
    const { rules, notices } = reading.set
    expect(rules.graceMonths).toEqual([...RULES.graceMonths, { ...graceMonths[0], recordedAt: NOW }])
    expect(notices.graceMonths).toEqual(rules.graceMonths)
    for (const month of ['2015-07', '2026-11', '2030-01'])
      expect(inForce('discount', rules.tariff.discountBasisPoints.farming, month)).toBe(0)
    expect(rules.tariff.discountBasisPoints.transport).toBe(RULES.tariff.discountBasisPoints.transport)
    expect(rules.tariff.jkmRupiah).toBe(RULES.tariff.jkmRupiah)
  })
  test('what is tried is recorded now: an instant before it knows the present rules only', () => {
    const reading = tried({ graceMonths: [{ from: '1970-01', value: 6, source }] })
    if (reading.outcome !== 'rules') throw new Error('expected rules')
    const graceAt = (when: string) => inForce('grace', rulesKnownAt(reading.set.rules, at(when)).graceMonths, '2026-11')
    expect([graceAt('2026-11-20T09:59'), graceAt('2026-11-20T10:00')]).toEqual([3, 6])
  })
  test('an entry may say when it would have been recorded', () => {
    const recordedAt = '2026-10-01T00:00:00+07:00'
    const reading = tried({ graceMonths: [{ from: '1970-01', value: 6, source, recordedAt }] })
    if (reading.outcome !== 'rules') throw new Error('expected rules')
    expect(reading.set.rules.graceMonths.at(-1)).toMatchObject({ value: 6, recordedAt: at('2026-10-01T00:00') })
  })
  test.each(['yesterday', '2026-10-01', '2026-10-01T00:00:00'])('%j is no instant of recording', (recordedAt) => {
    const graceMonths = [{ from: '1970-01', value: 6, source, recordedAt }]
    expect(ruleOverrides.safeParse({ graceMonths }).success).toBe(false)
  })
  test.each([
    ['tariff.jkmRupiah', { tariff: { jkmRupiah: [{ from: '2026-01', value: 1, source }] } }],
    [
      'tariff.discountBasisPoints.trade',
      { tariff: { discountBasisPoints: { trade: [{ from: '2026-01', value: 1, source }] } } },
    ],
    ['stages.due', { stages: { due: [{ from: '2026-01-01', value: { on: true, fromDay: 0, toDay: 1 }, source }] } }],
    [
      'aheadMonths',
      {
        aheadMonths: [
          { from: '1970-02', value: 1, source },
          { from: '1970-01', value: 1, source },
        ],
      },
    ],
  ])('%s, begun too late or out of order, is refused by its name', (rule, overrides) => {
    expect(tried(overrides)).toEqual({ outcome: 'refused', rule })
  })
  test.each(NOTICE_STAGES)('a stage %s begins with the present one, and not a day later', (name) => {
    const value = { on: true, fromDay: 0, toDay: 1 }
    const [first] = NOTICE_RULES.stages[name]
    const begunOn = (from: string) => tried({ stages: { [name]: [{ from, value, source }] } })
    expect(begunOn(first?.from ?? '')).toMatchObject({
      set: { notices: { stages: { ...NOTICE_RULES.stages, [name]: [{ value }] } } },
    })
    expect(begunOn('1970-01-02')).toEqual({ outcome: 'refused', rule: `stages.${name}` })
  })
  test.each(['12026-01', '2026-1', '2026-13', '2026-001', '2026-01-01'])('%j is no month to begin with', (from) => {
    expect(ruleOverrides.safeParse({ graceMonths: [{ from, value: 6, source }] }).success).toBe(false)
  })
  test.each(['2026-01', '12026-01-01', '2026-01-011'])('%j is no day to begin with', (from) => {
    const value = { on: true, fromDay: 0, toDay: 1 }
    expect(ruleOverrides.safeParse({ stages: { due: [{ from, value, source }] } }).success).toBe(false)
  })
  test.each([
    [{ graceMonths: 24 }, true],
    [{ graceMonths: 25 }, false],
    [{ graceMonths: -1 }, false],
    [{ aheadMonths: 24 }, true],
    [{ aheadMonths: 25 }, false],
    [{ jkkBasisPoints: 10_000 }, true],
    [{ jkkBasisPoints: 10_001 }, false],
    [{ jkmRupiah: 1_000_000_000 }, true],
    [{ jkmRupiah: 1_000_000_001 }, false],
  ])('%j is within its bounds: %s', (values, is) => {
    const [[name, value]] = Object.entries(values) as [[string, number]]
    const list = { [name]: [{ from: '2015-07', value, source }] }
    const given = name.endsWith('Months') ? list : { tariff: list }
    expect(ruleOverrides.safeParse(given).success).toBe(is)
  })
  test.each([
    ['not from 0', [[1, 5]]],
    [
      'starts that do not ascend',
      [
        [0, 5],
        [0, 6],
      ],
    ],
    [
      'incomes that do not ascend',
      [
        [0, 5],
        [10, 5],
      ],
    ],
  ])('brackets %s are refused', (_, pairs) => {
    const value = pairs.map(([fromRupiah, nominalRupiah]) => ({ fromRupiah, nominalRupiah }))
    const brackets = (list: unknown) => ({ tariff: { brackets: [{ from: '2015-07', value: list, source }] } })
    expect(ruleOverrides.safeParse(brackets(value)).success).toBe(false)
    const good = [
      { fromRupiah: 0, nominalRupiah: 5 },
      { fromRupiah: 10, nominalRupiah: 6 },
    ]
    expect(ruleOverrides.safeParse(brackets(good)).success).toBe(true)
  })
  test.each([{ grace: [] }, { tariff: { jkm: [] } }, { stages: { reminder: [] } }, { graceMonths: [] }, 3, null])(
    '%j is none',
    (overrides) => {
      expect(ruleOverrides.safeParse(overrides).success).toBe(false)
    },
  )
})
