/**
 * `POST /api/differences/{id}/proposal` and `…/approval`: one person says what shall be done about a difference, another one
 * agrees. Each step is one transaction with its entry in the audit chain (shared/store/settlements/resolutions.ts); what was approved is
 * applied by functions/reconcile-settlement.
 *
 * Promises: nobody approves what he proposed himself; what is approved is what was proposed on these very figures; the same
 * call again is the same answer.
 */
import * as z from 'zod/mini'
import { formatRupiah } from '../../shared/domain/money.ts'
import {
  ACTIONS,
  type Action,
  actionsFor,
  isWithinWriteOffLimit,
  stakeOf,
} from '../../shared/domain/settlement/resolution.ts'
import type { AuditRecord, Plain } from '../../shared/store/audit/audit.ts'
import type { DifferenceCase, HistoryStep, Proposal, Resolution } from '../../shared/store/settlements/records.ts'
import { describeFully, unknownDifference } from './differences.ts'
import { readJson } from './input.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

const TRIES = 3
const TEXT = 'expected 1 to 200 characters without the number of a person or a phone'
/** Kept for ten years beside the money: what can be recognised as personal stays out of it. */
const reason = z
  .string(TEXT)
  .check(z.trim(), z.minLength(1, TEXT), z.maxLength(200, TEXT), z.regex(/^(?!.*\d{9})\P{C}*$/u, TEXT))
const PROPOSAL = z.strictObject({
  action: z.enum(ACTIONS, `expected one of ${ACTIONS.join(', ')}`),
  reason,
  paymentId: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
})
const APPROVAL = z.strictObject({
  decision: z.enum(['approve', 'reject'], 'expected approve or reject'),
  reason: z._default(reason, 'not stated'),
})

type Asked = { readonly action: Action; readonly reason: string; readonly paymentId?: string | undefined }
type Judged = { readonly decision: 'approve' | 'reject'; readonly reason: string }
/** `step`: write it. `stands`: it was written before. */
type Attempt =
  | {
      readonly outcome: 'step'
      readonly case: DifferenceCase
      readonly record: AuditRecord
      readonly resolution: Omit<Resolution, 'audit'> | null
    }
  | { readonly outcome: 'stands' }
  | { readonly outcome: 'refused'; readonly reply: Reply }

export async function proposeResolution(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(PROPOSAL, call.body)
  if (asked.outcome === 'refused') return asked.reply
  return decide(parts, call, (known, actor) => tryProposal(call, known, actor, asked.value))
}

export async function approveResolution(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(APPROVAL, call.body)
  if (asked.outcome === 'refused') return asked.reply
  return decide(parts, call, (known, actor) => tryApproval(call, known, actor, asked.value))
}

async function decide(
  parts: ConsoleParts,
  call: Call,
  attempt: (known: DifferenceCase, actor: string) => Attempt,
): Promise<Reply> {
  const { actor, path, now } = call
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who decides')
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await parts.settlements.difference(path.id ?? '')
    if (!known) return unknownDifference()
    const wanted = attempt(known, actor)
    if (wanted.outcome === 'refused') return wanted.reply
    if (wanted.outcome === 'stands') return json(200, describeFully(known, now))
    const taken = await parts.resolutions.take({
      case: wanted.case,
      record: wanted.record,
      resolution: wanted.resolution,
    })
    if (taken.outcome === 'conflict') continue
    const { sequence, hash, action } = taken.entry
    // Where the chain ends is said in the log too: who cuts it off must cut off the log as well.
    parts.log.info('A resolution was recorded', {
      action,
      actor,
      channel: known.channel,
      day: known.date,
      sequence,
      hash,
    })
    return json(200, describeFully(wanted.case, now))
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to decide about it at the same moment; look again')
}

