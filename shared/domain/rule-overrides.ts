/**
 * Rules to be tried: JSON with whole dated lists that replace the present ones from when they are recorded, as
 * a decree would: at the instant of the trial, unless an entry says another `recordedAt`. Checked before anything is folded.
 * Promises that what passes has no gap: each list ascends and begins no later than the one it replaces.
 * Refuses unknown names, because a misspelt rule would be a trial of nothing.
 */
import * as z from 'zod/mini'
import type { Dated, DatedEntry, RuleEntry, RuleHistory } from './effective-dated.ts'
import { type Instant, parseInstant } from './instant.ts'
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
const from = (form: RegExp) => z.string().check(z.regex(form))
const source = z.string().check(z.minLength(1), z.maxLength(1_000))
/** Entries of one list: a tariff has had fewer than ten in twelve years. */
const MOST_ENTRIES = 200
const MOST_BRACKETS = 100
const recordedAt = z.string().check(z.maxLength(40), z.refine(isInstant, 'expected an ISO instant with an offset'))
const dated = <T extends z.ZodMiniType>(value: T, form: RegExp) =>
  z.array(z.strictObject({ from: from(form), value, source })).check(z.minLength(1), z.maxLength(MOST_ENTRIES))
const history = <T extends z.ZodMiniType>(value: T) =>
  z
    .array(z.strictObject({ from: from(MONTH_FORM), value, source, recordedAt: z.optional(recordedAt) }))
    .check(z.minLength(1), z.maxLength(MOST_ENTRIES))
const byMonth = <T extends z.ZodMiniType>(value: T) => z.optional(history(value))
const basisPoints = whole(10_000)
const rupiahs = whole(1_000_000_000)
const brackets = z
  .array(z.strictObject({ fromRupiah: rupiahs, nominalRupiah: rupiahs }))
  .check(
    z.minLength(1),
    z.maxLength(MOST_BRACKETS),
    z.refine(bracketsAscend, 'expected brackets that start at 0 and ascend'),
  )
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
      discountBasisPoints: each(SECTORS, history(basisPoints)),
      discountedFunding: byMonth(z.array(z.enum(FUNDINGS)).check(z.maxLength(FUNDINGS.length))),
    }),
  ),
  graceMonths: byMonth(whole(24)),
  aheadMonths: byMonth(whole(24)),
  stages: each(NOTICE_STAGES, dated(stageRule, DAY_FORM)),
})

type TriedEntry<T> = DatedEntry<T> & { readonly recordedAt?: string | undefined }

/** The present rules and what is tried, as if it had been recorded at `at`; or which list cannot be. */
export function withOverrides(
  present: RuleSet,
  overrides: RuleOverrides,
  at: Instant,
): { readonly outcome: 'rules'; readonly set: RuleSet } | { readonly outcome: 'refused'; readonly rule: string } {
  const wrong: string[] = []
  const list = <T>(name: string, now: Dated<T>, tried: Dated<T> | undefined): Dated<T> => {
    if (tried === undefined) return now
    if (!ascends(tried) || (tried[0]?.from ?? '') > (now[0]?.from ?? '')) wrong.push(name)
    return tried
  }
  const history = <T>(
    name: string,
    now: RuleHistory<T>,
    tried: readonly TriedEntry<T>[] | undefined,
  ): RuleHistory<T> => {
    if (tried === undefined) return now
    const entries = tried.map((entry) => recordedEntry(entry, at))
    if (!ascendsAsRecorded(entries) || (tried[0]?.from ?? '') > (now[0]?.from ?? '')) wrong.push(name)
    return [...now, ...entries].sort((a, b) => a.recordedAt - b.recordedAt)
  }
  const { tariff, graceMonths, aheadMonths } = present.rules
  const tried = overrides.tariff ?? {}
  const discounts = SECTORS.map((sector) => {
    const name = `tariff.discountBasisPoints.${sector}`
    return [sector, history(name, tariff.discountBasisPoints[sector], tried.discountBasisPoints?.[sector])] as const
  })
  const stages = NOTICE_STAGES.map(
    (stage) => [stage, list(`stages.${stage}`, present.notices.stages[stage], overrides.stages?.[stage])] as const,
  )
  const rules: Rules = {
    version: `${present.rules.version}, tried`,
    tariff: {
      brackets: history('tariff.brackets', tariff.brackets, tried.brackets),
      jkkBasisPoints: history('tariff.jkkBasisPoints', tariff.jkkBasisPoints, tried.jkkBasisPoints),
      jkmRupiah: history('tariff.jkmRupiah', tariff.jkmRupiah, tried.jkmRupiah),
      jht: history('tariff.jht', tariff.jht, tried.jht),
      discountBasisPoints: Object.fromEntries(discounts) as Rules['tariff']['discountBasisPoints'],
      discountedFunding: history('tariff.discountedFunding', tariff.discountedFunding, tried.discountedFunding),
    },
    graceMonths: history('graceMonths', graceMonths, overrides.graceMonths),
    aheadMonths: history('aheadMonths', aheadMonths, overrides.aheadMonths),
  }
  const notices: NoticeRules = {
    ...present.notices,
    graceMonths: rules.graceMonths,
    stages: Object.fromEntries(stages) as NoticeRules['stages'],
  }
  const [rule] = wrong
  return rule === undefined ? { outcome: 'rules', set: { rules, notices } } : { outcome: 'refused', rule }
}

function recordedEntry<T>({ recordedAt, ...entry }: TriedEntry<T>, at: Instant): RuleEntry<T> {
  return { ...entry, recordedAt: recordedAt === undefined ? at : (parseInstant(recordedAt) as Instant) }
}

function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined
}

/** By the instant of recording, and by month among those of one instant. */
function ascendsAsRecorded(list: RuleHistory<unknown>): boolean {
  return list.every((entry, i) => {
    const before = list[i - 1]
    if (!before || entry.recordedAt > before.recordedAt) return true
    return entry.recordedAt === before.recordedAt && entry.from > before.from
  })
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
