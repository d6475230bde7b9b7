/**
 * The three queue functions, wired as their handlers wire them: the real batch stack, schemas of the same shape, the real
 * use cases, and ports that can fail. What they log and count goes nowhere.
 */
import type { Context } from 'aws-lambda'
import { applyBillPayment } from '../../functions/apply-bill-payment/apply-bill-payment.ts'
import { reconcileMembership } from '../../functions/reconcile-membership/reconcile-membership.ts'
import { noticeHint } from '../../functions/sweep-memberships/notice-hint.ts'
import { sweepMemberships } from '../../functions/sweep-memberships/sweep-memberships.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { NOTICE_RULES } from '../../shared/domain/notice.ts'
import { COHORT } from '../../shared/messages/cohort.ts'
import { causeOf, type LookCause, RECONCILE } from '../../shared/messages/reconcile.ts'
import type { SweepTask } from '../../shared/messages/sweep.ts'
import { SWEEP } from '../../shared/messages/sweep.ts'
import type { Log } from '../../shared/runtime/log.ts'
import { type QueueOptions, queueHandler } from '../../shared/runtime/queue.ts'
import type { StatisticsStore } from '../../shared/store/statistics/statistics.ts'
import { memoryRollingCounts } from '../support/memory-rolling-counts.ts'
import { memoryStatistics } from '../support/memory-statistics.ts'
import { demand } from './auditor/ledger.ts'
import { call, type FunctionEnvironment, type Invocation, portsOf } from './ports.ts'
import type { Consumer, Queue } from './queues.ts'

/** Queues by their names; filled once all are open. */
export type Queues = {
  reconcile?: Queue
  cohort?: Queue
  sweep?: Queue
  settlement?: Queue
  import?: Queue
  notice?: Queue
  enrolment?: Queue
}

export const silent: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  withCorrelation: () => silent,
}
export const uncounted = { count: () => {}, millis: () => {}, flush: () => {} }

export function consumerOf<T>(
  options: Pick<QueueOptions<T>, 'read' | 'groupBy'>,
  handle: (messages: readonly T[], invocation: Invocation) => Promise<void>,
): Consumer {
  return (event, invocation, queue) => {
    const handler = queueHandler<T>({
      ...options,
      queue: queue.name,
      log: silent,
      metrics: uncounted,
      park: ({ body }) => queue.park(invocation, body),
      handle: (messages) => handle(messages, invocation),
      stopwatch: () => 0,
    })
    return handler(event, {} as Context)
  }
}

export function reconcileConsumer(around: FunctionEnvironment, queues: Queues): Consumer {
  return consumerOf({ read: RECONCILE.read, groupBy: ({ account }) => account }, async (messages, invocation) => {
    const ports = portsOf(around, invocation)
    const { account } = messages[0] as (typeof messages)[number]
    const cause = causeOf(messages)
    const sendChunks = (chunks: readonly object[]) =>
      (queues.cohort as Queue).sendFrom(
        invocation,
        chunks.map((chunk) => JSON.stringify(chunk)),
      )
    const now = () => invocation.clock() as Instant
    const done = await reconcileMembership({ ...ports, sendChunks, rules: around.rules, now }, { account, cause })
    const isRight = done.outcome !== 'repaired' || (done.why === 'message-lost' && around.lossy())
    demand(around.ledger, 'no view needs mending, but where a message was lost', isRight, () => account)
    if (!('facts' in done)) return
    const [held, read] = [around.ledger.views.get(account)?.factCount ?? 0, invocation.facts.get(account) ?? 0]
    demand(
      around.ledger,
      'a fold ends when the view holds what it read',
      held >= read,
      () => `${account}: ${held} of ${read}`,
    )
  })
}

export function cohortConsumer(around: FunctionEnvironment, queues: Queues): Consumer {
  const groupBy = ({ billCode, chunk }: { readonly billCode: string; readonly chunk: number }) => `${billCode}#${chunk}`
  return consumerOf({ read: COHORT.read, groupBy }, async (messages, invocation) => {
    const { billCode, chunk } = messages[0] as (typeof messages)[number]
    const cause = causeOf(messages)
    const now = () => invocation.clock() as Instant
    const ports = {
      ...portsOf(around, invocation),
      sendAccounts: (kpjs: readonly string[]) => accountsTo(queues, invocation)(kpjs),
      now,
    }
    const { sharesRepaired } = await applyBillPayment(ports, { billCode, chunk, cause })
    const isRight = sharesRepaired === 0 || around.lossy()
    demand(around.ledger, 'no share needs mending, but where a message was lost', isRight, () => billCode)
  })
}

/** `recordedOn`: what settlement recorded on a day, beside what finance did by hand. */
export function sweepConsumer(
  around: FunctionEnvironment,
  queues: Queues,
  sources: readonly string[],
  recordedOn: (day: BusinessDate) => AsyncIterable<Account>,
): Consumer {
  const kept = memoryStatistics()
  const counts = memoryRollingCounts()
  return consumerOf({ read: SWEEP.read, groupBy: (task) => JSON.stringify(task) }, async (messages, invocation) => {
    const sendTasks = (tasks: readonly SweepTask[]) =>
      (queues.sweep as Queue).sendFrom(
        invocation,
        tasks.map((task) => JSON.stringify(task)),
      )
    const now = () => invocation.clock() as Instant
    const { facts, memberships } = portsOf(around, invocation)
    const ports = {
      facts,
      memberships,
      statistics: failing(kept, around, invocation),
      counts,
      sources,
      recordedOn: async function* (day: BusinessDate) {
        yield* around.recorded.get(day) ?? []
        yield* recordedOn(day)
      },
      rules: around.rules,
      tableSize: async () => 0,
      noticeHint: (at: Instant) => (queues.notice ? noticeHint(at, NOTICE_RULES) : () => false),
      sendTasks,
      sendAccounts: accountsTo(queues, invocation),
      sendNotices: async (kpjs: readonly Kpj[]) => {
        const bodies = kpjs.map((kpj) => JSON.stringify({ kpj }))
        await queues.notice?.sendFrom(invocation, bodies)
      },
      programsEnding: async () => [],
      sendProgramNotices: async () => {},
      followPrograms: async () => {},
      now,
    }
    await sweepMemberships(ports, messages[0] as SweepTask)
  })
}

/** The statistics, as slow and as faulty as the other stores: what a run puts is what its repeat must find. */
function failing(kept: StatisticsStore, around: FunctionEnvironment, invocation: Invocation): StatisticsStore {
  const { part, putPart, partsOf, putResult, putCensus, resultsOf } = kept
  return {
    ...kept,
    part: (...args) => call(around, invocation, 'read', 'statistics.part', () => part(...args)),
    putPart: (...args) => call(around, invocation, 'write', 'statistics.putPart', () => putPart(...args)),
    partsOf: (run) => call(around, invocation, 'read', 'statistics.partsOf', () => partsOf(run)),
    putResult: (args) => call(around, invocation, 'write', 'statistics.putResult', () => putResult(args)),
    putCensus: (args) => call(around, invocation, 'write', 'statistics.putCensus', () => putCensus(args)),
    resultsOf: (day) => call(around, invocation, 'read', 'statistics.resultsOf', () => resultsOf(day)),
  }
}

function accountsTo(queues: Queues, invocation: Invocation) {
  return (accounts: readonly string[], cause: LookCause = 'repair') =>
    (queues.reconcile as Queue).sendFrom(
      invocation,
      accounts.map((account) => JSON.stringify({ account, cause })),
    )
}
