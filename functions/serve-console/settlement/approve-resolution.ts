/**
 * `POST /api/differences/{id}/approval`: another person approves or rejects what was proposed about a difference, or a part of its
 * amount. Above what two people may decide (approval-limits.ts) it then waits for an administrator, who says the same call. What was
 * approved is applied by functions/reconcile-settlement.
 *
 * Promises: nobody approves an own proposal, and nobody approves one twice; what is approved is what was proposed on these very
 * figures; the same call again is the same answer.
 */
import { isSamePerson } from '../../../shared/domain/acting-person.ts'
import type { DecidedAmount, Exceeded } from '../../../shared/domain/approval-limits.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { decidedBy } from '../../../shared/domain/settlement/parts.ts'
import { type Referral, refusalOfThird } from '../../../shared/domain/two-people.ts'
import type { DecidedOnDay } from '../../../shared/store/settlements/decided-sums.ts'
import type { DifferenceCase, Proposal, Resolution } from '../../../shared/store/settlements/records.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import type { Call } from '../http/route.ts'
import { NOT_STATED, noActor, referralDetail } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { heldToLimits, personOf } from './approval-limits.ts'
import {
  answerOf,
  type CaseAttempt,
  type CaseCall,
  type CaseOutcome,
  changeOf,
  recordOf,
  refused,
  takeCaseStep,
} from './case-step.ts'
import { linkedInAction } from './linked-differences.ts'
import { DECIDED, linkedTo, MESSAGE } from './resolve-difference.ts'

type ApprovalRefusal = 'ALREADY_DECIDED' | 'NOT_PROPOSED' | 'OWN_PROPOSAL' | 'NOT_ALLOWED' | 'LINKED_DIFFERENCE'
type Attempt = CaseAttempt<ApprovalRefusal>
/** What a person says to a proposal that waits. */
type Judgement = {
  readonly by: CaseCall
  readonly known: DifferenceCase
  readonly proposal: Proposal
  readonly remark: string
}

export async function approveResolution(
  ports: ConsolePorts,
  call: Call<{ path: { id: string }; body: ApprovalRequest }>,
) {
  const { actor, now, path, body, person, mayAdminister } = call
  if (actor === null) return noActor()
  return answerOf(await decideOn(ports, { id: path.id, actor, person, mayAdminister, now }, body), now)
}

export async function decideOn(
  ports: ConsolePorts,
  by: CaseCall,
  { decision, reason: remark = NOT_STATED }: ApprovalRequest,
): Promise<CaseOutcome<ApprovalRefusal>> {
  return takeCaseStep(ports, by, MESSAGE, async (known) => {
    const { proposal } = known
    const isWaiting = known.state !== 'approved' && known.state !== 'resolved' && proposal !== null
    if (!isWaiting) return decidedBefore(by, known, decision, remark)
    const judgement = { by, known, proposal, remark }
    const refusal = refusalOf(judgement, decision)
    if (refusal === 'stands') return { outcome: 'stands' }
    if (refusal) return refusal
    return decision === 'reject' ? rejected(judgement) : approve(ports, judgement)
  })
}

/** The same words of the same person again change nothing. */
function decidedBefore(
  { actor }: CaseCall,
  { state, history }: DifferenceCase,
  decision: ApprovalRequest['decision'],
  remark: string,
): Attempt {
  // A proposal since then is another matter, also where a later run has made it void: what was approved before is not this one.
  const last = history.findLast(({ what }) => ['proposed', 'referred', 'approved', 'rejected'].includes(what))
  const what = decision === 'approve' ? 'approved' : 'rejected'
  if (last?.by === actor && last.what === what && last.note === remark) return { outcome: 'stands' }
  if (state === 'approved' || state === 'resolved') return refused('ALREADY_DECIDED', DECIDED)
  return refused('NOT_PROPOSED', 'expected a proposal; somebody must make one first')
}

