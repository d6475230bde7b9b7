/**
 * `POST /api/memberships/{kpj}/closure` and `…/reopening`: an administrator ends a membership, or takes that back.
 * Each is one fact; the view follows by the fold. Promises that the same call again is the same answer, and that two at
 * once end as one after the other: the fact's sequence number lets one in, the loser reads again.
 */
import * as z from 'zod/mini'
import type { ClosingFact, ReopeningFact } from '../../shared/domain/fact.ts'
import { businessDateOf } from '../../shared/domain/instant.ts'
import { nextDecisionAt, nextSequence, type OpenedAccount, openAccount } from './account.ts'
import { dateField, readJson } from './input.ts'
import { describeMembership, unknownMembership } from './membership.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'
import { assignSelfPaid, takeSelfPaid } from './self-paid.ts'

const TRIES = 3
const TEXT = 'expected 1 to 140 characters without the number of a person or a phone'
/** Facts outlive contacts: what can be recognised as personal stays out of them. */
const reason = z
  .string(TEXT)
  .check(z.trim(), z.minLength(1, TEXT), z.maxLength(140, TEXT), z.regex(/^(?!.*\d{9})\P{C}*$/u, TEXT))
const CLOSURE = z.strictObject({ reason, on: dateField() })
/** A reopening counts from its own moment; who names a day as well may name that one only. */
const REOPENING = z.strictObject({ reason: z._default(reason, 'not stated'), on: z.optional(dateField()) })
const NOTHING = Buffer.from('{}')

/** `done`: as asked, now or before. `again`: somebody else decided at the same moment. */
type Attempt =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'again' }
  | { readonly outcome: 'refused'; readonly reply: Reply }

export async function closeMembership(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(CLOSURE, call.body)
  if (asked.outcome === 'refused') return asked.reply
  return decide(parts, call, (account) => tryClosing(parts, call, account, asked.value))
}

export async function reopenMembership(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(REOPENING, call.body.byteLength === 0 ? NOTHING : call.body)
  if (asked.outcome === 'refused') return asked.reply
  const { on } = asked.value
  if (on !== undefined && on !== businessDateOf(call.now)) {
    return problem('INVALID_INPUT', 'field on: expected today (WIB) or nothing; a reopening counts from now on')
  }
  return decide(parts, call, (account) => tryReopening(parts, call, account, asked.value.reason))
}

async function decide(
  parts: ConsoleParts,
  call: Call,
  attempt: (account: OpenedAccount) => Promise<Attempt>,
): Promise<Reply> {
  for (let tried = 0; tried < TRIES; tried++) {
    const account = await openAccount(parts, call.path.kpj ?? '')
    if (!account) return unknownMembership()
    const result = await attempt(account)
    if (result.outcome === 'refused') return result.reply
    if (result.outcome === 'done') return json(200, await describeMembership(parts, account.kpj, call))
  }
  return problem('CHANGED_MEANWHILE', 'expected nobody else to close or reopen it at the same moment; try again')
}

async function tryClosing(
  parts: ConsoleParts,
  call: Call,
  account: OpenedAccount,
  asked: Pick<ClosingFact, 'reason' | 'on'>,
): Promise<Attempt> {
  const { kpj, closing, latestTerms } = account
  if (closing && (closing.reason !== asked.reason || closing.on !== asked.on)) {
    return refused(problem('ALREADY_CLOSED', `it ended on ${closing.on}; reopen it before closing it otherwise`))
  }
  if (asked.on < latestTerms.registeredOn) {
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
      ...asked,
    }
    if ((await parts.facts.put(fact)) === 'exists') return { outcome: 'again' }
    parts.log.info('A membership was closed', { account: kpj, day: asked.on, actor: call.actor })
  }
  // Also when it was closed before: the first try may have ended right here.
  await assignSelfPaid(parts, latestTerms.participant, kpj)
  return { outcome: 'done' }
}

async function tryReopening(parts: ConsoleParts, call: Call, account: OpenedAccount, why: string): Promise<Attempt> {
  const { kpj, closing, latestTerms } = account
  const last = account.decisions.findLast((fact) => fact.kind !== 'terms')
  if (!closing) {
    if (last?.kind === 'reopening' && last.reason === why) {
      await assignSelfPaid(parts, latestTerms.participant, kpj)
      return { outcome: 'done' }
    }
    return refused(problem('NOT_CLOSED', 'expected a closed membership'))
  }
  if (latestTerms.terms.funding === 'self') {
    const taken = await takeSelfPaid(parts, latestTerms.participant, kpj)
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
  if ((await parts.facts.put(fact)) === 'exists') {
    await assignSelfPaid(parts, latestTerms.participant, kpj)
    return { outcome: 'again' }
  }
  parts.log.info('A membership was reopened', { account: kpj, actor: call.actor })
  await assignSelfPaid(parts, latestTerms.participant, kpj)
  return { outcome: 'done' }
}

function refused(reply: Reply): Attempt {
  return { outcome: 'refused', reply }
}
