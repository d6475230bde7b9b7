/**
 * `POST /api/suspense/{id}/proposal` and `…/approval`: two people let money out of suspense, to the membership that it belongs to
 * or back to the channel that collected it. What was approved is applied by functions/reconcile-settlement (apply-exit.ts).
 *
 * Promises: nobody approves an own proposal; what is approved is what was proposed, on this very amount; the exit, its approval
 * and the audit entry are one transaction, and money that has an approved exit gets no second one.
 */
import { openClosure } from '../../../shared/domain/closures.ts'
import { formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { type Kpj, parseKpj } from '../../../shared/domain/kpj.ts'
import { type Rupiah, ZERO } from '../../../shared/domain/money.ts'
import { type ExitAction, exitSubject, type SuspenseExit } from '../../../shared/domain/suspense-exit.ts'
import {
  type Approval,
  type ApprovalStep,
  awaitedFor,
  decide,
  propose,
  refer,
} from '../../../shared/domain/two-people.ts'
import type { AuditRecord } from '../../../shared/store/audit/audit.ts'
import type { ApprovalEffect } from '../../../shared/store/settlements/approval-effect.ts'
import { effectsOfExit } from '../../../shared/store/settlements/suspense.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { referralDetail } from '../http/two-person-step.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import { effectsOfSums, heldToLimits, personOf } from './approval-limits.ts'
import { type ListedMoney, listedMoney, pointerIn } from './suspended-money.ts'
import type { ExitProposal, SuspenseStep } from './suspense-schemas.ts'

type Target = { path: { id: string } }
/** What two people decide about: the amount is the one that was looked at. */
export type ExitRequest = { readonly action: ExitAction; readonly to: Kpj | null; readonly amountRupiah: Rupiah }

export async function proposeExit(ports: ConsolePorts, call: Call<Target & { body: ExitProposal }>) {
  const { actor, now, body } = call
  const { action, reason, kpj } = body
  if (actor === null) return noActor()
  const money = await moneyOf(ports, call.path.id)
  if (!money) return unknownMoney()
  const subject = exitSubject(money.name)
  const known = await ports.resolutions.approval<ExitRequest>(subject)
  const to = kpj === undefined ? null : (parseKpj(kpj) ?? null)
  const request = { action, to, amountRupiah: money.amount }
  const refused = await problemOf(ports, money, request, now)
  if (refused) return refused
  return take(
    ports,
    money,
    'proposed',
    call,
    propose(known, { subject, request, reason, by: actor, at: now, person: call.person }),
  )
}

export async function approveExit(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now, body } = call
  if (actor === null) return noActor()
  const money = await moneyOf(ports, call.path.id)
  if (!money) return unknownMoney()
  const known = await ports.resolutions.approval<ExitRequest>(exitSubject(money.name))
  const { person, mayAdminister } = call
  const said = {
    decision: body.decision,
    remark: body.reason ?? 'not stated',
    by: actor,
    at: now,
    person,
    mayAdminister,
  }
  const step = decide(known, said)
  if (body.decision === 'reject') return take(ports, money, 'rejected', call, step)
  if (step.outcome === 'step') {
    const { request } = step.next
    const refused = await problemOf(ports, money, request, now)
    if (refused) return refused
    if (request.amountRupiah !== money.amount) return changedMeanwhile()
    const { action, amountRupiah: amount } = request
    const people = [personOf(step.next.proposedBy, step.next.proposer), person]
    const decided = known?.referral ? [] : [{ action, amount, before: ZERO }]
    const held = await heldToLimits(ports.settlements, people, decided, now)
    if (held.outcome === 'within') return take(ports, money, 'approved', call, step, effectsOfSums(held.sums))
    if (known) return take(ports, money, 'referred', call, { outcome: 'step', next: refer(known, held.above, said) })
  }
  return take(ports, money, 'approved', call, step)
}

