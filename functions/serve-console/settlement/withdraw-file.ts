/**
 * `/api/settlements/{channel}/{date}/withdrawal` and `…/approval`: an accepted settlement file is taken back by two people.
 * The day then has no file, as before it came: it is reconciled anew, and the same bytes may come back later.
 *
 * Promises: what is withdrawn is the version that was looked at; the file's state, the approval and its audit entry are one
 * transaction, and the entry beside it wakes functions/reconcile-settlement. The raw bytes and the version stay for ever.
 */
import { type BusinessDate, formatUtc, parseBusinessDate } from '../../../shared/domain/instant.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import { type Approval, type ApprovalStep, decide, propose } from '../../../shared/domain/two-people.ts'
import type { AuditRecord, Plain } from '../../../shared/store/audit/audit.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { FileWithdrawal, WithdrawalRequest } from './statement-schemas.ts'
import { UNKNOWN_STATEMENT } from './statements.ts'

type Target = { path: { channel: string; date: string } }
type Day = { readonly channel: string; readonly date: BusinessDate }
/** The version of the day's file that is to go. */
type Withdrawal = { readonly version: number; readonly sha256: string }

export async function proposeWithdrawal(ports: ConsolePorts, call: Call<Target & { body: WithdrawalRequest }>) {
  const { actor, now, body } = call
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  if (actor === null) return noActor()
  const files = await ports.settlements.fileVersions(day.channel, day.date)
  const accepted = files.find(({ state }) => state === 'accepted')
  if (accepted?.version !== body.version) return notAccepted(accepted)
  if (files.some(({ state }) => state === 'proposed')) {
    const detail = 'expected no corrected file to wait beside the accepted one; accept or decline that one first'
    return problem('ACTION_DOES_NOT_FIT', detail)
  }
  const subject = subjectOf(day)
  const known = await ports.resolutions.approval<Withdrawal>(subject)
  const request = { version: accepted.version, sha256: accepted.sha256 }
  return take(
    ports,
    day,
    'proposed',
    call,
    propose(known, { subject, request, reason: body.reason, by: actor, at: now, person: call.person }),
  )
}

export async function showWithdrawal(ports: ConsolePorts, call: Call<Target>) {
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(day))
  return json(200, { proposal: known ? shown(day, known) : null })
}

export async function approveWithdrawal(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now, body } = call
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  if (actor === null) return noActor()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(day))
  const step = decide(known, {
    decision: body.decision,
    remark: body.reason ?? 'not stated',
    by: actor,
    at: now,
    person: call.person,
  })
  return take(ports, day, body.decision === 'approve' ? 'approved' : 'rejected', call, step)
}

async function take(
  ports: ConsolePorts,
  day: Day,
  action: 'proposed' | 'approved' | 'rejected',
  { actor, now }: Call,
  step: ApprovalStep<Withdrawal>,
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'stands') return json(200, shown(day, step.known))
  const { next } = step
  const files = await ports.settlements.fileVersions(day.channel, day.date)
  const accepted = files.find(({ state }) => state === 'accepted')
  if (action === 'approved' && accepted?.version !== next.request.version) return notAccepted(accepted)
  const { request, reason, remark } = next
  const record: AuditRecord = {
    at: now,
    actor: actor as string,
    action,
    subject: next.subject,
    detail: { request: { ...request }, reason, remark } satisfies Plain,
  }
  const effects = action === 'approved' && accepted ? [{ kind: 'file-withdrawn', file: accepted } as const] : []
  const taken = await ports.resolutions.takeApproval({ approval: next, record, effects })
  if (taken.outcome === 'conflict') {
    return problem(
      'CHANGED_MEANWHILE',
      'expected nobody else to change the files of the day at the same moment; look again',
    )
  }
  const { sequence, hash } = taken.entry
  ports.log.info('A step to withdraw a settlement file was recorded', {
    action,
    actor,
    channel: day.channel,
    day: day.date,
    version: request.version,
    sequence,
    hash,
  })
  return json(200, shown(day, next))
}

function dayOf(ports: ConsolePorts, { path }: Call<Target>): Day | undefined {
  const date = parseBusinessDate(path.date)
  return ports.channels.includes(path.channel) && date ? { channel: path.channel, date } : undefined
}

function subjectOf({ channel, date }: Day): string {
  return `file#${channel}#${date}`
}

function shown({ channel, date }: Day, approval: Approval<Withdrawal>): FileWithdrawal {
  const { request, state, reason, proposedBy, proposedAt, decidedBy, decidedAt, remark } = approval
  return {
    channel,
    date,
    ...request,
    state,
    reason,
    proposedBy,
    proposedAt: formatUtc(proposedAt),
    decidedBy,
    decidedAt: decidedAt === null ? null : formatUtc(decidedAt),
    remark,
  }
}

function unknownDay() {
  return problem('UNKNOWN_STATEMENT', UNKNOWN_STATEMENT)
}

function noActor() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}

function notAccepted(accepted: FileVersion | undefined) {
  const stands = accepted ? `version ${accepted.version} is` : 'none is'
  return problem('CHANGED_MEANWHILE', `expected the version that is accepted now, ${stands}; look again`)
}
