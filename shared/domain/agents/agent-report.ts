/**
 * What an agent's work came to: members registered, how many of them still pay after 3, 6 and 12 months, contributions, commission by
 * the dated rates, and what of it goes back. Pure: members are added one after the other, in any order.
 *
 * Promise: a payment that is taken back takes back exactly the commission that it brought, in the month in which it went back; a month's
 * acquisition goes back when so many of its newcomers have nothing left that it would not have been earned.
 */
import type { Allocation } from '../allocation.ts'
import { byDecision, type Fact, type TermsFact } from '../fact.ts'
import type { Instant } from '../instant.ts'
import type { Kpj } from '../kpj.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { addMonths, type Month, monthOf, monthOfDate } from '../month.ts'
import type { Agent } from './agent.ts'
import { type MoneyEvent, moneyEventsOf } from './agent-money.ts'
import { commissionOn, ratesIn } from './commission.ts'

export type AgentMember = { readonly kpj: Kpj; readonly facts: readonly Fact[]; readonly allocation: Allocation }

export const ACTIVE_AFTER = [3, 6, 12] as const

/** `reached`: registered so many months ago or earlier; `active`: of those, the month so many after registration is paid. */
export type StillActive = {
  readonly months: (typeof ACTIVE_AFTER)[number]
  readonly reached: number
  readonly active: number
}

export type AgentMonth = {
  readonly month: Month
  readonly registered: number
  readonly newcomers: number
  readonly contributions: Rupiah
  /** At the agent's own outlets, of `contributions`. */
  readonly collected: Rupiah
  readonly takenBack: Rupiah
  readonly commission: Rupiah
  readonly acquisition: Rupiah
  /** What of either goes back. */
  readonly clawback: Rupiah
}

export type AgentReport = {
  readonly registered: number
  readonly stillActive: readonly StillActive[]
  /** By month; those in which something was. */
  readonly months: readonly AgentMonth[]
  readonly contributions: Rupiah
  readonly takenBack: Rupiah
  readonly commission: Rupiah
  readonly acquisition: Rupiah
  readonly clawback: Rupiah
  /** `commission` and `acquisition` less `clawback`: negative where more goes back than came. */
  readonly due: Rupiah
}

export type Period = { readonly from: Month; readonly to: Month }

export type AgentCount = {
  /** Somebody whom another registered counts for nothing. */
  readonly add: (member: AgentMember) => void
  readonly report: () => AgentReport
}

type Sums = { -readonly [K in Exclude<keyof AgentMonth, 'month'>]: number }
const NOTHING: Sums = {
  registered: 0,
  newcomers: 0,
  contributions: 0,
  collected: 0,
  takenBack: 0,
  commission: 0,
  acquisition: 0,
  clawback: 0,
}

/** `period`: of which registrations, money and commission are told; what came before it still decides who is new. */
export function countAgent(agent: Agent, period: Period, now: Instant): AgentCount {
  const registeredIn: Month[] = []
  const events: MoneyEvent[] = []
  const stillActive = new Map<number, { reached: number; active: number }>()
  const isIn = (month: Month) => period.from <= month && month <= period.to
  return {
    add: ({ kpj, facts, allocation }) => {
      const registration = registrationOf(facts)
      if (registration?.agent !== agent.code) return
      events.push(...moneyEventsOf(kpj, facts, agent.outlets))
      const registered = monthOfDate(registration.registeredOn)
      if (!isIn(registered)) return
      registeredIn.push(registered)
      for (const months of ACTIVE_AFTER) {
        const after = addMonths(registered, months)
        if (after > monthOf(now)) continue
        const { reached, active } = stillActive.get(months) ?? { reached: 0, active: 0 }
        const isActive = allocation.paidMonths.has(after)
        stillActive.set(months, { reached: reached + 1, active: active + (isActive ? 1 : 0) })
      }
    },
    report: () => {
      const sums = sumsByMonth(events)
      for (const month of registeredIn) sumsIn(sums, month).registered++
      const months = [...sums].filter(([month]) => isIn(month)).sort(([a], [b]) => (a < b ? -1 : 1))
      const total = months.reduce((all, [, each]) => added(all, each), NOTHING)
      return {
        registered: registeredIn.length,
        stillActive: ACTIVE_AFTER.map((each) => ({
          months: each,
          reached: stillActive.get(each)?.reached ?? 0,
          active: stillActive.get(each)?.active ?? 0,
        })),
        months: months.map(([month, each]) => ({ month, ...inRupiah(each) })),
        ...totalsOf(total),
      }
    },
  }
}

