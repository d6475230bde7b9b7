/**
 * `GET /api/audits?from&to` and `POST /api/audits`: what the audits of the ledger found, and another one on demand. The audit
 * itself is functions/audit-ledger, which reads and changes nothing, so it may be asked for at any time.
 */
import { addDays, type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { AUDIT } from '../../../shared/messages/audit.ts'
import { OTHER_SOURCES } from '../../../shared/store/facts/day-index.ts'
import type { AuditDifference, AuditLine } from '../../../shared/store/statistics/ledger-audits.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { AuditRequestQuery, AuditsQuery } from './schemas.ts'

const DAYS = 7
const MOST_DAYS = 31

export async function listAudits({ audits }: ConsolePorts, { query, now }: Call<{ query: AuditsQuery }>) {
  const to = query.to ?? businessDateOf(now)
  const from = query.from ?? addDays(to, 1 - DAYS)
  if (!isInDayRange(from, now) || !isInDayRange(to, now)) {
    return problem('INVALID_INPUT', `query parameters from and to: expected ${DAY_RANGE}`)
  }
  if (from > to || addDays(from, MOST_DAYS) <= to) {
    return problem('INVALID_INPUT', `query parameters from and to: expected 1 to ${MOST_DAYS} days in order`)
  }
  const days: BusinessDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  const lines = await Promise.all(days.map((day) => audits.ofDay(day)))
  return json(200, { from, to, items: lines.flat().map(described) })
}

/**
 * Asks for the audit chain to be held against its anchors. The outcome is the line with subject `chain` among today's audits,
 * begun at `askedAt` or later: `sound`, or `differs` with the first wrong entry and its code in the sample.
 */
export async function requestChainVerification(
  { requestAudit }: Pick<ConsolePorts, 'requestAudit'>,
  now: Instant,
): Promise<{ readonly day: BusinessDate; readonly subject: 'chain'; readonly askedAt: Instant }> {
  await requestAudit([AUDIT.write({ task: 'chain' })])
  return { day: businessDateOf(now), subject: 'chain', askedAt: now }
}

/** One business day of all sources, or, without one, everything there is; and the audit chain beside it, which is no part. */
export async function requestAudit(ports: ConsolePorts, { query, now, actor }: Call<{ query: AuditRequestQuery }>) {
  const { day, subject } = query
  if (subject === 'chain') {
    if (day !== undefined) return problem('INVALID_INPUT', 'query parameter day: expected none with subject chain')
    await requestChainVerification(ports, now)
    ports.log.info('A verification of the audit chain was asked for', { count: 1, actor })
    return json(202, { queued: 1 })
  }
  if (day !== undefined && (day > businessDateOf(now) || !isInDayRange(day, now))) {
    return problem('INVALID_INPUT', 'query parameter day: expected today or a day before it (WIB)')
  }
  const sources = [...ports.channels, ...OTHER_SOURCES]
  const tasks =
    day === undefined
      ? [AUDIT.write({ task: 'weekly' })]
      : [...sources.map((source) => AUDIT.write({ task: 'day', source, day })), AUDIT.write({ task: 'recorded', day })]
  await requestChainVerification(ports, now)
  await ports.requestAudit(tasks)
  ports.log.info('An audit was asked for', { count: tasks.length, actor })
  return json(202, { queued: tasks.length })
}

function described({ day, subject, startedAt, finishedAt, looks, facts, sums, differences, samples }: AuditLine) {
  const found = Object.entries(differences) as [AuditDifference, number][]
  return {
    day,
    subject,
    verdict: found.length === 0 ? ('sound' as const) : ('differs' as const),
    startedAt: formatUtc(startedAt),
    finishedAt: formatUtc(finishedAt),
    looks,
    facts,
    collectedRupiah: sums.collected,
    allocatedRupiah: sums.allocated,
    creditRupiah: sums.credit,
    suspenseRupiah: sums.suspense,
    reversedRupiah: sums.reversed,
    billedRupiah: sums.billed,
    differences: found.map(([difference, count]) => ({ difference, count })),
    samples,
  }
}
