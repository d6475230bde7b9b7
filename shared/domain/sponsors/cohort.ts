/**
 * A cohort: one list of a program, enrolled and billed together. Its rows lie beside it (shared/store/sponsors/sponsors.ts).
 * Knows no NIK and no name: a person is the keyed hash of the NIK, a membership its KPJ.
 */

import type { AgentCode } from '../agents/agent.ts'
import type { BillCode } from '../bill-code.ts'
import type { Instant } from '../instant.ts'
import type { Kpj } from '../kpj.ts'
import type { Rupiah } from '../money.ts'
import type { Month } from '../month.ts'
import type { Language } from '../notice-preferences.ts'
import type { ParticipantHash } from '../participant.ts'
import type { RegionCode } from '../region.ts'
import type { Sector } from '../tariff.ts'
import type { ListRefusalCode } from './member-list.ts'
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

/**
 * What is being done with a list, one segment of rows at a time, and where it goes on: the cohort's own record is what its chain of
 * messages lives from (functions/enrol-cohort). Absent: nothing is to be done.
 */
export type CohortWork =
  | { readonly task: 'read' }
  | { readonly task: 'judge'; readonly chunk: number }
  | { readonly task: 'enrol'; readonly chunk: number }
  | ({ readonly task: 'bill' } & BillProgress)

/** Bills that are being issued: `bill` and `chunk` of rows are next; what the bill under work has come to so far. */
export type BillProgress = {
  /** From 0, in `CohortBilling.bills`. */
  readonly bill: number
  /** Of rows, from 1. */
  readonly chunk: number
  readonly members: number
  readonly chunks: number
  readonly amount: Rupiah
}

/** What was asked for when the list was billed. The codes are drawn before anything is written under them. */
export type CohortBilling = {
  readonly months: readonly Month[]
  readonly validUntil: string
  readonly validUntilInstant: Instant
  readonly issuedAt: Instant
  readonly by: string
  readonly bills: readonly PlannedBill[]
  /** Bills of the list, and of those that it corrects, that were paid: whoever is on one of them is on none of the new ones. */
  readonly paid?: readonly BillCode[]
}

export type PlannedBill = {
  readonly billCode: BillCode
  /** The village that it pays; null for the whole list. */
  readonly regionCode: RegionCode | null
  /** In the list's order, for as far as the budget goes; null: everybody. */
  readonly persons: number | null
  /** The bill whose place it takes. */
  readonly replaces: BillCode | null
  /** What it may come to at most: so much of the budget is committed to it. */
  readonly atMost: Rupiah
}

/** A corrected list beside the one that it corrects. */
export type CohortChange = { readonly joined: number; readonly stayed: number; readonly left: number }

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
  readonly work?: CohortWork
  /** Of whoever sent the list: reasons are given in it. */
  readonly language?: Language
  /** Why nothing of the list can be used. */
  readonly unusable?: ListRefusalCode
  /** Who brought the people of the list, where an agent did. */
  readonly agent?: AgentCode
  /** The list that this one corrects: it waits for somebody who confirms what changes. */
  readonly corrects?: CohortId
  readonly change?: CohortChange
  readonly confirmedBy?: string
  /** The one correction of this list that was confirmed. */
  readonly correctedBy?: CohortId
  readonly billing?: CohortBilling
}

/**
 * Every code under which a bill of the list may be: those that were issued, and those of its last billing, of which one may come late,
 * after the bill whose place it could not take was given back.
 */
export function billCodesOf({ billCodes, billing }: Pick<Cohort, 'billCodes' | 'billing'>): readonly BillCode[] {
  return [...new Set([...billCodes, ...(billing?.bills ?? []).map(({ billCode }) => billCode)])]
}

/** Another list has taken its place, or is about to. */
export function isCorrected({ state, correctedBy }: Pick<Cohort, 'state' | 'correctedBy'>): boolean {
  return state === 'withdrawn' || correctedBy !== undefined
}

/** Its people are those of the program: not corrected, and no correction that waits for somebody to confirm it. */
export function isStanding(cohort: Pick<Cohort, 'state' | 'correctedBy' | 'corrects' | 'confirmedBy'>): boolean {
  return !isCorrected(cohort) && (cohort.corrects === undefined || cohort.confirmedBy !== undefined)
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
