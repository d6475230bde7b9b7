/**
 * `/api/bank-statements/{sha256}/withdrawal` and `…/approval`: a bank statement is taken back by two people. The books are
 * then as if it had never come; statements that follow it wait until the right one has come, or its own bytes again.
 *
 * Promises: the statement's state, the approval and its audit entry are one transaction, and the entry beside it wakes
 * functions/reconcile-settlement, which takes what it named out of the days (shared/intake/chained-statements.ts). The raw bytes
 * and what people said of its movements stay for ever.
 */
import type { BankFile } from '../../../shared/domain/settlement/file-version.ts'
import type { Approval, ApprovalStep } from '../../../shared/domain/two-people.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { judgementBy, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import type { StatementWithdrawal, StatementWithdrawalRequest } from './bank-schemas.ts'
import { describeBankFile } from './bank-statements.ts'

type Target = { path: { sha256: string } }
/** Of the bank's file, for whoever reads the audit chain. */
type Withdrawal = { readonly sha256: string; readonly name: string }

export const UNKNOWN_BANK_STATEMENT = 'expected the digest of a bank statement, as the list names it'

export async function proposeStatementWithdrawal(
  ports: ConsolePorts,
  call: Call<Target & { body: StatementWithdrawalRequest }>,
) {
  const file = await ports.settlements.bankFile(call.path.sha256)
  if (!file) return unknownBankStatement()
  if (file.state === 'withdrawn') return isWithdrawn()
  const request: Withdrawal = { sha256: file.sha256, name: file.name }
  const asked = { subject: subjectOf(file), request, reason: call.body.reason }
  return take(ports, file, await proposalBy(ports, call, asked))
}

export async function showStatementWithdrawal(ports: ConsolePorts, call: Call<Target>) {
  const { sha256 } = call.path
  const [file, unconfirmed] = await Promise.all([
    ports.settlements.bankFile(sha256),
    ports.settlements.unconfirmed(sha256),
  ])
  if (!file) return unknownBankStatement()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(file))
  return json(200, { file: describeBankFile(file, unconfirmed, call.now), proposal: known ? shown(known) : null })
}

export async function approveStatementWithdrawal(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const file = await ports.settlements.bankFile(call.path.sha256)
  if (!file) return unknownBankStatement()
  return take(ports, file, await judgementBy<Withdrawal>(ports, call, subjectOf(file)))
}

async function take(ports: ConsolePorts, file: BankFile, step: ApprovalStep<Withdrawal>) {
  if (step.outcome === 'step' && step.next.state === 'approved' && file.state === 'withdrawn') return isWithdrawn()
  const taken = await takeStep(ports, step, {
    effectsOf: ({ state }) => (state === 'approved' ? [{ kind: 'statement-withdrawn', file, by: 'withdrawal' }] : []),
    message: 'A step to withdraw a bank statement was recorded',
    conflict: 'expected nobody else to change the statement at the same moment; look again',
  })
  return 'kind' in taken ? taken : json(200, shown(taken))
}

function subjectOf({ sha256 }: BankFile): string {
  return `bank-statement#${sha256}`
}

function shown(approval: Approval<Withdrawal>): StatementWithdrawal {
  return { ...approval.request, ...proposalOf(approval) }
}

export function unknownBankStatement() {
  return problem('UNKNOWN_STATEMENT', UNKNOWN_BANK_STATEMENT)
}

function isWithdrawn() {
  return problem('ACTION_DOES_NOT_FIT', 'expected a statement that counts or waits; this one is withdrawn')
}
