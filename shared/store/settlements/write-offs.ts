/**
 * What people gave up of differences on a day, in table `settlements`: by the day of the approval and the person, once for the one
 * who proposed it and once for the one who approved it.
 *
 * Promise: put in one transaction with the resolution (resolutions.ts), and never changed: no write-off is left out of its people's
 * day. Keys: item.ts.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import { type Rupiah, rupiah } from '../../domain/money.ts'
import type { EntryTable } from './entries.ts'
import { writeOffEntry, writeOffsPart } from './item.ts'

/** Positive. */
export type WriteOff = {
  readonly date: BusinessDate
  readonly by: string
  readonly differenceId: string
  /** Of the difference, when it was approved. */
  readonly version: number
  readonly amount: Rupiah
}

export type WriteOffStore = {
  /** All that a person proposed or approved to give up and that was approved on that day. */
  readonly writtenOffBy: (by: string, date: BusinessDate) => Promise<Rupiah>
}

export function writeOffsIn<C>(table: EntryTable<C>): WriteOffStore {
  return {
    writtenOffBy: async (by, date) => {
      const all = await table.range<WriteOff>(writeOffsPart(date, by), {})
      return rupiah(all.reduce((sum, { amount }) => sum + amount, 0))
    },
  }
}

export function changeOfWriteOff<C>(table: EntryTable<C>, writeOff: WriteOff): C {
  const { date, by, differenceId, version } = writeOff
  return table.puttingOnce(writeOffsPart(date, by), writeOffEntry(differenceId, version), writeOff)
}
