/** What a sweep needs and what it comes to: passed in by handler.ts, by tests and by the simulation. */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { Month } from '../../shared/domain/month.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { ProgramId } from '../../shared/domain/sponsors/sponsor.ts'
import type { LookCause } from '../../shared/messages/reconcile.ts'
import type { SweepTask } from '../../shared/messages/sweep.ts'
import type { FactPages } from '../../shared/store/facts/facts.ts'
import type { MembershipStore, MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { RollingCountStore } from '../../shared/store/rolling-counts/rolling-counts.ts'
import type { StatisticsStore, SweepCounts, SweepResult } from '../../shared/store/statistics/statistics.ts'

/** Why an account is sent to queue `reconcile`. */
export type { LookCause as RequeueCause } from '../../shared/messages/reconcile.ts'

export type SweepPorts = {
  readonly facts: FactPages
  readonly memberships: MembershipStore
  /** Accounts for which something was recorded on that day, whatever business day it belongs to: finance's decisions. */
  readonly recordedOn: (day: BusinessDate) => AsyncIterable<Account>
  /** How many items there are, roughly and perhaps hours old: what segments are sized by before a run has counted. */
  readonly tableSize: (table: 'memberships' | 'facts') => Promise<number>
  readonly statistics: StatisticsStore
  /** What the night's run checks and puts right. */
  readonly counts: Pick<
    RollingCountStore,
    'standing' | 'noteRun' | 'changesAt' | 'correctStanding' | 'intake' | 'correctIntake' | 'noteIntakeCheck'
  >
  /** Channels, and what else puts facts with a business day. */
  readonly sources: readonly string[]
  readonly rules: Rules
  /** Whether a member may have a notice to get at that instant: a hint, functions/send-notice decides on the facts. */
  readonly noticeHint: (now: Instant) => (view: MembershipView) => boolean
  readonly sendTasks: (tasks: readonly SweepTask[]) => Promise<void>
  /** A view that cannot be read names its key only, which may be no account: the consumer finds that out. */
  readonly sendAccounts: (accounts: readonly string[], cause: LookCause) => Promise<void>
  /** To queue `notice`. */
  readonly sendNotices: (kpjs: readonly Kpj[]) => Promise<void>
  /** Programs of sponsors whose last month this is. */
  readonly programsEnding: (lastMonth: Month) => Promise<readonly ProgramId[]>
  /** To queue `notice`. */
  readonly sendProgramNotices: (programs: readonly ProgramId[]) => Promise<void>
  /** To queue `enrolment`: they take the steps that are due, and killed work on their lists goes on. */
  readonly followPrograms: (programs: readonly ProgramId[]) => Promise<void>
  readonly now: () => Instant
}

export type SweepOutcome =
  | { readonly outcome: 'fanned-out'; readonly tasks: number }
  | { readonly outcome: 'requeued'; readonly accounts: number }
  | { readonly outcome: 'part-done'; readonly counts: SweepCounts; readonly finished: FinishedRun | null }
  /** Facts by which a day's intake was counted wrongly. */
  | { readonly outcome: 'counts-checked'; readonly corrected: number }
  | { readonly outcome: 'on-time' | 'late' }

/**
 * `fewer`: it met fewer memberships than the run of its kind before it, though none is ever deleted. `corrected`: memberships by
 * which the rolling counts were wrong.
 */
export type FinishedRun = { readonly result: SweepResult; readonly fewer: boolean; readonly corrected: number }
