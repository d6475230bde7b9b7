/**
 * The stages of a membership about which the member gets a notice, apart from their rules so that a view can name one cheaply.
 *
 * Promise: in order of precedence: where two are due on one day, the later one in this list is the one that is sent.
 * Knows nothing of when; notice.ts does.
 */
import type { Month } from './month.ts'

export const NOTICE_STAGES = [
  'receipt',
  'before-due',
  'due',
  'grace',
  'sponsor-stopping',
  'last-week',
  'lapsed',
  'active-again',
] as const
export type NoticeStage = (typeof NOTICE_STAGES)[number]

/** `month`: the contribution month that it speaks of. Membership, month and stage make a notice: it is sent once. */
export type NoticeDue = { readonly stage: NoticeStage; readonly month: Month }
