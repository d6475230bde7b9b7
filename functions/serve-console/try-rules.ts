/**
 * `POST /api/rules/try`: what other rules would change, on the facts as they are; nothing is written and nothing comes into
 * force. So many memberships per call, in the order of the table, with a place to go on from: `npm run rule-simulation`
 * (tools/rule-simulation.ts) walks them all and adds up.
 */
import * as z from 'zod/mini'
import { formatUtc } from '../../shared/domain/instant.ts'
import { NOTICE_RULES } from '../../shared/domain/notice.ts'
import { type RuleSet, ruleOverrides, withOverrides } from '../../shared/domain/rule-overrides.ts'
import {
  aspectsChanged,
  standingUnder,
  TRIED_ASPECTS,
  type Tried,
  type TriedAspect,
} from '../../shared/domain/rule-simulation.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import { instantField, instantOf, readJson } from './input.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** Each is folded twice and looked at for 31 days, twice: a second of work at most. */
export const TRY_LIMIT = 500
const CONCURRENCY = 16
/** Changed memberships shown in full. */
const ROWS_SHOWN = 50

const BODY = z.strictObject({
  rules: ruleOverrides,
  asOf: z.optional(instantField()),
  after: z.optional(z.string().check(z.regex(/^\d{11}$/, 'expected a `next` of this call'))),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(TRY_LIMIT))),
})

type Compared = {
  readonly kpj: string
  readonly now: Tried
  readonly tried: Tried
  readonly changed: readonly TriedAspect[]
}

export async function tryRules(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(BODY, call.body)
  if (asked.outcome === 'refused') return asked.reply
  const { rules, asOf, after = null, limit = TRY_LIMIT } = asked.value
  const present: RuleSet = { rules: parts.rules, notices: NOTICE_RULES }
  const at = asOf === undefined ? call.now : instantOf(asOf)
  const overridden = withOverrides(present, rules, at)
  if (overridden.outcome === 'refused') {
    return problem(
      'INVALID_INPUT',
      `field rules.${overridden.rule}: expected a list that ascends and begins no later than the present one`,
    )
  }
  const page = await parts.memberships.scanPage(0, 1, after)
  const kpjs = page.views.slice(0, limit).map(({ kpj }) => kpj)
  const compared: Compared[] = []
  const looks = kpjs.map((kpj) => async () => {
    const facts = await parts.facts.ofAccount(kpj)
    const [now, tried] = [standingUnder(facts, at, present), standingUnder(facts, at, overridden.set)]
    if (now && tried) compared.push({ kpj, now, tried, changed: aspectsChanged(now, tried) })
  })
  await inParallel(looks, CONCURRENCY)
  const next = page.views.length > limit ? (kpjs.at(-1) ?? null) : page.next
  return json(200, { asOf: formatUtc(at), checked: compared.length, ...summaryOf(compared), next })
}

function summaryOf(compared: readonly Compared[]) {
  const changed = compared.filter((each) => each.changed.length > 0)
  const sums = (of: (tried: Tried) => number) => ({
    now: compared.reduce((sum, each) => sum + of(each.now), 0),
    tried: compared.reduce((sum, each) => sum + of(each.tried), 0),
  })
  return {
    changed: changed.length,
    changedIn: Object.fromEntries(
      TRIED_ASPECTS.map((aspect) => [aspect, changed.filter((each) => each.changed.includes(aspect)).length]),
    ),
    credit: sums(({ creditRupiah }) => creditRupiah),
    nextPayments: sums(({ nextRupiah }) => nextRupiah),
    statuses: pairs(changed.filter(({ now, tried }) => now.status !== tried.status)),
    notices: noticeCounts(compared),
    rows: changed
      .toSorted((a, b) => (a.kpj < b.kpj ? -1 : 1))
      .slice(0, ROWS_SHOWN)
      .map(({ kpj, changed: aspects, now, tried }) => ({ kpj, changed: aspects, now, tried })),
  }
}

function pairs(changed: readonly Compared[]) {
  const groups = Map.groupBy(changed, ({ now, tried }) => `${now.status} ${tried.status}`)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, those]) => {
      const [from, to] = key.split(' ')
      return { from, to, count: those.length }
    })
}

/** By stage: how many would be told in the days ahead, under the present rules and under the tried ones. */
function noticeCounts(compared: readonly Compared[]) {
  const counts = new Map<string, { now: number; tried: number }>()
  for (const each of compared) {
    for (const which of ['now', 'tried'] as const) {
      for (const notice of each[which].notices) {
        const stage = notice.split(' ')[0] as string
        const row = counts.get(stage) ?? { now: 0, tried: 0 }
        row[which]++
        counts.set(stage, row)
      }
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stage, row]) => ({ stage, ...row }))
}
