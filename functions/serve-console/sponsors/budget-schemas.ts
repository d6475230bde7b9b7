/** What the calls about a program's budget take and answer. */
import * as z from 'zod/mini'
import { parseRegionCode } from '../../../shared/domain/region.ts'
import { ruleOverrides } from '../../../shared/domain/rule-overrides.ts'
import { SPONSOR_FUNDINGS } from '../../../shared/domain/sponsors/sponsor.ts'
import { choiceField } from '../http/fields.ts'
import { at, count, described, money, month, named, shape, text, type View } from '../http/schema.ts'
import { planFields } from './schemas.ts'

/** A reply may have 6 MB, and one village takes about 200 bytes of it. */
export const MOST_VILLAGES = 20_000
const PERSONS = 'expected a whole number of persons from 0 to 1,000,000'
const REGION = 'expected the code of a region, such as 15.71.01.1001'

const villageField = z.strictObject({
  regionCode: described('Of a village', z.string(REGION).check(z.maxLength(13, REGION), z.refine(isRegion, REGION))),
  persons: described('How many', z.int(PERSONS).check(z.minimum(0, PERSONS), z.maximum(1_000_000, PERSONS))),
})

/** Everything may be left out: then it is the program's own. */
export const budgetQuestion = named(
  'BudgetQuestion',
  'What if: whatever is given takes the place of what the program says',
  z.strictObject({
    villages: z.optional(
      described(
        'In place of the people on the program’s lists, in the order of priority',
        z.array(villageField).check(z.maxLength(MOST_VILLAGES, `expected at most ${MOST_VILLAGES} villages`)),
      ),
    ),
    funding: z.optional(choiceField('Whose money it is', SPONSOR_FUNDINGS)),
    budget: z.optional(planFields.budget),
    firstMonth: z.optional(planFields.firstMonth),
    months: z.optional(planFields.months),
    sector: z.optional(planFields.sector),
    programs: z.optional(planFields.programs),
    incomeRupiah: z.optional(planFields.incomeRupiah),
    rules: z.optional(
      described('Dated lists in place of the present ones, such as other dates of the discount', ruleOverrides),
    ),
  }),
)
export type BudgetQuestionBody = z.output<typeof budgetQuestion>

export const budgetQuery = z.strictObject({ format: z.optional(choiceField('json if absent', ['json', 'csv'])) })
export type BudgetQuery = z.output<typeof budgetQuery>

export const budgetSchema = shape('ProgramBudget', 'What a program costs, and where its budget is short', () =>
  z.strictObject({
    programId: text('Id of the program'),
    asOf: at('When it was computed'),
    rulesVersion: text('The rules that the prices follow from'),
    funding: z.enum(SPONSOR_FUNDINGS),
    firstMonth: month('First contribution month'),
    months: count('How many contribution months'),
    persons: count('On its lists, or asked about'),
    needRupiah: money('All persons for all months'),
    budgetRupiah: money('Of all villages'),
    shortfallRupiah: money('What is missing, over the villages where something is'),
    villagesShort: count('Villages whose budget does not pay all of their people'),
    villages: z.array(
      z.strictObject({
        regionCode: text('Of the village'),
        persons: count(),
        needRupiah: money('All of its persons for all months'),
        budgetRupiah: described('null where one budget is for all', z.nullable(z.int())),
        shortfallRupiah: money('What is missing'),
        coveredInFull: count('Persons whom the money pays for all months, in the order of the list'),
        leftOut: count('Persons whom it does not'),
        personMonths: count('Months that the money would pay, the last person’s in part: never covered'),
      }),
    ),
    options: described(
      'Ways out where the budget is short; none where it is enough',
      z.array(
        z.strictObject({
          kind: z.enum(['fewer-months', 'list-order']),
          months: count('For each person who is covered'),
          persons: count('Covered'),
          leftOut: count('Not covered'),
          costRupiah: money('What it costs'),
          unspentRupiah: money('What stays of the budget'),
        }),
      ),
    ),
  }),
)
export type BudgetView = View<typeof budgetSchema>

function isRegion(code: string): boolean {
  return parseRegionCode(code).outcome === 'region'
}
