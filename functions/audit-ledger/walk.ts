/** How a part of an audit ends: with a message to itself, or with its line. Knows nothing of what was looked at. */
import type { DayAuditTask, SegmentAuditTask } from '../../shared/messages/audit.ts'
import type { AuditLine, AuditTally } from '../../shared/store/statistics/ledger-audits.ts'
import type { Audited, AuditPorts } from './ports.ts'
import { countOf, NOTHING } from './tally.ts'

/** The end of a part: a message to itself, or the line. */
export async function goOn<T extends DayAuditTask | SegmentAuditTask>(
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
