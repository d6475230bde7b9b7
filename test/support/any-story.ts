/**
 * Stories of one membership, lived through in order, such as endpoints and the console write them: terms that change, sponsors that
 * come and go, a decree on the way, payments that come twice or late, reversals, closings, refunds, nights that spend credit.
 */
import fc from 'fast-check'
import { allocate } from '../../shared/domain/allocation.ts'
import { monthsForCredit } from '../../shared/domain/credit.ts'
import type { Fact, PaymentFact } from '../../shared/domain/fact.ts'
import { businessDateOf, instant } from '../../shared/domain/instant.ts'
import { rupiah } from '../../shared/domain/money.ts'
import { addMonths, month, monthOf } from '../../shared/domain/month.ts'
import { quoteOf } from '../../shared/domain/quote.ts'
import { RULES, type Rules } from '../../shared/domain/rules.ts'
import { PROGRAMS, SECTORS } from '../../shared/domain/tariff.ts'
import { at, close, pay, reopen, reverse, share, suspend, terms } from './facts.ts'
import { decreedRules } from './rules.ts'

export const STORY_BEGINS = at('2026-11-01T09:00')
const MINUTE = 60_000
export const registered = terms('2026-01')
const wib = (minute: number) => new Date(STORY_BEGINS + minute * MINUTE + 7 * 60 * MINUTE).toISOString().slice(0, 19)

const step = fc.record({
  kind: fc.constantFrom(
    ...([
      'quoted',
      'quoted',
      'quoted',
      'twice',
      'share',
      'terms',
      'reversal',
      'suspension',
      'refund',
      'closing',
      'night',
    ] as const),
  ),
  minute: fc.integer({ min: 0, max: 150 * 24 * 60 }),
  count: fc.constantFrom(1, 1, 2, 3, 6),
  late: fc.constantFrom(0, 0, 0, 40, 4_000),
  sector: fc.constantFrom(...SECTORS),
  programs: fc.constantFrom(...PROGRAMS),
  funding: fc.constantFrom('self', 'self', 'self', 'village', 'csr'),
  income: fc.constantFrom(1_000_000, 1_900_000, 3_000_000, 9_000_000),
  pick: fc.nat(20),
})
const decree = fc.option(
  fc.record({
    minute: fc.integer({ min: 0, max: 150 * 24 * 60 }),
    until: fc.constantFrom(month('2027-04'), month('2027-08')),
    basisPoints: fc.constantFrom(2_500, 5_000, 9_900, 10_000),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Lived through in order: each payment is what a quote said at its instant, so that stories are such as endpoints write. */
function lived(steps: readonly Step[], rules: Rules): readonly Fact[] {
  const facts: Fact[] = [registered]
  for (const [i, each] of [...steps].sort((a, b) => a.minute - b.minute).entries()) {
    const when = wib(each.minute)
    const now = at(when)
    const recorded = wib(each.minute + each.late)
    const money = facts.filter((fact): fact is PaymentFact => fact.kind === 'payment')
    const about = money[each.pick % Math.max(1, money.length)]
    if (each.kind === 'quoted' || each.kind === 'twice') {
      const known = facts.filter(({ recordedAt }) => recordedAt <= now)
      const quote = quoteOf(allocate(known, rules), each.count, now, rules, 'member')
      if (quote.outcome === 'refused') continue
      const { runs, amount, creditDrawn } = quote
      const payment = { ...pay(`T${i}`, when, [], { recorded }), months: runs, amount, creditDrawn }
      facts.push(payment)
      if (each.kind === 'twice') facts.push({ ...payment, source: 'pos', id: [`T${i}`] })
    }
    if (each.kind === 'share') {
      const first = monthOf(now)
      const months = Array.from({ length: each.count }, (_, ahead) => addMonths(first, ahead))
      facts.push(share(`S${i}`, when, months, { recorded }))
    }
    if (each.kind === 'terms') {
      const { sector, programs, funding } = each
      const changed = { sector, programs, funding: funding as 'self', income: rupiah(each.income) }
      facts.push(terms(addMonths(monthOf(now), each.pick % 3), changed, when, `${i}`))
    }
    if (each.kind === 'reversal' && about) facts.push(reverse(about, when, each.pick % 2 ? 'finance' : about.source))
    if (each.kind === 'suspension' && about) facts.push(suspend(about, when))
    if (each.kind === 'refund') {
      // What a share did not need, as two people found it; what is decided later may leave less.
      const kept = allocate(facts, rules).byFact.filter(({ fact }) => fact.startsWith('share#'))
      const place = kept[each.pick % Math.max(1, kept.length)]
      const aside = rupiah((place?.billReturn ?? 0) + (place?.suspense ?? 0))
      const stamp = { account: registered.account, source: 'finance', decidedAt: now, recordedAt: now }
      const businessDate = businessDateOf(now)
      if (place && aside > 0)
        facts.push({ kind: 'refund', ...stamp, id: [`${i}`], refunds: place.fact, businessDate, amount: aside })
    }
    if (each.kind === 'closing') {
      const closed = facts.findLast((fact) => fact.kind === 'closing' || fact.kind === 'reopening')?.kind === 'closing'
      facts.push(closed ? reopen(when) : close(wib(each.minute + (each.pick - 10) * 1_440).slice(0, 10), when))
    }
    if (each.kind === 'night') {
      const months = monthsForCredit(allocate(facts, rules), now, rules)
      const stamp = { account: registered.account, source: 'hub', decidedAt: now, recordedAt: now }
      if (months.length > 0) facts.push({ kind: 'credit-allocation', ...stamp, id: [`${i}`], months })
    }
  }
  return facts
}

export type Story = { readonly facts: readonly Fact[]; readonly rules: Rules }

export const anyStory: fc.Arbitrary<Story> = fc
  .tuple(fc.array(step, { maxLength: 14 }), decree)
  .map(([steps, changed]) => {
    const rules = changed
      ? decreedRules(instant(STORY_BEGINS + changed.minute * MINUTE), changed.until, changed.basisPoints)
      : RULES
    return { facts: lived(steps, rules), rules }
  })
