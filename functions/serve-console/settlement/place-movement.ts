/**
 * The two steps by which people place a bank movement on days, charges and fee invoices, move it, or send it back. Plain use
 * cases; the routes give them their ports and write the replies.
 *
 * Promises: a placement adds up to its movement, on days that exist and on what is open of a charge or an invoice
 * (payoff-bounds.ts); what is approved is what was proposed on this very version; the placement, the approval and its audit entry are one transaction. The stream of the placement wakes the days
 * (functions/reconcile-settlement).
 */

import { assertNever } from '../../../shared/domain/assert-never.ts'
import { movementSubject } from '../../../shared/domain/audit-subjects.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import type { Place, Placement } from '../../../shared/domain/settlement/placement.ts'
import {
  type Actor,
  type Approval,
  type ApprovalRefusal,
  type ApprovalStep,
  decide,
  propose,
  refer,
} from '../../../shared/domain/two-people.ts'
import { notBefore } from '../../../shared/ledger/payment-facts.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import type { ApprovalEffect } from '../../../shared/store/settlements/approval-effect.ts'
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import { effectOfTurn } from '../../../shared/store/settlements/payoffs.ts'
import type { ResolutionStore } from '../../../shared/store/settlements/resolutions.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { recordStep } from '../http/two-person-step.ts'
import { type DecidedReads, effectsOfSums, heldToLimits, personOf } from './approval-limits.ts'
import { findMovement, type ShownMovement, shownMovement } from './bank-movements.ts'
import { limitedAmounts } from './limited-parts.ts'
import { type PayoffReads, type PayoffRefusal, payoffProblem, turnsFor } from './payoff-bounds.ts'

export type PlacingPorts = {
  readonly settlements: PayoffReads & DecidedReads & Pick<SettlementStore, 'credit' | 'placements' | 'rows'>
  readonly resolutions: Pick<ResolutionStore, 'approval' | 'takeApproval'>
  readonly channels: readonly string[]
}

/** What people ask for: the parts of the movement; what they leave stays unidentified. */
export type PlaceRequest = {
  readonly action: 'place' | 'move' | 'return'
  /** The version of the placement that was looked at. */
  readonly onVersion: number
  readonly parts: readonly RequestedPart[]
}
export type RequestedPart =
  | { readonly to: 'channel-day'; readonly channel: string; readonly date: BusinessDate; readonly amountRupiah: Rupiah }
  | {
      readonly to: 'channel-charge'
      readonly channel: string
      readonly differenceId: string
      readonly amountRupiah: Rupiah
    }
  | {
      readonly to: 'fee-invoice'
      readonly channel: string
      readonly number: string
      readonly amountRupiah: Rupiah
    }
  | { readonly to: 'bank-charges' | 'interest' | 'returned'; readonly amountRupiah: Rupiah }

export type MovementRefusal =
  | ApprovalRefusal
  | PayoffRefusal['code']
  | 'UNKNOWN_MOVEMENT'
  | 'UNKNOWN_DAY'
  | 'INVALID_INPUT'
  | 'ACTION_DOES_NOT_FIT'
  | 'CHANGED_MEANWHILE'

export type MovementStep =
  | {
      readonly outcome: 'done'
      readonly approval: Approval<PlaceRequest>
      readonly movement: ShownMovement
      /** Its entry in the audit chain; null where the same step was taken before. */
      readonly entry: AuditEntry | null
    }
  | { readonly outcome: 'refused'; readonly code: MovementRefusal; readonly detail: string }

/** A step about a movement, by whom and when. */
type Who = Actor & { readonly bookedOn: BusinessDate; readonly id: string }

