/**
 * What a notice says, as data: one text per stage and language, with named places for what differs from member to member.
 *
 * Promise: the same text serves an SMS, an e-mail and a WhatsApp template, which the provider must have been given before
 * it is used (`templateOf`, render.ts). Texts state facts of the account and nothing else. Knows no member.
 */
import type { NoticeStage } from '../domain/notice-stage.ts'

/** A member whose sponsor paid cannot pay at an outlet as they are: their text names another way. */
export type TextId = NoticeStage | 'lapsed-sponsored'

export const PLACES = ['nik', 'months', 'amount', 'dueOn', 'since', 'lapsesOn', 'paidThrough'] as const
export type Place = (typeof PLACES)[number]
/** A text may use every place; what a member has no value for stands empty and its text does not use it. */
export type Values = Readonly<Record<Place, string>>

export type NoticeTexts = {
  readonly subject: Readonly<Record<TextId, string>>
  readonly text: Readonly<Record<TextId, (values: Values) => string>>
  /** One sentence with every channel, for an SMS. */
  readonly howToPay: string
  /** One line per channel, for an e-mail. */
  readonly counters: readonly string[]
  readonly greeting: string
  readonly closing: string
  readonly monthNames: readonly string[]
  /** `8.400` or `8,400`: what parts the thousands. */
  readonly thousands: string
}

/** Texts that end with how to pay. */
export const ASKS_FOR_MONEY: Readonly<Record<TextId, boolean>> = {
  receipt: false,
  'before-due': true,
  due: true,
  grace: true,
  'sponsor-stopping': false,
  'last-week': true,
  lapsed: true,
  'lapsed-sponsored': false,
  'active-again': false,
}
