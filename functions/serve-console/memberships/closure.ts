/**
 * `POST /api/memberships/{kpj}/closure` and `…/reopening`: an administrator ends a membership, or takes that back.
 * Each is one fact; the view follows by the fold. Promises that the same call again is the same answer, and that two at
 * once end as one after the other: the fact's sequence number lets one in, the other reads again.
 */
import type { ClosingFact, ReopeningFact } from '../../../shared/domain/fact.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { recordAct } from '../http/acting.ts'
import { isTooFarAhead, YEARS_AHEAD } from '../http/fields.ts'
import { type Problem, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { nextDecisionAt, nextSequence, type OpenedAccount, openAccount } from './account.ts'
import { unknownMembership } from './kpj-parameter.ts'
import { showMembership } from './membership.ts'
import type { ClosureRequest, ReopeningRequest } from './schemas.ts'
import { correctSelfPaid, takeSelfPaid } from './self-paid.ts'

const TRIES = 3
type Target = { path: { kpj: Kpj } }
type Refusal = 'INVALID_INPUT' | 'ALREADY_CLOSED' | 'NOT_CLOSED' | 'NIK_ALREADY_SELF_PAID'
/** `done`: as asked, now or before. `again`: somebody else decided at the same moment. */
type Attempt<C extends Refusal> =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'again' }
  | { readonly outcome: 'refused'; readonly problem: Problem<C> }

export async function closeMembership(ports: ConsolePorts, call: Call<Target & { body: ClosureRequest }>) {
  if (isTooFarAhead(call.body.on, call.now))
    return problem('INVALID_INPUT', `field on: expected a day no more than ${YEARS_AHEAD} years from now`)
  return decide(ports, call, (account) => tryClosing(ports, call, account, call.body))
}

export async function reopenMembership(ports: ConsolePorts, call: Call<Target & { body: ReopeningRequest }>) {
  const { on, reason = 'not stated' } = call.body
  if (on !== undefined && on !== businessDateOf(call.now)) {
    return problem('INVALID_INPUT', 'field on: expected today (WIB) or nothing; a reopening counts from now on')
  }
  return decide(ports, call, (account) => tryReopening(ports, call, account, reason))
}

async function decide<C extends Refusal>(
  ports: ConsolePorts,
  call: Call<Target>,
  attempt: (account: OpenedAccount) => Promise<Attempt<C>>,
) {
  for (let tried = 0; tried < TRIES; tried++) {
    const account = await openAccount(ports, call.path.kpj)
    if (!account) return unknownMembership()
    const result = await attempt(account)
    if (result.outcome === 'refused') return result.problem
    if (result.outcome === 'done') return showMembership(ports, call)
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to close or reopen it at the same moment; try again')
}

async function tryClosing(
  ports: ConsolePorts,
  call: Call,
  account: OpenedAccount,
  request: Pick<ClosingFact, 'reason' | 'on'>,
): Promise<Attempt<'INVALID_INPUT' | 'ALREADY_CLOSED'>> {
  const { kpj, closing, latestTerms } = account
  if (closing && (closing.reason !== request.reason || closing.on !== request.on)) {
    return refused(problem('ALREADY_CLOSED', `it ended on ${closing.on}; reopen it before closing it otherwise`))
  }
  if (request.on < latestTerms.registeredOn) {
    return refused(problem('INVALID_INPUT', 'field on: expected the day of registration or a later one'))
  }
  if (!closing) {
    const id = [nextSequence(account, 'closing')]
    const decidedAt = nextDecisionAt(account, call.now)
    const fact: ClosingFact = {
      kind: 'closing',
      account: kpj,
      source: 'console',
      id,
      decidedAt,
      recordedAt: decidedAt,
      ...request,
    }
    await recordAct(ports, call, { action: 'closed', subject: kpj, detail: { ...request } })
    if ((await ports.facts.put(fact)) === 'exists') return { outcome: 'again' }
    ports.log.info('A membership was closed', { account: kpj, day: request.on, actor: call.actor })
  }
  // Also when it was closed before: the first try may have ended right here.
  await correctSelfPaid(ports, latestTerms.participant, kpj)
  await markBills(ports, account, call)
  return { outcome: 'done' }
}

/** A bill of many cannot look at each of its members, so it is told that one of them is closed: it is refused from now on. */
async function markBills(
  { sponsors, bills }: ConsolePorts,
  { latestTerms }: OpenedAccount,
  { now }: Call,
): Promise<void> {
  if (latestTerms.cohort === undefined) return
  const cohort = await sponsors.cohort(latestTerms.cohort)
  const planned = cohort?.billing?.bills ?? []
  const own = planned.filter(({ regionCode }) => regionCode === null || regionCode === latestTerms.regionCode)
  for (const { billCode } of own) await bills.markChanged(billCode, now)
}

async function tryReopening(
  ports: ConsolePorts,
  call: Call,
  account: OpenedAccount,
  why: string,
): Promise<Attempt<'NOT_CLOSED' | 'NIK_ALREADY_SELF_PAID'>> {
  const { kpj, closing, latestTerms } = account
  const last = account.decisions.findLast((fact) => fact.kind !== 'terms')
  if (!closing) {
    if (last?.kind === 'reopening' && last.reason === why) {
      await correctSelfPaid(ports, latestTerms.participant, kpj)
      return { outcome: 'done' }
    }
    return refused(problem('NOT_CLOSED', 'expected a closed membership'))
  }
  if (latestTerms.terms.funding === 'self') {
    const taken = await takeSelfPaid(ports, latestTerms.participant, kpj)
    if (taken.outcome === 'exists') {
      return refused(
        problem('NIK_ALREADY_SELF_PAID', `the participant pays for ${taken.existing}; close that one first`),
      )
    }
  }
  const id = [nextSequence(account, 'reopening')]
  const decidedAt = nextDecisionAt(account, call.now)
  const fact: ReopeningFact = {
    kind: 'reopening',
    account: kpj,
    source: 'console',
    id,
    decidedAt,
    recordedAt: decidedAt,
    reason: why,
  }
  await recordAct(ports, call, { action: 'reopened', subject: kpj, detail: { reason: why } })
  if ((await ports.facts.put(fact)) === 'exists') {
    await correctSelfPaid(ports, latestTerms.participant, kpj)
    return { outcome: 'again' }
  }
  ports.log.info('A membership was reopened', { account: kpj, actor: call.actor })
  await correctSelfPaid(ports, latestTerms.participant, kpj)
  return { outcome: 'done' }
}

function refused<C extends Refusal>(refusal: Problem<C>): Attempt<C> {
  return { outcome: 'refused', problem: refusal }
}
