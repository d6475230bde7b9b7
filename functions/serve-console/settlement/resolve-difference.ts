/**
 * `POST /api/differences/{id}/proposal` and `…/approval`: one person proposes how a difference, or a part of its amount, is
 * resolved, another one approves or rejects it. What was approved is applied by functions/reconcile-settlement.
 *
 * Promises: nobody approves an own proposal; what is approved is what was proposed on these very figures; the same
 * call again is the same answer.
 */
import { isSamePerson } from '../../../shared/domain/acting-person.ts'
import { formatRupiah, type Rupiah } from '../../../shared/domain/money.ts'
import {
  actionsForRest,
  givenUp,
  isDivisible,
  isPartOf,
  mayGiveUp,
  openAmountOf,
} from '../../../shared/domain/settlement/parts.ts'
import type { AuditRecord } from '../../../shared/store/audit/audit.ts'
import type { DifferenceCase, Proposal, Resolution } from '../../../shared/store/settlements/records.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import {
  answerOf,
  type CaseAttempt,
  type CaseCall,
  type CaseOutcome,
  changeOf,
  noActor,
  type Refused,
  recordOf,
  refused,
  takeCaseStep,
} from './case-step.ts'
import type { ProposalRequest } from './difference-schemas.ts'
import { isMatchable, linkedInAction, wasPosted } from './linked-differences.ts'
import { overDayLimit, writeOffsOf } from './write-off-limits.ts'

type Target = { path: { id: string } }
type ProposalRefusal =
  | 'ALREADY_DECIDED'
  | 'ALREADY_PROPOSED'
  | 'ACTION_DOES_NOT_FIT'
  | 'LINKED_DIFFERENCE'
  | 'WRITE_OFF_LIMIT'
  | 'INVALID_INPUT'
type Judgement = { readonly decision: ApprovalRequest['decision']; readonly reason: string }
type ApprovalRefusal = 'ALREADY_DECIDED' | 'NOT_PROPOSED' | 'OWN_PROPOSAL' | 'LINKED_DIFFERENCE' | 'WRITE_OFF_LIMIT'
/** What was read beside the case. */
type CaseContext = {
  readonly linkedInAction: string | null
  readonly isMatchable: boolean
  /** Money of this payment was posted before: its posting cannot be put once more. */
  readonly wasPosted: boolean
}

const MESSAGE = 'A resolution was recorded'

export async function proposeResolution(ports: ConsolePorts, call: Call<Target & { body: ProposalRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  return answerOf(await proposeOn(ports, { id: path.id, actor, person: call.person, now }, body), now)
}

export async function approveResolution(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  return answerOf(await decideOn(ports, { id: path.id, actor, person: call.person, now }, body), now)
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

export async function decideOn(
  ports: ConsolePorts,
  by: CaseCall,
  { decision, reason = 'not stated' }: ApprovalRequest,
): Promise<CaseOutcome<ApprovalRefusal>> {
  return takeCaseStep(ports, by, MESSAGE, async (known) => {
    const linked = decision === 'approve' ? await linkedInAction(ports, known) : null
    const overDay = decision === 'approve' ? await overDayLimit(ports, by, known) : undefined
    return overDay ?? tryApproval(by, known, { decision, reason }, linked)
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
  const unfit = unfitFor(known, body, around) ?? overLimit(known, action, amount, by)
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

function overLimit(
  { finding, parts = [] }: DifferenceCase,
  action: Proposal['action'],
  amount: Rupiah | null,
  { now }: CaseCall,
): Refused<'WRITE_OFF_LIMIT'> | undefined {
  if (action !== 'write-off' || mayGiveUp(finding, parts, amount, now)) return undefined
  const all = formatRupiah(givenUp(finding, parts, amount))
  const before = parts.some((part) => part.action === 'write-off') ? ' beside what was given up of it before' : ''
  return refused('WRITE_OFF_LIMIT', `expected an amount that may be given up today, this is ${all}${before}`)
}

function tryApproval(
  by: CaseCall,
  known: DifferenceCase,
  request: Judgement,
  linked: string | null,
): CaseAttempt<ApprovalRefusal> {
  const { actor, person, now } = by
  // A proposal since then is another matter, also where a later run has made it void: what was approved before is not this one.
  const last = known.history.findLast(({ what }) => ['proposed', 'approved', 'rejected'].includes(what))
  const what = request.decision === 'approve' ? 'approved' : 'rejected'
  const wasMine = last?.by === actor && last.what === what && last.note === request.reason
  const { proposal } = known
  if (known.state === 'approved' || known.state === 'resolved') {
    return wasMine ? { outcome: 'stands' } : refused('ALREADY_DECIDED', DECIDED)
  }
  if (!proposal) {
    return wasMine
      ? { outcome: 'stands' }
      : refused('NOT_PROPOSED', 'expected a proposal; somebody must make one first')
  }
  const isOwn = proposal.person !== undefined && isSamePerson(proposal.person, person)
  if (proposal.by === actor || isOwn)
    return refused('OWN_PROPOSAL', 'expected another person than the one who proposed it')
  const changed = changeOf(known, { at: now, what, by: actor, note: request.reason })
  const { action, reason: why, paymentId, amount = null, by: proposedBy, at: proposedAt } = proposal
  const detail = { action, reason: why, paymentId, amount, proposedBy, proposedAt, remark: request.reason }
  const record = recordOf(known, by, what, detail)
  const resolution = {
    differenceId: known.id,
    channel: known.channel,
    date: known.date,
    differenceVersion: changed.version,
    finding: known.finding,
    action,
    reason: why,
    paymentId,
    amount,
    proposedBy,
    approvedBy: actor,
    approvedAt: now,
  }
  if (request.decision === 'reject') return rejected(changed, record, resolution)
  if (action !== 'accept' && linked !== null) return refused('LINKED_DIFFERENCE', linkedTo(linked))
  // Time may have passed since the proposal, and the limit with it.
  const over = overLimit(known, action, amount, by)
  const writeOffs = writeOffsOf(resolution, givenUp(known.finding, known.parts ?? [], amount))
  return over ?? { outcome: 'step', case: { ...changed, state: 'approved' }, record, resolution, writeOffs }
}

/** Open again, except for a corrected file: to reject it decides the case, and the day's next run must take that into account. */
function rejected(
  changed: DifferenceCase,
  record: AuditRecord,
  resolution: Omit<Resolution, 'audit'>,
): CaseAttempt<never> {
  if (changed.finding.class !== 'corrected-file') {
    return { outcome: 'step', case: { ...changed, state: 'open', proposal: null }, record, resolution: null }
  }
  const ended = { how: 'resolution', at: record.at, note: 'declined: the accepted file stands' } as const
  // Nothing is left to be applied, because the case is resolved: the entry only starts the day's next run.
  return { outcome: 'step', case: { ...changed, state: 'resolved', resolution: ended }, record, resolution }
}

const DECIDED = 'expected a difference that is open; this one is decided'

function linkedTo(id: string): string {
  return `expected only one of two linked differences to be acted on; look at ${id} first, or accept this one as explained`
}
