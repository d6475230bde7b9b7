/**
 * How many memberships stand where at this moment: a small table is counted on the spot (eventually consistent), for a large
 * one it is the census of the latest night, and `countedAt` says when it was counted.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { counterOf, newTally, statusesOn } from '../../../shared/domain/statistics.ts'
import { withTermsOn } from '../../../shared/domain/terms-by-month.ts'
import type { DayCensus } from '../../../shared/store/statistics/statistics.ts'
import type { ConsolePorts } from '../ports.ts'

/** Up to so many views are counted while somebody waits: a second or two. */
const COUNTED_AT_ONCE = 20_000
/** How far back a night is looked for. */
const LOOK_BACK_DAYS = 8

/** `complete` is false only for a large table that no night has counted yet: then its first views stand for it. */
export async function membershipsNow(
  ports: Pick<ConsolePorts, 'memberships' | 'statistics' | 'rules'>,
  now: Instant,
): Promise<DayCensus & { readonly complete: boolean }> {
  const day = businessDateOf(now)
  const latest = await latestCensus(ports, day)
  if (latest && latest.rows > COUNTED_AT_ONCE) return { ...latest, complete: true }
  const tally = newTally()
  const statusOf = statusesOn(day, ports.rules)
  const count = counterOf(tally)
  let rows = 0
  let from: string | null = null
  do {
    const { views, next } = await ports.memberships.scanPage(0, 1, from)
    for (const view of views) count(withTermsOn(view, day), statusOf(view))
    rows += views.length
    from = next
  } while (from !== null && rows < COUNTED_AT_ONCE)
  return { ...tally, day, countedAt: now, rows, complete: from === null }
}

/** The latest of the last days; undefined where there is none. */
export async function latestCensus(
  { statistics }: Pick<ConsolePorts, 'statistics'>,
  today: BusinessDate,
): Promise<DayCensus | undefined> {
  for (let back = 0; back <= LOOK_BACK_DAYS; back++) {
    const census = await statistics.census(addDays(today, -back))
    if (census) return census
  }
  return undefined
}
