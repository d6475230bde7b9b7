/**
 * The budget before the bill: what a list costs, what the sponsor has, what is missing and where, and which ways out there are.
 *
 * Promise: nobody is covered in part. Money that does not pay one more person for every month stays unspent and is shown; an
 * option says how many are covered, for how long and who is left out, and somebody chooses. Pure: persons in the order of their
 * list, prices by the dated rules that are passed in.
 */
import { type Rupiah, rupiah } from '../money.ts'
import type { Month } from '../month.ts'
import { priceOf, type Tariff, type Terms, totalOf } from '../tariff.ts'
import type { Budget } from './program.ts'

/** Persons who stand one after the other in the list, live in one village and pay alike. */
export type BudgetGroup = { readonly village: string; readonly terms: Terms; readonly persons: number }

export type BudgetQuestion = {
  readonly groups: readonly BudgetGroup[]
  readonly budget: Budget
  /** The months to be paid, in order, at least one. */
  readonly months: readonly Month[]
  /** What other bills of the program take of it already, by village; under '' of one budget for all. What is left is the budget. */
  readonly committed?: ReadonlyMap<string, Rupiah>
}

export type VillageBudget = {
  readonly village: string
  readonly persons: number
  readonly need: Rupiah
  /** null where one budget is for all villages. */
  readonly budget: Rupiah | null
  /** What is missing for all of its persons and months; of a budget for all, what is left uncovered in the list's order. */
  readonly shortfall: Rupiah
  /** In the list's order, all months, for the money there is. */
  readonly coveredInFull: number
  readonly leftOut: number
  /** Whole months that the money would pay, the last person's in part: shown, never covered. */
  readonly personMonths: number
}

/** Everybody for fewer months (0: not even one), or people in the list's order for all months. */
export type BudgetOption = {
  readonly kind: 'fewer-months' | 'list-order'
  readonly months: number
  readonly persons: number
  readonly leftOut: number
  readonly cost: Rupiah
  readonly unspent: Rupiah
}

export type BudgetAnswer = {
  readonly persons: number
  readonly months: number
  readonly need: Rupiah
  readonly budget: Rupiah
  readonly shortfall: Rupiah
  readonly villagesShort: number
  /** By code. */
  readonly villages: readonly VillageBudget[]
  /** Empty where the budget is enough. */
  readonly options: readonly BudgetOption[]
}

/** Money that is spent together: a village's own, or everybody's. */
type Pot = { readonly groups: readonly PricedGroup[]; readonly budget: number }
/** `upTo[k]`: what one person costs for the first k months. */
type PricedGroup = BudgetGroup & { readonly upTo: readonly number[] }
type Covered = { readonly persons: readonly number[]; readonly cost: number }

/** Throws a RangeError for a month before the rules begin, and for a count of persons that is no whole number. */
export function budgetOf({ groups, budget, months, committed }: BudgetQuestion, rules: Tariff): BudgetAnswer {
  const priced = pricedBy(rules, groups, months)
  const byVillage = Map.groupBy(priced, ({ village }) => village)
  const leftIn = (pot: string) => Math.max(0, budget.amount - (committed?.get(pot) ?? 0))
  const pots =
    budget.per === 'total'
      ? [{ groups: priced, budget: leftIn('') }]
      : [...byVillage].map(([village, of]): Pot => ({ groups: of, budget: leftIn(village) }))
  const covered = pots.map((pot) => inListOrder(pot))
  const coveredOf = new Map(
    pots.flatMap((pot, i) => pot.groups.map((group, j) => [group, covered[i]?.persons[j] ?? 0])),
  )
  const villages = [...byVillage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([village, of]) => {
      const own = budget.per === 'village' ? rupiah(leftIn(village)) : null
      return villageBudget(village, of, own, coveredOf, months.length)
    })
  const persons = personsOf(priced)
  const need = costOf(priced, months.length)
  const money = sum(pots, (pot) => pot.budget)
  const isShort = villages.some(({ shortfall }) => shortfall > 0)
  return {
    persons,
    months: months.length,
    need: rupiah(need),
    budget: rupiah(money),
    shortfall: rupiah(sum(villages, ({ shortfall }) => shortfall)),
    villagesShort: villages.filter(({ shortfall }) => shortfall > 0).length,
    villages,
    options: isShort ? [fewerMonths(pots, persons, money), listOrder(covered, persons, money, months.length)] : [],
  }
}

