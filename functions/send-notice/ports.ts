/** What sending a notice needs and what it comes to: passed in by handler.ts and by tests. */
import type { Instant } from '../../shared/domain/instant.ts'
import type { NoticeRules } from '../../shared/domain/notice.ts'
import type { NoticeChannel } from '../../shared/domain/notice-preferences.ts'
import type { NoticeDue } from '../../shared/domain/notice-stage.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { Notifier } from '../../shared/notices/notifier.ts'
import type { ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type { NoticeStore } from '../../shared/store/notices/notices.ts'

export type NoticePorts = {
  readonly memberships: Pick<MembershipStore, 'get'>
  readonly contacts: Pick<ContactStore, 'get'>
  readonly facts: Pick<FactStore, 'ofAccount'>
  readonly notices: NoticeStore
  readonly notifiers: readonly Notifier[]
  readonly rules: Rules
  readonly noticeRules: NoticeRules
  readonly now: () => Instant
  /** Never the same twice. */
  readonly newAttempt: () => string
  /** Until when a channel that said "too often" is left alone: nothing is reserved meanwhile. Kept by the process. */
  readonly cooling: Map<NoticeChannel, Instant>
}

/** A way to the member that may be tried. */
export type DeliveryWay = { readonly notifier: Notifier; readonly address: string }

/** In order of precedence. */
export type NoticeOutcome =
  | { readonly outcome: 'not-a-membership' | 'nothing-due' }
  | { readonly outcome: 'not-daytime' | 'already' | 'opted-out' | 'no-way-to-reach'; readonly due: NoticeDue }
  | { readonly outcome: 'notified-today' | 'obsolete' | 'failed'; readonly due: NoticeDue }
  | { readonly outcome: 'sent' | 'unknown'; readonly due: NoticeDue; readonly channel: NoticeChannel | null }
