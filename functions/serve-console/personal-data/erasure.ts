/**
 * `/api/memberships/{kpj}/erasure` and `…/approval`: two people erase what the hub knows of a person beside numbers: name, NIK, phone,
 * e-mail, masked names, preferences. Ledger, cover and payability stay: they go by KPJ and keyed hashes.
 *
 * Promises: the approval and its audit entry stand before anything is erased; an approval that was recorded and cut short is carried
 * out by the same approval again; no import brings the data back.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import type { Approval, ApprovalStep } from '../../../shared/domain/two-people.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { judgementBy, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
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
  const { kpj } = call.path
  if (!(await openAccount(ports, kpj))) return unknownMembership()
  if (await ports.contacts.erasedAt(kpj)) {
    return problem('ALREADY_DECIDED', 'expected data that is not erased yet; nothing is left of it')
  }
  const asked = { subject: subjectOf(kpj), request: {}, reason: call.body.reason }
  return take(ports, call, await proposalBy<Erasure>(ports, call, asked))
}

export async function approveErasure(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { kpj } = call.path
  if (!(await openAccount(ports, kpj))) return unknownMembership()
  return take(ports, call, await judgementBy<Erasure>(ports, call, subjectOf(kpj)))
}

async function take(ports: ConsolePorts, { now, path: { kpj } }: Call<Target>, step: ApprovalStep<Erasure>) {
  const taken = await takeStep(ports, step, {
    message: 'A step to erase personal data was recorded',
    fields: { account: kpj },
    conflict: 'expected nobody else to decide at the same moment; look again',
  })
  if ('kind' in taken) return taken
  // Also when it stands already: the first try may have ended between the entry and this.
  if (taken.state === 'approved') await ports.contacts.erase(kpj, taken.decidedAt ?? now)
  return json(200, await standing(ports, kpj, taken))
}

async function standing({ contacts }: ConsolePorts, kpj: Kpj, approval: Approval<Erasure> | undefined) {
  const erasedAt = await contacts.erasedAt(kpj)
  return {
    erasedAt: erasedAt === undefined ? null : formatUtc(erasedAt),
    proposal: approval ? proposalOf(approval) : null,
  }
}

function subjectOf(kpj: Kpj): string {
  return `erasure#${kpj}`
}
