/**
 * `POST /api/settlements/{channel}/{date}/sign-off` and `…/approval`: two people sign off a day of a channel, or, with `bank` for
 * the channel, a day of the bank. What is open on it is listed with the signature and carried.
 *
 * Promises: what is signed is the version that was looked at; the signature, the approval and its audit entry are one
 * transaction. A signed day whose statement changes later says so by its two digests, and may be signed again.
 */

import { signOffSubject } from '../../../shared/domain/audit-subjects.ts'
import {
  type BusinessDate,
  businessDateOf,
  formatUtc,
  type Instant,
  parseBusinessDate,
} from '../../../shared/domain/instant.ts'
import type { Approval, ApprovalStep } from '../../../shared/domain/two-people.ts'
import { effectOfSignOff, type SignOff } from '../../../shared/store/settlements/closings.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { judgementBy, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { UNKNOWN_STATEMENT } from '../settlement/statements.ts'
import type { SignOffRequest, SignOffView } from './sign-off-schemas.ts'
import { BANK, restsOnUnconfirmed, type SignableDay, signableDay } from './signable-day.ts'

type Target = { path: { channel: string; date: string } }
type Day = { readonly channel: string; readonly date: BusinessDate }
/** What is to be signed: this version, with these figures. */
type Signing = { readonly version: number; readonly digest: string }

export async function showSignOff(ports: ConsolePorts, call: Call<Target>) {
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  const approval = await ports.resolutions.approval<Signing>(subjectOf(day))
  return json(200, await shown(ports, day, now, call.now, approval))
}

export async function proposeSignOff(ports: ConsolePorts, call: Call<Target & { body: SignOffRequest }>) {
  const { now: at, body } = call
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  if (day.date >= businessDateOf(at)) {
    return problem('ACTION_DOES_NOT_FIT', 'expected a day that has ended; sign it off tomorrow')
  }
  if (body.digest !== now.digest) return changed(now)
  if (await restsOnUnconfirmed(ports, day, at)) return unconfirmed()
  const { version, digest } = now
  const [signed] = await ports.settlements.signOffs(day.channel, day.date, day.date)
  if (signed?.digest === digest) {
    return problem('ALREADY_DECIDED', 'expected a day that is unsigned, or changed since; this one is signed as it is')
  }
  const asked = { subject: subjectOf(day), request: { version, digest }, reason: body.reason }
  return take(ports, day, now, call, await proposalBy<Signing>(ports, call, asked))
}

export async function approveSignOff(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  const step = await judgementBy<Signing>(ports, call, subjectOf(day))
  if (step.outcome === 'step' && step.next.state === 'approved') {
    if (step.next.request.digest !== now.digest) return changed(now)
    if (await restsOnUnconfirmed(ports, day, call.now)) return unconfirmed()
  }
  return take(ports, day, now, call, step)
}

async function take(ports: ConsolePorts, day: Day, now: SignableDay, { now: at }: Call, step: ApprovalStep<Signing>) {
  const { carried, openDifferences, differences } = now
  const taken = await takeStep(ports, step, {
    evidence: { carried, openDifferences, differences },
    effectsOf: (next) => (next.state === 'approved' ? [effectOfSignOff(signOffOf(day, now, next))] : []),
    message: 'A step to sign off a day was recorded',
    fields: { channel: day.channel, day: day.date },
    conflict: changedSince(now),
  })
  return 'kind' in taken ? taken : json(200, await shown(ports, day, now, at, taken))
}

function signOffOf(day: Day, signable: SignableDay, approval: Approval<Signing>) {
  const { version: sequence, proposedBy, decidedBy, decidedAt } = approval
  if (decidedBy === null || decidedAt === null) throw new RangeError('expected an approval that was decided')
  const signed = { signedBy: decidedBy, signedAt: decidedAt }
  return { ...day, ...signable, sequence, proposedBy, ...signed } satisfies SignOff
}

async function shown(
  ports: ConsolePorts,
  { channel, date }: Day,
  now: SignableDay,
  at: Instant,
  approval: Approval<Signing> | undefined,
): Promise<SignOffView> {
  const [signed] = await ports.settlements.signOffs(channel, date, date)
  return {
    channel,
    date,
    state: !signed ? 'unsigned' : signed.digest === now.digest ? 'signed' : 'changed',
    isUnconfirmed: await restsOnUnconfirmed(ports, { channel, date }, at),
    version: now.version,
    digest: now.digest,
    carried: now.carried,
    openDifferences: now.openDifferences,
    differences: now.differences,
    signed: signed
      ? {
          version: signed.version,
          digest: signed.digest,
          proposedBy: signed.proposedBy,
          signedBy: signed.signedBy,
          signedAt: formatUtc(signed.signedAt),
          carried: signed.carried,
          openDifferences: signed.openDifferences,
          differences: signed.differences,
        }
      : null,
    proposal: approval ? { ...proposalOf(approval), digest: approval.request.digest } : null,
  }
}

function dayOf(ports: ConsolePorts, { path }: Call<Target>): Day | undefined {
  const date = parseBusinessDate(path.date)
  const isKnown = path.channel === BANK || ports.channels.includes(path.channel)
  return isKnown && date ? { channel: path.channel, date } : undefined
}

function subjectOf({ channel, date }: Day): string {
  return signOffSubject(channel, date)
}

function unknownDay() {
  return problem('UNKNOWN_STATEMENT', `${UNKNOWN_STATEMENT}; or bank and a day that a bank statement covers`)
}

function unconfirmed() {
  const detail =
    'expected the bank statement that this day rests on to be confirmed by a second person; confirm it first'
  return problem('STATEMENT_UNCONFIRMED', detail)
}

function changed(now: SignableDay) {
  return problem('CHANGED_MEANWHILE', changedSince(now))
}

function changedSince({ version }: SignableDay): string {
  return `expected the digest of the day as it is now, at version ${version}; look again`
}
