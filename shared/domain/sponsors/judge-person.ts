/**
 * What the hub knows of a person on a list that speaks against enrolling: cover that this sponsor has paid already, or a membership
 * that was closed. Pure: the person's memberships come folded.
 */
import type { Allocation } from '../allocation.ts'
import { openClosure } from '../closures.ts'
import { byDecision, type Fact, type TermsFact } from '../fact.ts'
import type { Instant } from '../instant.ts'
import type { Kpj } from '../kpj.ts'
import type { Month } from '../month.ts'
import type { RowRefusalCode } from './row-refusals.ts'
import { type CohortId, type ProgramId, programOf, sponsorOf } from './sponsor.ts'

export type KnownMembership = { readonly kpj: Kpj; readonly facts: readonly Fact[]; readonly allocation: Allocation }

const DIED = /\b(?:died|dead|death|deceased|meninggal|wafat)\b/i
const WAGE = /\b(?:wage|employee|upah|karyawan)\b/i

/** `months`: those of the program. In order of precedence; undefined: nothing speaks against it. */
export function personRefusal(
  known: readonly KnownMembership[],
  program: ProgramId,
  months: readonly Month[],
  now: Instant,
): RowRefusalCode | undefined {
  const reasons = known.flatMap(({ allocation, facts }) => {
    const closing = openClosure(allocation.closures, now)
    if (!closing) return []
    return [
      facts
        .filter((fact) => fact.kind === 'closing')
        .toSorted(byDecision)
        .at(-1)?.reason ?? '',
    ]
  })
  if (reasons.some((reason) => WAGE.test(reason))) return 'WAGE_EARNER'
  const isOwn = ({ facts }: KnownMembership) => programOfMembership(facts) === program
  const own = known.find(isOwn)
  if (reasons.some((reason) => DIED.test(reason))) return 'DECEASED_OR_CLOSED'
  if (own && openClosure(own.allocation.closures, now)) return 'DECEASED_OR_CLOSED'
  if (reasons.length > 0 && reasons.length === known.length) return 'DECEASED_OR_CLOSED'
  const others = known.filter((membership) => !isOwn(membership))
  const isCovered = others.some(
    ({ facts, allocation }) => isPaidBy(facts, program) && months.some((month) => allocation.paidMonths.has(month)),
  )
  return isCovered ? 'ALREADY_COVERED' : undefined
}

/** The program on whose list the membership is, by its latest terms; undefined for one that no list made. */
export function programOfMembership(facts: readonly Fact[]): ProgramId | undefined {
  const cohort = cohortOfMembership(facts)
  return cohort === undefined ? undefined : programOf(cohort)
}

export function cohortOfMembership(facts: readonly Fact[]): CohortId | undefined {
  return latestTerms(facts)?.cohort
}

export function latestTerms(facts: readonly Fact[]): TermsFact | undefined {
  return facts
    .filter((fact) => fact.kind === 'terms')
    .toSorted(byDecision)
    .at(-1)
}

function isPaidBy(facts: readonly Fact[], program: ProgramId): boolean {
  const other = programOfMembership(facts)
  return other !== undefined && sponsorOf(other) === sponsorOf(program)
}
