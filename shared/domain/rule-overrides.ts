/**
 * Rules that somebody wants to try: JSON with whole dated lists in place of the present ones, checked before anything is
 * folded with them. Promises that what passes has no gap: each list ascends and begins no later than the one it replaces.
 * Refuses unknown names, because a misspelt rule would be a trial of nothing.
 */
import * as z from 'zod/mini'
import type { Dated } from './effective-dated.ts'
import type { NoticeRules } from './notice.ts'
import { NOTICE_STAGES } from './notice-stage.ts'
import type { Rules } from './rules.ts'
import { FUNDINGS, SECTORS } from './tariff.ts'

/** Both rule sets that a change of rules may touch. */
export type RuleSet = { readonly rules: Rules; readonly notices: NoticeRules }

export type RuleOverrides = z.infer<typeof ruleOverrides>

const MONTH_FORM = /^\d{4}-(0[1-9]|1[0-2])$/
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/
const whole = (most: number) => z.int().check(z.minimum(0), z.maximum(most))
const dated = <T extends z.ZodMiniType>(value: T, form: RegExp) =>
  z
    .array(
      z.strictObject({
        from: z.string().check(z.regex(form)),
        value,
        source: z.string().check(z.minLength(1), z.maxLength(1_000)),
      }),
    )
    .check(z.minLength(1))
const byMonth = <T extends z.ZodMiniType>(value: T) => z.optional(dated(value, MONTH_FORM))
const basisPoints = whole(10_000)
const rupiahs = whole(1_000_000_000)
const brackets = z
  .array(z.strictObject({ fromRupiah: rupiahs, nominalRupiah: rupiahs }))
  .check(z.minLength(1), z.refine(bracketsAscend, 'expected brackets that start at 0 and ascend'))
const stageRule = z.strictObject({
  on: z.boolean(),
  fromDay: z.int().check(z.minimum(-60), z.maximum(60)),
  toDay: z.int().check(z.minimum(-60), z.maximum(60)),
})
const each = <K extends string, T extends z.ZodMiniType>(names: readonly K[], value: T) =>
  z.optional(
    z.strictObject(
      Object.fromEntries(names.map((name) => [name, z.optional(value)])) as Record<K, z.ZodMiniOptional<T>>,
    ),
  )

export const ruleOverrides = z.strictObject({
  tariff: z.optional(
    z.strictObject({
      brackets: byMonth(brackets),
      jkkBasisPoints: byMonth(basisPoints),
      jkmRupiah: byMonth(rupiahs),
      jht: byMonth(z.strictObject({ basisPoints, minimumRupiah: rupiahs })),
      discountBasisPoints: each(SECTORS, dated(basisPoints, MONTH_FORM)),
      discountedFunding: byMonth(z.array(z.enum(FUNDINGS))),
    }),
  ),
  graceMonths: byMonth(whole(24)),
  aheadMonths: byMonth(whole(24)),
  stages: each(NOTICE_STAGES, dated(stageRule, DAY_FORM)),
})

/** The present rules with the lists that are given in their place, or which list cannot be. */
export function withOverrides(
  present: RuleSet,
  overrides: RuleOverrides,
): { readonly outcome: 'rules'; readonly set: RuleSet } | { readonly outcome: 'refused'; readonly rule: string } {
  const wrong: string[] = []
  const list = <T>(name: string, now: Dated<T>, tried: Dated<T> | undefined): Dated<T> => {
    if (tried === undefined) return now
    if (!ascends(tried) || (tried[0]?.from ?? '') > (now[0]?.from ?? '')) wrong.push(name)
    return tried
  }
  const { tariff, graceMonths, aheadMonths } = present.rules
  const tried = overrides.tariff ?? {}
  const discounts = SECTORS.map((sector) => {
    const name = `tariff.discountBasisPoints.${sector}`
    return [sector, list(name, tariff.discountBasisPoints[sector], tried.discountBasisPoints?.[sector])] as const
  })
  const stages = NOTICE_STAGES.map(
    (stage) => [stage, list(`stages.${stage}`, present.notices.stages[stage], overrides.stages?.[stage])] as const,
  )
  const rules: Rules = {
    version: `${present.rules.version}, tried`,
    tariff: {
      brackets: list('tariff.brackets', tariff.brackets, tried.brackets),
      jkkBasisPoints: list('tariff.jkkBasisPoints', tariff.jkkBasisPoints, tried.jkkBasisPoints),
      jkmRupiah: list('tariff.jkmRupiah', tariff.jkmRupiah, tried.jkmRupiah),
      jht: list('tariff.jht', tariff.jht, tried.jht),
      discountBasisPoints: Object.fromEntries(discounts) as Rules['tariff']['discountBasisPoints'],
      discountedFunding: list('tariff.discountedFunding', tariff.discountedFunding, tried.discountedFunding),
    },
    graceMonths: list('graceMonths', graceMonths, overrides.graceMonths),
    aheadMonths: list('aheadMonths', aheadMonths, overrides.aheadMonths),
  }
  const notices: NoticeRules = {
    ...present.notices,
    graceMonths: rules.graceMonths,
    stages: Object.fromEntries(stages) as NoticeRules['stages'],
  }
  const [rule] = wrong
  return rule === undefined ? { outcome: 'rules', set: { rules, notices } } : { outcome: 'refused', rule }
}

function ascends(list: Dated<unknown>): boolean {
  return list.every(({ from }, i) => i === 0 || from > (list[i - 1]?.from ?? ''))
}

function bracketsAscend(list: readonly { readonly fromRupiah: number; readonly nominalRupiah: number }[]): boolean {
  return list.every(({ fromRupiah, nominalRupiah }, i) => {
    const before = list[i - 1]
    return before ? fromRupiah > before.fromRupiah && nominalRupiah > before.nominalRupiah : fromRupiah === 0
  })
}
