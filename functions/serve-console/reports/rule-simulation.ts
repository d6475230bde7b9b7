/**
 * `POST /api/rules/try`: what other rules would change, on the facts as they are; nothing is written and nothing comes into
 * force. A bounded number of memberships per call, in the order of the table, with a `next` to go on from.
 * `npm run rule-simulation` (tools/rule-simulation.ts) asks for all of them and adds up.
 */
import { businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import type { NoticeStage } from '../../../shared/domain/notice-stage.ts'
import { type RuleSet, withOverrides } from '../../../shared/domain/rule-overrides.ts'
import {
  aspectsChanged,
  standingUnder,
  TRIED_ASPECTS,
  type Tried,
  type TriedAspect,
} from '../../../shared/domain/rule-simulation.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import { DAY_RANGE, instantOf, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { type RuleTrial, type RuleTrialRequest, SIMULATED_PER_CALL } from './rule-simulation-schemas.ts'

const CONCURRENCY = 16
/** Changed memberships shown in full. */
const ROWS_SHOWN = 50

type Compared = {
  readonly kpj: string
  readonly now: Tried
  readonly tried: Tried
  readonly changed: readonly TriedAspect[]
}

export async function simulateRules(ports: ConsolePorts, call: Call<{ body: RuleTrialRequest }>) {
  const { rules, asOf, after = null, limit = SIMULATED_PER_CALL } = call.body
  const at = asOf === undefined ? call.now : instantOf(asOf)
  if (!isInDayRange(businessDateOf(at), call.now)) return problem('INVALID_INPUT', `field asOf: expected ${DAY_RANGE}`)
  const present: RuleSet = { rules: ports.rules, notices: NOTICE_RULES }
  const overridden = withOverrides(present, rules, at)
  if (overridden.outcome === 'refused') {
    return problem(
      'INVALID_INPUT',
      `field rules.${overridden.rule}: expected a list that ascends and begins no later than the present one`,
    )
  }
  const page = await ports.memberships.scanPage(0, 1, after)
  const kpjs = page.views.slice(0, limit).map(({ kpj }) => kpj)
  const compared: Compared[] = []
  const looks = kpjs.map((kpj) => async () => {
    const facts = await ports.facts.ofAccount(kpj)
    const [now, tried] = [standingUnder(facts, at, present), standingUnder(facts, at, overridden.set)]
    if (now && tried) compared.push({ kpj, now, tried, changed: aspectsChanged(now, tried) })
  })
  await inParallel(looks, CONCURRENCY)
  const next = page.views.length > limit ? (kpjs.at(-1) ?? null) : page.next
  return json(200, { asOf: formatUtc(at), checked: compared.length, ...summaryOf(compared), next })
}

function summaryOf(compared: readonly Compared[]): Omit<RuleTrial, 'asOf' | 'checked' | 'next'> {
  const changed = compared.filter((each) => each.changed.length > 0)
  const sums = (figureOf: (tried: Tried) => number) => ({
    now: compared.reduce((sum, each) => sum + figureOf(each.now), 0),
    tried: compared.reduce((sum, each) => sum + figureOf(each.tried), 0),
  })
  return {
    changed: changed.length,
    changedIn: Object.fromEntries(
      TRIED_ASPECTS.map((aspect) => [aspect, changed.filter((each) => each.changed.includes(aspect)).length]),
    ) as RuleTrial['changedIn'],
    credit: sums(({ creditRupiah }) => creditRupiah),
    nextPayments: sums(({ nextRupiah }) => nextRupiah),
    statuses: statusChanges(changed.filter(({ now, tried }) => now.status !== tried.status)),
    notices: noticeCounts(compared),
    rows: changed
      .toSorted((a, b) => (a.kpj < b.kpj ? -1 : 1))
      .slice(0, ROWS_SHOWN)
      .map(({ kpj, changed: aspects, now, tried }) => ({ kpj, changed: aspects, now, tried })),
  }
}

function statusChanges(changed: readonly Compared[]): RuleTrial['statuses'] {
  const groups = Map.groupBy(changed, ({ now, tried }) => `${now.status} ${tried.status}`)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => {
      const { now, tried } = first as Compared
      return { from: now.status, to: tried.status, count: 1 + others.length }
    })
}

/** By stage: how many notices would fall due in the days ahead, under the present rules and under the tried ones. */
function noticeCounts(compared: readonly Compared[]): RuleTrial['notices'] {
  const counts = new Map<NoticeStage, { now: number; tried: number }>()
  for (const each of compared) {
    for (const which of ['now', 'tried'] as const) {
      for (const notice of each[which].notices) {
        const stage = notice.split(' ')[0] as NoticeStage
        const row = counts.get(stage) ?? { now: 0, tried: 0 }
        row[which]++
        counts.set(stage, row)
      }
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stage, row]) => ({ stage, ...row }))
}
