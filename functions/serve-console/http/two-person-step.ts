/**
 * A step of two people (shared/domain/two-people.ts) as the console takes it: who calls makes it, it is recorded with its entry in
 * the audit chain and its effects in one transaction, and it is shown alike wherever it is.
 *
 * Promises: nothing is written where the step was taken before or may not be taken; somebody else's step at the same moment is a
 * conflict that says so. Knows nothing of what is asked for.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import {
  type Actor,
  type Approval,
  type ApprovalStep,
  decide,
  propose,
  type Referral,
} from '../../../shared/domain/two-people.ts'
import type { LogFields } from '../../../shared/runtime/log.ts'
import type { AuditEntry, Plain } from '../../../shared/store/audit/audit.ts'
import type { ApprovalEffect } from '../../../shared/store/settlements/approval-effect.ts'
import type { ResolutionStore } from '../../../shared/store/settlements/resolutions.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ApprovalRequest } from './approval-schemas.ts'
import type { Caller } from './caller.ts'
import { problem } from './reply.ts'

/** In the place of a reason that nobody gave: facts and the audit chain keep it, so it is one word for ever. */
export const NOT_STATED = 'not stated'

/** Who takes the step; undefined where the token names nobody. */
export function actorOf({ actor, now, person }: Pick<Caller, 'actor' | 'now' | 'person'>): Required<Actor> | undefined {
  return actor === null ? undefined : { by: actor, at: now, person }
}

const NO_ACTOR = 'expected a token that names who decides'

export function noActor() {
  return problem('NOT_ALLOWED', NO_ACTOR)
}

type Asking = Pick<Caller, 'actor' | 'now' | 'person'>

/** Whoever calls asks for it, on top of what was last decided about the subject. */
export async function proposalBy<R>(
  { resolutions }: Pick<ConsolePorts, 'resolutions'>,
  call: Asking,
  asked: { readonly subject: string; readonly request: R; readonly reason: string },
): Promise<ApprovalStep<R>> {
  const by = actorOf(call)
  if (!by) return { outcome: 'refused', code: 'NOT_ALLOWED', detail: NO_ACTOR }
  return propose(await resolutions.approval<R>(asked.subject), { ...asked, ...by })
}

/** Whoever calls approves or rejects what was proposed about the subject. */
export async function judgementBy<R>(
  { resolutions }: Pick<ConsolePorts, 'resolutions'>,
  call: Asking & { readonly body: ApprovalRequest },
  subject: string,
): Promise<ApprovalStep<R>> {
  const by = actorOf(call)
  if (!by) return { outcome: 'refused', code: 'NOT_ALLOWED', detail: NO_ACTOR }
  return decide(await resolutions.approval<R>(subject), { ...judgementOf(call.body), ...by })
}

export function judgementOf({ decision, reason = NOT_STATED }: ApprovalRequest) {
  return { decision, remark: reason }
}

type Written<R> = {
  /** What the step was judged on, beside what is asked for: for whoever reads the audit chain. */
  readonly evidence?: Readonly<Record<string, unknown>>
  /** What is written with the step, in the same transaction. */
  readonly effectsOf?: (next: Approval<R>) => readonly ApprovalEffect[]
}

/** Its entry in the audit chain; undefined: somebody else was faster, or an effect does not hold. Nothing is written then. */
export async function recordStep<R>(
  { resolutions }: { readonly resolutions: Pick<ResolutionStore, 'takeApproval'> },
  next: Approval<R>,
  { evidence = {}, effectsOf = () => [] }: Written<R> = {},
): Promise<AuditEntry | undefined> {
  const { state, subject, request, reason, remark, referral } = next
  // The second person approved, and it waits for an administrator (shared/domain/approval-limits.ts).
  const isReferred = state === 'proposed' && referral !== undefined
  const asked = { by: next.decidedBy ?? next.proposedBy, at: next.decidedAt ?? next.proposedAt }
  const { by: actor, at } = isReferred ? referral : asked
  const taken = await resolutions.takeApproval({
    approval: next,
    record: {
      at,
      actor,
      action: isReferred ? 'referred' : state,
      subject,
      detail: plain({ request, reason, remark, ...referralDetail(referral), ...evidence }),
    },
    effects: effectsOf(next),
  })
  return taken.outcome === 'put' ? taken.entry : undefined
}

/** As the audit chain keeps it, and functions/reconcile-settlement/audited.ts reads it. */
export function referralDetail(referral: Referral | undefined) {
  if (!referral) return {}
  const { by: referredBy, at: referredAt, above } = referral
  return { referredBy, referredAt, above }
}

/** The approval as it stands after the step, taken now or before. */
export async function takeStep<R>(
  ports: Pick<ConsolePorts, 'resolutions' | 'log'>,
  step: ApprovalStep<R>,
  {
    message,
    fields = {},
    conflict,
    ...written
  }: Written<R> & {
    /** Of the log line. */
    readonly message: string
    readonly fields?: LogFields
    /** What was expected, where somebody else was faster. */
    readonly conflict: string
  },
) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  if (step.outcome === 'stands') return step.known
  const entry = await recordStep(ports, step.next, written)
  if (!entry) return problem('CHANGED_MEANWHILE', conflict)
  const { action, actor, sequence, hash } = entry
  // The log names the end of the chain too: who cuts the chain off must cut off the log as well.
  ports.log.info(message, { action, actor, ...fields, sequence, hash })
  return step.next
}

/** Beside what was asked for: approval-schemas.ts has the shape. */
export function proposalOf({ state, reason, proposedBy, proposedAt, decidedBy, decidedAt, remark }: Approval<unknown>) {
  return {
    state,
    reason,
    proposedBy,
    proposedAt: formatUtc(proposedAt),
    decidedBy,
    decidedAt: decidedAt === null ? null : formatUtc(decidedAt),
    remark,
  }
}

/** Branded and optional values as JSON has them. */
function plain(value: object): Plain {
  return JSON.parse(JSON.stringify(value)) as Plain
}
