/** Who makes a call of the console, from where, and how they wish to see personal data: what use cases and read traces know of it. */
import type { ActingPerson } from '../../../shared/domain/acting-person.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'

/** Who calls, and when: one instant for the whole call. */
export type Caller = {
  /** The token's opaque subject, for the log: who decided. */
  readonly actor: string | null
  /** The name that the token gives, and who issued it: for the read trace. */
  readonly actorName: string | null
  readonly issuer: string | null
  /** These three as the audit chain keeps them. */
  readonly person: ActingPerson
  /** Whether the role may decide what is above the limits of two people. */
  readonly mayAdminister: boolean
  /** Whether names, NIKs and phone numbers are shown in full: the role may see them, and the call did not ask for less. */
  readonly unmasked: boolean
  /** The call asked for less than it may see: also where what it may see does not follow from the role. */
  readonly asksMasked: boolean
  /** Why, as the call said; null where it said nothing. */
  readonly reason: string | null
  /** The one sponsor whom the caller may see and act for under this route's permission; null: every one. */
  readonly ownSponsor: SponsorId | null
  readonly requestId: string
  readonly sourceIp: string
  readonly forwardedFor: string | null
  readonly now: Instant
}
