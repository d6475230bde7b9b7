/** Rules to be tried: whole lists take the place of present ones, and nothing with a gap or a misspelt name gets through. */
import { describe, expect, test } from 'vitest'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import { type RuleSet, ruleOverrides, withOverrides } from '../../../shared/domain/rule-overrides.ts'
import { RULES } from '../../../shared/domain/rules.ts'

const PRESENT: RuleSet = { rules: RULES, notices: NOTICE_RULES }
const source = 'a trial'

function tried(overrides: object) {
  return withOverrides(PRESENT, ruleOverrides.parse(overrides))
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
    expect(rules.graceMonths).toEqual(graceMonths)
    expect(notices.graceMonths).toEqual(graceMonths)
    expect(rules.tariff.discountBasisPoints.farming).toEqual([{ from: '2015-07', value: 0, source }])
    expect(rules.tariff.discountBasisPoints.transport).toBe(RULES.tariff.discountBasisPoints.transport)
    expect(rules.tariff.jkmRupiah).toBe(RULES.tariff.jkmRupiah)
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
  test.each([{ grace: [] }, { tariff: { jkm: [] } }, { stages: { reminder: [] } }, { graceMonths: [] }, 3, null])(
    '%j is none',
    (overrides) => {
      expect(ruleOverrides.safeParse(overrides).success).toBe(false)
    },
  )
})
