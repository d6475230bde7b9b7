/**
 * `GET /api/memberships/{kpj}/coverage?on&knownAt`: was this membership covered then, and on what evidence. Officers
 * settle death benefits on the answer, so it names every fact that it follows from and the version of the rules.
 * Promises that the same question with the same `knownAt` has the same answer for as long as the facts are kept.
 */
import * as z from 'zod/mini'
import { coverageOn, knownBy } from '../../shared/domain/coverage.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import { formatUtc, type Instant, parseBusinessDate } from '../../shared/domain/instant.ts'
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
  const knownAt = asked.value.knownAt === undefined ? null : instantOf(asked.value.knownAt)
  if (knownAt !== null && knownAt > call.now - SETTLING_MILLIS) {
    return problem('KNOWN_AT_TOO_RECENT', 'query parameter knownAt: expected an instant at least 5 minutes ago')
  }
  const account = await openAccount(parts, call.path.kpj ?? '')
  if (!account) return unknownMembership()
  const known = knownAt === null ? account.facts : knownBy(account.facts, knownAt)
  return json(200, {
    kpj: account.kpj,
    on: asked.value.on,
    knownAt: asked.value.knownAt ?? null,
    ...(await answerFrom(parts, known, asked.value.on, knownAt)),
    rulesVersion: parts.rules.version,
    asOf: formatUtc(call.now),
  })
}

async function answerFrom(parts: ConsoleParts, known: readonly Fact[], on: string, knownAt: Instant | null) {
  const answer = coverageOn(known, parseBusinessDate(on) ?? (instantOf(on) as Instant), parts.rules)
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

/** A channel's file has named the payment that holds the month; what finance posted is confirmed already. */
function isConfirmed(evidence: Awaited<ReturnType<typeof evidenceFor>>, heldBy: string | null): boolean {
  if (heldBy?.startsWith('posting#')) return true
  const holder = evidence.findIndex(({ holdsMonth }) => holdsMonth === true)
  return holder >= 0 && evidence[holder + 1]?.step === 'settlement-line'
}
