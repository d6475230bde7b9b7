/**
 * `GET /api/memberships/{kpj}/coverage?on&knownAt`: was this membership covered then, and on what evidence. Officers
 * settle death benefits on the answer, so it names every fact that it follows from and the version of the rules.
 * Promises that the same question with the same `knownAt` has the same answer for as long as the facts are kept.
 */
import * as z from 'zod/mini'
import { coverageOn, knownBy } from '../../shared/domain/coverage.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import { formatUtc, type Instant, parseBusinessDate } from '../../shared/domain/instant.ts'
import { type Rules, rulesKnownAt } from '../../shared/domain/rules.ts'
import { openAccount } from './account.ts'
import { evidenceFor } from './coverage-evidence.ts'
import { dateOrInstantField, instantField, instantOf, readQuery } from './input.ts'
import { unknownMembership } from './membership.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** Writes that were under way at an instant are recorded by then, with room for clocks that differ. */
const SETTLING_MILLIS = 5 * 60_000

const QUERY = z.strictObject({ on: dateOrInstantField(), knownAt: z.optional(instantField()) })

export async function answerCoverage(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readQuery(QUERY, call.query)
  if (asked.outcome === 'refused') return asked.reply
  const answered = await answerOn(parts, call, asked.value)
  return answered.outcome === 'refused' ? answered.reply : json(200, answered.answer)
}

export type CoverageAnswer = Awaited<ReturnType<typeof answerFrom>> & {
  readonly kpj: string
  readonly on: string
  readonly knownAt: string | null
  readonly rulesVersion: string
  readonly asOf: string
}

/** The answer as it is shown, and as it is kept when a benefit is settled on it (keep-coverage-answer.ts). */
export async function answerOn(
  parts: ConsoleParts,
  call: Pick<Call, 'path' | 'now'>,
  asked: { readonly on: string; readonly knownAt?: string | undefined },
): Promise<
  | { readonly outcome: 'answered'; readonly answer: CoverageAnswer }
  | { readonly outcome: 'refused'; readonly reply: Reply }
> {
  const knownAt = asked.knownAt === undefined ? null : instantOf(asked.knownAt)
  if (knownAt !== null && knownAt > call.now - SETTLING_MILLIS) {
    const reply = problem('KNOWN_AT_TOO_RECENT', 'knownAt: expected an instant at least 5 minutes ago')
    return { outcome: 'refused', reply }
  }
  const account = await openAccount(parts, call.path.kpj ?? '')
  if (!account) return { outcome: 'refused', reply: unknownMembership() }
  const known = knownAt === null ? account.facts : knownBy(account.facts, knownAt)
  const rules = rulesKnownAt(parts.rules, knownAt ?? call.now)
  const answer = {
    kpj: account.kpj,
    on: asked.on,
    knownAt: asked.knownAt ?? null,
    ...(await answerFrom(parts, known, rules, asked.on, knownAt)),
    rulesVersion: rules.version,
    asOf: formatUtc(call.now),
  }
  return { outcome: 'answered', answer }
}

async function answerFrom(
  parts: ConsoleParts,
  known: readonly Fact[],
  rules: Rules,
  on: string,
  knownAt: Instant | null,
) {
  const answer = coverageOn(known, parseBusinessDate(on) ?? (instantOf(on) as Instant), rules)
  const { covered, partialDay, month, interval, heldBy } = answer
  const evidence = await evidenceFor(parts, known, month, heldBy, knownAt)
  return {
    covered,
    partialDay,
    month,
    from: interval && formatUtc(interval.from),
    to: interval && formatUtc(interval.to),
    provisional: covered && !isConfirmed(evidence, heldBy),
    evidence,
  }
}

/** A channel's file has named the payment that holds the month. What finance posted, and credit, are with the hub already. */
function isConfirmed(evidence: Awaited<ReturnType<typeof evidenceFor>>, heldBy: string | null): boolean {
  if (heldBy?.startsWith('posting#') || heldBy?.startsWith('credit-allocation#')) return true
  const holder = evidence.findIndex(({ holdsMonth }) => holdsMonth === true)
  return holder >= 0 && evidence[holder + 1]?.step === 'settlement-line'
}
