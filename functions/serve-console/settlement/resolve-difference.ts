/**
 * `POST /api/differences/{id}/proposal`: one person proposes how a difference, or a part of its amount, is resolved. What another
 * person says to it: approve-resolution.ts.
 *
 * Promises: an action is proposed only where it fits the class and has what it needs; the same call again is the same answer.
 */
import { actionsForRest, isDivisible, isPartOf, openAmountOf } from '../../../shared/domain/settlement/parts.ts'
import type { DifferenceCase, Proposal } from '../../../shared/store/settlements/records.ts'
import type { Call } from '../http/route.ts'
import { noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import {
  answerOf,
  type CaseAttempt,
  type CaseCall,
  type CaseOutcome,
  changeOf,
  type Refused,
  recordOf,
  refused,
  takeCaseStep,
} from './case-step.ts'
import type { ProposalRequest } from './difference-schemas.ts'
import { isMatchable, linkedInAction, wasPosted } from './linked-differences.ts'

type Target = { path: { id: string } }
type ProposalRefusal =
  | 'ALREADY_DECIDED'
  | 'ALREADY_PROPOSED'
  | 'ACTION_DOES_NOT_FIT'
  | 'LINKED_DIFFERENCE'
  | 'INVALID_INPUT'
/** What was read beside the case. */
type CaseContext = {
  readonly linkedInAction: string | null
  readonly isMatchable: boolean
  /** Money of this payment was posted before: its posting cannot be put once more. */
  readonly wasPosted: boolean
}

export const MESSAGE = 'A resolution was recorded'

export async function proposeResolution(ports: ConsolePorts, call: Call<Target & { body: ProposalRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  return answerOf(await proposeOn(ports, { id: path.id, actor, person: call.person, now }, body), now)
}

export async function proposeOn(
  ports: ConsolePorts,
  by: CaseCall,
  body: ProposalRequest,
): Promise<CaseOutcome<ProposalRefusal>> {
  const { action, paymentId } = body
  return takeCaseStep(ports, by, MESSAGE, async (known) => {
    const around = {
      linkedInAction: await linkedInAction(ports, known),
      wasPosted: action === 'post' && (await wasPosted(ports, known)),
      isMatchable: action === 'match' && paymentId !== undefined && (await isMatchable(ports, known, paymentId)),
    }
    return tryProposal(by, body, known, around)
  })
}

function tryProposal(
  by: CaseCall,
  body: ProposalRequest,
  known: DifferenceCase,
  around: CaseContext,
): CaseAttempt<ProposalRefusal> {
  const { action, reason: why } = body
  const { actor, person, now } = by
  const { paymentId = null, amountRupiah: amount = null } = body
  if (known.state === 'approved' || known.state === 'resolved') return refused('ALREADY_DECIDED', DECIDED)
  if (known.proposal) {
    const { proposal } = known
    const same = proposal.action === action && proposal.reason === why && proposal.paymentId === paymentId
    if (same && (proposal.amount ?? null) === amount && proposal.by === actor) return { outcome: 'stands' }
    return refused('ALREADY_PROPOSED', 'expected no proposal to wait for approval; reject that one first')
  }
  const unfit = unfitFor(known, body, around)
  if (unfit) return unfit
  const proposal: Proposal = { action, reason: why, paymentId, amount, by: actor, person, at: now }
  const of = amount === null ? action : `${action} of ${amount}`
  const changed = changeOf(known, { at: now, what: 'proposed', by: actor, note: `${of}: ${why}` })
  return {
    outcome: 'step',
    case: { ...changed, state: 'proposed', proposal },
    record: recordOf(known, by, 'proposed', { action, reason: why, paymentId, amount }),
    resolution: null,
  }
}

/** undefined: the action fits the case, with what it names. */
function unfitFor(
  { finding, parts = [] }: DifferenceCase,
  { action, paymentId, amountRupiah: amount }: ProposalRequest,
  around: CaseContext,
): Refused<ProposalRefusal> | undefined {
  const fitting = actionsForRest(finding, parts)
  if (!fitting.includes(action)) {
    return refused(
      'ACTION_DOES_NOT_FIT',
      `expected one of ${fitting.join(', ')} for this difference (${finding.class})`,
    )
  }
  if (around.wasPosted) {
    return refused('ACTION_DOES_NOT_FIT', 'expected money that was not posted before; this went back since: accept it')
  }
  if (amount !== undefined && !isDivisible(finding, action)) {
    return refused(
      'ACTION_DOES_NOT_FIT',
      'expected an amount with write-off and charge-channel only; others are about all of it',
    )
  }
  if (amount !== undefined && !isPartOf(openAmountOf(finding, parts), amount)) {
    return refused(
      'INVALID_INPUT',
      'field amountRupiah: expected at most what is open (openRupiah), with its sign, and not 0',
    )
  }
  if (action !== 'accept' && around.linkedInAction !== null)
    return refused('LINKED_DIFFERENCE', linkedTo(around.linkedInAction))
  if ((action === 'match') !== (paymentId !== undefined) || (paymentId !== undefined && !around.isMatchable)) {
    return refused(
      'INVALID_INPUT',
      'field paymentId: expected one of the candidates for match, and none for the others; a line of no known payment matches an accepted payment of its amount, seven days old at most',
    )
  }
  return undefined
}

export const DECIDED = 'expected a difference that is open; this one is decided'

export function linkedTo(id: string): string {
  return `expected only one of two linked differences to be acted on; look at ${id} first, or accept this one as explained`
}
