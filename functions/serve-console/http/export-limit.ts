/**
 * A file of people is refused beyond what one person may take out in a day (shared/domain/export-limits.ts), before it leaves and
 * before its trace is put. Counted are all files that have left a trace, those of nobody too. It is a record and a brake, no
 * barrier: two at the same moment may both pass.
 */
import { UNNAMED_SUBJECT } from '../../../shared/domain/acting-person.ts'
import { leftAfter, limitsInWords, type Taken } from '../../../shared/domain/export-limits.ts'
import { addDays, type BusinessDate, businessDateOf, startOfDay } from '../../../shared/domain/instant.ts'
import type { ReadTraceStore } from '../../../shared/store/read-traces/read-traces.ts'
import type { Caller } from './caller.ts'
import { type Problem, problem, type Reply } from './reply.ts'

/** Whether the rows or bytes of a file may be about people: names, numbers, or what somebody handed over. */
export const FILE_SUBJECTS = ['people', 'nobody'] as const
export type FileSubject = (typeof FILE_SUBJECTS)[number]

const PAGE = 500

type Traces = Pick<ReadTraceStore, 'ofActor'>

/** undefined: it may leave. */
export async function refusalOfFile(
  traces: Traces,
  { actor, now }: Pick<Caller, 'actor' | 'now'>,
  reply: Reply,
): Promise<Problem<'EXPORT_LIMIT'> | undefined> {
  if (reply.kind !== 'csv' && reply.kind !== 'download') return undefined
  const today = businessDateOf(now)
  const taken = await takenOn(traces, actor ?? UNNAMED_SUBJECT, today)
  return leftAfter(taken, reply.rows ?? 0, today) ? undefined : exportLimit(today)
}

export function exportLimit(today: BusinessDate): Problem<'EXPORT_LIMIT'> {
  return problem('EXPORT_LIMIT', limitsInWords(today))
}

/** Everything that this person took out on a day. */
export async function takenOn(traces: Traces, actor: string, day: BusinessDate): Promise<Taken> {
  const stretch = { from: startOfDay(day), to: startOfDay(addDays(day, 1)) }
  let taken: Taken = { files: 0, rows: 0 }
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<Traces['ofActor']>> = await traces.ofActor(actor, stretch, PAGE, after)
    for (const { file } of page.traces) {
      if (file !== null) taken = { files: taken.files + 1, rows: taken.rows + (file.rows ?? 0) }
    }
    after = page.next
  } while (after !== null)
  return taken
}