/** Who registered a membership is said by its first terms; later ones change what is paid, not who brought the member. */
export function registrationOf(facts: readonly Fact[]): TermsFact | undefined {
  return facts.filter((fact) => fact.kind === 'terms').toSorted(byDecision)[0]
}

/** Money in the order of time; at one instant what comes before what goes back. */
function sumsByMonth(events: readonly MoneyEvent[]): Map<Month, Sums> {
  const sums = new Map<Month, Sums>()
  const standing = new Map<Kpj, number>()
  const newcomers = newcomersOf(sums)
  const ordered = events.toSorted((a, b) => a.at - b.at || Number(a.goneBack !== null) - Number(b.goneBack !== null))
  for (const { kpj, at, amount, goneBack, leftBefore, isAtOwnOutlet } of ordered) {
    const month = monthOf(at)
    const own = sumsIn(sums, month)
    if (goneBack === null) {
      own.contributions += amount
      own.collected += isAtOwnOutlet ? amount : 0
      own.commission += commissionOn(amount, ratesIn(month))
      standing.set(kpj, (standing.get(kpj) ?? 0) + amount)
      newcomers.paid(kpj, month)
      continue
    }
    const rates = ratesIn(monthOf(goneBack.at))
    own.takenBack += amount
    own.clawback += commissionOn(leftBefore, rates) - commissionOn(leftBefore - amount, rates)
    standing.set(kpj, (standing.get(kpj) ?? 0) - amount)
    if (standing.get(kpj) === 0) newcomers.hasNothingLeft(kpj, month)
  }
  return sums
}

/** Who is new in which month, and whether the month's acquisition is earned by them. */
function newcomersOf(sums: Map<Month, Sums>) {
  const newIn = new Map<Kpj, Month>()
  const earned = new Set<Month>()
  return {
    paid: (kpj: Kpj, month: Month) => {
      if (newIn.has(kpj)) return
      newIn.set(kpj, month)
      const own = sumsIn(sums, month)
      own.newcomers++
      const { acquisition } = ratesIn(month)
      if (acquisition === null || earned.has(month) || own.newcomers < acquisition.newcomers) return
      earned.add(month)
      own.acquisition += acquisition.rupiah
    },
    hasNothingLeft: (kpj: Kpj, month: Month) => {
      const since = newIn.get(kpj)
      if (since === undefined) return
      newIn.delete(kpj)
      const then = sumsIn(sums, since)
      then.newcomers--
      const { acquisition } = ratesIn(since)
      if (acquisition === null || !earned.has(since) || then.newcomers >= acquisition.newcomers) return
      earned.delete(since)
      sumsIn(sums, month).clawback += acquisition.rupiah
    },
  }
}

function sumsIn(sums: Map<Month, Sums>, month: Month): Sums {
  const known = sums.get(month) ?? { ...NOTHING }
  sums.set(month, known)
  return known
}

function added(a: Sums, b: Sums): Sums {
  const names = Object.keys(a) as (keyof Sums)[]
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Sums
}

function inRupiah({ registered, newcomers, ...sums }: Sums): Omit<AgentMonth, 'month'> {
  const { collected, ...totals } = sums
  return { registered, newcomers, collected: rupiah(collected), ...moneyOf(totals) }
}

function totalsOf(sums: Sums) {
  const { registered: _registered, newcomers: _newcomers, collected: _collected, ...totals } = sums
  const { commission, acquisition, clawback } = totals
  return { ...moneyOf(totals), due: (commission + acquisition - clawback) as Rupiah }
}

function moneyOf({ contributions, takenBack, commission, acquisition, clawback }: Record<MoneyName, number>) {
  return {
    contributions: rupiah(contributions),
    takenBack: rupiah(takenBack),
    commission: rupiah(commission),
    acquisition: rupiah(acquisition),
    clawback: rupiah(clawback),
  }
}

type MoneyName = 'contributions' | 'takenBack' | 'commission' | 'acquisition' | 'clawback'
