/**
 * `GET /api/memberships/{kpj}/coverage?on&knownAt`: was this membership covered then, and on what evidence. Officers
 * decide death benefits on the answer, so it names every fact that it follows from and the version of the rules.
 * Promises that the same question with the same `knownAt` has the same answer for as long as the facts are kept.
 */
import { coverageOn, knownBy } from '../../../shared/domain/coverage.ts'
import { type Fact, type FactKey, factKey, keyOf } from '../../../shared/domain/fact.ts'
import { formatUtc, type Instant, parseBusinessDate } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type Rules, rulesKnownAt } from '../../../shared/domain/rules.ts'
import { billedMembers } from '../../../shared/ledger/billed-members.ts'
import { vouch } from '../../../shared/ledger/vouch.ts'
import { instantOf } from '../http/fields.ts'
import { json, type Problem, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import { evidenceFor } from './coverage-evidence.ts'
import type { EvidenceStep } from './evidence-schemas.ts'
import type { CoverageAnswer, CoverageQuestion } from './schemas.ts'

/** Writes that were under way at an instant are recorded by then, with room for clocks that differ. */
const RECORDING_MILLIS = 5 * 60_000

export async function answerCoverage(ports: ConsolePorts, call: Call<{ path: { kpj: Kpj }; query: CoverageQuestion }>) {
  const answered = await answerOn(ports, call, call.query)
  return answered.outcome === 'refused' ? answered.problem : json(200, answered.answer)
}

/** The answer as it is shown, and as it is kept when a benefit rests on it (keep-coverage-answer.ts). */
export async function answerOn(
  ports: ConsolePorts,
  call: Call<{ path: { kpj: Kpj } }>,
  question: CoverageQuestion,
): Promise<
  | { readonly outcome: 'answered'; readonly answer: CoverageAnswer }
  | { readonly outcome: 'refused'; readonly problem: Problem<'KNOWN_AT_TOO_RECENT' | 'UNKNOWN_MEMBERSHIP'> }
> {
  const knownAt = question.knownAt === undefined ? null : instantOf(question.knownAt)
  if (knownAt !== null && knownAt > call.now - RECORDING_MILLIS) {
    const tooRecent = problem('KNOWN_AT_TOO_RECENT', 'knownAt: expected an instant at least 5 minutes ago')
    return { outcome: 'refused', problem: tooRecent }
  }
  const account = await openAccount(ports, call.path.kpj)
  if (!account) return { outcome: 'refused', problem: unknownMembership() }
  const known = knownAt === null ? account.facts : knownBy(account.facts, knownAt)
  const rules = rulesKnownAt(ports.rules, knownAt ?? call.now)
  const answer = {
    kpj: account.kpj,
    on: question.on,
    knownAt: question.knownAt ?? null,
    ...(await answerFrom(ports, known, rules, question.on, knownAt)),
    rulesVersion: rules.version,
    asOf: formatUtc(call.now),
  }
  return { outcome: 'answered', answer }
}

async function answerFrom(
  ports: ConsolePorts,
  known: readonly Fact[],
  rules: Rules,
  on: string,
  knownAt: Instant | null,
) {
  const answer = coverageOn(known, parseBusinessDate(on) ?? (instantOf(on) as Instant), rules)
  const { covered, partialDay, month, interval, heldBy } = answer
  const evidence = await evidenceFor(ports, known, month, heldBy, knownAt)
  return {
    covered,
    partialDay,
    month,
    from: interval && formatUtc(interval.from),
    to: interval && formatUtc(interval.to),
    provisional: (covered && !isConfirmed(evidence, heldBy)) || !(await isVouchedFor(ports, known, heldBy)),
    evidence,
  }
}

/**
 * Nobody put a fact of the account past the hub: what the nightly audit asks of every fact, asked now. Of all of them, because cover may
 * be gone by a closing or a reversal, be back by a reopening, or rest on credit of other money. Shares that hold another month bear on
 * nothing here, and each would be looked for among the members of its bill. A share is worth what its bill's payment is.
 */
async function isVouchedFor(ports: ConsolePorts, known: readonly Fact[], heldBy: FactKey | null): Promise<boolean> {
  const vouching = { ...ports, billed: billedMembers(ports.bills) }
  const facts = new Map(known.map((fact) => [keyOf(fact), fact]))
  const bearing = known.filter((fact) => fact.kind !== 'share' || keyOf(fact) === heldBy)
  const missing = await Promise.all(bearing.map((fact) => vouch(vouching, fact, facts)))
  if (missing.some((word) => word !== undefined)) return false
  const holder = heldBy === null ? undefined : facts.get(heldBy)
  if (holder?.kind !== 'share') return true
  const ofBill = new Map((await ports.facts.ofAccount(holder.billCode)).map((fact) => [keyOf(fact), fact]))
  const paid = ofBill.get(factKey('payment', holder.source, [holder.paymentId]))
  return paid !== undefined && (await vouch(vouching, paid, ofBill)) === undefined
}

/** A channel's file has named the payment that holds the month. What finance posted, and credit, are with the hub already. */
function isConfirmed(evidence: readonly EvidenceStep[], heldBy: string | null): boolean {
  if (heldBy?.startsWith('posting#') || heldBy?.startsWith('credit-allocation#')) return true
  const holder = evidence.findIndex((step) => step.step === 'fact' && step.holdsMonth)
  return holder >= 0 && evidence[holder + 1]?.step === 'settlement-line'
}
