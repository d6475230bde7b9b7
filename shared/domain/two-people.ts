/**
 * A step that two people take: one proposes, another one approves or rejects. Pure: what is asked for is the caller's.
 *
 * ```
 * (none) -> proposed -------------> approved          a later proposal on the same subject begins again from either end
 *               |-- referred -----> approved          above what two may decide: an administrator as a third person
 *               '-----------------> rejected
 * ```
 * Promise: nobody approves an own proposal; what is approved is what was proposed; the same step by the same person again
 * changes nothing. Stored by shared/store/settlements/resolutions.ts together with its audit entry.
 */
import { type ActingPerson, isSamePerson } from './acting-person.ts'
import type { Exceeded } from './approval-limits.ts'
import type { Instant } from './instant.ts'

/** The second person approved; what it is about waits for an administrator. */
export type Referral = {
  readonly by: string
  readonly person?: ActingPerson
  readonly at: Instant
  readonly remark: string
  /** Which limit it is above, of which action (approval-limits.ts). */
  readonly above: Exceeded
}

/** Whom a proposal waits for. */
export const AWAITED = ['approver', 'admin'] as const
export type Awaited = (typeof AWAITED)[number]

export type Approval<R> = {
  /** What it is about: `movement#2026-11-23#<id>`, `suspense#<account>#<fact>`, `month#2026-11`. */
  readonly subject: string
  /** 1 at first; every step raises it by one and demands the one it read. */
  readonly version: number
  readonly state: 'proposed' | 'approved' | 'rejected'
  readonly request: R
  readonly reason: string
  readonly proposedBy: string
  /** The same person in words that survive the user's deletion; absent in approvals of before they were kept. */
  readonly proposer?: ActingPerson
  readonly proposedAt: Instant
  readonly referral?: Referral
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly remark: string | null
}

export const APPROVAL_REFUSALS = [
  'ALREADY_PROPOSED',
  'NOT_PROPOSED',
  'OWN_PROPOSAL',
  'ALREADY_DECIDED',
  'NOT_ALLOWED',
] as const
export type ApprovalRefusal = (typeof APPROVAL_REFUSALS)[number]

/** `stands`: exactly this was done before. */
export type ApprovalStep<R> =
  | { readonly outcome: 'step'; readonly next: Approval<R> }
  | { readonly outcome: 'stands'; readonly known: Approval<R> }
  | { readonly outcome: 'refused'; readonly code: ApprovalRefusal; readonly detail: string }

/** `person`: who `by` is, so that somebody who was invited anew is no second person. */
export type Actor = { readonly by: string; readonly at: Instant; readonly person?: ActingPerson }
/** `mayAdminister`: as what was referred demands; absent: no. */
type Answer = {
  readonly decision: 'approve' | 'reject'
  readonly remark: string
  readonly mayAdminister?: boolean
} & Actor

export function propose<R>(
  known: Approval<R> | undefined,
  draft: { readonly subject: string; readonly request: R; readonly reason: string } & Actor,
): ApprovalStep<R> {
  const { subject, request, reason, by, at, person } = draft
  if (known?.state === 'proposed') {
    const isSame = JSON.stringify([known.request, known.reason]) === JSON.stringify([request, reason])
    if (isSame && known.proposedBy === by) return { outcome: 'stands', known }
    return refused('ALREADY_PROPOSED', 'expected no proposal to wait for approval; reject that one first')
  }
  const decided = { decidedBy: null, decidedAt: null, remark: null }
  const version = (known?.version ?? 0) + 1
  const next = { subject, version, state: 'proposed', request, reason, proposedBy: by, proposedAt: at } as const
  const proposer = person === undefined ? {} : { proposer: person }
  return { outcome: 'step', next: { ...next, ...proposer, ...decided } }
}

export function decide<R>(known: Approval<R> | undefined, answer: Answer): ApprovalStep<R> {
  const { decision, remark, by, at, person } = answer
  const state = decision === 'approve' ? 'approved' : 'rejected'
  if (!known) return refused('NOT_PROPOSED', 'expected a proposal; somebody must make one first')
  if (known.state !== 'proposed') {
    if (known.state === state && known.decidedBy === by && known.remark === remark) return { outcome: 'stands', known }
    return refused('ALREADY_DECIDED', 'expected a proposal that waits; the last one is decided')
  }
  const isOwn = known.proposer !== undefined && person !== undefined && isSamePerson(known.proposer, person)
  if (known.proposedBy === by || isOwn)
    return refused('OWN_PROPOSAL', 'expected another person than the one who proposed it')
  if (known.referral && decision === 'approve') {
    const refusal = refusalOfThird(known.referral, answer)
    if (refusal === 'stands') return { outcome: 'stands', known }
    if (refusal) return refusal
  }
  const next = { ...known, version: known.version + 1, state, decidedBy: by, decidedAt: at, remark } as const
  return { outcome: 'step', next }
}

/** What the second person does instead of approving where it is above what two people may decide. */
export function refer<R>(
  known: Approval<R>,
  above: Exceeded,
  { by, at, person, remark }: Omit<Answer, 'decision'>,
): Approval<R> {
  const named = person === undefined ? {} : { person }
  return { ...known, version: known.version + 1, referral: { by, ...named, at, remark, above } }
}

/** null: it is decided, or nothing was proposed. */
export function awaitedFor({ state, referral }: Pick<Approval<unknown>, 'state' | 'referral'>): Awaited | null {
  if (state !== 'proposed') return null
  return referral ? 'admin' : 'approver'
}

/** Who approves what was referred is an administrator, and neither of the two before. `stands`: the second person once more. */
export function refusalOfThird(
  referral: Referral,
  { by, person, remark, mayAdminister = false }: Omit<Answer, 'decision' | 'at'>,
) {
  if (referral.by === by && referral.remark === remark) return 'stands'
  const isSecond = referral.person !== undefined && person !== undefined && isSamePerson(referral.person, person)
  if (referral.by === by || isSecond) {
    return refused(
      'OWN_PROPOSAL',
      'expected a third person: this is above what two people may approve without an administrator',
    )
  }
  if (mayAdminister) return undefined
  return refused('NOT_ALLOWED', 'expected an administrator: this is above what two people may approve without one')
}

function refused<C extends ApprovalRefusal>(code: C, detail: string) {
  return { outcome: 'refused', code, detail } as const
}
