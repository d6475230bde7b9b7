/**
 * Makes a membership closed or open as two people approved (closure.ts): one fact, decided at the instant of the approval, by which
 * functions/audit-ledger finds the approval again; the view follows by the fold.
 *
 * Promises: the fact's sequence number lets one in, the other reads again; the NIK of a self-paid membership is held as the facts
 * say; the bills of many that name the member are marked changed.
 */
import { assertNever } from '../../../shared/domain/assert-never.ts'
import type { ClosureAct } from '../../../shared/domain/closure-act.ts'
import type { ClosingFact, ReopeningFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import type { Approval } from '../../../shared/domain/two-people.ts'
import { notBefore } from '../../../shared/ledger/payment-facts.ts'
import type { ProblemCode } from '../http/problems.ts'
import { type Problem, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { nextSequence, type OpenedAccount, openAccount } from './account.ts'
import { unknownMembership } from './kpj-parameter.ts'
import { showMembership } from './membership.ts'
import { correctSelfPaid, selfPaidElsewhere, takeSelfPaid } from './self-paid.ts'

const TRIES = 3
type Asked = { readonly request: ClosureAct; readonly reason: string }

/** `open`: it may be done. `stands`: it is as asked already. */
type Checked<C extends ProblemCode> = 'open' | 'stands' | Problem<C>

export type ClosureKind<C extends ProblemCode> = {
  readonly action: ClosureAct['action']
  readonly check: (ports: ConsolePorts, account: OpenedAccount, asked: Asked) => Promise<Checked<C>>
  /** What must be held before the approval is recorded; a problem where it is not to be had. */
  readonly prepare: (ports: ConsolePorts, account: OpenedAccount) => Promise<Problem<C> | undefined>
}

export const CLOSING: ClosureKind<'INVALID_INPUT' | 'ALREADY_CLOSED'> = {
  action: 'close',
  check: async (_, { closing, latestTerms }, { request, reason }) => {
    const { on } = request
    if (closing && closing.reason === reason && closing.on === on) return 'stands'
    if (closing) return problem('ALREADY_CLOSED', `it ended on ${closing.on}; reopen it before closing it otherwise`)
    if ((on ?? '') >= latestTerms.registeredOn) return 'open'
    return problem('INVALID_INPUT', 'field on: expected the day of registration or a later one')
  },
  prepare: async () => undefined,
}

export const REOPENING: ClosureKind<'NOT_CLOSED' | 'NIK_ALREADY_SELF_PAID'> = {
  action: 'reopen',
  check: async (ports, { kpj, closing, decisions, latestTerms }, { reason }) => {
    const last = decisions.findLast((fact) => fact.kind !== 'terms')
    if (!closing && last?.kind === 'reopening' && last.reason === reason) return 'stands'
    if (!closing) return problem('NOT_CLOSED', 'expected a closed membership')
    if (latestTerms.terms.funding !== 'self') return 'open'
    const other = await selfPaidElsewhere(ports, latestTerms.participant, kpj)
    return other === undefined ? 'open' : paysElsewhere(other)
  },
  prepare: async (ports, { kpj, latestTerms }) => {
    if (latestTerms.terms.funding !== 'self') return undefined
    const taken = await takeSelfPaid(ports, latestTerms.participant, kpj)
    return taken.outcome === 'exists' ? paysElsewhere(taken.existing) : undefined
  },
}

/** As often as it is asked for; the first that ends puts the fact. */
export async function carryOut<C extends ProblemCode>(
  ports: ConsolePorts,
  call: Call<{ path: { kpj: Kpj } }>,
  approval: Approval<ClosureAct>,
  kind: ClosureKind<C>,
) {
  for (let tried = 0; tried < TRIES; tried++) {
    const account = await openAccount(ports, call.path.kpj)
    if (!account) return unknownMembership()
    const checked = isCarriedOut(account, approval) ? 'stands' : await kind.check(ports, account, approval)
    if (checked !== 'stands' && checked !== 'open') return checked
    const unready = checked === 'open' ? await kind.prepare(ports, account) : undefined
    if (unready) return unready
    const put = checked === 'open' ? await ports.facts.put(factOf(account, approval, call.now)) : 'stands'
    await correctAfter(ports, call, account, kind)
    if (put === 'exists') continue
    if (put === 'put') {
      const { action, on } = approval.request
      ports.log.info('A membership was closed or reopened', {
        action,
        account: account.kpj,
        day: on,
        actor: call.actor,
      })
    }
    return showMembership(ports, call)
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to close or reopen it at the same moment; try again')
}

/** Brings in line what follows from the facts; right after each of them, and any number of times. */
export async function correctAfter<C extends ProblemCode>(
  ports: ConsolePorts,
  { now }: Call,
  account: OpenedAccount,
  { action }: ClosureKind<C>,
): Promise<void> {
  await correctSelfPaid(ports, account.latestTerms.participant, account.kpj)
  if (action === 'close') await markBills(ports, account, now)
}

/** Approved and never carried out, and money has come since: it was taken as if nothing had been approved, and stays where it is. */
export function isOvertaken(account: OpenedAccount, approval: Approval<ClosureAct>): boolean {
  const since = approval.decidedAt ?? approval.proposedAt
  const isSince = account.facts.some(({ kind, decidedAt }) => kind !== 'terms' && decidedAt > since)
  return isSince && !isCarriedOut(account, approval)
}

function isCarriedOut({ decisions }: OpenedAccount, { decidedAt }: Approval<ClosureAct>): boolean {
  return decisions.some((fact) => fact.kind !== 'terms' && fact.decidedAt === decidedAt)
}

function factOf(account: OpenedAccount, approval: Approval<ClosureAct>, now: Instant): ClosingFact | ReopeningFact {
  const { request, reason, decidedAt } = approval
  if (decidedAt === null) throw new RangeError('expected an approval that was decided')
  const stamp = { account: account.kpj, source: 'console', decidedAt, recordedAt: notBefore(now, decidedAt), reason }
  switch (request.action) {
    case 'close':
      return { ...stamp, kind: 'closing', id: [nextSequence(account, 'closing')], on: request.on }
    case 'reopen':
      return { ...stamp, kind: 'reopening', id: [nextSequence(account, 'reopening')] }
    default:
      return assertNever(request)
  }
}

/** A bill of many cannot look at each of its members, so it is told that one of them is closed: it is refused from now on. */
async function markBills(
  { sponsors, bills }: ConsolePorts,
  { latestTerms }: OpenedAccount,
  now: Instant,
): Promise<void> {
  if (latestTerms.cohort === undefined) return
  const cohort = await sponsors.cohort(latestTerms.cohort)
  const planned = cohort?.billing?.bills ?? []
  const own = planned.filter(({ regionCode }) => regionCode === null || regionCode === latestTerms.regionCode)
  for (const { billCode } of own) await bills.markChanged(billCode, now)
}

function paysElsewhere(kpj: Kpj) {
  return problem('NIK_ALREADY_SELF_PAID', `the participant pays for ${kpj}; close that one first`)
}
