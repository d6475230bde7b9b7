/**
 * How a member wants to be written to, and in which order the ways are tried. What was never said has a default.
 *
 * Promise: a member who opted out is not written to, and a number that turned out to be another person's is never used again.
 * Knows no number and no address.
 */
import { type Dated, inForce } from './effective-dated.ts'
import type { BusinessDate } from './instant.ts'

export const LANGUAGES = ['id', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const NOTICE_CHANNELS = ['sms', 'whatsapp', 'email'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

export type ContactPreferences = {
  readonly language: Language
  /** Tried first; null: whatever costs least of what a phone can take. */
  readonly preferredChannel: NoticeChannel | null
  readonly optedOut: boolean
  /** The phone number is another person's: no SMS and no WhatsApp until another number is imported. */
  readonly wrongNumber: boolean
}

export const NO_PREFERENCES: ContactPreferences = {
  language: 'id',
  preferredChannel: null,
  optedOut: false,
  wrongNumber: false,
}

/** What one message costs, in rupiah (an SMS is two segments at most), and the order that follows from it and from reach. */
export type ChannelCosts = {
  readonly order: readonly NoticeChannel[]
  readonly costRupiah: Readonly<Record<NoticeChannel, number>>
}

export const CHANNEL_COSTS: Dated<ChannelCosts> = [
  {
    from: '1970-01-01',
    value: { order: ['sms', 'whatsapp', 'email'], costRupiah: { sms: 700, whatsapp: 400, email: 2 } },
    source: 'our choice: an SMS reaches every phone; costs are estimates, to be replaced by the contract',
  },
]

/** The channels in the order in which they are tried; empty for who opted out. */
export function channelsToTry(
  preferences: ContactPreferences,
  today: BusinessDate,
  costs: Dated<ChannelCosts> = CHANNEL_COSTS,
): readonly NoticeChannel[] {
  if (preferences.optedOut) return []
  const { order } = inForce('channel costs', costs, today)
  const first = preferences.preferredChannel
  const sorted = first === null ? order : [first, ...order.filter((channel) => channel !== first)]
  return sorted.filter((channel) => channel === 'email' || !preferences.wrongNumber)
}