function villageBudget(
  village: string,
  groups: readonly PricedGroup[],
  own: Rupiah | null,
  coveredOf: ReadonlyMap<PricedGroup, number>,
  months: number,
): VillageBudget {
  const persons = personsOf(groups)
  const need = costOf(groups, months)
  const coveredInFull = sum(groups, (group) => coveredOf.get(group) ?? 0)
  const spent = sum(groups, (group) => (coveredOf.get(group) ?? 0) * fullPrice(group))
  return {
    village,
    persons,
    need: rupiah(need),
    budget: own,
    shortfall: rupiah(own === null ? need - spent : Math.max(0, need - own)),
    coveredInFull,
    leftOut: persons - coveredInFull,
    personMonths: coveredInFull * months + (own === null ? 0 : monthsFor(nextOne(groups, coveredOf), own - spent)),
  }
}

/** The first person in the list's order who is not covered in full. */
function nextOne(groups: readonly PricedGroup[], coveredOf: ReadonlyMap<PricedGroup, number>): PricedGroup | undefined {
  return groups.find((group) => (coveredOf.get(group) ?? 0) < group.persons)
}

function monthsFor(group: PricedGroup | undefined, money: number): number {
  return group ? group.upTo.filter((price, k) => k > 0 && price <= money).length : 0
}

/** Ends at the first person whom the money does not pay in full: nobody behind is taken before. */
function inListOrder({ groups, budget }: Pot): Covered {
  let left = budget
  let isOver = false
  const persons = groups.map((group) => {
    const price = fullPrice(group)
    const fitting = isOver ? 0 : price === 0 ? group.persons : Math.min(group.persons, Math.floor(left / price))
    left -= fitting * price
    isOver ||= fitting < group.persons
    return fitting
  })
  return { persons, cost: budget - left }
}

/** As many months for all as the poorest village can pay: nobody gets fewer than another. */
function fewerMonths(pots: readonly Pot[], persons: number, money: number): BudgetOption {
  const months = Math.min(...pots.map(affordableMonths))
  const cost = sum(pots, ({ groups }) => costOf(groups, months))
  const covered = months === 0 ? 0 : persons
  return option('fewer-months', { months, persons: covered, leftOut: persons - covered, cost, money })
}

function listOrder(covered: readonly Covered[], persons: number, money: number, months: number): BudgetOption {
  const inFull = sum(covered, (one) => sum(one.persons, (count) => count))
  const cost = sum(covered, (one) => one.cost)
  return option('list-order', { months, persons: inFull, leftOut: persons - inFull, cost, money })
}

function option(
  kind: BudgetOption['kind'],
  { money, cost, ...rest }: Pick<BudgetOption, 'months' | 'persons' | 'leftOut'> & { cost: number; money: number },
): BudgetOption {
  return { kind, ...rest, cost: rupiah(cost), unspent: rupiah(money - cost) }
}

function affordableMonths({ groups, budget }: Pot): number {
  const most = (groups[0]?.upTo.length ?? 1) - 1
  let months = 0
  while (months < most && costOf(groups, months + 1) <= budget) months++
  return months
}

function costOf(groups: readonly PricedGroup[], months: number): number {
  return sum(groups, ({ persons, upTo }) => persons * (upTo[months] ?? 0))
}

function fullPrice({ upTo }: PricedGroup): number {
  return upTo.at(-1) ?? 0
}

function personsOf(groups: readonly BudgetGroup[]): number {
  return sum(groups, ({ persons }) => persons)
}

/** Lists are long and terms few: each terms' prices are computed once. */
function pricedBy(rules: Tariff, groups: readonly BudgetGroup[], months: readonly Month[]): readonly PricedGroup[] {
  const known = new Map<string, readonly number[]>()
  return groups.map((group) => {
    if (!Number.isSafeInteger(group.persons) || group.persons < 0) {
      throw new RangeError('expected a whole number of persons from 0 up')
    }
    const { sector, funding, programs, income } = group.terms
    const key = `${sector} ${funding} ${programs} ${income}`
    const upTo = known.get(key) ?? pricesUpTo(rules, group.terms, months)
    known.set(key, upTo)
    return { ...group, upTo }
  })
}

function pricesUpTo(rules: Tariff, terms: Terms, months: readonly Month[]): readonly number[] {
  const upTo = [0]
  for (const month of months) upTo.push((upTo.at(-1) ?? 0) + totalOf(priceOf(rules, month, terms)))
  return upTo
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0)
}