export async function proposePlacement(
  ports: PlacingPorts,
  proposal: Who & { readonly request: PlaceRequest; readonly reason: string },
): Promise<MovementStep> {
  const { bookedOn, id, request, reason } = proposal
  const found = await findMovement(ports, bookedOn, id)
  if (!found) return UNKNOWN
  const problem = await problemOf(ports, found, request)
  if (problem) return problem
  const subject = movementSubject(bookedOn, id)
  const known = await ports.resolutions.approval<PlaceRequest>(subject)
  return take(ports, found, proposal, propose(known, { ...proposal, subject, request, reason }))
}

/** What was last proposed for a movement; undefined: nothing ever was. */
export function placementApproval(
  { resolutions }: Pick<PlacingPorts, 'resolutions'>,
  bookedOn: BusinessDate,
  id: string,
) {
  return resolutions.approval<PlaceRequest>(movementSubject(bookedOn, id))
}

export async function decidePlacement(
  ports: PlacingPorts,
  answer: Who & {
    readonly decision: 'approve' | 'reject'
    readonly remark: string
    /** Whether they may decide what is above the limits of two people; absent: no. */
    readonly mayAdminister?: boolean
  },
): Promise<MovementStep> {
  const { bookedOn, id } = answer
  const found = await findMovement(ports, bookedOn, id)
  if (!found) return UNKNOWN
  const known = await ports.resolutions.approval<PlaceRequest>(movementSubject(bookedOn, id))
  const step = decide(known, answer)
  if (!known || step.outcome !== 'step' || step.next.state !== 'approved') return take(ports, found, answer, step)
  const places = placesFor(found, step.next.request)
  const turns = await turnsFor(ports.settlements, places)
  const problem = await problemOf(ports, found, step.next.request)
  if (problem) return problem
  const people = [personOf(known.proposedBy, known.proposer), personOf(answer.by, answer.person)]
  const limited = known.referral ? [] : limitedAmounts(places)
  const held = await heldToLimits(ports.settlements, people, limited, answer.at)
  return held.outcome === 'within'
    ? take(ports, found, answer, step, [...turns.map(effectOfTurn), ...effectsOfSums(held.sums)])
    : take(ports, found, answer, { outcome: 'step', next: refer(known, held.above, answer) })
}

async function take(
  ports: PlacingPorts,
  found: PlacedMovement,
  { at, bookedOn, id }: Who,
  step: ApprovalStep<PlaceRequest>,
  beside: readonly ApprovalEffect[] = [],
): Promise<MovementStep> {
  if (step.outcome === 'refused') return step
  if (step.outcome === 'stands') {
    return { outcome: 'done', approval: step.known, movement: shownMovement(found, at), entry: null }
  }
  const { placement: before } = found
  const entry = await recordStep(ports, step.next, {
    evidence: { before: before?.places ?? [] },
    effectsOf: ({ state, request }) => {
      if (state !== 'approved') return []
      return [{ kind: 'placement', placement: placementFor(found, request, at), before }, ...beside]
    },
  })
  if (!entry) {
    return refused('CHANGED_MEANWHILE', 'expected nobody else to change the movement at the same moment; look again')
  }
  const after = (await findMovement(ports, bookedOn, id)) ?? found
  return { outcome: 'done', approval: step.next, movement: shownMovement(after, at), entry }
}

