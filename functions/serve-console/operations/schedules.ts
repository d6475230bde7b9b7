/**
 * `GET /api/schedules`: what the clock starts and when it last ran to its end, as its own run noted it: sweeps in the statistics, audits
 * by the lines they left. The clock's entries are in infra/hub-stack.ts and infra/constructs/ledger-auditor.ts; its alarms wait for nobody.
 */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  type Instant,
  startOfDay,
} from '../../../shared/domain/instant.ts'
import type { AuditLine } from '../../../shared/store/statistics/ledger-audits.ts'
import type { SweepResult } from '../../../shared/store/statistics/statistics.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'

export const SCHEDULED_RUNS = ['nightly', 'weekly', 'notices', 'audit-nightly', 'audit-weekly'] as const
type ScheduledRun = (typeof SCHEDULED_RUNS)[number]

type Clock = {
  readonly schedule: ScheduledRun
  readonly zone: SweepResult['zone']
  /** Minutes after midnight, WIB. */
  readonly minute: number
  /** On Sundays only. */
  readonly isWeekly: boolean
}
type Run = { readonly startedAt: Instant; readonly finishedAt: Instant; readonly looks: number }

const at = (hour: number, minute: number) => hour * 60 + minute
const CLOCKS: readonly Clock[] = [
  { schedule: 'nightly', zone: null, minute: at(0, 10), isWeekly: false },
  { schedule: 'weekly', zone: null, minute: at(1, 10), isWeekly: true },
  { schedule: 'notices', zone: 'WIT', minute: at(6, 5), isWeekly: false },
  { schedule: 'notices', zone: 'WITA', minute: at(7, 5), isWeekly: false },
  { schedule: 'notices', zone: 'WIB', minute: at(8, 5), isWeekly: false },
  { schedule: 'audit-nightly', zone: null, minute: at(3, 30), isWeekly: false },
  { schedule: 'audit-weekly', zone: null, minute: at(5, 30), isWeekly: true },
]

/** A weekly run of last Sunday is in sight on the Saturday after, and that of the day before it. */
const DAYS = 9
/** A run may take so long before it counts as late. */
const PATIENCE_MILLIS = 2 * 3_600_000
const MINUTE_MILLIS = 60_000
const SUNDAY = 0

export async function listSchedules(ports: ConsolePorts, { now }: Call) {
  const today = businessDateOf(now)
  const days = Array.from({ length: DAYS }, (_, back) => addDays(today, -back))
  const [results, lines] = await Promise.all([
    Promise.all(days.map((day) => ports.statistics.resultsOf(day))),
    Promise.all(days.map((day) => ports.audits.ofDay(day))),
  ])
  // A hub that is younger than a turn owes no run for it; where nothing ran in nine days, the alarms have said so long since.
  const began = Math.min(...[...results.flat(), ...lines.flat()].map(({ startedAt }) => startedAt))
  const items = CLOCKS.map((clock) => {
    const run = lastRunOf(clock, results.flat(), lines.flat())
    const due = dueBefore(clock, now)
    return {
      schedule: clock.schedule,
      zone: clock.zone,
      startedAt: run ? formatUtc(run.startedAt) : null,
      finishedAt: run ? formatUtc(run.finishedAt) : null,
      looks: run?.looks ?? 0,
      isLate: began <= due && now > due + PATIENCE_MILLIS && (run === undefined || run.startedAt < due),
    }
  })
  return json(200, { asOf: formatUtc(now), items })
}

function lastRunOf(clock: Clock, results: readonly SweepResult[], lines: readonly AuditLine[]): Run | undefined {
  switch (clock.schedule) {
    case 'audit-nightly':
      return auditIn(lines.filter((line) => !isOfEverything(line)))
    case 'audit-weekly':
      return auditIn(lines.filter(isOfEverything))
    default:
      return latestOf(
        results
          .filter(({ purpose, zone }) => purpose === clock.schedule && zone === clock.zone)
          .map(({ startedAt, finishedAt, rows }) => ({ startedAt, finishedAt, looks: rows })),
      )
  }
}

/** The lines of one audit share the day that it is about; the latest of them stands for all. */
function auditIn(lines: readonly AuditLine[]): Run | undefined {
  const last = latestOf(lines)
  if (last === undefined) return undefined
  const together = lines.filter(({ day }) => day === last.day)
  return { ...last, looks: together.reduce((sum, { looks }) => sum + looks, 0) }
}

function isOfEverything({ subject }: AuditLine): boolean {
  return subject.startsWith('accounts') || subject.startsWith('decisions')
}

function latestOf<T extends { readonly startedAt: Instant }>(runs: readonly T[]): T | undefined {
  return runs.reduce<T | undefined>((a, b) => (a && a.startedAt >= b.startedAt ? a : b), undefined)
}

/** When its turn was, the last time before now. */
function dueBefore({ minute, isWeekly }: Clock, now: Instant): number {
  let day: BusinessDate = businessDateOf(now)
  const turnOf = (date: BusinessDate) => startOfDay(date) + minute * MINUTE_MILLIS
  while (turnOf(day) > now || (isWeekly && new Date(day).getUTCDay() !== SUNDAY)) day = addDays(day, -1)
  return turnOf(day)
}
