/**
 * Table `sponsors`: who pays for others, their programs with history, and the lists of people. No name of a person and no NIK:
 * contacts are in table `contacts` (../contacts/sponsor-contacts.ts).
 *
 * | part | entry | holds |
 * |---|---|---|
 * | `sponsors` | `<sponsor>` | a sponsor |
 * | `sponsor#<sponsor>` | `program#<code>` | a program; `version` rises with every step |
 * | | `event#<code>#0001` | a step of the program's history: put with the version that it made |
 * | | `commitment#<program's code>#<cohort's code>` | what the bills of a list may take of the program's budget |
 * | | `budget#<program's code>` | `version` rises with every list of the program that is billed |
 * | | `notice#<program's code>#<stage>#<language>` | what became of telling the sponsor that the program ends |
 * | `cohorts#<sponsor>` | `cohort#<program's code>#<code>` | a list; `version` rises. Who takes lists in parses bytes from outside, and may write here alone |
 * | `endings#<last month>` | `<program>` | a program that was opened: found by the month with which it ends |
 *
 * Written by functions/serve-console and functions/enrol-cohort; lists that were dropped by functions/import-file; notices by functions/send-notice. The rows of a cohort lie in the files bucket
 * (../files/cohort-rows.ts).
 */

import type { Instant } from '../../domain/instant.ts'
import type { Month } from '../../domain/month.ts'
import type { Language } from '../../domain/notice-preferences.ts'
import type { Cohort, CohortRow } from '../../domain/sponsors/cohort.ts'
import type { Commitment } from '../../domain/sponsors/commitment.ts'
import { lastMonthOf, type Program, type ProgramChange } from '../../domain/sponsors/program.ts'
import type { ProgramEvent } from '../../domain/sponsors/program-life.ts'
import type { ProgramNoticeStage } from '../../domain/sponsors/program-notice.ts'
import {
  type CohortId,
  codeOf,
  type ProgramId,
  parseCohortId,
  programOf,
  type Sponsor,
  type SponsorId,
  sponsorOf,
} from '../../domain/sponsors/sponsor.ts'
import type { EntryTable } from '../settlements/entries.ts'

/** As many members as lie together in a bill, so that a chunk of rows becomes a chunk of members. */
export const ROWS_PER_CHUNK = 1_000

export type SponsorStore = SponsorRecords & CohortRowStore

export type SponsorRecords = {
  readonly sponsor: (id: SponsorId) => Promise<Sponsor | undefined>
  /** `same`: exactly this is there. `other`: the id is another sponsor's. */
  readonly putSponsor: (sponsor: Sponsor) => Promise<'put' | 'same' | 'other'>
  /** In the order of ids, after one of them. */
  readonly sponsors: (after: SponsorId | null, limit: number) => Promise<readonly Sponsor[]>

  readonly program: (id: ProgramId) => Promise<Program | undefined>
  readonly programsOf: (id: SponsorId) => Promise<readonly Program[]>
  /** The program and the line of its history at once. `conflict`: it is no longer the version before, or the id is taken. */
  readonly putProgram: (change: ProgramChange) => Promise<'put' | 'conflict'>
  /** Oldest first. */
  readonly history: (id: ProgramId) => Promise<readonly ProgramEvent[]>

  /** Programs that were opened and have this last month. */
  readonly programsEnding: (lastMonth: Month) => Promise<readonly ProgramId[]>
  readonly programNotice: (
    id: ProgramId,
    stage: ProgramNoticeStage,
    language: Language,
  ) => Promise<ProgramNotice | undefined>
  /** `conflict`: it is no longer the version before. */
  readonly putProgramNotice: (notice: ProgramNotice) => Promise<'put' | 'conflict'>

  readonly cohort: (id: CohortId) => Promise<Cohort | undefined>
  readonly cohortsOf: (id: ProgramId) => Promise<readonly Cohort[]>
  /** The list, and the step of its program where there is one, at once. `conflict`: one of them is no longer the version before. */
  readonly putCohort: (cohort: Cohort, change?: ProgramChange) => Promise<'put' | 'conflict'>
  /** A corrected list that was confirmed and the list that it corrects, at once. `conflict`: one is no longer the version before. */
  readonly putConfirmed: (cohort: Cohort, before: Cohort) => Promise<'put' | 'conflict'>
  /** What the program's lists have committed. `version`: 0 while none was billed. */
  readonly commitments: (id: ProgramId) => Promise<ProgramCommitments>
  /**
   * The cohort that is billed and what it commits, at once. `conflict`: it is no longer the version before, or another list of the
   * program was billed since `version` was read.
   */
  readonly putBilling: (cohort: Cohort, commitment: Commitment, version: number) => Promise<'put' | 'conflict'>
}

export type CohortRowStore = {
  /**
   * `chunk` counts from 1. Puts over the rows that `over` is the mark of; null: where none are. `conflict`: another step has written
   * since, and what it wrote stays. The same rows again are `put`, for whoever asked twice.
   */
  readonly putRows: (
    id: CohortId,
    chunk: number,
    rows: readonly CohortRow[],
    over: RowsMark | null,
  ) => Promise<'put' | 'conflict'>
  /** undefined past the last. */
  readonly rows: (id: CohortId, chunk: number) => Promise<readonly CohortRow[] | undefined>
  /** For whoever will write over them. */
  readonly markedRows: (id: CohortId, chunk: number) => Promise<MarkedRows | undefined>
}

/** Stands for rows as they lie there: other rows have another one. */
export type RowsMark = string & { readonly __brand: 'RowsMark' }
export type MarkedRows = { readonly rows: readonly CohortRow[]; readonly mark: RowsMark }

export type ProgramCommitments = { readonly version: number; readonly of: readonly Commitment[] }

