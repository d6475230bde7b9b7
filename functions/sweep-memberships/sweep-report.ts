/** What a sweep's task leaves behind for people: metrics that alarms stand on, and one log line. No person in either. */
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { SweepTask } from '../../shared/messages/sweep.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { SweepCounts } from '../../shared/store/statistics/statistics.ts'
import type { FinishedRun, SweepOutcome } from './ports.ts'

type ReportPorts = { readonly metrics: Pick<Metrics, 'count' | 'millis'>; readonly log: Pick<Log, 'info' | 'warn'> }

export function reportSweep(ports: ReportPorts, task: SweepTask, swept: SweepOutcome): void {
  const { metrics, log } = ports
  const which = { task: task.task, outcome: swept.outcome }
  switch (swept.outcome) {
    case 'fanned-out':
      log.info('A sweep began', { ...which, count: swept.tasks, ...zoneOf(task) })
      break
    case 'requeued':
      metrics.count('AccountsRequeued', undefined, swept.accounts)
      log.info('A day was sent to be folded again', { ...which, count: swept.accounts, ...dayOf(task) })
      break
    case 'part-done':
      reportPart(ports, task, swept)
      break
    case 'counts-checked':
      if (swept.corrected > 0) metrics.count('CountsCorrected', undefined, swept.corrected)
      log.info('A day of the rolling counts was checked', { ...which, count: swept.corrected, ...dayOf(task) })
      break
    case 'on-time':
      log.info('The night’s run is through', which)
      break
    case 'late':
      metrics.count('SweepRunsLate')
      log.warn('The night’s run is not through when it should be', which)
      break
    default:
      assertNever(swept)
  }
}

function reportPart(
  ports: ReportPorts,
  task: SweepTask,
  swept: Extract<SweepOutcome, { readonly outcome: 'part-done' }>,
): void {
  const { counts, finished } = swept
  countPart(ports, counts)
  const place = task.task === 'segment' ? { kind: task.purpose, segment: task.segment, part: task.part } : {}
  ports.log.info('A part of a sweep was done', {
    task: task.task,
    outcome: swept.outcome,
    ...place,
    ...zoneOf(task),
    ...figures(counts),
  })
  if (finished) reportRun(ports, finished)
}

function countPart({ metrics }: ReportPorts, counts: SweepCounts): void {
  if (counts.rows > 0) metrics.count('SweepRows', undefined, counts.rows)
  if (counts.transitions > 0) metrics.count('TransitionsDue', undefined, counts.transitions)
  if (counts.accounts > 0) metrics.count('AccountsRequeued', undefined, counts.accounts)
  if (counts.notices > 0) metrics.count('NoticesAsked', undefined, counts.notices)
  if (counts.unreadable > 0) metrics.count('ViewsUnreadable', undefined, counts.unreadable)
}

function reportRun({ metrics, log }: ReportPorts, { result, fewer, corrected }: FinishedRun): void {
  const ageMillis = result.finishedAt - result.startedAt
  metrics.count('SweepRunsFinished')
  // A clock that was set back meanwhile gives no duration.
  if (ageMillis >= 0) metrics.millis('SweepRunMillis', ageMillis)
  const fields = { kind: result.purpose, zone: result.zone, count: result.parts, ageMillis, ...figures(result) }
  log.info('A sweep is through', fields)
  if (corrected > 0) {
    metrics.count('CountsCorrected', undefined, corrected)
    log.warn('The rolling counts differed from the census and were put right', { ...fields, count: corrected })
  }
  if (!fewer) return
  metrics.count('SweepRunsShrunk')
  log.warn('A sweep met fewer memberships than the one before', fields)
}

function figures({ rows, transitions, notices, accounts }: SweepCounts) {
  return { rows, transitions, notices, accepted: accounts }
}

function zoneOf(task: SweepTask) {
  return 'zone' in task ? { zone: task.zone } : {}
}

function dayOf(task: SweepTask) {
  if (task.task === 'recorded') return { source: 'recorded', day: task.day }
  if (task.task === 'counts') return { source: task.source, day: task.day }
  return task.task === 'day' ? { source: task.source, day: task.day, part: task.part ?? 0 } : {}
}
