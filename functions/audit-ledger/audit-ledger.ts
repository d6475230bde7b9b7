/**
 * The audit of the ledger: proves that the money of the facts is the money of the places, of the views and of the bills, and
 * that each payment has its decision, each decision its fact, and each decision of finance its entry in the audit chain.
 *
 * | task | what |
 * |---|---|
 * | `nightly` | yesterday: `day` for each source, and `recorded`; and `chain` and `books` |
 * | `chain` | the audit chain, held against its anchors |
 * | `books` | what people signed, closed, placed and entered, held against the audit chain |
 * | `weekly` | everything: `accounts` over all facts and `decisions` over all decisions, in segments |
 * | `day`, `recorded`, `accounts`, `decisions`, `bill` | a part of it, which goes on by a message to itself |
 * | a decision's key | is its fact there? Comes a quarter of an hour after the decision, by the pipe |
 *
 * It reads, writes its lines into table `statistics`, and changes nothing else. What a part counted travels in the message that
 * goes on for it, so a part that comes twice ends in the same line twice. Producers: the schedules and the pipe (infra), the console.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { addDays, businessDateOf } from '../../shared/domain/instant.ts'
import type { AuditTask } from '../../shared/messages/audit.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import { auditBill } from './audit-bill.ts'
import { auditBooks } from './audit-books.ts'
import { auditChain } from './audit-chain.ts'
import { auditDay, auditRecorded } from './audit-day.ts'
import { auditAccounts, auditDecision, auditDecisions } from './audit-everything.ts'
import type { Audited, AuditPorts } from './ports.ts'

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
    case 'chain':
      return auditChain(ports)
    case 'books':
      return auditBooks(ports)
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
  const days = sources.map((source) => ({ task: 'day', source, day, run }) as const)
  return [...days, { task: 'recorded', day, run }, { task: 'chain' }, { task: 'books' }]
}

async function everything({ factCount, now }: AuditPorts): Promise<readonly AuditTask[]> {
  const run = now()
  const segments = Math.min(MOST_SEGMENTS, Math.max(2, Math.ceil((await factCount()) / FACTS_PER_SEGMENT)))
  return (['accounts', 'decisions'] as const).flatMap((task) =>
    Array.from({ length: segments }, (_, segment) => ({ task, segment, segments, run })),
  )
}
