/**
 * A step that two people take: one proposes, another one approves or rejects. Pure: what is asked for is the caller's.
 *
 * ```
 * (none) -> proposed -> approved          a later proposal on the same subject begins again from either end
 *               '-----> rejected
 * ```
 * Promise: nobody approves an own proposal; what is approved is what was proposed; the same step by the same person again
 * changes nothing. Stored by shared/store/settlements/resolutions.ts together with its audit entry.
 */
import { type ActingPerson, isSamePerson } from './acting-person.ts'
import type { Instant } from './instant.ts'

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
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly remark: string | null
}

export const APPROVAL_REFUSALS = ['ALREADY_PROPOSED', 'NOT_PROPOSED', 'OWN_PROPOSAL', 'ALREADY_DECIDED'] as const
export type ApprovalRefusal = (typeof APPROVAL_REFUSALS)[number]

/** `stands`: exactly this was done before. */
export type ApprovalStep<R> =
  | { readonly outcome: 'step'; readonly next: Approval<R> }
  | { readonly outcome: 'stands'; readonly known: Approval<R> }
  | { readonly outcome: 'refused'; readonly code: ApprovalRefusal; readonly detail: string }

/** `person`: who `by` is, so that somebody who was invited anew is no second person. */
export type Actor = { readonly by: string; readonly at: Instant; readonly person?: ActingPerson }

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

export function decide<R>(
  known: Approval<R> | undefined,
  answer: { readonly decision: 'approve' | 'reject'; readonly remark: string } & Actor,
): ApprovalStep<R> {
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
  const next = { ...known, version: known.version + 1, state, decidedBy: by, decidedAt: at, remark } as const
  return { outcome: 'step', next }
}

function refused(code: ApprovalRefusal, detail: string) {
  return { outcome: 'refused', code, detail } as const
}
