/**
 * `POST /api/memberships/{kpj}/closure`, `…/reopening` and the `…/approval` of each: one administrator asks that a membership ends,
 * or that this is taken back; nothing changes until another person approves it. What that does is carry-out-closure.ts.
 *
 * Promises: the same call again is the same answer, and two at once end as one after the other; what is asked for is looked at
 * when it is proposed and again when it is approved; an approval that was recorded and cut short is carried out by the same
 * approval again.
 */
import { type ClosureAct, closureSubject } from '../../../shared/domain/closure-act.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type Approval, decide, propose } from '../../../shared/domain/two-people.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { isTooFarAhead, YEARS_AHEAD } from '../http/fields.ts'
import type { ProblemCode } from '../http/problems.ts'
import { problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { actorOf, judgementOf, NOT_STATED, noActor, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { nextDecisionAt, openAccount } from './account.ts'
import { CLOSING, type ClosureKind, carryOut, correctAfter, isOvertaken, REOPENING } from './carry-out-closure.ts'
import { unknownMembership } from './kpj-parameter.ts'
import { showMembership } from './membership.ts'
import type { ClosureRequest, ReopeningRequest } from './schemas.ts'

const TRIES = 3
const RECORDED = {
  message: 'A step to close or reopen a membership was recorded',
  conflict: 'expected nobody else to close or reopen it at the same moment; try again',
}
type Target = { path: { kpj: Kpj } }
type Asked = { readonly request: ClosureAct; readonly reason: string }

export async function proposeClosing(ports: ConsolePorts, call: Call<Target & { body: ClosureRequest }>) {
  const { on, reason } = call.body
  if (isTooFarAhead(on, call.now))
    return problem('INVALID_INPUT', `field on: expected a day no more than ${YEARS_AHEAD} years from now`)
  return proposeAct(ports, call, { request: { action: 'close', on }, reason }, CLOSING)
}

export async function proposeReopening(ports: ConsolePorts, call: Call<Target & { body: ReopeningRequest }>) {
  const { on, reason = NOT_STATED } = call.body
  if (on !== undefined && on !== businessDateOf(call.now)) {
    return problem('INVALID_INPUT', 'field on: expected today (WIB) or nothing; a reopening counts from its approval')
  }
  return proposeAct(ports, call, { request: { action: 'reopen', on: null }, reason }, REOPENING)
}

export function approveClosing(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  return approveAct(ports, call, CLOSING)
}

export function approveReopening(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  return approveAct(ports, call, REOPENING)
}

async function proposeAct<C extends ProblemCode>(
  ports: ConsolePorts,
  call: Call<Target>,
  asked: Asked,
  kind: ClosureKind<C>,
) {
  const { kpj } = call.path
  const by = actorOf(call)
  const subject = closureSubject(kpj)
  for (let tried = 0; tried < TRIES; tried++) {
    // Before the account: what was carried out between the two is a conflict then, never a second proposal.
    const known = await ports.resolutions.approval<ClosureAct>(subject)
    const account = await openAccount(ports, kpj)
    if (!account) return unknownMembership()
    if (!by) return noActor()
    const checked = await kind.check(ports, account, asked)
    if (checked === 'stands') {
      // The first try may have ended right here.
      await correctAfter(ports, call, account, kind)
      return showMembership(ports, call)
    }
    if (checked !== 'open') return checked
    const taken = await takeStep(ports, propose(known, { subject, ...asked, ...by }), {
      ...RECORDED,
      fields: { account: kpj },
    })
    if (!('kind' in taken)) return showMembership(ports, call)
    if (taken.code !== 'CHANGED_MEANWHILE') return taken
  }
  return problem('CHANGED_MEANWHILE', RECORDED.conflict)
}

async function approveAct<C extends ProblemCode>(
  ports: ConsolePorts,
  call: Call<Target & { body: ApprovalRequest }>,
  kind: ClosureKind<C>,
) {
  const { kpj } = call.path
  const by = actorOf(call)
  for (let tried = 0; tried < TRIES; tried++) {
    const known = await approvalOf(ports, kpj, kind)
    const account = await openAccount(ports, kpj)
    if (!account) return unknownMembership()
    if (!by) return noActor()
    const step = decide(known, { ...judgementOf(call.body), ...by, at: nextDecisionAt(account, call.now) })
    if (step.outcome === 'step' && step.next.state === 'approved') {
      const checked = await kind.check(ports, account, step.next)
      if (checked !== 'stands' && checked !== 'open') return checked
      const unready = await kind.prepare(ports, account)
      if (unready) return unready
    }
    const taken = await takeStep(ports, step, { ...RECORDED, fields: { account: kpj } })
    if ('kind' in taken) {
      if (taken.code !== 'CHANGED_MEANWHILE') return taken
      await correctAfter(ports, call, account, kind)
      continue
    }
    if (taken.state !== 'approved') return showMembership(ports, call)
    if (step.outcome === 'stands' && isOvertaken(account, taken)) {
      return problem('CHANGED_MEANWHILE', 'expected no money to come since it was approved; propose it anew')
    }
    return carryOut(ports, call, taken, kind)
  }
  return problem('CHANGED_MEANWHILE', RECORDED.conflict)
}

/** What was last proposed, if it was of this kind: closing and reopening wait under one subject. */
async function approvalOf<C extends ProblemCode>(
  { resolutions }: ConsolePorts,
  kpj: Kpj,
  { action }: ClosureKind<C>,
): Promise<Approval<ClosureAct> | undefined> {
  const known = await resolutions.approval<ClosureAct>(closureSubject(kpj))
  return known?.request.action === action ? known : undefined
}
