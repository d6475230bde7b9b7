/**
 * Table `notices`: that a notice is sent at most once. Reserved first, then the facts are read, then the provider is called.
 *
 * | item | key | |
 * |---|---|---|
 * | notice | PK `kpj`, SK `<month>#<stage>` | state, attempt, channel, the provider's id; two years |
 * | day | PK `kpj`, SK `day#<WIB date>` | which notice the member gets on that day: one, never two |
 *
 * ```
 * absent, obsolete, unreachable --reservation--> reserved --> sent | failed | unknown      these are for ever
 *                                             |------> obsolete (a payment came)   |--> released: nothing was sent
 * ```
 * A reservation whose process died stays `reserved`; fifteen minutes later it is unknown, which is not written but computed by `stateAt`.
 * Holds no name, no number and no text.
 */
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Month } from '../../domain/month.ts'
import type { NoticeChannel } from '../../domain/notice-preferences.ts'
import type { NoticeStage } from '../../domain/notice-stage.ts'

/** `failed`: every way refused it, definitely. `unknown`: it may have gone out. `unreachable`: no way was left to try. */
export const NOTICE_STATES = ['reserved', 'sent', 'failed', 'unknown', 'obsolete', 'unreachable'] as const

export type NoticeState = (typeof NOTICE_STATES)[number]

export type NoticeKey = { readonly kpj: Kpj; readonly month: Month; readonly stage: NoticeStage }

export type Notice = NoticeKey & {
  readonly state: NoticeState
  /** Drawn for each reservation: who holds it. */
  readonly attempt: string
  readonly reservedAt: Instant
  readonly changedAt: Instant
  readonly channel: NoticeChannel | null
  /** The provider's own id of the message. */
  readonly messageId: string | null
  /** Why it failed or could not be sent: a code, never a provider's text. */
  readonly code: string | null
}

export type NoticeReservation = NoticeKey & { readonly attempt: string; readonly reservedAt: Instant }

export type NoticeEnding = Pick<Notice, 'channel' | 'messageId' | 'code'> & {
  readonly state: 'sent' | 'failed' | 'unknown'
}

export type NoticeStore = {
  /** All of a member, by month and stage. Consistent. */
  readonly ofMember: (kpj: Kpj) => Promise<readonly Notice[]>
  /** `taken`: reserved by another attempt, or done. `notified-today`: the member gets another notice on this day. */
  readonly reserve: (reservation: NoticeReservation) => Promise<'reserved' | 'taken' | 'notified-today'>
  /** Ends a reservation that is still this attempt's; otherwise nothing happens. */
  readonly finish: (reservation: NoticeReservation, ending: NoticeEnding, at: Instant) => Promise<void>
  /** Nothing was sent because nothing is owed any more: the day is free, and so is the notice should it be due again. */
  readonly giveUp: (reservation: NoticeReservation, at: Instant) => Promise<void>
  /** Nothing was sent and the message comes again: as if it had never been reserved. */
  readonly release: (reservation: NoticeReservation) => Promise<void>
  /** Notes that there was no way to send it; a later run may reserve it all the same. */
  readonly noteUnreachable: (reservation: NoticeReservation, code: string) => Promise<void>
}

/** A reservation that its process left behind: by then every call of it has ended, one way or the other. */
export const RESERVATION_LEFT_MILLIS = 15 * 60_000

/** The state at `now`: the outcome of a reservation that was left behind is unknown. */
export function stateAt({ state, reservedAt }: Notice, now: Instant): NoticeState {
  return state === 'reserved' && now - reservedAt >= RESERVATION_LEFT_MILLIS ? 'unknown' : state
}
