/**
 * The rules that decide months and money, in one value that is passed in: histories, each entry with its source and with when
 * it was recorded. Tools and tests may pass another; nothing in the domain reads RULES by itself.
 *
 * Promise: `rulesKnownAt` gives the rules of any past instant, so that a change of rules rewrites no answer about the past.
 */
import { entriesKnownAt, founding, type RuleHistory } from './effective-dated.ts'
import { formatUtc, type Instant } from './instant.ts'
import { SECTORS, TARIFF, type Tariff } from './tariff.ts'

export type Rules = {
  /** Names the set in answers that are kept as evidence. Changes whenever an entry below does. */
  readonly version: string
  readonly tariff: Tariff
  /** Months that may stay unpaid after `paidThrough` before a membership lapses; by contribution month. */
  readonly graceMonths: RuleHistory<number>
  /** How far beyond the current month a quote may reach. */
  readonly aheadMonths: RuleHistory<number>
}

export const RULES: Rules = {
  version: '2026-11',
  tariff: TARIFF,
  graceMonths: founding([
    {
      from: '1970-01',
      value: 3,
      source: 'press: cover stops after three unpaid months; more than three in a row lapses',
    },
  ]),
  aheadMonths: founding([{ from: '1970-01', value: 12, source: 'press: prepayment of up to twelve months' }]),
}

/** Per set of rules: every instant at which something was recorded, ascending, and the sets known from each on. */
type Timeline = { readonly recorded: readonly Instant[]; readonly sets: Map<Instant, Rules> }
const TIMELINES = new WeakMap<Rules, Timeline>()

/** The rules as they were known at an instant. The same object where nothing was recorded after it: the usual, cheap case. */
export function rulesKnownAt(rules: Rules, knownAt: Instant): Rules {
  const { recorded, sets } = timelineOf(rules)
  if ((recorded.at(-1) as Instant) <= knownAt) return rules
  const step = recorded.findLast((instant) => instant <= knownAt) ?? (recorded[0] as Instant)
  const before = sets.get(step)
  if (before) return before
  const version = `${rules.version}, as known at ${formatUtc(step)}`
  const known = { ...mapHistories(rules, (list) => entriesKnownAt(list, step)), version }
  sets.set(step, known)
  return known
}

function timelineOf(rules: Rules): Timeline {
  const before = TIMELINES.get(rules)
  if (before) return before
  const recorded = new Set<Instant>()
  mapHistories(rules, (list) => {
    for (const { recordedAt } of list) recorded.add(recordedAt)
    return list
  })
  const timeline = { recorded: [...recorded].sort((a, b) => a - b), sets: new Map() }
  TIMELINES.set(rules, timeline)
  return timeline
}

/** Every history of the set, each through `change`. */
function mapHistories(rules: Rules, change: <T>(list: RuleHistory<T>) => RuleHistory<T>): Rules {
  const { tariff, graceMonths, aheadMonths } = rules
  const discounts = SECTORS.map((sector) => [sector, change(tariff.discountBasisPoints[sector])] as const)
  return {
    ...rules,
    tariff: {
      brackets: change(tariff.brackets),
      jkkBasisPoints: change(tariff.jkkBasisPoints),
      jkmRupiah: change(tariff.jkmRupiah),
      jht: change(tariff.jht),
      discountBasisPoints: Object.fromEntries(discounts) as Tariff['discountBasisPoints'],
      discountedFunding: change(tariff.discountedFunding),
    },
    graceMonths: change(graceMonths),
    aheadMonths: change(aheadMonths),
  }
}
