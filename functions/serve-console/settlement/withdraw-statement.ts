/**
 * `/api/bank-statements/{sha256}/withdrawal` and `…/approval`: a bank statement is taken back by two people. The books are
 * then as if it had never come; statements that follow it wait until the right one has come, or its own bytes again.
 *
 * Promises: the statement's state, the approval and its audit entry are one transaction, and the entry beside it wakes
 * functions/reconcile-settlement, which takes what it named out of the days (shared/intake/chained-statements.ts). The raw bytes
 * and what people said of its movements stay for ever.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { BankFile } from '../../../shared/domain/settlement/file-version.ts'
import { type Approval, type ApprovalStep, decide, propose } from '../../../shared/domain/two-people.ts'
import type { AuditRecord } from '../../../shared/store/audit/audit.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { StatementWithdrawal, StatementWithdrawalRequest } from './bank-schemas.ts'
import { describeBankFile } from './bank-statements.ts'

type Target = { path: { sha256: string } }
/** Of the bank's file, for whoever reads the audit chain. */
type Withdrawal = { readonly sha256: string; readonly name: string }
type Action = 'proposed' | 'approved' | 'rejected'

export const UNKNOWN_BANK_STATEMENT = 'expected the digest of a bank statement, as the list names it'

export async function proposeStatementWithdrawal(
  ports: ConsolePorts,
  call: Call<Target & { body: StatementWithdrawalRequest }>,
) {
  const { actor, now, body, path } = call
  const file = await ports.settlements.bankFile(path.sha256)
  if (!file) return unknown()
  if (actor === null) return noActor()
  if (file.state === 'withdrawn') return isWithdrawn()
  const subject = subjectOf(file)
  const request: Withdrawal = { sha256: file.sha256, name: file.name }
  const known = await ports.resolutions.approval<Withdrawal>(subject)
  const step = propose(known, { subject, request, reason: body.reason, by: actor, at: now, person: call.person })
  return take(ports, file, { action: 'proposed', actor, step }, call)
}

export async function showStatementWithdrawal(ports: ConsolePorts, { path }: Call<Target>) {
  const file = await ports.settlements.bankFile(path.sha256)
  if (!file) return unknown()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(file))
  return json(200, { file: describeBankFile(file), proposal: known ? shown(known) : null })
}

export async function approveStatementWithdrawal(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now, body, path } = call
  const file = await ports.settlements.bankFile(path.sha256)
  if (!file) return unknown()
  if (actor === null) return noActor()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(file))
  const step = decide(known, {
    decision: body.decision,
    remark: body.reason ?? 'not stated',
    by: actor,
    at: now,
    person: call.person,
  })
  return take(ports, file, { action: body.decision === 'approve' ? 'approved' : 'rejected', actor, step }, call)
}

async function take(
  ports: ConsolePorts,
  file: BankFile,
  { action, actor, step }: { action: Action; actor: string; step: ApprovalStep<Withdrawal> },
  { now }: Call,
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'stands') return json(200, shown(step.known))
  if (action === 'approved' && file.state === 'withdrawn') return isWithdrawn()
  const { next } = step
  const { request, reason, remark, subject } = next
  const record: AuditRecord = { at: now, actor, action, subject, detail: { request: { ...request }, reason, remark } }
  const effects = action === 'approved' ? [{ kind: 'statement-withdrawn', file } as const] : []
  const taken = await ports.resolutions.takeApproval({ approval: next, record, effects })
  if (taken.outcome === 'conflict') {
    const detail = 'expected nobody else to change the statement at the same moment; look again'
    return problem('CHANGED_MEANWHILE', detail)
  }
  const { sequence, hash } = taken.entry
  ports.log.info('A step to withdraw a bank statement was recorded', { action, actor, sequence, hash })
  return json(200, shown(next))
}

function subjectOf({ sha256 }: BankFile): string {
  return `bank-statement#${sha256}`
}

function shown(approval: Approval<Withdrawal>): StatementWithdrawal {
  const { request, state, reason, proposedBy, proposedAt, decidedBy, decidedAt, remark } = approval
  return {
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

function unknown() {
  return problem('UNKNOWN_STATEMENT', UNKNOWN_BANK_STATEMENT)
}

function noActor() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}

function isWithdrawn() {
  return problem('ACTION_DOES_NOT_FIT', 'expected a statement that counts or waits; this one is withdrawn')
}
