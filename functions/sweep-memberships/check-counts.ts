/**
 * The night's check of the rolling counts: what the census of all views says against what was counted as it changed, and what
 * a day's index holds against its quarters. What differs is put right and reported.
 *
 * ```
 * run begins: changes so far = 100 -> views are read, some change meanwhile -> run ends: changes so far = 140, census
 *                                  |<---------- at most 40 memberships may lawfully differ -------------------------->|
 * ```
 * A census of a table that changes is of no one instant: so many memberships may differ as changed while it was taken, or are due
 * to change because of the day (transitions), and one in ten thousand for what is on its way. More is wrong, and the counters
 * take the census's word. A crash right before this check leaves it to the next night. Each day's intake is
 * looked at on three nights, from an hour after its last quarter: late records have come by then.
 */
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import {
  type Intake,
  intakeDifference,
  intakeOf,
  membershipsMoved,
  NO_INTAKE,
  QUARTER_MILLIS,
  quarterOf,
  standingCorrection,
  standingFrom,
  sumOfIntake,
} from '../../shared/domain/rolling-counts.ts'
import type { Census } from '../../shared/domain/statistics.ts'
import type { SweepResult } from '../../shared/store/statistics/statistics.ts'
import type { SweepOutcome, SweepPorts } from './ports.ts'

type CountPorts = Pick<SweepPorts, 'counts' | 'now'>

const ATTEMPTS = 5
/** Of so many memberships one may change in the seconds that a stream takes to be counted. */
const ONE_ON_ITS_WAY_IN = 10_000
const SETTLED_AFTER_MILLIS = 4 * QUARTER_MILLIS

/** Memberships by which the counters were wrong; 0 where they agree as far as they can. */
export async function checkStanding({ counts, now }: CountPorts, census: Census, result: SweepResult): Promise<number> {
  const atStart = await counts.changesAt(result.startedAt)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const counted = await counts.standing()
    const changed = (counted?.changes ?? 0) - (atStart ?? 0)
    const onTheirWay = Math.floor(result.rows / ONE_ON_ITS_WAY_IN)
    const allowed = Math.max(0, changed) + result.transitions + result.unreadable + onTheirWay
    const correction = standingCorrection(census, counted ?? standingFrom([]))
    const moved = membershipsMoved(correction)
    const isWrong = moved > allowed || (moved === 0 && correction.size > 0 && allowed === 0)
    const difference = isWrong ? Math.max(1, moved) : 0
    const check = { checkedAt: now(), difference }
    const adds = isWrong ? correction : new Map<string, number>()
    // `changes` is what a batch raises: an absent counter is one that nothing was ever counted in.
    const put = await counts.correctStanding(adds, counted === undefined ? undefined : counted.changes, check)
    if (put === 'put') return difference
  }
  // It is counted all the time, by many at once: the next night has better luck.
  return 0
}

/** One source's business day. An entry of the last hour may be on its way to the counters: its quarter is left alone. */
export async function checkIntake(
  { counts, facts, now }: CountPorts & Pick<SweepPorts, 'facts'>,
  source: string,
  day: BusinessDate,
): Promise<SweepOutcome> {
  const until = quarterOf((now() - SETTLED_AFTER_MILLIS) as Instant)
  const there = new Map<Instant, Intake>()
  let from: string | null = null
  do {
    const page = await facts.dayPage(source, day, from)
    for (const entry of page.entries) {
      const intake = intakeOf(entry)
      const quarter = quarterOf(entry.decidedAt as Instant)
      if (intake) there.set(quarter, sumOfIntake([there.get(quarter) ?? NO_INTAKE, intake]))
    }
    from = page.next
  } while (from !== null)
  const { quarters } = await counts.intake(day)
  const counted = new Map(quarters.map(({ at, channels }) => [at, channels.get(source)]))
  let corrected = 0
  for (const quarter of new Set([...there.keys(), ...counted.keys()])) {
    if (quarter >= until) continue
    const known = counted.get(quarter)
    const lacking = intakeDifference(there.get(quarter) ?? NO_INTAKE, known ?? NO_INTAKE)
    if (Object.values(lacking).every((value) => value === 0)) continue
    // Where something is counted at this very moment, the next night looks again.
    if ((await counts.correctIntake({ day, quarter, source }, known, lacking)) === 'put')
      corrected += Math.max(1, Math.abs(lacking.count) + Math.abs(lacking.reversedCount))
  }
  await counts.noteIntakeCheck(day, source, { checkedAt: now(), difference: corrected })
  return { outcome: 'counts-checked', corrected }
}
