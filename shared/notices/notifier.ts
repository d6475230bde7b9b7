/**
 * The port to whoever carries a notice, and what an attempt comes to.
 *
 * Promise of every adapter: one try, and an answer that is exact about one thing: whether the message can have gone out.
 * Only where it certainly did not may another way be tried, or the same again. Knows no decision and no account.
 */
import type { NoticeChannel } from '../domain/notice-preferences.ts'
import type { RenderedNotice } from './render.ts'

export type Delivery =
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** Certainly not sent, and never will be this way: another way may be tried. `code` is ours or the provider's word. */
  | { readonly outcome: 'refused'; readonly code: string }
  /** Certainly not sent, because the provider is busy or cannot be reached: the same later. */
  | { readonly outcome: 'later'; readonly code: string }
  /** It may have gone out: never again, on no channel. */
  | { readonly outcome: 'unknown'; readonly code: string }

export type Notifier = {
  readonly channel: NoticeChannel
  /** `address`: a phone number as `+62…`, or an e-mail address. Throws a `Defect`, certainly not sent, where we are set up wrongly. */
  readonly send: (address: string, notice: RenderedNotice) => Promise<Delivery>
}
