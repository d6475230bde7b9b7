/**
 * `POST /api/differences/{id}/owner` and `…/assignment`: who looks after a case. A person takes one that nobody has and gives back
 * an own one; an approver gives any case to anybody, or to nobody.
 *
 * Promises: every change is a step of the case's history and an entry of the audit chain; the same step again changes nothing.
 * An owner is no right: who may propose and approve does not depend on it.
 */
import type { DifferenceCase, HistoryStep } from '../../../shared/store/settlements/records.ts'
import type { Call } from '../http/route.ts'
import { noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import type { AssignmentRequest, OwnerRequest } from './case-schemas.ts'
import { answerOf, type CaseAttempt, type CaseCall, changeOf, recordOf, refused, takeCaseStep } from './case-step.ts'

type Target = { path: { id: string } }
type OwnerRefusal = 'ALREADY_DECIDED' | 'ALREADY_OWNED' | 'NOT_OWNER' | 'CHANGED_MEANWHILE'
type OwnerStep = Extract<HistoryStep['what'], 'taken' | 'released' | 'assigned'>

const MESSAGE = 'A step about the owner of a case was recorded'

export async function changeOwner(ports: ConsolePorts, call: Call<Target & { body: OwnerRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  const by = { id: path.id, actor, person: call.person, now }
  const taken = await takeCaseStep(ports, by, MESSAGE, async (known) =>
    body.action === 'take' ? tryTake(by, known) : tryRelease(by, known),
  )
  return answerOf(taken, now)
}

export async function assignOwner(ports: ConsolePorts, call: Call<Target & { body: AssignmentRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  const by = { id: path.id, actor, person: call.person, now }
  const taken = await takeCaseStep(ports, by, MESSAGE, async (known) =>
    (known.owner ?? null) === body.owner ? STANDS : ownedBy(by, known, 'assigned', body.owner),
  )
  return answerOf(taken, now)
}

const STANDS: CaseAttempt<never> = { outcome: 'stands' }

function tryTake(by: CaseCall, known: DifferenceCase): CaseAttempt<OwnerRefusal> {
  const { owner = null } = known
  if (owner === by.actor) return STANDS
  if (owner === null) return ownedBy(by, known, 'taken', by.actor)
  return refused(
    'ALREADY_OWNED',
    'expected a case that nobody has; its owner may release it, an approver may assign it',
  )
}

function tryRelease(by: CaseCall, known: DifferenceCase): CaseAttempt<OwnerRefusal> {
  const { owner = null } = known
  if (owner === null) return STANDS
  if (owner === by.actor) return ownedBy(by, known, 'released', null)
  return refused('NOT_OWNER', 'expected your own case; an approver may assign the case of another person')
}

function ownedBy(
  by: CaseCall,
  known: DifferenceCase,
  what: OwnerStep,
  owner: string | null,
): CaseAttempt<OwnerRefusal> {
  if (known.state === 'resolved')
    return refused('ALREADY_DECIDED', 'expected a case that is open; this one is resolved')
  // What is carried out is known by its version (functions/reconcile-settlement/apply-resolution.ts).
  if (known.state === 'approved')
    return refused(
      'CHANGED_MEANWHILE',
      'expected nothing approved that is still being carried out; try again in a minute',
    )
  const changed = changeOf(known, { at: by.now, what, by: by.actor, note: owner ?? 'nobody' })
  const record = recordOf(known, by, what, { owner, before: known.owner ?? null })
  return { outcome: 'step', case: { ...changed, owner }, record, resolution: null }
}
