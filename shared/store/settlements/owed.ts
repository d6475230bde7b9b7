/**
 * What channels owe, day by day, in table `settlements`: the open items and charges of each day that has any, as its latest
 * statement has them, and what was charged of a month's fees.
 *
 * Promise: put in one transaction with the statement, or with the version of the month's fees, so what ages is what the statements say, at any age. Keys: item.ts.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import type { Month } from '../../domain/month.ts'
import { lastDayOf } from '../../domain/settlement/fee-contract.ts'
import type { ChannelCharge, OpenItem } from '../../domain/settlement/open-items.ts'
import type { EntryTable } from './entries.ts'
import { owedFeesEntry, owedPart } from './item.ts'
import type { Statement } from './records.ts'

export type OwedDay = {
  readonly channel: string
  readonly date: BusinessDate
  readonly openItems: readonly OpenItem[]
  readonly charges: readonly ChannelCharge[]
}

export type OwedStore = {
  /** Every day of the channel with open items or charges, oldest first; what was charged of a month's fees is a day of its own. */
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

/** As above, for a version of a month's fees; null: nothing of it is charged. */
export function changeOfOwedFees<C>(
  table: EntryTable<C>,
  { channel, month }: { readonly channel: string; readonly month: Month },
  charge: ChannelCharge | null,
): C {
  const date = lastDayOf(month)
  const key = [owedPart(channel), owedFeesEntry(date)] as const
  if (charge === null) return table.deleting(...key)
  return table.putting(...key, { channel, date, openItems: [], charges: [charge] } satisfies OwedDay)
}
