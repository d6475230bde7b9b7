/**
 * Whoever calls stands in the audit chain as the person that the token names: put into each record here, in one place, so that no
 * use case can forget it.
 */
import { type ActingPerson, UNNAMED_SUBJECT } from '../../../shared/domain/acting-person.ts'
import type { AuditAction, AuditRecord, Plain } from '../../../shared/store/audit/audit.ts'
import type { ConsolePorts } from '../ports.ts'
import type { Caller } from './caller.ts'

type Resolutions = ConsolePorts['resolutions']

/** The stores as this person uses them: every record that is appended names the person. */
export function actingAs(store: Resolutions, person: ActingPerson): Resolutions {
  const named = <R extends AuditRecord>(record: R): R => ({ ...record, person })
  return {
    ...store,
    take: (step) => store.take({ ...step, record: named(step.record) }),
    takeApproval: (taken) => store.takeApproval({ ...taken, record: named(taken.record) }),
    keepAnswer: (record) => store.keepAnswer(named(record)),
    recordAct: (record) => store.recordAct(named(record)),
    keepNote: (note, record) => store.keepNote(note, named(record)),
    enterFeeInvoice: (invoice, record) => store.enterFeeInvoice(invoice, named(record)),
  }
}

/** An act that is more than one write stands in the chain before its first one: what was begun may be looked up, done or not. */
export async function recordAct(
  { resolutions, log }: Pick<ConsolePorts, 'resolutions' | 'log'>,
  { actor, now }: Pick<Caller, 'actor' | 'now'>,
  act: { readonly action: AuditAction; readonly subject: string; readonly detail: Plain },
): Promise<void> {
  const { action } = act
  const { sequence, hash } = await resolutions.recordAct({ at: now, actor: actor ?? UNNAMED_SUBJECT, ...act })
  log.info('An act was recorded', { action, actor, sequence, hash })
}
