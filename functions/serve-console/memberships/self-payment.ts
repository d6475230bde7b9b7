/**
 * `POST /api/memberships/{kpj}/self-payment`: a member whom a sponsor paid for goes on alone. New terms hold from the first month
 * that the sponsor has not paid, so there is no gap and no month is paid by two; what is paid stays the sponsor's.
 * The same call again changes nothing. Promises as closure.ts: two at once end as one after the other.
 */
import type { TermsFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { firstPayableMonth } from '../../../shared/domain/quote.ts'
import { problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { nextDecisionAt, nextSequence, type OpenedAccount, openAccount } from './account.ts'
import { unknownMembership } from './kpj-parameter.ts'
import { showMembership } from './membership.ts'
import { correctSelfPaid, takeSelfPaid } from './self-paid.ts'

const TRIES = 3

export async function startSelfPayment(ports: ConsolePorts, call: Call<{ path: { kpj: Kpj } }>) {
  for (let tried = 0; tried < TRIES; tried++) {
    const account = await openAccount(ports, call.path.kpj)
    if (!account) return unknownMembership()
    const { kpj, latestTerms, closing } = account
    if (closing) return problem('MEMBERSHIP_CLOSED', 'expected an open membership; reopen it first')
    const isOwn = latestTerms.terms.funding === 'self'
    const taken = isOwn ? undefined : await takeSelfPaid(ports, latestTerms.participant, kpj)
    if (taken?.outcome === 'exists') {
      return problem('NIK_ALREADY_SELF_PAID', `the participant pays for ${taken.existing}; close that one first`)
    }
    const put = isOwn ? 'stands' : await ports.facts.put(ownTerms(ports, account, call.now))
    // Also when it stood before: the first try may have ended right here.
    await correctSelfPaid(ports, latestTerms.participant, kpj)
    if (put === 'exists') continue
    if (put === 'put') ports.log.info('A membership pays for itself from now on', { account: kpj, actor: call.actor })
    return showMembership(ports, call)
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to change its terms at the same moment; try again')
}

/** A fact among those of imports, because two who change terms at once must name the same one. */
function ownTerms({ rules }: ConsolePorts, account: OpenedAccount, now: Instant): TermsFact {
  const { latestTerms, allocation, kpj } = account
  const decidedAt = nextDecisionAt(account, now)
  return {
    ...latestTerms,
    kind: 'terms',
    account: kpj,
    source: 'import',
    id: [nextSequence(account, 'terms')],
    decidedAt,
    recordedAt: decidedAt,
    from: firstPayableMonth(allocation, now, rules),
    terms: { ...latestTerms.terms, funding: 'self' },
  }
}
