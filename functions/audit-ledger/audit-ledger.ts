/**
 * The audit of the ledger: proves that the money of the facts is the money of the places, of the views and of the bills, and
 * that each payment has its decision, each decision its fact, and each decision of finance its entry in the audit chain.
 *
 * | task | what |
 * |---|---|
 * | `nightly` | yesterday: `day` for each source, and `recorded` |
 * | `weekly` | everything: `accounts` over all facts and `decisions` over all decisions, in segments |
 * | `day`, `recorded`, `accounts`, `decisions`, `bill` | a part of it, which goes on by a message to itself |
 * | a decision's key | is its fact there? Comes a quarter of an hour after the decision, by the pipe |
 *
 * It reads, writes its lines into table `statistics`, and changes nothing else. What a part counted travels in the message that
 * goes on for it, so a part that comes twice ends in the same line twice. Producers: the schedules and the pipe (infra), the console.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { BillCode } from '../../shared/domain/bill-code.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { PaymentKey } from '../../shared/domain/payment-key.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { AuditLine, AuditTally, LedgerAuditStore } from '../../shared/store/statistics/ledger-audits.ts'
import type { AccountPorts } from './audit-account.ts'
import { auditBill, type BillPorts } from './audit-bill.ts'
import { auditDay, auditRecorded } from './audit-day.ts'
import { auditAccounts, auditDecision, auditDecisions } from './audit-everything.ts'
import { countOf, NOTHING } from './tally.ts'

/** Where a walk stopped; absent in a task that begins. `run` is the instant at which its audit began. */
export type Progress = {
  readonly run?: Instant | undefined
  readonly part?: number | undefined
  readonly from?: string | undefined
  readonly tally?: AuditTally | undefined
}

export type DayTask = Progress & { readonly task: 'day'; readonly source: string; readonly day: BusinessDate }
export type SegmentTask = Progress & {
  readonly task: 'accounts' | 'decisions'
  readonly segment: number
  readonly segments: number
}
export type BillTask = {
  readonly task: 'bill'
  readonly billCode: BillCode
  readonly day: BusinessDate
  readonly run: Instant
  /** From 1. */
  readonly chunk: number
  /** What the members of the chunks before it have, by the key of the bill's payment. */
  readonly shares: Readonly<Record<string, number>>
}

export type AuditTask =
  | { readonly task: 'nightly' | 'weekly' }
  | DayTask
  | { readonly task: 'recorded'; readonly day: BusinessDate; readonly run?: Instant | undefined }
  | SegmentTask
  | BillTask
  | { readonly task: 'decision'; readonly decision: PaymentKey }

export type AuditPorts = Omit<AccountPorts, 'facts' | 'decisions'> &
  Omit<BillPorts, 'facts'> & {
    readonly facts: Pick<FactStore, 'ofAccount' | 'get' | 'getMany' | 'dayPage' | 'accountsPage'>
    readonly decisions: Pick<PaymentDecisionStore, 'get' | 'acceptedPage'>
    readonly recordedOn: (day: BusinessDate) => AsyncIterable<Parameters<FactStore['ofAccount']>[0]>
    readonly audits: LedgerAuditStore
    /** Channels, and what else puts facts with a business day. */
    readonly sources: readonly string[]
    /** Items of table `facts`, roughly: what segments are sized by. */
    readonly factCount: () => Promise<number>
    readonly sendTasks: (tasks: readonly AuditTask[]) => Promise<void>
  }

/** `found`: what this part found, for metrics and log; `line`: what is known of the whole, once it is through. */
export type Audited =
  | { readonly outcome: 'fanned-out'; readonly tasks: number }
  | { readonly outcome: 'part-done' | 'done'; readonly found: AuditTally; readonly line: AuditLine | null }

/**
 * The bound of a chain, in place of Lambda's loop detection: 1,000 parts of some 50,000 facts or entries are 50 million in one
 * segment or on one channel-day.
 */
export const MAX_PARTS = 1_000
const FACTS_PER_SEGMENT = 2_000_000
const MOST_SEGMENTS = 64

export async function auditLedger(ports: AuditPorts, task: AuditTask): Promise<Audited> {
  const part = partOf(task)
  if (part >= MAX_PARTS)
    throw new Defect(
      'AUDIT_TOO_LONG',
      `expected an audit to end within ${MAX_PARTS} parts, got part ${part}; see why its pages do not end, then redrive`,
    )
  switch (task.task) {
    case 'nightly':
      return fanOut(ports, yesterday(ports))
    case 'weekly':
      return fanOut(ports, await everything(ports))
    case 'day':
      return auditDay(ports, task)
    case 'recorded':
      return auditRecorded(ports, task)
    case 'accounts':
      return auditAccounts(ports, task)
    case 'decisions':
      return auditDecisions(ports, task)
    case 'bill':
      return auditBill(ports, task)
    case 'decision':
      return auditDecision(ports, task.decision)
    default:
      return assertNever(task)
  }
}

function partOf(task: AuditTask): number {
  if (task.task === 'bill') return task.chunk - 1
  return 'part' in task ? (task.part ?? 0) : 0
}

async function fanOut({ sendTasks }: AuditPorts, tasks: readonly AuditTask[]): Promise<Audited> {
  await sendTasks(tasks)
  return { outcome: 'fanned-out', tasks: tasks.length }
}

function yesterday({ sources, now }: AuditPorts): readonly AuditTask[] {
  const run = now()
  const day = addDays(businessDateOf(run), -1)
  return [...sources.map((source) => ({ task: 'day', source, day, run }) as const), { task: 'recorded', day, run }]
}

async function everything({ factCount, now }: AuditPorts): Promise<readonly AuditTask[]> {
  const run = now()
  const segments = Math.min(MOST_SEGMENTS, Math.max(2, Math.ceil((await factCount()) / FACTS_PER_SEGMENT)))
  return (['accounts', 'decisions'] as const).flatMap((task) =>
    Array.from({ length: segments }, (_, segment) => ({ task, segment, segments, run })),
  )
}

/** The end of a part: a message to itself, or the line. */
export async function goOn<T extends DayTask | SegmentTask>(
  ports: Pick<AuditPorts, 'sendTasks' | 'audits' | 'now'>,
  task: T,
  { found, tally, next, line }: WalkEnd,
): Promise<Audited> {
  if (next === null) return { outcome: 'done', found, line: await putLine(ports, { ...tally, ...line }) }
  const { run, part = 0 } = task
  await ports.sendTasks([{ ...task, run: run ?? line.startedAt, part: part + 1, from: next, tally }])
  return { outcome: 'part-done', found, line: null }
}

export type WalkEnd = {
  readonly found: AuditTally
  /** Of all parts so far. */
  readonly tally: AuditTally
  readonly next: string | null
  readonly line: Pick<AuditLine, 'day' | 'subject' | 'startedAt'>
}

export async function putLine(
  { audits, now }: Pick<AuditPorts, 'audits' | 'now'>,
  line: Omit<AuditLine, 'finishedAt'>,
): Promise<AuditLine> {
  const finished = { ...line, finishedAt: now() }
  await audits.put(finished)
  return finished
}

/** A line for one that was found wrong; what is right leaves none. */
export async function putIfWrong(
  ports: Pick<AuditPorts, 'audits' | 'now'>,
  line: Omit<AuditLine, 'finishedAt'>,
): Promise<Audited> {
  const isRight = countOf(line) === 0
  const found = isRight ? { ...NOTHING, looks: line.looks } : line
  return { outcome: 'done', found, line: isRight ? null : await putLine(ports, line) }
}
