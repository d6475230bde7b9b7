/**
 * What came on a day that a run must look at, in table `settlements`: the entries that the stream announces, once more by the day
 * on which they were put, so that a night finds what the stream lost, whatever day it is of.
 *
 * Promise: noted before or with the entry itself, so no entry is without its note; a note without its entry is harmless.
 * Not noted, because a night looks for them otherwise: movements of the bank (all young ones are placed by each run), approved
 * resolutions and exits (lists of what waits), withdrawals of bank statements (looked for each night). Keys: item.ts.
 */
import { type BusinessDate, businessDateOf, type Instant } from '../../domain/instant.ts'
import type { EntryTable } from './entries.ts'
import { fileInputsPart, inputEntry, inputsPart } from './item.ts'

export type Input = { readonly part: string; readonly entry: string }

export type InputStore = {
  /** Of a day in Jakarta: files first, each in order of part and entry. */
  readonly inputsOn: (day: BusinessDate) => Promise<readonly Input[]>
}

export function inputsIn<C>(table: EntryTable<C>): InputStore {
  return {
    inputsOn: async (day) => {
      const found = await Promise.all(
        [fileInputsPart(day), inputsPart(day)].map((part) => table.range<Input>(part, {})),
      )
      return found.flat()
    },
  }
}

/** The write that notes an entry: for the transaction that puts it. */
export function changeOfInput<C>(table: EntryTable<C>, at: Instant, part: string, entry: string): C {
  return table.putting(inputsPart(businessDateOf(at)), inputEntry(part, entry), { part, entry } satisfies Input)
}

/** Of a file, which who takes it in writes: in a part apart from the others. Idempotent. */
export function noteFile<C>(table: EntryTable<C>, at: Instant, part: string, entry: string): Promise<void> {
  return table.put(fileInputsPart(businessDateOf(at)), inputEntry(part, entry), { part, entry } satisfies Input)
}
