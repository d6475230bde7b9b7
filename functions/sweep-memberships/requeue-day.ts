/**
 * The repair of a day: every account that a business day touched, or that something was recorded for on a day, is looked at
 * again, so that a message that was lost anywhere between the stream and the fold costs a night and not a cover. Also how a
 * pipe's dead letters are mended.
 *
 * ```
 * day, part 0: read pages -> send accounts -> … -> {day, part 1, from} -> …  -> the last page
 *              |<- a crash here: the message comes again, and what was sent is sent twice: harmless
 * ```
 * A day of 1.5 million entries is some 16 parts. A part that comes twice asks for the rest twice, which is twice the work and
 * no more.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { DayTask } from '../../shared/messages/sweep.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { SweepOutcome, SweepPorts } from './ports.ts'

/** Pages of up to 8,000 entries: about 100,000 accounts, as a part of a segment has. */
const PAGES_PER_PART = 12

/** The bound of a day's chain, in place of Lambda's loop detection: 48 million entries of one source on one day. */
export const MAX_DAY_PARTS = 500

/** Accounts held at a time: memory stays flat however much a day recorded. */
const PAGE_ACCOUNTS = 500

/** Each account at most once a page. */
export async function requeueDay(
  ports: Pick<SweepPorts, 'facts' | 'sendAccounts' | 'sendTasks'>,
  task: DayTask,
): Promise<SweepOutcome> {
  const { part = 0 } = task
  if (part >= MAX_DAY_PARTS)
    throw new Defect(
      'REPAIR_TOO_LONG',
      `expected the repair of a day to end within ${MAX_DAY_PARTS} parts, got part ${part}; see why its pages do not end, then redrive`,
    )
  let from = task.from ?? null
  let accounts = 0
  for (let page = 0; page < PAGES_PER_PART; page++) {
    const { entries, next } = await ports.facts.dayPage(task.source, task.day, from)
    const touched = [...new Set(entries.map(({ account }) => account))]
    await ports.sendAccounts(touched, 'repair')
    accounts += touched.length
    if (next === null) return { outcome: 'requeued', accounts }
    from = next
  }
  await ports.sendTasks([{ ...task, part: part + 1, from: from ?? undefined }])
  return { outcome: 'requeued', accounts }
}

/** What people decide in a day is some hundred accounts: one task does them all. */
export async function requeueRecorded(
  ports: Pick<SweepPorts, 'recordedOn' | 'sendAccounts'>,
  day: BusinessDate,
): Promise<SweepOutcome> {
  let page: Account[] = []
  let accounts = 0
  for await (const account of ports.recordedOn(day)) {
    page.push(account)
    if (page.length < PAGE_ACCOUNTS) continue
    await ports.sendAccounts(page, 'repair')
    accounts += page.length
    page = []
  }
  if (page.length > 0) await ports.sendAccounts(page, 'repair')
  return { outcome: 'requeued', accounts: accounts + page.length }
}
