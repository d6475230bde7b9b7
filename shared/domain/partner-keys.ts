/**
 * A partner's keys by their dates, and how far a rotation is. Pure; knows no key: what a key is stays in the channel's secret,
 * which an operator writes (docs/operations/procedures.md). Two generations are valid while a rotation goes on.
 *
 *   made ──> staged (the secret is written: both valid) ──> switched (the partner says so) ──> retired (written again: one valid)
 */
import { addDays, type BusinessDate, type Instant } from './instant.ts'

/** `message-keys`: what requests are signed with. `client-certificate`: what the partner presents to the gateway. */
export const PARTNER_KEY_KINDS = ['message-keys', 'client-certificate'] as const
export type PartnerKeyKind = (typeof PARTNER_KEY_KINDS)[number]

/** `endsOn`: the last day on which it may be used; null: none was agreed. */
export type KeyDates = { readonly since: BusinessDate; readonly endsOn: BusinessDate | null }

export type KeyRotation = {
  /** Of the key that comes. */
  readonly next: KeyDates
  readonly beganAt: Instant
  /** When somebody recorded that the partner signs with the new one. */
  readonly switchedAt: Instant | null
}

export type PartnerKey = {
  readonly channel: string
  readonly kind: PartnerKeyKind
  /** Counts its changes, from 1. */
  readonly version: number
  /** null: nobody has recorded since when it holds. */
  readonly inForce: KeyDates | null
  readonly rotation: KeyRotation | null
}

export const KEY_STATES = ['unknown', 'in-force', 'ends-soon', 'ended'] as const
export type KeyState = (typeof KEY_STATES)[number]

export const ROTATION_STEPS = ['made', 'staged', 'switched', 'retired'] as const
export type RotationStep = (typeof ROTATION_STEPS)[number]
export type StepState = 'done' | 'now' | 'later'
/** `at`: when it was done, as far as that is known. */
export type StepOfRotation = { readonly step: RotationStep; readonly state: StepState; readonly at: Instant | null }

/** A partner needs weeks to change over: a warning must come before that. */
export const ENDS_SOON_DAYS = 45
/** Functions read a secret again within six minutes of its change; the procedure says ten. */
export const STAGED_FOR_MILLIS = 10 * 60_000

export function keyState(dates: KeyDates | null, today: BusinessDate): KeyState {
  if (dates === null) return 'unknown'
  if (dates.endsOn === null) return 'in-force'
  if (dates.endsOn < today) return 'ended'
  return dates.endsOn <= addDays(today, ENDS_SOON_DAYS) ? 'ends-soon' : 'in-force'
}

/** `secretWrittenAt`: when the channel's secret was last written; null: not known, and then no step that it shows is done. */
export function stepsOf(
  { beganAt, switchedAt }: KeyRotation,
  secretWrittenAt: Instant | null,
): readonly StepOfRotation[] {
  const isWrittenAfter = (at: Instant) => secretWrittenAt !== null && secretWrittenAt > at
  const isRetired = switchedAt !== null && isWrittenAfter(switchedAt)
  const isStaged = switchedAt !== null || isWrittenAfter(beganAt)
  // The first of two writings is no longer known once the second was done.
  const stagedAt = isStaged && switchedAt === null ? secretWrittenAt : null
  const done = [
    { step: 'made', isDone: true, at: beganAt },
    { step: 'staged', isDone: isStaged, at: stagedAt },
    { step: 'switched', isDone: switchedAt !== null, at: switchedAt },
    { step: 'retired', isDone: isRetired, at: isRetired ? secretWrittenAt : null },
  ] as const
  const now = done.findIndex(({ isDone }) => !isDone)
  return done.map(({ step, isDone, at }, i) => ({ step, at, state: isDone ? 'done' : i === now ? 'now' : 'later' }))
}

/** Both generations are known to every function: the partner may switch. */
export function isStagedLongEnough(rotation: KeyRotation, secretWrittenAt: Instant | null, now: Instant): boolean {
  return secretWrittenAt !== null && secretWrittenAt > rotation.beganAt && now - secretWrittenAt >= STAGED_FOR_MILLIS
}
