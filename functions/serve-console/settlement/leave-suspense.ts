/**
 * `POST /api/suspense/{id}/proposal` and `…/approval`: two people let money out of suspense, to the membership that it belongs to
 * or back to the channel that collected it. What was approved is applied by functions/reconcile-settlement (apply-exit.ts).
 *
 * Promises: nobody approves an own proposal; what is approved is what was proposed, on this very amount; the exit, its approval
 * and the audit entry are one transaction, and money that has an approved exit gets no second one.
 */
import { openClosure } from '../../../shared/domain/closures.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Kpj, parseKpj } from '../../../shared/domain/kpj.ts'
import { type Rupiah, ZERO } from '../../../shared/domain/money.ts'
import { type ExitAction, exitSubject, type SuspenseExit } from '../../../shared/domain/suspense-exit.ts'
import { type Approval, type ApprovalStep, awaitedFor, decide, refer } from '../../../shared/domain/two-people.ts'
import type { ApprovalEffect } from '../../../shared/store/settlements/approval-effect.ts'
import { effectsOfExit } from '../../../shared/store/settlements/suspense.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { actorOf, judgementOf, noActor, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
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
  const { action, reason, kpj } = call.body
  const money = await moneyOf(ports, call.path.id)
  if (!money) return unknownMoney()
  const to = kpj === undefined ? null : (parseKpj(kpj) ?? null)
  const request = { action, to, amountRupiah: money.amount }
  const refused = await problemOf(ports, money, request, call.now)
  if (refused) return refused
  const asked = { subject: exitSubject(money.name), request, reason }
  return take(ports, money, call.now, await proposalBy<ExitRequest>(ports, call, asked))
}

export async function approveExit(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const by = actorOf(call)
  if (!by) return noActor()
  const money = await moneyOf(ports, call.path.id)
  if (!money) return unknownMoney()
  const known = await ports.resolutions.approval<ExitRequest>(exitSubject(money.name))
  const said = { ...judgementOf(call.body), ...by, mayAdminister: call.mayAdminister }
  const step = decide(known, said)
  if (known && step.outcome === 'step' && step.next.state === 'approved') {
    const { request } = step.next
    const refused = await problemOf(ports, money, request, call.now)
    if (refused) return refused
    if (request.amountRupiah !== money.amount) return problem('CHANGED_MEANWHILE', CHANGED)
    const { action, amountRupiah: amount } = request
    const people = [personOf(known.proposedBy, known.proposer), by.person]
    const decided = known.referral ? [] : [{ action, amount, before: ZERO }]
    const held = await heldToLimits(ports.settlements, people, decided, call.now)
    return held.outcome === 'within'
      ? take(ports, money, call.now, step, effectsOfSums(held.sums))
      : take(ports, money, call.now, { outcome: 'step', next: refer(known, held.above, said) })
  }
  return take(ports, money, call.now, step)
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
  now: Instant,
  step: ApprovalStep<ExitRequest>,
  counted: readonly ApprovalEffect[] = [],
) {
  const { channel, paymentId } = money.name
  const { account, fact } = money.money
  const taken = await takeStep(ports, step, {
    evidence: { channel, paymentId, account, fact, ...proposedIn(step) },
    effectsOf: ({ state, request }) =>
      state === 'approved' ? [...effectsOfExit(exitOf(money, request, now)), ...counted] : [],
    message: 'A step about money in suspense was recorded',
    fields: { channel },
    conflict: CHANGED,
  })
  return 'kind' in taken ? taken : json(200, describeStep(money.id, taken))
}

/** Whoever carries it out looks for both people in the chain. */
function proposedIn(step: ApprovalStep<ExitRequest>) {
  return step.outcome === 'step' ? { proposedBy: step.next.proposedBy, proposedAt: step.next.proposedAt } : {}
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
  const { action, to: kpj, amountRupiah } = approval.request
  return { id, action, kpj, amountRupiah, ...proposalOf(approval), waitsFor: awaitedFor(approval) }
}

const CHANGED = 'expected the money to stay as it was when this was proposed; look again'
export const UNKNOWN_SUSPENSE = 'expected the id of money in suspense, as the list names it'

function unknownMoney() {
  return problem('UNKNOWN_SUSPENSE', UNKNOWN_SUSPENSE)
}
