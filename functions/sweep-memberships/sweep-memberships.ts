/**
 * What the clock does for memberships: finds what time has changed and whose credit may pay a month, repairs what a lost
 * message left behind, counts the memberships by status, names those whose notices are due, has sponsors' programs take their steps,
 * and checks the rolling counts (check-counts.ts). Writes no view: it sends accounts to be looked at again.
 *
 * A task is one message of queue `sweep`. `nightly`, `weekly` and `notices` begin a run: one `segment` per stretch of the
 * table, each of which goes on by messages to itself (sweep-segment.ts). `nightly` and `recent` also ask for the days of the
 * repair (`day`, `recorded`, requeue-day.ts). `check` asks whether the night's run is through (finish-run.ts). Right any number of
 * times, at any time, two at once. Producers: the schedules (infra/hub-stack.ts), the local hub at its start, the console.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { addDays, businessDateOf } from '../../shared/domain/instant.ts'
import { addMonths, monthOf } from '../../shared/domain/month.ts'
import type { Zone } from '../../shared/domain/region.ts'
import type { SegmentTask, SweepTask } from '../../shared/messages/sweep.ts'
import type { SweepPurpose } from '../../shared/store/statistics/statistics.ts'
import { checkIntake } from './check-counts.ts'
import { isLate, lastResultBefore } from './finish-run.ts'
import type { SweepOutcome, SweepPorts } from './ports.ts'
import { requeueDay, requeueRecorded } from './requeue-day.ts'
import { sweepSegment } from './sweep-segment.ts'

export { noticeHint } from './notice-hint.ts'
export type { SweepPorts } from './ports.ts'

/** Today, and the two days before it: a weekend's queue outage is found on Monday. */
const RECENT_DAYS = 3

/** A program that has ended takes no step more; the night has missed no more than that. Work on lists is years ahead at most. */
const PROGRAM_MONTHS_BACK = 3
const PROGRAM_MONTHS_AHEAD = 24

/**
 * Segments by the items that there are: an invocation reads about 10,000 views a second, and ten work side by side. With them
 * a chain has 8 parts at most up to 50 million memberships. The weekly run reads facts, some 2,500 a page: 38 parts for ten
 * years of ten million memberships. By volume, ascending: the last that fits counts.
 */
const SEGMENTS: readonly { readonly fromRows: number; readonly segments: number }[] = [
  { fromRows: 0, segments: 2 },
  { fromRows: 100_000, segments: 8 },
  { fromRows: 1_000_000, segments: 16 },
  { fromRows: 10_000_000, segments: 64 },
]

export async function sweepMemberships(ports: SweepPorts, task: SweepTask): Promise<SweepOutcome> {
  switch (task.task) {
    case 'nightly':
      return nightly(ports)
    case 'recent':
      return fanOut(ports, recentDays(ports))
    case 'weekly':
      return fanOut(ports, await segmentsOf(ports, 'weekly', null))
    case 'notices':
      if (task.zone === 'WIB') await askForProgramNotices(ports)
      return fanOut(ports, await segmentsOf(ports, 'notices', task.zone))
    case 'day':
      return requeueDay(ports, task)
    case 'recorded':
      return requeueRecorded(ports, task.day)
    case 'counts':
      return checkIntake(ports, task.source, task.day)
    case 'segment':
      return sweepSegment(ports, task)
    case 'check':
      return { outcome: (await isLate(ports)) ? 'late' : 'on-time' }
    default:
      return assertNever(task)
  }
}

/** Sponsors keep office hours in Jakarta. Stages reach from two months ahead to a week after: functions/send-notice decides. */
async function askForProgramNotices({ programsEnding, sendProgramNotices, now }: SweepPorts): Promise<void> {
  const current = monthOf(now())
  for (const ahead of [-1, 0, 1, 2]) {
    const programs = await programsEnding(addMonths(current, ahead))
    if (programs.length > 0) await sendProgramNotices(programs)
  }
}

/** Programs that were opened, by their last month: those that may still take a step, and bills are issued a year ahead at most. */
async function askForProgramSteps({ programsEnding, followPrograms, now }: SweepPorts): Promise<void> {
  const current = monthOf(now())
  for (let ahead = -PROGRAM_MONTHS_BACK; ahead <= PROGRAM_MONTHS_AHEAD; ahead++) {
    const programs = await programsEnding(addMonths(current, ahead))
    if (programs.length > 0) await followPrograms(programs)
  }
}

/** The repair first: it mends what was lost, and must not wait for a table that only counts. */
async function nightly(ports: SweepPorts): Promise<SweepOutcome> {
  const days = recentDays(ports)
  await ports.sendTasks(days)
  await askForProgramSteps(ports)
  const segments = await segmentsOf(ports, 'nightly', null)
  const counts = countedDays(ports)
  for (const segment of segments.slice(0, 1)) await ports.counts.noteRun(segment.run, await changesSoFar(ports))
  await ports.sendTasks([...segments, ...counts])
  return { outcome: 'fanned-out', tasks: days.length + segments.length + counts.length }
}

async function fanOut(ports: SweepPorts, tasks: readonly SweepTask[]): Promise<SweepOutcome> {
  await ports.sendTasks(tasks)
  return { outcome: 'fanned-out', tasks: tasks.length }
}

function recentDays({ now, sources }: SweepPorts): readonly SweepTask[] {
  const today = businessDateOf(now())
  const days = Array.from({ length: RECENT_DAYS }, (_, back) => addDays(today, -back))
  return days.flatMap((day) => [
    ...sources.map((source) => ({ task: 'day', source, day }) as const),
    { task: 'recorded', day } as const,
  ])
}

/** The three business days before today: what they took in is counted by now. */
function countedDays({ now, sources }: SweepPorts): readonly SweepTask[] {
  const today = businessDateOf(now())
  return [-1, -2, -3].flatMap((back) =>
    sources.map((source) => ({ task: 'counts', source, day: addDays(today, back) }) as const),
  )
}

async function changesSoFar({ counts }: SweepPorts): Promise<number> {
  return (await counts.standing())?.changes ?? 0
}

async function segmentsOf(
  ports: SweepPorts,
  purpose: SweepPurpose,
  zone: Zone | null,
): Promise<readonly SegmentTask[]> {
  const run = ports.now()
  const [last, tableSize] = await Promise.all([
    lastResultBefore(ports, 'nightly', run),
    ports.tableSize(purpose === 'weekly' ? 'facts' : 'memberships'),
  ])
  const rows = Math.max(last?.rows ?? 0, tableSize)
  const segments = SEGMENTS.findLast(({ fromRows }) => fromRows <= rows)?.segments ?? 1
  return Array.from({ length: segments }, (_, segment) => ({
    task: 'segment',
    purpose,
    zone,
    run,
    segment,
    segments,
    part: 0,
    from: null,
  }))
}