function tryProposal({ now }: Call, known: DifferenceCase, actor: string, asked: Asked): Attempt {
  const { action, reason: why } = asked
  const paymentId = asked.paymentId ?? null
  const of = known.finding.class
  if (known.state === 'approved' || known.state === 'resolved') return refused('ALREADY_DECIDED', DECIDED)
  if (known.proposal) {
    const { proposal } = known
    const same = proposal.action === action && proposal.reason === why && proposal.paymentId === paymentId
    if (same && proposal.by === actor) return { outcome: 'stands' }
    return refused('ALREADY_PROPOSED', 'expected no proposal to wait for approval; reject that one first')
  }
  const fitting = actionsFor(known.finding)
  if (!fitting.includes(action)) {
    return refused('ACTION_DOES_NOT_FIT', `expected one of ${fitting.join(', ')} for this difference (${of})`)
  }
  const stake = stakeOf(known.finding)
  if (action === 'write-off' && !isWithinWriteOffLimit(stake, now)) {
    return refused('WRITE_OFF_LIMIT', `expected an amount that may be given up, this is ${formatRupiah(stake)}`)
  }
  const candidates = known.finding.evidence.candidates ?? []
  if ((action === 'match') !== (paymentId !== null) || (paymentId !== null && !candidates.includes(paymentId))) {
    return refused(
      'INVALID_INPUT',
      'field paymentId: expected one of the candidates for match, and none for the others',
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

function tryApproval({ now }: Call, known: DifferenceCase, actor: string, asked: Judged): Attempt {
  const last = known.history.findLast(({ what }) => what === 'approved' || what === 'rejected')
  const wanted = asked.decision === 'approve' ? 'approved' : 'rejected'
  const wasMine = last?.by === actor && last.what === wanted && last.note === asked.reason
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
  const changed = changeOf(known, { at: now, what: wanted, by: actor, note: asked.reason })
  const { action, reason: why, paymentId, by: proposedBy } = proposal
  const said = { action, reason: why, paymentId, proposedBy, remark: asked.reason }
  const record = recordOf(known, actor, wanted, now, said)
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
  if (asked.decision === 'reject') return rejected(changed, record, resolution)
  // Time may have passed since the proposal, and the limit with it.
  if (action === 'write-off' && !isWithinWriteOffLimit(stakeOf(known.finding), now)) {
    return refused('WRITE_OFF_LIMIT', `expected an amount that may be given up today, this is over the limit`)
  }
  return { outcome: 'step', case: { ...changed, state: 'approved' }, record, resolution }
}

/** Open again, but for a corrected file: to decline it is the other way of deciding, and the day must hear of it. */
function rejected(changed: DifferenceCase, record: AuditRecord, resolution: Omit<Resolution, 'audit'>): Attempt {
  if (changed.finding.class !== 'corrected-file') {
    return { outcome: 'step', case: { ...changed, state: 'open', proposal: null }, record, resolution: null }
  }
  const ended = { how: 'resolution', at: record.at, note: 'declined: the accepted file stands' } as const
  // Nothing is left to be applied, because the case is resolved: the entry only wakes the day's next run.
  return { outcome: 'step', case: { ...changed, state: 'resolved', resolution: ended }, record, resolution }
}

const DECIDED = 'expected a difference that is open; this one is decided'

function changeOf(known: DifferenceCase, added: HistoryStep): DifferenceCase {
  return { ...known, version: known.version + 1, history: [...known.history, added].slice(-50) }
}

/** With the evidence as it was looked at. */
function recordOf(
  known: DifferenceCase,
  actor: string,
  action: AuditRecord['action'],
  at: Call['now'],
  said: Readonly<Record<string, Plain>>,
): AuditRecord {
  const evidence = JSON.parse(JSON.stringify(known.finding)) as Plain
  return { at, actor, action, subject: known.id, detail: { ...said, evidence } }
}

function refused(code: Parameters<typeof problem>[0], detail: string): Attempt {
  return { outcome: 'refused', reply: problem(code, detail) }
}
