/**
 * `/api/memberships/{kpj}/erasure` and `…/approval`: two people erase what the hub knows of a person beside numbers: name, NIK, phone,
 * e-mail, masked names, preferences. Ledger, cover and payability stay: they go by KPJ and keyed hashes.
 *
 * Promises: the approval and its audit entry stand before anything is erased; an approval that was recorded and cut short is carried
 * out by the same approval again; no import brings the data back.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type Approval, type ApprovalStep, decide, propose } from '../../../shared/domain/two-people.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ErasureRequest } from './schemas.ts'

type Target = { path: { kpj: Kpj } }
/** What is asked for is said by the subject alone. */
type Erasure = Readonly<Record<never, never>>

export async function showErasure(ports: ConsolePorts, call: Call<Target>) {
  const { kpj } = call.path
  if (!(await openAccount(ports, kpj))) return unknownMembership()
  return json(200, await standing(ports, kpj, await ports.resolutions.approval<Erasure>(subjectOf(kpj))))
}

export async function proposeErasure(ports: ConsolePorts, call: Call<Target & { body: ErasureRequest }>) {
  const { actor, now, body, path, person } = call
  if (!(await openAccount(ports, path.kpj))) return unknownMembership()
  if (actor === null) return noActor()
  if (await ports.contacts.erasedAt(path.kpj)) {
    return problem('ALREADY_DECIDED', 'expected data that is not erased yet; nothing is left of it')
  }
  const subject = subjectOf(path.kpj)
  const known = await ports.resolutions.approval<Erasure>(subject)
  const step = propose(known, { subject, request: {}, reason: body.reason, by: actor, at: now, person })
  return take(ports, call, 'proposed', step)
}

export async function approveErasure(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now, body, path, person } = call
  if (!(await openAccount(ports, path.kpj))) return unknownMembership()
  if (actor === null) return noActor()
  const known = await ports.resolutions.approval<Erasure>(subjectOf(path.kpj))
  const { decision, reason: remark = 'not stated' } = body
  const step = decide(known, { decision, remark, by: actor, at: now, person })
  return take(ports, call, decision === 'approve' ? 'approved' : 'rejected', step)
}

async function take(
  ports: ConsolePorts,
  { actor, now, path: { kpj } }: Call<Target>,
  action: 'proposed' | 'approved' | 'rejected',
  step: ApprovalStep<Erasure>,
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'step') {
    const { next } = step
    const { subject, reason, remark } = next
    const record = { at: now, actor: actor as string, action, subject, detail: { reason, remark } }
    const taken = await ports.resolutions.takeApproval({ approval: next, record, effects: [] })
    if (taken.outcome === 'conflict')
      return problem('CHANGED_MEANWHILE', 'expected nobody else to decide at the same moment; look again')
    const { sequence, hash } = taken.entry
    ports.log.info('A step to erase personal data was recorded', { action, actor, account: kpj, sequence, hash })
  }
  const standingNow = step.outcome === 'step' ? step.next : step.known
  // Also when it stands already: the first try may have ended between the entry and this.
  if (standingNow.state === 'approved') await ports.contacts.erase(kpj, standingNow.decidedAt ?? now)
  return json(200, await standing(ports, kpj, standingNow))
}

async function standing({ contacts }: ConsolePorts, kpj: Kpj, approval: Approval<Erasure> | undefined) {
  const erasedAt = await contacts.erasedAt(kpj)
  return {
    erasedAt: erasedAt === undefined ? null : formatUtc(erasedAt),
    proposal: approval
      ? {
          state: approval.state,
          reason: approval.reason,
          proposedBy: approval.proposedBy,
          proposedAt: formatUtc(approval.proposedAt),
          decidedBy: approval.decidedBy,
          decidedAt: approval.decidedAt === null ? null : formatUtc(approval.decidedAt),
          remark: approval.remark,
        }
      : null,
  }
}

function subjectOf(kpj: Kpj): string {
  return `erasure#${kpj}`
}

function noActor() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}
