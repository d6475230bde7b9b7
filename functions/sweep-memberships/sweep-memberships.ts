/**
 * The repair: every account that a business day touched is looked at again, so that a message that was lost anywhere
 * between the stream and the fold costs a night and not a cover. Also how a pipe's dead letters are mended.
 *
 * A task is one message of queue `sweep`: `nightly` and `recent` fan out to one `day` per source and business day; `day`
 * reads the day index and sends its accounts, each at most once a page. Right any number of times. Producers: the
 * nightly schedule (infra/hub-stack.ts), the local hub at its start, the console's repair.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { assertNever } from '../../shared/domain/outcome.ts'
import type { FactStore } from '../../shared/store/facts.ts'

export type SweepTask =
  | { readonly task: 'nightly' }
  | { readonly task: 'recent' }
  | { readonly task: 'day'; readonly source: string; readonly day: BusinessDate }

export type SweepPorts = {
  readonly facts: FactStore
  /** Channels, and what else puts facts with a business day. */
  readonly sources: readonly string[]
  readonly sendTasks: (tasks: readonly SweepTask[]) => Promise<void>
  readonly sendAccounts: (accounts: readonly string[]) => Promise<void>
  readonly now: () => Instant
}

export type Swept =
  | { readonly outcome: 'fanned-out'; readonly tasks: number }
  | { readonly outcome: 'requeued'; readonly accounts: number }

/** Sources of dated facts that are no channel. */
export const OTHER_SOURCES = ['finance', 'settlement'] as const
/** Today, and the two days before it: a weekend's queue outage is found on Monday. */
const RECENT_DAYS = 3
/** Accounts held at a time: memory stays flat however large a day was. */
const PAGE_ACCOUNTS = 500

export async function sweepMemberships(ports: SweepPorts, task: SweepTask): Promise<Swept> {
  switch (task.task) {
    case 'nightly':
    case 'recent':
      return fanOut(ports)
    case 'day':
      return requeueDay(ports, task.source, task.day)
    default:
      return assertNever(task)
  }
}

async function fanOut(ports: SweepPorts): Promise<Swept> {
  const today = businessDateOf(ports.now())
  const days = Array.from({ length: RECENT_DAYS }, (_, back) => addDays(today, -back))
  const tasks = days.flatMap((day) => ports.sources.map((source) => ({ task: 'day', source, day }) as const))
  await ports.sendTasks(tasks)
  return { outcome: 'fanned-out', tasks: tasks.length }
}

async function requeueDay(ports: SweepPorts, source: string, day: BusinessDate): Promise<Swept> {
  let page = new Set<string>()
  let accounts = 0
  for await (const entry of ports.facts.byDay(source, day)) {
    page.add(entry.account)
    if (page.size < PAGE_ACCOUNTS) continue
    await ports.sendAccounts([...page])
    accounts += page.size
    page = new Set()
  }
  if (page.size > 0) await ports.sendAccounts([...page])
  return { outcome: 'requeued', accounts: accounts + page.size }
}