/** undefined: it may be done. */
async function problemOf(
  { settlements, channels }: PlacingPorts,
  found: PlacedMovement,
  request: PlaceRequest,
): Promise<Extract<MovementStep, { outcome: 'refused' }> | undefined> {
  const { movement, placement } = found
  const { action, onVersion, parts } = request
  if ((placement?.version ?? 0) !== onVersion) {
    return refused(
      'CHANGED_MEANWHILE',
      `expected the placement at version ${onVersion}, it is at ${placement?.version ?? 0}; propose anew`,
    )
  }
  const days = parts.flatMap((part) => (part.to === 'channel-day' ? [part] : []))
  const names = parts.map(nameOf)
  if (
    parts.length === 0 ||
    new Set(names).size < names.length ||
    parts.some(({ amountRupiah }) => amountRupiah === 0)
  ) {
    return refused('INVALID_INPUT', 'expected one part or more, each with an amount, no place twice')
  }
  const left = movement.amount - parts.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
  const isOver = movement.amount > 0 ? left < 0 : left > 0
  if (isOver || Math.abs(left) > Math.abs(movement.amount)) {
    return refused('INVALID_INPUT', `expected parts that add up to at most ${movement.amount}; ${left} would be left`)
  }
  if ((action === 'return') !== parts.every(({ to }) => to === 'returned')) {
    return refused('ACTION_DOES_NOT_FIT', 'expected return with parts to returned only, and place or move with others')
  }
  const hasPlace = placement?.places.some(({ kind }) => kind !== 'unidentified') ?? false
  if (action === 'place' && hasPlace) {
    return refused('ACTION_DOES_NOT_FIT', 'expected a movement that is nobody’s; one that has a place is moved')
  }
  for (const { channel, date } of days) {
    const [row] = channels.includes(channel) ? await settlements.rows(channel, date, date) : []
    if (!row) return refused('UNKNOWN_DAY', `expected a day that the channel has; ${channel} has no ${date}`)
  }
  const refusal = await payoffProblem(settlements, movement, placesFor(found, request))
  return refusal && refused(refusal.code, refusal.detail)
}

/** Two parts of one name would be one place twice. */
function nameOf(part: RequestedPart): string {
  if (part.to === 'channel-day') return `${part.to}#${part.channel}#${part.date}`
  if (part.to === 'channel-charge') return `${part.to}#${part.channel}#${part.differenceId}`
  if (part.to === 'fee-invoice') return `${part.to}#${part.channel}#${part.number}`
  return part.to
}

function placesFor({ placement }: PlacedMovement, { parts }: PlaceRequest): readonly Place[] {
  const channel = channelOf(placement)
  return parts.map((part): Place => {
    const amount = part.amountRupiah
    switch (part.to) {
      case 'channel-day':
        return { kind: part.to, channel: part.channel, date: part.date, amount, how: 'resolution' }
      case 'channel-charge':
        return { kind: part.to, channel: part.channel, differenceId: part.differenceId, amount }
      case 'fee-invoice':
        return { kind: part.to, channel: part.channel, number: part.number, amount }
      case 'returned':
        return { kind: part.to, channel, amount }
      case 'bank-charges':
      case 'interest':
        return { kind: part.to, amount }
      default:
        return assertNever(part)
    }
  })
}

function placementFor(found: PlacedMovement, request: PlaceRequest, now: Instant): Placement {
  const { movement, placement } = found
  const channel = channelOf(placement)
  const places = placesFor(found, request)
  const left = rupiah(movement.amount - places.reduce((sum, { amount }) => sum + amount, 0))
  const rest: Place = { kind: 'unidentified', channel, amount: left, reason: 'left-by-people', ways: [], askedOn: null }
  const { id, bookedOn } = movement
  const version = (placement?.version ?? 0) + 1
  // The journal reads versions by their time, whatever clock wrote the last.
  const recordedAt = notBefore(now, placement?.recordedAt ?? now)
  return { id, bookedOn, version, recordedAt, by: 'resolution', places: left === 0 ? places : [...places, rest] }
}

export const UNKNOWN_MOVEMENT = 'expected the booking day and the key of a movement, as the list names them'
const UNKNOWN = refused('UNKNOWN_MOVEMENT', UNKNOWN_MOVEMENT)

function refused(code: MovementRefusal, detail: string) {
  return { outcome: 'refused', code, detail } as const
}

/** Of what was nobody's, or of the one channel that it was placed on. */
function channelOf(placement: Placement | undefined): string | null {
  const channels = (placement?.places ?? []).flatMap((place) => ('channel' in place ? [place.channel] : []))
  return new Set(channels).size === 1 ? (channels[0] ?? null) : null
}
