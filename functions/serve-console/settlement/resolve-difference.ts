/**
 * `POST /api/differences/{id}/proposal` and `…/approval`: one person proposes how a difference is resolved, another one
 * approves or rejects it. Each step is one transaction with its entry in the audit chain
 * (shared/store/settlements/resolutions.ts); what was approved is applied by functions/reconcile-settlement.
 *
 * Promises: nobody approves an own proposal; what is approved is what was proposed on these very figures; the same
 * call again is the same answer.
 */
import { formatRupiah } from '../../../shared/domain/money.ts'
import { actionsFor, isWithinWriteOffLimit, stakeOf } from '../../../shared/domain/settlement/resolution.ts'
import type { AuditRecord, Plain } from '../../../shared/store/audit/audit.ts'
import type { DifferenceCase, HistoryStep, Proposal, Resolution } from '../../../shared/store/settlements/records.ts'
import type { ProblemCode } from '../http/problems.ts'
import { json, type Problem, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ApprovalRequest, ProposalRequest } from './difference-schemas.ts'
import { describeFully, unknownDifference } from './differences.ts'
import { isMatchable, linkedInAction, wasPosted } from './linked-differences.ts'

const TRIES = 3
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
/** `step`: write it. `stands`: it was written before. */
type Attempt<C extends ProblemCode> =
  | {
      readonly outcome: 'step'
      readonly case: DifferenceCase
      readonly record: AuditRecord
      readonly resolution: Omit<Resolution, 'audit'> | null
    }
  | { readonly outcome: 'stands' }
  | { readonly outcome: 'refused'; readonly problem: Problem<C> }

export async function proposeResolution(ports: ConsolePorts, call: Call<Target & { body: ProposalRequest }>) {
  const { action, paymentId } = call.body
  return resolve(ports, call, async (known, actor) => {
    const around = {
      linkedInAction: await linkedInAction(ports, known),
      wasPosted: action === 'post' && (await wasPosted(ports, known)),
      isMatchable: action === 'match' && paymentId !== undefined && (await isMatchable(ports, known, paymentId)),
    }
    return tryProposal(call, known, actor, around)
  })
}

export async function approveResolution(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { decision, reason = 'not stated' } = call.body
  return resolve(ports, call, async (known, actor) => {
    const linked = decision === 'approve' ? await linkedInAction(ports, known) : null
    return tryApproval(call, known, actor, { decision, reason }, linked)
  })
}

async function resolve<C extends ProblemCode>(
  ports: ConsolePorts,
  call: Call<Target>,
  attempt: (known: DifferenceCase, actor: string) => Promise<Attempt<C>>,
) {
  const { actor, path, now } = call
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who decides')
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await ports.settlements.difference(path.id)
    if (!known) return unknownDifference()
    const attempted = await attempt(known, actor)
    if (attempted.outcome === 'refused') return attempted.problem
    if (attempted.outcome === 'stands') return json(200, describeFully(known, now))
    const { case: changed, record, resolution } = attempted
    const taken = await ports.resolutions.take({ case: changed, record, resolution })
    if (taken.outcome === 'conflict') continue
    const { sequence, hash, action } = taken.entry
    // The log names the end of the chain too: who cuts the chain off must cut off the log as well.
    ports.log.info('A resolution was recorded', {
      action,
      actor,
      channel: known.channel,
      day: known.date,
      sequence,
      hash,
    })
    return json(200, describeFully(changed, now))
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to decide about it at the same moment; look again')
}

