/**
 * A person's step about one case, whatever it is: read, judged, and written with its entry in the audit chain as one transaction
 * (shared/store/settlements/resolutions.ts).
 *
 * Promises: the step is judged on the very version that it changes, and read again where somebody else was faster; what was done
 * before is not done again.
 */
import type { ActingPerson } from '../../../shared/domain/acting-person.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import type { AuditRecord, Plain } from '../../../shared/store/audit/audit.ts'
import type { DecidedOnDay } from '../../../shared/store/settlements/decided-sums.ts'
import type { DifferenceCase, HistoryStep, Resolution } from '../../../shared/store/settlements/records.ts'
import type { ProblemCode } from '../http/problems.ts'
import { json, problem } from '../http/reply.ts'
import type { ConsolePorts } from '../ports.ts'
import { UNKNOWN_DIFFERENCE } from './difference-schemas.ts'
import { describeFully } from './differences.ts'

/** Whoever decides at the same moment raises what everybody decided on the day, and we read it again. */
const TRIES = 10
const HISTORY = 50

/** Whose step about which case. */
export type CaseCall = {
  readonly id: string
  readonly actor: string
  readonly person: ActingPerson
  readonly now: Instant
  /** Whether they may decide what is above the limits of two people. */
  readonly mayAdminister?: boolean
  /** What the same call has written off before, of other cases: together they are one resolution. */
  readonly writtenOffBefore?: Rupiah
  /** The key of the call that takes the same step on several cases. */
  readonly bulkKey?: string
}

export type Refused<C extends ProblemCode> = { readonly outcome: 'refused'; readonly code: C; readonly detail: string }
/** `step`: write it. `stands`: it was written before. */
export type CaseAttempt<C extends ProblemCode> =
  | {
      readonly outcome: 'step'
      readonly case: DifferenceCase
      readonly record: AuditRecord
      readonly resolution: Omit<Resolution, 'audit'> | null
      /** What its people have decided on the day with it, where it is counted. */
      readonly sums?: readonly DecidedOnDay[]
    }
  | { readonly outcome: 'stands' }
  | Refused<C>
export type CaseOutcome<C extends ProblemCode> =
  | { readonly outcome: 'done'; readonly case: DifferenceCase }
  | Refused<C | 'UNKNOWN_DIFFERENCE' | 'CHANGED_MEANWHILE'>

/** `message`: of the log line that names the end of the chain. */
export async function takeCaseStep<C extends ProblemCode>(
  ports: Pick<ConsolePorts, 'settlements' | 'resolutions' | 'log'>,
  { id, actor }: CaseCall,
  message: string,
  attempt: (known: DifferenceCase) => Promise<CaseAttempt<C>>,
): Promise<CaseOutcome<C>> {
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await ports.settlements.difference(id)
    if (!known) return refused('UNKNOWN_DIFFERENCE', UNKNOWN_DIFFERENCE)
    const attempted = await attempt(known)
    if (attempted.outcome === 'refused') return attempted
    if (attempted.outcome === 'stands') return { outcome: 'done', case: known }
    const { case: changed, record, resolution, sums = [] } = attempted
    const taken = await ports.resolutions.take({ case: changed, record, resolution, sums })
    if (taken.outcome === 'conflict') continue
    const { sequence, hash, action } = taken.entry
    // The log names the end of the chain too: who cuts the chain off must cut off the log as well.
    ports.log.info(message, { action, actor, channel: known.channel, day: known.date, sequence, hash })
    return { outcome: 'done', case: changed }
  }
  return refused('CHANGED_MEANWHILE', 'expected nobody else to decide about it at the same moment; look again')
}

export function answerOf<C extends ProblemCode>(outcome: CaseOutcome<C>, now: Instant) {
  if (outcome.outcome === 'refused') return problem(outcome.code, outcome.detail)
  return json(200, describeFully(outcome.case, now))
}

export function refused<C extends ProblemCode>(code: C, detail: string): Refused<C> {
  return { outcome: 'refused', code, detail }
}

export function changeOf(known: DifferenceCase, added: HistoryStep): DifferenceCase {
  return { ...known, version: known.version + 1, history: [...known.history, added].slice(-HISTORY) }
}

/** With the evidence as it was looked at. */
export function recordOf(
  known: DifferenceCase,
  { actor, now, bulkKey }: CaseCall,
  action: AuditRecord['action'],
  detail: Readonly<Record<string, Plain>>,
): AuditRecord {
  const evidence = JSON.parse(JSON.stringify(known.finding)) as Plain
  const bulk = bulkKey === undefined ? {} : { bulk: bulkKey }
  return { at: now, actor, action, subject: known.id, detail: { ...detail, ...bulk, evidence } }
}
