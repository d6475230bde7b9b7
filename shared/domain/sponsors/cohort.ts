/**
 * A cohort: one list of a program, enrolled and billed together. Its rows lie beside it (shared/store/sponsors/sponsors.ts).
 * Knows no NIK and no name: a person is the keyed hash of the NIK, a membership its KPJ.
 */

import type { BillCode } from '../bill-code.ts'
import type { Instant } from '../instant.ts'
import type { Kpj } from '../kpj.ts'
import type { Rupiah } from '../money.ts'
import type { ParticipantHash } from '../participant.ts'
import type { RegionCode } from '../region.ts'
import type { Sector } from '../tariff.ts'
import type { CohortId } from './sponsor.ts'

/**
 * `received`: kept, not judged to its end; `judged`: every row has its answer; `enrolled`: every accepted row is a membership;
 * then billed and paid like its program. `withdrawn`: nobody of it is billed any more.
 */
export const COHORT_STATES = ['received', 'judged', 'enrolled', 'billed', 'paid', 'withdrawn'] as const
export type CohortState = (typeof COHORT_STATES)[number]

export type CohortCounts = {
  readonly rows: number
  readonly accepted: number
  readonly refused: number
  /** Of the accepted ones: close to another row's spelling, to be looked at. */
  readonly flagged: number
  /** Of the accepted ones: those that are memberships by now. */
  readonly enrolled: number
}

export const NO_COUNTS: CohortCounts = { rows: 0, accepted: 0, refused: 0, flagged: 0, enrolled: 0 }

export type Cohort = {
  readonly id: CohortId
  /** SHA-256 of the list's bytes, hexadecimal: the same list again is the same cohort. */
  readonly listDigest: string
  readonly state: CohortState
  readonly counts: CohortCounts
  /** In the order of issue; the last ones are those that count. */
  readonly billCodes: readonly BillCode[]
  readonly version: number
  readonly receivedBy: string
  readonly receivedAt: Instant
}

/** `left`: is not on the corrected list any more; keeps what is paid and is not billed again. */
export const ROW_STATES = ['accepted', 'enrolled', 'refused', 'left'] as const
export type RowState = (typeof ROW_STATES)[number]

export type CohortRow = {
  /** Of the list, from 1; the header is line 1, so the first person is 2. */
  readonly line: number
  /** null where the NIK could not be read. */
  readonly participant: ParticipantHash | null
  /** null until the row is a membership. */
  readonly kpj: Kpj | null
  readonly regionCode: RegionCode | null
  /** null: the program's. */
  readonly sector: Sector | null
  readonly income: Rupiah | null
  readonly state: RowState
  /** Why it was refused: a stable code; null otherwise. */
  readonly refusal: string | null
  readonly flagged: boolean
}