function tryProposal(
  { now, body }: Call<{ body: ProposalRequest }>,
  known: DifferenceCase,
  actor: string,
  around: CaseContext,
): Attempt<ProposalRefusal> {
  const { action, reason: why } = body
  const paymentId = body.paymentId ?? null
  if (known.state === 'approved' || known.state === 'resolved') return refused('ALREADY_DECIDED', DECIDED)
  if (known.proposal) {
    const { proposal } = known
    const same = proposal.action === action && proposal.reason === why && proposal.paymentId === paymentId
    if (same && proposal.by === actor) return { outcome: 'stands' }
    return refused('ALREADY_PROPOSED', 'expected no proposal to wait for approval; reject that one first')
  }
  const fitting = actionsFor(known.finding)
  if (!fitting.includes(action)) {
    return refused(
      'ACTION_DOES_NOT_FIT',
      `expected one of ${fitting.join(', ')} for this difference (${known.finding.class})`,
    )
  }
  if (around.wasPosted) {
    return refused('ACTION_DOES_NOT_FIT', 'expected money that was not posted before; this went back since: accept it')
  }
  const stake = stakeOf(known.finding)
  if (action === 'write-off' && !isWithinWriteOffLimit(stake, now)) {
    return refused('WRITE_OFF_LIMIT', `expected an amount that may be given up, this is ${formatRupiah(stake)}`)
  }
  if (action !== 'accept' && around.linkedInAction !== null)
    return refused('LINKED_DIFFERENCE', linkedTo(around.linkedInAction))
  if ((action === 'match') !== (paymentId !== null) || (paymentId !== null && !around.isMatchable)) {
    return refused(
      'INVALID_INPUT',
      'field paymentId: expected one of the candidates for match, and none for the others; a line of no known payment matches an accepted payment of its amount, seven days old at most',
    )
  }
  const proposal: Proposal = { action, reason: why, paymentId, by: actor, at: now }
  const changed = changeOf(known, { at: now, what: 'proposed', by: actor, note: `${action}: ${why}` })
  return {
    outcome: 'step',
    case: { ...changed, state: 'proposed', proposal },
    record: recordOf(known, actor, 'proposed', now, { action, reason: why, paymentId }),
    resolution: null,
  }
}

function tryApproval(
  { now }: Call,
  known: DifferenceCase,
  actor: string,
  request: Judgement,
  linked: string | null,
): Attempt<ApprovalRefusal> {
  const last = known.history.findLast(({ what }) => what === 'approved' || what === 'rejected')
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
  if (proposal.by === actor) return refused('OWN_PROPOSAL', 'expected another person than the one who proposed it')
  const changed = changeOf(known, { at: now, what, by: actor, note: request.reason })
  const { action, reason: why, paymentId, by: proposedBy } = proposal
  const detail = { action, reason: why, paymentId, proposedBy, remark: request.reason }
  const record = recordOf(known, actor, what, now, detail)
  const resolution = {
    differenceId: known.id,
    channel: known.channel,
    date: known.date,
    differenceVersion: changed.version,
    finding: known.finding,
    action,
    reason: why,
    paymentId,
    proposedBy,
    approvedBy: actor,
    approvedAt: now,
  }
  if (request.decision === 'reject') return rejected(changed, record, resolution)
  if (action !== 'accept' && linked !== null) return refused('LINKED_DIFFERENCE', linkedTo(linked))
  // Time may have passed since the proposal, and the limit with it.
  if (action === 'write-off' && !isWithinWriteOffLimit(stakeOf(known.finding), now)) {
    return refused('WRITE_OFF_LIMIT', `expected an amount that may be given up today, this is over the limit`)
  }
  return { outcome: 'step', case: { ...changed, state: 'approved' }, record, resolution }
}

/** Open again, except for a corrected file: to reject it decides the case, and the day's next run must take that into account. */
function rejected(changed: DifferenceCase, record: AuditRecord, resolution: Omit<Resolution, 'audit'>): Attempt<never> {
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

function changeOf(known: DifferenceCase, added: HistoryStep): DifferenceCase {
  return { ...known, version: known.version + 1, history: [...known.history, added].slice(-50) }
}

/** With the evidence as it was looked at. */
function recordOf(
  known: DifferenceCase,
  actor: string,
  action: AuditRecord['action'],
  at: Call['now'],
  detail: Readonly<Record<string, Plain>>,
): AuditRecord {
  const evidence = JSON.parse(JSON.stringify(known.finding)) as Plain
  return { at, actor, action, subject: known.id, detail: { ...detail, evidence } }
}

function refused<C extends ProblemCode>(code: C, detail: string): Attempt<C> {
  return { outcome: 'refused', problem: problem(code, detail) }
}
