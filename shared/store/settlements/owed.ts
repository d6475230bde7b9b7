/**
 * What channels owe, day by day, in table `settlements`: the open items and charges of each day that has any, as its latest
 * statement has them.
 *
 * Promise: put in one transaction with the statement, so what ages is what the statements say, at any age. Keys: item.ts.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import type { ChannelCharge, OpenItem } from '../../domain/settlement/open-items.ts'
import type { EntryTable } from './entries.ts'
import { owedPart } from './item.ts'
import type { Statement } from './records.ts'

export type OwedDay = {
  readonly channel: string
  readonly date: BusinessDate
  readonly openItems: readonly OpenItem[]
  readonly charges: readonly ChannelCharge[]
}

export type OwedStore = {
  /** Every day of the channel with open items or charges, oldest first. */
  readonly owedDays: (channel: string) => Promise<readonly OwedDay[]>
}

export function owedIn<C>(table: EntryTable<C>): OwedStore {
  return { owedDays: (channel) => table.range<OwedDay>(owedPart(channel), {}) }
}

/** The write that brings the list to where the statement is: for the statement's own transaction. */
export function changeOfOwed<C>(table: EntryTable<C>, statement: Statement): C {
  const { channel, date, openItems, charges = [] } = statement
  const key = [owedPart(channel), date] as const
  if (openItems.length === 0 && charges.length === 0) return table.deleting(...key)
  return table.putting(...key, { channel, date, openItems, charges } satisfies OwedDay)
}
