/** Types first; the fold follows. */
import type { BusinessDate } from './instant.ts'
export const MEMBERSHIP_STATUSES = ['unpaid', 'active', 'grace', 'lapsed', 'closed'] as const
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number]
/** The next change that time alone will bring: from the start of `on` (WIB) the status is `to`. */
export type Transition = { readonly on: BusinessDate; readonly to: MembershipStatus }
