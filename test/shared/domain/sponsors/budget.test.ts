/**
 * The budget before the bill, with the published figures: Jambi gives each of 1,562 villages Rp10,000,000 for 78,000 workers.
 * Properties: no money is spent that is not there, nobody is covered in part, and what does not fit is shown.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import { addMonths, month } from '../../../../shared/domain/month.ts'
import { RULES } from '../../../../shared/domain/rules.ts'
import { type BudgetGroup, type BudgetQuestion, budgetOf } from '../../../../shared/domain/sponsors/budget.ts'
import { priceOf, type Terms, totalOf } from '../../../../shared/domain/tariff.ts'

const VILLAGE: Terms = { sector: 'farming', funding: 'village', programs: 'JKK+JKM', income: rupiah(1_000_000) }
const yearFrom = (first: string, count = 12) => Array.from({ length: count }, (_, i) => addMonths(month(first), i))
const TEN_MILLION = { per: 'village', amount: rupiah(10_000_000) } as const
const ask = (groups: readonly BudgetGroup[], changed: Partial<BudgetQuestion> = {}) =>
  budgetOf({ groups, budget: TEN_MILLION, months: yearFrom('2027-01'), ...changed }, RULES.tariff)

describe('the published example', () => {
  test('Rp10,000,000 at Rp16,800 for twelve months pays 49 people in full and no fiftieth', () => {
    expect(ask([{ village: '15.71.01.1001', terms: VILLAGE, persons: 49 }])).toMatchObject({
      need: 9_878_400,
      shortfall: 0,
      options: [],
    })
    const fifty = ask([{ village: '15.71.01.1001', terms: VILLAGE, persons: 50 }])
    expect(fifty.villages).toEqual([
      {
        village: '15.71.01.1001',
        persons: 50,
        need: 10_080_000,
        budget: 10_000_000,
        shortfall: 80_000,
        coveredInFull: 49,
        leftOut: 1,
        personMonths: 595,
      },
    ])
    expect(fifty.options).toEqual([
      { kind: 'fewer-months', months: 11, persons: 50, leftOut: 0, cost: 9_240_000, unspent: 760_000 },
      { kind: 'list-order', months: 12, persons: 49, leftOut: 1, cost: 9_878_400, unspent: 121_600 },
    ])
  })

  test('78,000 people in 1,562 villages: 1,462 of 50 are one short each, 100 of 49 are not', () => {
    const groups = Array.from({ length: 1_562 }, (_, i) => ({
      village: `15.71.01.${1_001 + i}`,
      terms: VILLAGE,
      persons: i < 1_462 ? 50 : 49,
    }))
    const answer = ask(groups)
    expect(answer).toMatchObject({
      persons: 78_000,
      need: 78_000 * 201_600,
      budget: 15_620_000_000,
      villagesShort: 1_462,
      shortfall: 1_462 * 80_000,
    })
    expect(answer.villages).toHaveLength(1_562)
    expect(answer.options).toEqual([
      {
        kind: 'fewer-months',
        months: 11,
        persons: 78_000,
        leftOut: 0,
        cost: 78_000 * 11 * 16_800,
        unspent: 15_620_000_000 - 78_000 * 11 * 16_800,
      },
      {
        kind: 'list-order',
        months: 12,
        persons: 1_562 * 49,
        leftOut: 1_462,
        cost: 1_562 * 49 * 201_600,
        unspent: 15_620_000_000 - 1_562 * 49 * 201_600,
      },
    ])
  })
})

describe('what-if', () => {
  const fifty = (terms: Partial<Terms> = {}) => [{ village: 'v', terms: { ...VILLAGE, ...terms }, persons: 50 }]

  test('eleven months fit; with savings not even a third of the people do', () => {
    expect(ask(fifty(), { months: yearFrom('2027-01', 11) }).options).toEqual([])
    expect(ask(fifty({ programs: 'JKK+JKM+JHT' })).villages[0]).toMatchObject({ coveredInFull: 22, leftOut: 28 })
  })

  test('a company pays half as long as the discount lasts, a public budget never', () => {
    const months = yearFrom('2026-11', 3)
    expect(ask(fifty({ funding: 'csr' }), { months }).need).toBe(50 * 33_600)
    expect(ask(fifty({ funding: 'csr', sector: 'transport' }), { months }).need).toBe(50 * 25_200)
    expect(ask(fifty({ funding: 'apbd' }), { months }).need).toBe(50 * 50_400)
  })

  test('one budget for all is spent in the order of the list, over the villages', () => {
    const groups = ['b', 'a', 'b'].map((village) => ({ village, terms: VILLAGE, persons: 20 }))
    const answer = ask(groups, { budget: { per: 'total', amount: rupiah(10_000_000) } })
    expect(
      answer.villages.map(({ village, coveredInFull, leftOut, budget, shortfall }) => [
        village,
        coveredInFull,
        leftOut,
        budget,
        shortfall,
      ]),
    ).toEqual([
      ['a', 20, 0, null, 0],
      ['b', 29, 11, null, 11 * 201_600],
    ])
    expect(answer.options.map(({ kind, months, persons, leftOut }) => [kind, months, persons, leftOut])).toEqual([
      ['fewer-months', 9, 60, 0],
      ['list-order', 12, 49, 11],
    ])
  })

  test('nobody behind is taken before somebody whom the money does not pay', () => {
    const dear = { ...VILLAGE, income: rupiah(20_200_000) }
    const groups = [
      { village: 'v', terms: dear, persons: 5 },
      { village: 'v', terms: VILLAGE, persons: 40 },
    ]
    expect(ask(groups).villages[0]).toMatchObject({ coveredInFull: 3, leftOut: 42 })
  })

  test('money that does not pay one month of all is said to pay none', () => {
    const answer = ask([{ village: 'v', terms: VILLAGE, persons: 600 }])
    expect(answer.options[0]).toEqual({
      kind: 'fewer-months',
      months: 0,
      persons: 0,
      leftOut: 600,
      cost: 0,
      unspent: 10_000_000,
    })
  })

  test('an empty list costs nothing and lacks nothing', () => {
    expect(ask([])).toMatchObject({ persons: 0, need: 0, shortfall: 0, villages: [], options: [] })
  })

  test('half a person is refused', () => {
    expect(() => ask([{ village: 'v', terms: VILLAGE, persons: 0.5 }])).toThrow(RangeError)
  })
})

describe('of any list and any budget', () => {
  const anyGroup: fc.Arbitrary<BudgetGroup> = fc.record({
    village: fc.constantFrom('a', 'b', 'c'),
    terms: fc.record({
      sector: fc.constantFrom('farming', 'transport'),
      funding: fc.constantFrom('village', 'csr'),
      programs: fc.constantFrom('JKK+JKM', 'JKK+JKM+JHT'),
      income: fc.integer({ min: 0, max: 25_000_000 }).map(rupiah),
    }),
    persons: fc.nat(60),
  })
  const anyQuestion: fc.Arbitrary<BudgetQuestion> = fc.record({
    groups: fc.array(anyGroup, { maxLength: 12 }),
    budget: fc.record({
      per: fc.constantFrom('village', 'total'),
      amount: fc.integer({ min: 1, max: 60_000_000 }).map(rupiah),
    }),
    months: fc
      .tuple(fc.nat(11), fc.integer({ min: 1, max: 12 }))
      .map(([from, count]) => yearFrom(addMonths(month('2026-06'), from), count)),
  })
  /** Said again in the plainest way: one person after the other. */
  const plainly = ({ groups, budget, months }: BudgetQuestion) => {
    const left = new Map<string, number>()
    const stopped = new Set<string>()
    const covered = new Map<string, number>()
    for (const { village, terms, persons } of groups) {
      const pot = budget.per === 'total' ? 'all' : village
      const price = months.reduce((sum, each) => sum + totalOf(priceOf(RULES.tariff, each, terms)), 0)
      for (let i = 0; i < persons; i++) {
        const money = left.get(pot) ?? budget.amount
        if (stopped.has(pot) || money < price) {
          stopped.add(pot)
          continue
        }
        left.set(pot, money - price)
        covered.set(village, (covered.get(village) ?? 0) + 1)
      }
    }
    return covered
  }

  test('people are covered in the list’s order exactly as if they were taken one by one', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const covered = plainly(question)
        for (const { village, coveredInFull, leftOut, persons } of budgetOf(question, RULES.tariff).villages) {
          expect(coveredInFull).toBe(covered.get(village) ?? 0)
          expect(coveredInFull + leftOut).toBe(persons)
        }
      }),
    )
  })

  test('no option spends more than there is, each says where every rupiah and every person goes', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const answer = budgetOf(question, RULES.tariff)
        for (const { cost, unspent, persons, leftOut } of answer.options) {
          expect(cost).toBeGreaterThanOrEqual(0)
          expect(unspent).toBeGreaterThanOrEqual(0)
          expect(cost + unspent).toBe(answer.budget)
          expect(persons + leftOut).toBe(answer.persons)
        }
        expect(answer.options.length > 0).toBe(answer.shortfall > 0)
        expect(answer.villages.reduce((sum, { need }) => sum + need, 0)).toBe(answer.need)
      }),
    )
  })

  test('one month more than "fewer months" offers does not fit', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const [fewer] = budgetOf(question, RULES.tariff).options
        if (!fewer || fewer.months === question.months.length) return
        const isShort = (count: number) =>
          count > 0 && budgetOf({ ...question, months: question.months.slice(0, count) }, RULES.tariff).shortfall > 0
        expect(isShort(fewer.months)).toBe(false)
        expect(isShort(fewer.months + 1)).toBe(true)
      }),
    )
  })

  test('a larger budget covers nobody less', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(10_000_000), (question, more) => {
        const richer = { ...question.budget, amount: rupiah(question.budget.amount + more) }
        const covered = (asked: BudgetQuestion) =>
          budgetOf(asked, RULES.tariff).villages.map(({ coveredInFull }) => coveredInFull)
        const [now, then] = [covered(question), covered({ ...question, budget: richer })]
        for (const [i, count] of now.entries()) expect(then[i]).toBeGreaterThanOrEqual(count)
      }),
    )
  })
})
