/** A question about a budget, read from the fields of its form. Says which field is wrong; asks nothing that is as the program has it. */
import type { components } from '../../api/schema.d.ts'
import { monthAfter } from './months.ts'

type Schemas = components['schemas']
type Question = Schemas['BudgetQuestion']
type Program = Schemas['Program']

export type Asked = {
  readonly people: 'lists' | 'asked'
  readonly villages: string
  readonly funding: Program['funding']
  readonly per: Program['budget']['per']
  readonly amount: string
  readonly firstMonth: string
  readonly months: string
  readonly programs: Program['programs']
  readonly discountPercent: string
  readonly discountFrom: string
  readonly discountTo: string
}

export type Read =
  | { readonly outcome: 'question'; readonly question: Question }
  | { readonly outcome: 'bad-line'; readonly line: number }
  | { readonly outcome: 'bad-discount' }

const FIRST_TARIFF_MONTH = '2015-07'
const SOURCE = 'asked in the dashboard'
const SECTORS = ['transport', 'farming', 'fishery', 'trade', 'services', 'other'] as const
const VILLAGE_LINE = /^(\d{2}(?:[.]?\d{2}){2}[.]?\d{4})[\s;,]+(\d{1,7})$/

export function asTheProgram({ funding, budget, firstMonth, months, programs, ...program }: Program): Asked {
  return {
    people: 'lists',
    villages: '',
    funding,
    per: budget.per,
    amount: String(budget.amountRupiah),
    firstMonth,
    months: String(months),
    programs,
    discountPercent: '',
    discountFrom: firstMonth,
    discountTo: program.lastMonth,
  }
}

export function questionOf(asked: Asked): Read {
  const villages = asked.people === 'asked' ? villagesIn(asked.villages) : undefined
  if (typeof villages === 'number') return { outcome: 'bad-line', line: villages }
  const discount = discountIn(asked)
  if (discount === 'wrong') return { outcome: 'bad-discount' }
  return {
    outcome: 'question',
    question: {
      funding: asked.funding,
      budget: { per: asked.per, amountRupiah: Number(asked.amount) },
      firstMonth: asked.firstMonth,
      months: Number(asked.months),
      programs: asked.programs,
      ...(villages === undefined ? {} : { villages }),
      ...(discount === undefined ? {} : { rules: { tariff: { discountBasisPoints: discount } } }),
    } as Question,
  }
}

/** The villages, or the first line that names none. Empty lines are passed over; no line at all is a wrong first one. */
function villagesIn(text: string): readonly { regionCode: string; persons: number }[] | number {
  const lines = text.split('\n').map((line) => line.trim())
  const villages: { regionCode: string; persons: number }[] = []
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    const [, regionCode, persons] = VILLAGE_LINE.exec(line) ?? []
    if (regionCode === undefined || persons === undefined) return i + 1
    villages.push({ regionCode, persons: Number(persons) })
  }
  return villages.length === 0 ? 1 : villages
}

/** The same for every sector: nothing, then so much off from month to month, then nothing again. */
function discountIn({ discountPercent, discountFrom, discountTo }: Asked) {
  const text = discountPercent.trim()
  if (text === '') return undefined
  const isWhole = /^\d{1,3}$/.test(text) && Number(text) <= 100
  if (!isWhole || discountFrom < FIRST_TARIFF_MONTH || discountTo < discountFrom) return 'wrong'
  const none = { value: 0, source: SOURCE }
  const list = [
    ...(discountFrom === FIRST_TARIFF_MONTH ? [] : [{ from: FIRST_TARIFF_MONTH, ...none }]),
    { from: discountFrom, value: Number(text) * 100, source: SOURCE },
    { from: monthAfter(discountTo), ...none },
  ]
  return Object.fromEntries(SECTORS.map((sector) => [sector, list]))
}
