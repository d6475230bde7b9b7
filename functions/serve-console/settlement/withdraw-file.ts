/**
 * `/api/settlements/{channel}/{date}/withdrawal` and `…/approval`: an accepted settlement file is taken back by two people.
 * The day then has no file, as before it came: it is reconciled anew, and the same bytes may come back later.
 *
 * Promises: what is withdrawn is the version that was looked at; the file's state, the approval and its audit entry are one
 * transaction, and the entry beside it wakes functions/reconcile-settlement. The raw bytes and the version stay for ever.
 */
import { type BusinessDate, parseBusinessDate } from '../../../shared/domain/instant.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import type { Approval, ApprovalStep } from '../../../shared/domain/two-people.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { judgementBy, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import type { FileWithdrawal, WithdrawalRequest } from './statement-schemas.ts'
import { UNKNOWN_STATEMENT } from './statements.ts'

type Target = { path: { channel: string; date: string } }
type Day = { readonly channel: string; readonly date: BusinessDate }
/** The version of the day's file that is to go. */
type Withdrawal = { readonly version: number; readonly sha256: string }

export async function proposeWithdrawal(ports: ConsolePorts, call: Call<Target & { body: WithdrawalRequest }>) {
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  const files = await ports.settlements.fileVersions(day.channel, day.date)
  const accepted = files.find(({ state }) => state === 'accepted')
  if (accepted?.version !== call.body.version) return notAccepted(accepted)
  if (files.some(({ state }) => state === 'proposed')) {
    const detail = 'expected no corrected file to wait beside the accepted one; accept or decline that one first'
    return problem('ACTION_DOES_NOT_FIT', detail)
  }
  const request = { version: accepted.version, sha256: accepted.sha256 }
  const asked = { subject: subjectOf(day), request, reason: call.body.reason }
  return take(ports, day, await proposalBy<Withdrawal>(ports, call, asked))
}

export async function showWithdrawal(ports: ConsolePorts, call: Call<Target>) {
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  const known = await ports.resolutions.approval<Withdrawal>(subjectOf(day))
  return json(200, { proposal: known ? shown(day, known) : null })
}

export async function approveWithdrawal(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const day = dayOf(ports, call)
  if (!day) return unknownDay()
  return take(ports, day, await judgementBy<Withdrawal>(ports, call, subjectOf(day)))
}

async function take(ports: ConsolePorts, day: Day, step: ApprovalStep<Withdrawal>) {
  const accepted = step.outcome === 'step' ? await acceptedFile(ports, day) : undefined
  if (step.outcome === 'step' && step.next.state === 'approved' && accepted?.version !== step.next.request.version) {
    return notAccepted(accepted)
  }
  const taken = await takeStep(ports, step, {
    effectsOf: ({ state }) => (state === 'approved' && accepted ? [{ kind: 'file-withdrawn', file: accepted }] : []),
    message: 'A step to withdraw a settlement file was recorded',
    fields: { channel: day.channel, day: day.date, version: versionIn(step) },
    conflict: 'expected nobody else to change the files of the day at the same moment; look again',
  })
  return 'kind' in taken ? taken : json(200, shown(day, taken))
}

function versionIn(step: ApprovalStep<Withdrawal>): number | undefined {
  return step.outcome === 'step' ? step.next.request.version : undefined
}

async function acceptedFile({ settlements }: ConsolePorts, { channel, date }: Day): Promise<FileVersion | undefined> {
  return (await settlements.fileVersions(channel, date)).find(({ state }) => state === 'accepted')
}

function dayOf(ports: ConsolePorts, { path }: Call<Target>): Day | undefined {
  const date = parseBusinessDate(path.date)
  return ports.channels.includes(path.channel) && date ? { channel: path.channel, date } : undefined
}

function subjectOf({ channel, date }: Day): string {
  return `file#${channel}#${date}`
}

function shown({ channel, date }: Day, approval: Approval<Withdrawal>): FileWithdrawal {
  return { channel, date, ...approval.request, ...proposalOf(approval) }
}

function unknownDay() {
  return problem('UNKNOWN_STATEMENT', UNKNOWN_STATEMENT)
}

function notAccepted(accepted: FileVersion | undefined) {
  const stands = accepted ? `version ${accepted.version} is` : 'none is'
  return problem('CHANGED_MEANWHILE', `expected the version that is accepted now, ${stands}; look again`)
}
