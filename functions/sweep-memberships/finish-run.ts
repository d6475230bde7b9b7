/**
 * The end of a run: when every segment has its last part, the parts are added up, once. Whoever puts the last part finds
 * the run complete, because it reads consistently after its own write; two may find it so, and only one of them notes it.
 * Also what is asked of a run afterwards: was it through in time, and did it see everybody?
 */
import { addDays, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { sumOf } from '../../shared/domain/statistics.ts'
import type { SweepPart, SweepPurpose, SweepResult, SweepRun } from '../../shared/store/statistics/statistics.ts'
import { checkStanding } from './check-counts.ts'
import type { FinishedRun, SweepPorts } from './ports.ts'

type Ports = Pick<SweepPorts, 'statistics' | 'counts' | 'now'>

/** How far back a run before this one is looked for. */
const LOOK_BACK_DAYS = 8

/** The run with its sums, or null while parts are missing, or where it was noted before. */
export async function finishRun(ports: Ports, run: SweepRun): Promise<FinishedRun | null> {
  const parts = await ports.statistics.partsOf(run)
  if (!isComplete(run, parts)) return null
  const result = resultOf(run, parts, ports.now())
  // The census first: a crash here repeats both, a crash in between loses neither.
  const census = run.purpose === 'nightly' ? await putCensus(ports, run, parts, result.rows) : null
  if ((await ports.statistics.putResult(result)) === 'exists') return null
  const corrected = census === null ? 0 : await checkStanding(ports, census, result)
  const before = await lastResultBefore(ports, run.purpose, run.startedAt, run.zone)
  return { result, fewer: before !== undefined && result.rows < before.rows, corrected }
}

/** The latest complete run of this kind that began before `at`. */
export async function lastResultBefore(
  { statistics }: Pick<Ports, 'statistics'>,
  purpose: SweepPurpose,
  at: Instant,
  zone: SweepRun['zone'] = null,
): Promise<SweepResult | undefined> {
  const day = businessDateOf(at)
  for (let back = 0; back <= LOOK_BACK_DAYS; back++) {
    const results = await statistics.resultsOf(addDays(day, -back))
    const last = results
      .filter((each) => each.purpose === purpose && each.zone === zone && each.startedAt < at)
      .reduce<SweepResult | undefined>((a, b) => (a && a.startedAt > b.startedAt ? a : b), undefined)
    if (last) return last
  }
  return undefined
}

/** Asked when the night's run should be through: true when no run that began today is. */
export async function isLate({ statistics, now }: Pick<Ports, 'statistics' | 'now'>): Promise<boolean> {
  const results = await statistics.resultsOf(businessDateOf(now()))
  return !results.some(({ purpose }) => purpose === 'nightly')
}

async function putCensus({ statistics }: Ports, run: SweepRun, parts: readonly SweepPart[], rows: number) {
  const census = sumOf(parts.flatMap((part) => part.census ?? []))
  await statistics.putCensus({ day: businessDateOf(run.startedAt), countedAt: run.startedAt, rows, ...census })
  return census
}

/** Every segment from its part 0 without a gap to a part after which there is nothing. */
function isComplete({ segments }: SweepRun, parts: readonly SweepPart[]): boolean {
  return Array.from({ length: segments }, (_, segment) => parts.filter((part) => part.segment === segment)).every(
    (chain) => chain.length > 0 && chain.at(-1)?.next === null && chain.every(({ part }, place) => part === place),
  )
}

function resultOf(run: SweepRun, parts: readonly SweepPart[], finishedAt: Instant): SweepResult {
  const sum = (figureOf: (part: SweepPart) => number) => parts.reduce((total, part) => total + figureOf(part), 0)
  return {
    ...run,
    parts: parts.length,
    finishedAt,
    rows: sum(({ rows }) => rows),
    unreadable: sum(({ unreadable }) => unreadable),
    transitions: sum(({ transitions }) => transitions),
    accounts: sum(({ accounts }) => accounts),
    notices: sum(({ notices }) => notices),
  }
}
