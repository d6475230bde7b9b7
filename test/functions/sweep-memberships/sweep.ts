/**
 * A sweep with its queue at hand: tasks that it sends to itself wait here, and a test hands them out, twice or in another
 * order where it wants to. For the tests of this folder.
 */
import type { RequeueCause, SweepOutcome, SweepPorts } from '../../../functions/sweep-memberships/ports.ts'
import { sweepMemberships } from '../../../functions/sweep-memberships/sweep-memberships.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import type { SweepTask } from '../../../shared/messages/sweep.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { at, date, FARMER } from '../../support/facts.ts'
import { participantOf } from '../../support/ids.ts'
import { memoryRollingCounts } from '../../support/memory-rolling-counts.ts'
import { memoryStatistics } from '../../support/memory-statistics.ts'
import { memoryStore } from '../../support/memory-store.ts'

export type Sweep = ReturnType<typeof sweepOn>

export function sweepOn(options: { readonly now?: string; readonly sources?: readonly string[] } = {}) {
  const store = memoryStore()
  const statistics = memoryStatistics()
  const counts = memoryRollingCounts()
  const clock = { now: at(options.now ?? '2026-12-01T00:10') }
  /** What DynamoDB says of the table. */
  const size = { rows: 0 }
  /** Accounts by the day that recorded something for them. */
  const recorded = new Map<string, readonly Account[]>()
  const tasks: SweepTask[] = []
  const requeued: { readonly account: string; readonly cause: RequeueCause }[] = []
  const pages: (readonly string[])[] = []
  const notified: string[] = []
  /** Programs by their last month, and those whose sponsors were to be told. */
  const ending = new Map<string, readonly ProgramId[]>()
  const told: string[] = []
  /** Programs that were to take their steps. */
  const followed: string[] = []
  const ports: SweepPorts = {
    ...store,
    statistics,
    counts,
    recordedOn: async function* (day) {
      yield* recorded.get(day) ?? []
    },
    tableSize: async () => size.rows,
    sources: options.sources ?? [],
    rules: RULES,
    noticeHint: () => (view) => view.status === 'grace',
    sendTasks: async (sent) => void tasks.push(...sent),
    sendAccounts: async (accounts, cause) => {
      if (accounts.length > 0) pages.push(accounts)
      requeued.push(...accounts.map((account) => ({ account, cause })))
    },
    sendNotices: async (kpjs) => void notified.push(...kpjs),
    programsEnding: async (lastMonth) => ending.get(lastMonth) ?? [],
    followPrograms: async (programs) => void followed.push(...programs),
    sendProgramNotices: async (programs) => void told.push(...programs),
    now: () => clock.now,
  }
  const perform = (task: SweepTask): Promise<SweepOutcome> => sweepMemberships(ports, task)

  /** The task, and all that follows from it, each message handed out `times` times. */
  async function play(task: SweepTask, times = 1): Promise<readonly SweepOutcome[]> {
    const done = [await perform(task)]
    for (let next = tasks.shift(); next; next = tasks.shift()) {
      for (let time = 0; time < times; time++) done.push(await perform(next))
    }
    return done
  }

  /** Memberships as the fold left them; `count` of them from a serial number on. */
  async function putViews(first: number, count: number, changed: Partial<MembershipView> = {}): Promise<void> {
    for (let i = 0; i < count; i++) await store.memberships.put(viewOf(first + i, changed))
  }

  return {
    store,
    statistics,
    counts,
    clock,
    size,
    recorded,
    ports,
    tasks,
    requeued,
    pages,
    notified,
    ending,
    told,
    followed,
    perform,
    play,
    putViews,
  }
}

/** Paid through November, folded in November: in grace from December. */
export function viewOf(serial: number, changed: Partial<MembershipView> = {}): MembershipView {
  return {
    kpj: kpjOf(String(50_000_000_000 + serial)),
    participant: participantOf(`person-${serial}`),
    terms: FARMER,
    regionCode: '15.71',
    registeredOn: date('2026-01-05'),
    paidThrough: '2026-11' as MembershipView['paidThrough'],
    credit: ZERO,
    status: 'active',
    nextTransition: { on: date('2026-12-01'), to: 'grace' },
    noticeDue: null,
    factCount: 2,
    asOf: at('2026-11-20T10:00'),
    version: 1,
    ...changed,
  }
}

export const runsOf = async ({ statistics }: Sweep, day: string) => statistics.resultsOf(date(day))
export const CREDIT = rupiah(1_000)
export const later = (now: Instant, millis: number) => (now + millis) as Instant
