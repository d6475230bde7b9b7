/**
 * One part of a segment: a bounded number of pages, then a message to itself for the rest.
 *
 * ```
 * read pages -> send what is due -> put the part (the first stands) -> send the next part, or finish the run
 *            |                   |                                  |
 *            crash: the message comes again, and what was sent is sent twice: harmless
 *                                                                   crash: the part stands and is not counted again;
 *                                                                   the repeat only sends on what the part says
 * ```
 * So however often a message comes, and two at once, there is one chain of parts, and each view is counted once.
 */

import { assertNever } from '../../shared/domain/assert-never.ts'
import { mayCreditPay } from '../../shared/domain/credit.ts'
import { businessDateOf } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { isProvince, zoneOf } from '../../shared/domain/region.ts'
import { counterOf, isTransitionDue, newTally, statusesOn, type Tally } from '../../shared/domain/statistics.ts'
import { haveTermsChanged, withTermsOn } from '../../shared/domain/terms-by-month.ts'
import type { SegmentTask } from '../../shared/messages/sweep.ts'
import { PAGES_PER_MESSAGE } from '../../shared/messages/sweep.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { SweepPart, SweepRun } from '../../shared/store/statistics/statistics.ts'
import { finishRun } from './finish-run.ts'
import type { SweepOutcome, SweepPorts } from './ports.ts'

/**
 * The bound of a chain, in place of Lambda's loop detection, which is off for this function: 500 parts of 100,000 views. Even a
 * run in the fewest segments, on a table whose size DynamoDB has not counted yet, reaches 100 million memberships, or 500
 * million facts.
 */
export const MAX_PARTS = 500

const NOTHING = { rows: 0, unreadable: 0, transitions: 0, accounts: 0, notices: 0 }

export async function sweepSegment(ports: SweepPorts, task: SegmentTask): Promise<SweepOutcome> {
  if (task.part >= MAX_PARTS)
    throw new Defect(
      'SWEEP_TOO_LONG',
      `expected a segment to end within ${MAX_PARTS} parts, got part ${task.part}; see why its scan does not end, then redrive`,
    )
  const run = runOf(task)
  const known = await ports.statistics.part(run, task.segment, task.part)
  const part = known ?? (await ports.statistics.putPart(run, await scanPart(ports, task)))
  const counts = known ? NOTHING : part
  if (part.next !== null) {
    await ports.sendTasks([{ ...task, part: task.part + 1, from: part.next }])
    return { outcome: 'part-done', counts, finished: null }
  }
  return { outcome: 'part-done', counts, finished: await finishRun(ports, run) }
}

function runOf({ purpose, zone, run, segments }: SegmentTask): SweepRun {
  return { purpose, zone, startedAt: run, segments }
}

function scanPart(ports: SweepPorts, task: SegmentTask): Promise<SweepPart> {
  switch (task.purpose) {
    case 'weekly':
      return scanAccounts(ports, task)
    case 'nightly': {
      const census = newTally()
      return scanViews(ports, task, census, (views) => nightly(ports, task, views, census))
    }
    case 'notices':
      return scanViews(ports, task, null, (views) => notices(ports, task, views))
    default:
      return assertNever(task.purpose)
  }
}

/** Of the facts, because who has lost the message of a first fact has no view that anybody could find. */
async function scanAccounts(ports: SweepPorts, task: SegmentTask): Promise<SweepPart> {
  let from = task.from
  let rows = 0
  for (let page = 0; page < PAGES_PER_MESSAGE; page++) {
    const { accounts, next } = await ports.facts.accountsPage(task.segment, task.segments, from)
    await ports.sendAccounts(accounts, 'weekly')
    rows += accounts.length
    from = next
    if (next === null) break
  }
  return { ...NOTHING, segment: task.segment, part: task.part, next: from, census: null, rows, accounts: rows }
}

async function scanViews(
  ports: SweepPorts,
  task: SegmentTask,
  census: Tally | null,
  dueAmong: (views: readonly MembershipView[]) => Due,
): Promise<SweepPart> {
  const counts = { ...NOTHING }
  let from = task.from
  for (let page = 0; page < PAGES_PER_MESSAGE; page++) {
    const { views, unreadable, next } = await ports.memberships.scanPage(task.segment, task.segments, from)
    const due = dueAmong(views)
    // Who cannot be read is sent to be folded in any case: the fold parks it, and somebody is called.
    const accounts = [...due.accounts, ...unreadable]
    await ports.sendAccounts(accounts, 'time')
    await ports.sendAccounts(due.credits, 'credit')
    await ports.sendNotices(due.notices)
    counts.rows += views.length + unreadable.length
    counts.unreadable += unreadable.length
    counts.transitions += due.transitions
    counts.accounts += accounts.length + due.credits.length
    counts.notices += due.notices.length
    from = next
    if (next === null) break
  }
  return { segment: task.segment, part: task.part, next: from, census, ...counts }
}

/** What a page of views asks for, all judged at the instant at which the run began. */
type Due = {
  readonly transitions: number
  readonly accounts: readonly string[]
  /** Accounts whose credit may pay a month that is owed; they are folded as the others are. */
  readonly credits: readonly string[]
  readonly notices: readonly Kpj[]
}

function notices({ noticeHint }: SweepPorts, task: SegmentTask, views: readonly MembershipView[]): Due {
  const isDue = noticeHint(task.run)
  const due = views.filter((view) => livesIn(view, task.zone) && isDue(view))
  return { transitions: 0, accounts: [], credits: [], notices: due.map(({ kpj }) => kpj) }
}

function nightly({ rules }: SweepPorts, task: SegmentTask, views: readonly MembershipView[], census: Tally): Due {
  const today = businessDateOf(task.run)
  const statusOf = statusesOn(today, rules)
  const count = counterOf(census)
  const accounts: string[] = []
  const credits: string[] = []
  let transitions = 0
  for (const view of views) {
    const status = statusOf(view)
    const isDue = isTransitionDue(view, today) || haveTermsChanged(view, today)
    if (isDue) transitions++
    if (mayCreditPay(view, status, today, rules)) credits.push(view.kpj)
    else if (isDue) accounts.push(view.kpj)
    count(withTermsOn(view, today), status)
  }
  return { transitions, accounts, credits, notices: [] }
}

/** An unknown region goes by Jakarta's clock: the notice comes an hour or two late, and not in the night. */
function livesIn({ regionCode }: MembershipView, zone: SegmentTask['zone']): boolean {
  return (isProvince(regionCode.slice(0, 2)) ? zoneOf(regionCode) : 'WIB') === zone
}