function refusalOf({ by, proposal, remark }: Judgement, decision: ApprovalRequest['decision']) {
  const { actor, person, mayAdminister = false } = by
  const isOwn = proposal.person !== undefined && isSamePerson(proposal.person, person)
  if (proposal.by === actor || isOwn)
    return refused('OWN_PROPOSAL', 'expected another person than the one who proposed it')
  if (decision === 'reject' || !proposal.referral) return undefined
  return refusalOfThird(proposal.referral, { by: actor, person, remark, mayAdminister })
}

async function approve(ports: ConsolePorts, judgement: Judgement): Promise<Attempt> {
  const { by, known, proposal } = judgement
  const linked = await linkedInAction(ports, known)
  if (proposal.action !== 'accept' && linked !== null) return refused('LINKED_DIFFERENCE', linkedTo(linked))
  // The administrator says what the limits cannot; it is not counted.
  if (proposal.referral) return approved(judgement, [])
  const people = [personOf(proposal.by, proposal.person), by.person]
  const held = await heldToLimits(ports.settlements, people, [amountOf(judgement)], by.now)
  return held.outcome === 'above' ? referred(judgement, held.above) : approved(judgement, held.sums)
}

/** With the write-offs of one call, which are one resolution however many cases they are of. */
function amountOf({ by, known, proposal: { action, amount = null } }: Judgement): DecidedAmount {
  const { writtenOffBefore = ZERO } = by
  const decided = decidedBy(known.finding, known.parts ?? [], { action, amount })
  return action === 'write-off' ? { ...decided, before: rupiah(decided.before + writtenOffBefore) } : decided
}

function referred(judgement: Judgement, above: Exceeded): Attempt {
  const { by, known, proposal, remark } = judgement
  const { actor, person, now } = by
  const changed = changeOf(known, { at: now, what: 'referred', by: actor, note: remark })
  const referral: Referral = { by: actor, person, at: now, remark, above }
  return {
    outcome: 'step',
    case: { ...changed, proposal: { ...proposal, referral } },
    record: recordOf(known, by, 'referred', { ...detailOf(judgement), ...referralDetail(referral) }),
    resolution: null,
  }
}

function approved(judgement: Judgement, sums: readonly DecidedOnDay[]): Attempt {
  const { by, known, remark } = judgement
  const changed = changeOf(known, { at: by.now, what: 'approved', by: by.actor, note: remark })
  return {
    outcome: 'step',
    case: { ...changed, state: 'approved' },
    record: recordOf(known, by, 'approved', detailOf(judgement)),
    resolution: resolutionOf(judgement, changed.version),
    sums,
  }
}

/** Open again, except for a corrected file: to reject it decides the case, and the day's next run must take that into account. */
function rejected(judgement: Judgement): Attempt {
  const { by, known, remark } = judgement
  const { now, actor } = by
  const changed = changeOf(known, { at: now, what: 'rejected', by: actor, note: remark })
  const record = recordOf(known, by, 'rejected', detailOf(judgement))
  if (changed.finding.class !== 'corrected-file') {
    return { outcome: 'step', case: { ...changed, state: 'open', proposal: null }, record, resolution: null }
  }
  const ended = { how: 'resolution', at: now, note: 'declined: the accepted file stands' } as const
  // Nothing is left to be applied, because the case is resolved: the entry only starts the day's next run.
  const resolution = resolutionOf(judgement, changed.version)
  return { outcome: 'step', case: { ...changed, state: 'resolved', resolution: ended }, record, resolution }
}

/** As the audit chain keeps it, and functions/reconcile-settlement/audited.ts demands it. */
function detailOf({ proposal, remark }: Judgement) {
  const { action, reason, paymentId, amount = null, by: proposedBy, at: proposedAt, referral } = proposal
  return { action, reason, paymentId, amount, proposedBy, proposedAt, remark, ...referralDetail(referral) }
}

function resolutionOf({ by, known, proposal }: Judgement, differenceVersion: number): Omit<Resolution, 'audit'> {
  const { action, reason, paymentId, amount = null, by: proposedBy } = proposal
  return {
    differenceId: known.id,
    channel: known.channel,
    date: known.date,
    differenceVersion,
    finding: known.finding,
    action,
    reason,
    paymentId,
    amount,
    proposedBy,
    approvedBy: by.actor,
    approvedAt: by.now,
  }
}
