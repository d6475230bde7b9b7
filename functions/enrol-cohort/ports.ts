/** What the steps of a list need: passed in by handler.ts, by tests and by the bench. */
import type { Instant } from '../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { Cohort } from '../../shared/domain/sponsors/cohort.ts'
import type { Program, ProgramChange } from '../../shared/domain/sponsors/program.ts'
import type { Sponsor } from '../../shared/domain/sponsors/sponsor.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { ContactChanges, ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { FileStore } from '../../shared/store/files/files.ts'
import type { ListSegments } from '../../shared/store/files/list-segments.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type { SponsorStore } from '../../shared/store/sponsors/sponsors.ts'

export type CohortPorts = {
  readonly sponsors: SponsorStore
  readonly files: Pick<FileStore, 'kept'>
  readonly segments: ListSegments
  readonly facts: Pick<FactStore, 'put' | 'get' | 'ofAccount'>
  readonly contacts: Pick<ContactStore, 'get'> & ContactChanges
  readonly memberships: Pick<MembershipStore, 'get' | 'ofParticipant'>
  readonly bills: BillStore
  readonly rules: Rules
  /** The keyed hash that stands for a NIK everywhere but in contacts and segments. */
  readonly participantOf: (nik: string) => ParticipantHash
  readonly now: () => Instant
}

/** A cohort with what it belongs to. */
export type OpenCohort = { readonly cohort: Cohort; readonly program: Program; readonly sponsor: Sponsor }

/** The next version of a cohort; what is not named stays. `work: undefined` ends it. `programStep`: put with it, or neither. */
export type CohortStep = Partial<Omit<Cohort, 'id' | 'version' | 'work'>> & {
  readonly work: Cohort['work'] | undefined
  readonly programStep?: ProgramChange | undefined
}

/** Accounts worked on at once: enough to hide the tables' latency, few enough to leave them to the channels. */
export const AT_ONCE = 32
