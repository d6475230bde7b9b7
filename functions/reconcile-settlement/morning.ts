/**
 * What was due by this morning and is not there: settlement files, statements of days, the bank's statement in the books. Only
 * looked at and counted, which alarms; nothing is changed.
 */
import { inForce } from '../../shared/domain/effective-dated.ts'
import { addDays, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { fileStateOf } from '../../shared/domain/settlement/calendar.ts'
import { OPEN_TOO_LONG_DAYS } from '../../shared/domain/settlement/resolution.ts'
import { creditDueAt, rulesOf } from '../../shared/domain/settlement/rules.ts'
import { firstDayOf } from '../../shared/store/settlements/first-day.ts'
import { lookAtBank } from './look-at-bank.ts'
import { RECENT_DAYS } from './nightly.ts'
import { openCases } from './open-cases.ts'
import type { SettlementPorts } from './ports.ts'
import type { TaskOutcome } from './task-outcome.ts'

/** Nothing named: both. */
export async function morning(ports: SettlementPorts, due: 'files' | 'statements' | undefined): Promise<TaskOutcome> {
  const missing = due === 'statements' ? 0 : await lookForFiles(ports)
  const late = due === 'files' ? 0 : await lookForLateStatements(ports)
  if (due !== 'files') await lookAtBank(ports)
  return { outcome: 'looked', count: missing + late }
}

async function lookForFiles(ports: SettlementPorts): Promise<number> {
  const now = ports.now()
  const yesterday = addDays(businessDateOf(now), -1)
  const oldest = addDays(yesterday, 1 - RECENT_DAYS)
  let missing = 0
  for (const { profile } of ports.channels) {
    const begun = await firstDayOf(ports.settlements, profile.name, { from: oldest, to: yesterday })
    if (begun === undefined) continue
    let ofChannel = 0
    for (let date = oldest > begun ? oldest : begun; date <= yesterday; date = addDays(date, 1)) {
      const versions = await ports.settlements.fileVersions(profile.name, date)
      const state = fileStateOf(profile.name, date, now, versions, rulesOf(profile))
      if (state !== 'missing' && state !== 'held') continue
      ofChannel++
      ports.log.warn('A settlement file has not come', { channel: profile.name, day: date, state })
    }
    if (ofChannel > 0) ports.metrics.count('FilesMissing', { channel: profile.name }, ofChannel)
    missing += ofChannel
  }
  return missing
}

/** What was due by this morning and is still open: late statements, and differences open too long. */
async function lookForLateStatements(ports: SettlementPorts): Promise<number> {
  const now = ports.now()
  let late = 0
  for (const { profile } of ports.channels) {
    const { name } = profile
    const watched = await ports.settlements.watched(name)
    const due = watched.filter((date) => creditDueAt(date, rulesOf(profile)) <= now)
    const statements = await Promise.all(due.map((date) => ports.settlements.statement(name, date)))
    const incomplete = statements.filter((statement) => statement?.verdict === 'incomplete').length
    if (incomplete > 0) ports.metrics.count('StatementsLate', { channel: name }, incomplete)
    const old = await countOldCases(ports, name, now)
    if (old > 0) ports.metrics.count('DifferencesTooOld', { channel: name }, old)
    if (incomplete + old > 0) {
      ports.log.warn('Days or differences are open too long', { channel: name, count: incomplete, refused: old })
    }
    late += incomplete
  }
  return late
}

async function countOldCases(ports: SettlementPorts, channel: string, now: Instant): Promise<number> {
  const today = businessDateOf(now)
  const oldest = addDays(today, -inForce('days that a difference may be open', OPEN_TOO_LONG_DAYS, today))
  const { cases } = await openCases(ports, channel, null)
  return cases.filter(({ firstSeenAt }) => businessDateOf(firstSeenAt) < oldest).length
}
