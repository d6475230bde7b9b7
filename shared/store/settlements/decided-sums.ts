/**
 * What people decided on a day without an administrator, by action, in table `settlements`: one entry for everybody and one for each
 * name under which a person is counted (shared/domain/acting-person.ts), by a digest of it.
 *
 * Promise: raised in one transaction with the approval that it counts (resolutions.ts), from the very version that the limits were
 * held against: two approvals at once cannot both pass a limit that only one of them keeps. Keys: item.ts.
 */
import { createHash } from 'node:crypto'
import { type ActingPerson, countedUnder } from '../../domain/acting-person.ts'
import type { DecidedSums } from '../../domain/approval-limits.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import type { EntryTable } from './entries.ts'
import { decidedSumsEntry, decidedSumsPart } from './item.ts'

export type DecidedOnDay = {
  readonly date: BusinessDate
  /** `everybody`, or the digest of a name under which a person is counted. */
  readonly of: string
  /** 0: nothing was decided yet. */
  readonly version: number
  readonly sums: DecidedSums
}

export type DecidedSumsStore = {
  readonly decidedByAll: (date: BusinessDate) => Promise<DecidedOnDay>
  /** Under each name of theirs. */
  readonly decidedByPeople: (date: BusinessDate, people: readonly ActingPerson[]) => Promise<readonly DecidedOnDay[]>
}

const EVERYBODY = 'everybody'

export function decidedSumsIn<C>(table: EntryTable<C>): DecidedSumsStore {
  const read = async (date: BusinessDate, of: string): Promise<DecidedOnDay> =>
    (await table.get<DecidedOnDay>(decidedSumsPart(date), decidedSumsEntry(of))) ?? { date, of, version: 0, sums: {} }
  return {
    decidedByAll: (date) => read(date, EVERYBODY),
    decidedByPeople: (date, people) =>
      Promise.all([...new Set(people.flatMap(countedUnder))].map((name) => read(date, digestOf(name)))),
  }
}

/** Demands the version before. */
export function changeOfSums<C>(table: EntryTable<C>, day: DecidedOnDay): C {
  return table.puttingVersion(decidedSumsPart(day.date), decidedSumsEntry(day.of), day.version, day)
}

/** Whether one of them was raised since: then the limits are held against the sums anew. */
export async function areRaised<C>(table: EntryTable<C>, next: readonly DecidedOnDay[]): Promise<boolean> {
  const stand = await Promise.all(
    next.map(({ date, of }) => table.get<DecidedOnDay>(decidedSumsPart(date), decidedSumsEntry(of))),
  )
  return next.some(({ version }, i) => (stand[i]?.version ?? 0) !== version - 1)
}

/** No name of a person lies in this table. */
function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}