/** `reserved`: it may have gone out. `waiting`: certainly not sent, the same later. */
export type ProgramNotice = {
  readonly program: ProgramId
  readonly stage: ProgramNoticeStage
  readonly language: Language
  readonly state: 'reserved' | 'waiting' | 'sent' | 'refused' | 'unknown'
  readonly at: Instant
  /** Whose try it is: two at the same instant must not take the other's reservation for their own. */
  readonly attempt: string
  /** 1 at first; each write raises it by one and demands the one it read. */
  readonly version: number
}

const SPONSORS = 'sponsors'
const sponsorPart = (id: SponsorId) => `sponsor#${id}`
const cohortsPart = (id: SponsorId) => `cohorts#${id}`
const programEntry = (id: ProgramId) => `program#${codeOf(id)}`
const eventsPrefix = (id: ProgramId) => `event#${codeOf(id)}#`
const cohortsPrefix = (id: ProgramId) => `cohort#${codeOf(id)}#`
const cohortEntry = (id: CohortId) => `${cohortsPrefix(programOf(id))}${codeOf(id)}`
const commitmentsPrefix = (id: ProgramId) => `commitment#${codeOf(id)}#`
const budgetEntry = (id: ProgramId) => `budget#${codeOf(id)}`
const endingsPart = (lastMonth: Month) => `endings#${lastMonth}`
const noticeEntry = (id: ProgramId, stage: ProgramNoticeStage, language: Language) =>
  `notice#${codeOf(id)}#${stage}#${language}`
const padded = (number: number) => String(number).padStart(4, '0')

/** The parts of all sponsors' lists, and of what else is theirs: patterns of a policy. */
export const COHORT_PARTS = 'cohorts#*'
export const SPONSOR_PARTS = 'sponsor#*'

/** With what the entries of cohorts begin: what the table's stream is asked for. */
export const COHORT_PREFIX = 'cohort#'

/** The cohort that lies under a key of the table; undefined for the key of anything else. */
export function cohortOfEntry(part: string, entry: string): CohortId | undefined {
  const [of, id, ...more] = part.split('#')
  const [kind, program, code, ...rest] = entry.split('#')
  if (of !== 'cohorts' || kind !== 'cohort' || more.length + rest.length > 0) return undefined
  return parseCohortId(`${id}.${program}.${code}`)
}

export function sponsorsIn<C>(table: EntryTable<C>): SponsorRecords {
  const nextCohort = (cohort: Cohort): C =>
    table.puttingVersion(cohortsPart(sponsorOf(cohort.id)), cohortEntry(cohort.id), cohort.version, cohort)
  const nextProgram = ({ program, event }: ProgramChange): readonly C[] => {
    const part = sponsorPart(sponsorOf(program.id))
    return [
      table.puttingVersion(part, programEntry(program.id), program.version, program),
      table.puttingOnce(part, `${eventsPrefix(program.id)}${padded(event.number)}`, event),
      // Its plan stands from now on, and so does its last month.
      ...(event.step === 'open'
        ? [table.puttingOnce(endingsPart(lastMonthOf(program)), program.id, { program: program.id })]
        : []),
    ]
  }
  return {
    sponsor: (id) => table.get<Sponsor>(SPONSORS, id),
    putSponsor: (sponsor) => table.putOnce(SPONSORS, sponsor.id, sponsor),
    // A space sorts before everything that an id goes on with: the next id after this one.
    sponsors: (after, limit) =>
      table.range<Sponsor>(SPONSORS, { limit, ...(after === null ? {} : { from: `${after} ` }) }),

    program: (id) => table.get<Program>(sponsorPart(sponsorOf(id)), programEntry(id)),
    programsOf: (id) => table.range<Program>(sponsorPart(id), { prefix: 'program#' }),
    putProgram: (change) => table.transact(nextProgram(change)),
    history: (id) => table.range<ProgramEvent>(sponsorPart(sponsorOf(id)), { prefix: eventsPrefix(id) }),

    programsEnding: async (lastMonth) => (await table.entries(endingsPart(lastMonth))).map((id) => id as ProgramId),
    programNotice: (id, stage, language) =>
      table.get<ProgramNotice>(sponsorPart(sponsorOf(id)), noticeEntry(id, stage, language)),
    putProgramNotice: (notice) => {
      const { program, stage, language, version } = notice
      const part = sponsorPart(sponsorOf(program))
      return table.transact([table.puttingVersion(part, noticeEntry(program, stage, language), version, notice)])
    },

    cohort: (id) => table.get<Cohort>(cohortsPart(sponsorOf(id)), cohortEntry(id)),
    cohortsOf: (id) => table.range<Cohort>(cohortsPart(sponsorOf(id)), { prefix: cohortsPrefix(id) }),
    putCohort: (cohort, change) => table.transact([nextCohort(cohort), ...(change ? nextProgram(change) : [])]),
    putConfirmed: (cohort, before) => table.transact([nextCohort(cohort), nextCohort(before)]),

    commitments: async (id) => {
      const part = sponsorPart(sponsorOf(id))
      // The version first: what is committed after it was read makes the put a conflict.
      const { version } = (await table.get<{ readonly version: number }>(part, budgetEntry(id))) ?? { version: 0 }
      return { version, of: await table.range<Commitment>(part, { prefix: commitmentsPrefix(id) }) }
    },
    putBilling: (cohort, commitment, read) => {
      const program = programOf(cohort.id)
      const part = sponsorPart(sponsorOf(program))
      const version = read + 1
      return table.transact([
        nextCohort(cohort),
        table.puttingVersion(part, budgetEntry(program), version, { version, cohort: cohort.id }),
        table.putting(part, `${commitmentsPrefix(program)}${codeOf(cohort.id)}`, commitment),
      ])
    },
  }
}