/** Undefined: it may be done. */
async function problemOf(ports: ConsolePorts, money: ListedMoney, { action, to }: ExitRequest, now: Instant) {
  if (await ports.settlements.exit(money.name, money.since)) {
    return problem('ALREADY_DECIDED', 'expected money without an approved exit; two people have let this one out')
  }
  if (money.amount === 0) {
    return problem('ALREADY_DECIDED', 'expected money that is still in suspense; it went back or lies elsewhere now')
  }
  if (!money.actions.includes(action)) {
    return problem('ACTION_DOES_NOT_FIT', `expected ${money.actions.join(', ')}: money of a bill is its payer’s`)
  }
  if ((action === 'release') !== (to !== null)) {
    return problem('INVALID_INPUT', 'field kpj: expected the membership that a release is for, and none for a refund')
  }
  if (to === null) return undefined
  const account = await openAccount(ports, to)
  if (!account) return unknownMembership()
  if (!openClosure(account.allocation.closures, now)) return undefined
  return problem('MEMBERSHIP_CLOSED', 'expected a membership that takes money; reopen it first, or refund')
}

async function take(
  ports: ConsolePorts,
  money: ListedMoney,
  action: 'proposed' | 'referred' | 'approved' | 'rejected',
  { actor, now }: Call,
  step: ApprovalStep<ExitRequest>,
  counted: readonly ApprovalEffect[] = [],
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'stands') return json(200, describeStep(money.id, step.known))
  const { next } = step
  const { request, reason, remark } = next
  const { channel, paymentId } = money.name
  const { account, fact } = money.money
  const { proposedBy, proposedAt, referral } = next
  const asked = { request, reason, remark, channel, paymentId, account, fact }
  const detail = { ...asked, proposedBy, proposedAt, ...referralDetail(referral) }
  const record: AuditRecord = { at: now, actor: actor as string, action, subject: next.subject, detail }
  const effects = action === 'approved' ? [...effectsOfExit(exitOf(money, request, now)), ...counted] : []
  const taken = await ports.resolutions.takeApproval({ approval: next, record, effects })
  if (taken.outcome === 'conflict') return changedMeanwhile()
  // The log names the end of the chain too: who cuts the chain off must cut off the log as well.
  const { sequence, hash } = taken.entry
  ports.log.info('A step about money in suspense was recorded', { action, actor, channel, sequence, hash })
  return json(200, describeStep(money.id, next))
}

function exitOf({ name, money, since }: ListedMoney, request: ExitRequest, approvedAt: Instant): SuspenseExit {
  const { action, to, amountRupiah: amount } = request
  const { account, fact } = money
  return { ...name, action, account, fact, businessDate: since, amount, to, approvedAt }
}

async function moneyOf(ports: ConsolePorts, id: string): Promise<ListedMoney | undefined> {
  const pointer = pointerIn(id)
  const money = pointer === undefined ? undefined : await ports.settlements.suspended(pointer)
  return money && listedMoney(ports, money)
}

export function describeStep(id: string, approval: Approval<ExitRequest>): SuspenseStep {
  const { request, state, reason, proposedBy, proposedAt, decidedBy, decidedAt, remark } = approval
  return {
    id,
    action: request.action,
    kpj: request.to,
    amountRupiah: request.amountRupiah,
    state,
    waitsFor: awaitedFor(approval),
    reason,
    proposedBy,
    proposedAt: formatUtc(proposedAt),
    decidedBy,
    decidedAt: decidedAt === null ? null : formatUtc(decidedAt),
    remark,
  }
}

export const UNKNOWN_SUSPENSE = 'expected the id of money in suspense, as the list names it'

function unknownMoney() {
  return problem('UNKNOWN_SUSPENSE', UNKNOWN_SUSPENSE)
}

function changedMeanwhile() {
  return problem('CHANGED_MEANWHILE', 'expected the money to stay as it was when this was proposed; look again')
}

function noActor() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}
