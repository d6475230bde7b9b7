/**
 * `POST /api/settlements/{channel}/{date}/sign-off` and `…/approval`: two people sign off a day of a channel, or, with `bank` for
 * the channel, a day of the bank. What is open on it is listed with the signature and carried.
 *
 * Promises: what is signed is the version that was looked at; the signature, the approval and its audit entry are one
 * transaction. A signed day whose statement changes later says so by its two digests, and may be signed again.
 */
import { type BusinessDate, businessDateOf, formatUtc, parseBusinessDate } from '../../../shared/domain/instant.ts'
import { type Approval, type ApprovalStep, decide, propose } from '../../../shared/domain/two-people.ts'
import type { AuditRecord } from '../../../shared/store/audit/audit.ts'
import { effectOfSignOff, type SignOff } from '../../../shared/store/settlements/closings.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { UNKNOWN_STATEMENT } from '../settlement/statements.ts'
import type { SignOffRequest, SignOffView } from './sign-off-schemas.ts'
import { BANK, type SignableDay, signableDay } from './signable-day.ts'

type Target = { path: { channel: string; date: string } }
type Day = { readonly channel: string; readonly date: BusinessDate }
/** What is to be signed: this version, with these figures. */
type Signing = { readonly version: number; readonly digest: string }

export async function showSignOff(ports: ConsolePorts, call: Call<Target>) {
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  const approval = await ports.resolutions.approval<Signing>(subjectOf(day))
  return json(200, await shown(ports, day, now, approval))
}

export async function proposeSignOff(ports: ConsolePorts, call: Call<Target & { body: SignOffRequest }>) {
  const { actor, now: at, body } = call
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  if (actor === null) return noActor()
  if (day.date >= businessDateOf(at)) {
    return problem('ACTION_DOES_NOT_FIT', 'expected a day that has ended; sign it off tomorrow')
  }
  if (body.digest !== now.digest) return changed(now)
  const { version, digest } = now
  const [signed] = await ports.settlements.signOffs(day.channel, day.date, day.date)
  if (signed?.digest === digest) {
    return problem('ALREADY_DECIDED', 'expected a day that is unsigned, or changed since; this one is signed as it is')
  }
  const subject = subjectOf(day)
  const known = await ports.resolutions.approval<Signing>(subject)
  const step = propose(known, {
    subject,
    request: { version, digest },
    reason: body.reason,
    by: actor,
    at,
    person: call.person,
  })
  return take(ports, day, now, 'proposed', call, step)
}

export async function approveSignOff(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { actor, now: at, body } = call
  const day = dayOf(ports, call)
  const now = day && (await signableDay(ports, day))
  if (!day || !now) return unknownDay()
  if (actor === null) return noActor()
  const known = await ports.resolutions.approval<Signing>(subjectOf(day))
  const step = decide(known, {
    decision: body.decision,
    remark: body.reason ?? 'not stated',
    by: actor,
    at,
    person: call.person,
  })
  const isApproved = body.decision === 'approve'
  if (step.outcome === 'step' && isApproved && step.next.request.digest !== now.digest) return changed(now)
  return take(ports, day, now, isApproved ? 'approved' : 'rejected', call, step)
}

async function take(
  ports: ConsolePorts,
  day: Day,
  now: SignableDay,
  action: 'proposed' | 'approved' | 'rejected',
  { actor, now: at }: Call,
  step: ApprovalStep<Signing>,
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'stands') return json(200, await shown(ports, day, now, step.known))
  const { next } = step
  const carried = now.carried.map((item) => ({ ...item }))
  const differences = now.differences.map((difference) => ({ ...difference }))
  const open = { carried, openDifferences: now.openDifferences, differences }
  const detail = { request: { ...next.request }, reason: next.reason, remark: next.remark, ...open }
  const record: AuditRecord = { at, actor: actor as string, action, subject: next.subject, detail }
  const effects = action === 'approved' ? [effectOfSignOff(signOffOf(day, now, next))] : []
  const taken = await ports.resolutions.takeApproval({ approval: next, record, effects })
  if (taken.outcome === 'conflict') return changed(now)
  const { sequence, hash } = taken.entry
  const { channel, date } = day
  ports.log.info('A step to sign off a day was recorded', { action, actor, channel, day: date, sequence, hash })
  return json(200, await shown(ports, day, now, next))
}

function signOffOf(day: Day, signable: SignableDay, approval: Approval<Signing>) {
  const { version: sequence, proposedBy, decidedBy, decidedAt } = approval
  if (decidedBy === null || decidedAt === null) throw new RangeError('expected an approval that was decided')
  const signed = { signedBy: decidedBy, signedAt: decidedAt }
  return { ...day, ...signable, sequence, proposedBy, ...signed } satisfies SignOff
}

async function shown(
  { settlements }: ConsolePorts,
  { channel, date }: Day,
  now: SignableDay,
  approval: Approval<Signing> | undefined,
): Promise<SignOffView> {
  const [signed] = await settlements.signOffs(channel, date, date)
  return {
    channel,
    date,
    state: !signed ? 'unsigned' : signed.digest === now.digest ? 'signed' : 'changed',
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
    proposal: approval
      ? {
          state: approval.state,
          digest: approval.request.digest,
          reason: approval.reason,
          proposedBy: approval.proposedBy,
          proposedAt: formatUtc(approval.proposedAt),
          decidedBy: approval.decidedBy,
          decidedAt: approval.decidedAt === null ? null : formatUtc(approval.decidedAt),
          remark: approval.remark,
        }
      : null,
  }
}

function dayOf(ports: ConsolePorts, { path }: Call<Target>): Day | undefined {
  const date = parseBusinessDate(path.date)
  const isKnown = path.channel === BANK || ports.channels.includes(path.channel)
  return isKnown && date ? { channel: path.channel, date } : undefined
}

function subjectOf({ channel, date }: Day): string {
  return `sign-off#${channel}#${date}`
}

function unknownDay() {
  return problem('UNKNOWN_STATEMENT', `${UNKNOWN_STATEMENT}; or bank and a day that a bank statement covers`)
}

function noActor() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}

function changed({ version }: SignableDay) {
  return problem('CHANGED_MEANWHILE', `expected the digest of the day as it is now, at version ${version}; look again`)
}
