/**
 * The fees of a channel's month in table `settlements`: the invoices that finance entered, the versions of what they and the
 * decisions on their difference mean for the books, and what the month's days say of fees. Keys: item.ts.
 *
 * Promise: a number of a channel names one invoice for ever; a version is put once, together with the journal's pointer.
 * Producers: functions/serve-console (invoices, with their audit entry: resolutions.ts), functions/reconcile-settlement.
 */
import { type BusinessDate, businessDateOf, type Instant } from '../../domain/instant.ts'
import { type Rupiah, rupiah, ZERO } from '../../domain/money.ts'
import { firstDayOf, type Month } from '../../domain/month.ts'
import { lastDayOf } from '../../domain/settlement/fee-contract.ts'
import type { FeeDay, FeeInvoice } from '../../domain/settlement/fee-month.ts'
import type { FeePosition } from '../../domain/settlement/fee-position.ts'
import { type ChannelCharge, movedAmount } from '../../domain/settlement/open-items.ts'
import { inParallel } from '../../runtime/in-parallel.ts'
import type { EntryTable } from './entries.ts'
import { changeOfInput } from './inputs.ts'
import * as keys from './item.ts'
import { changeOfOwedFees } from './owed.ts'
import type { DifferenceCase, MatrixRow, Statement } from './records.ts'

/** A version of a month's fees as the books have them. */
export type FeeMonthVersion = {
  readonly channel: string
  readonly month: Month
  readonly version: number
  readonly recordedAt: Instant
  readonly position: FeePosition
}

export type FeeMonthStore = {
  readonly feeInvoice: (channel: string, number: string) => Promise<FeeInvoice | undefined>
  /** Of one month, by number. */
  readonly feeInvoices: (channel: string, month: Month) => Promise<readonly FeeInvoice[]>
  /** Ascending by version. */
  readonly feeMonths: (channel: string, month: Month) => Promise<readonly FeeMonthVersion[]>
  /** One transaction, with `charge`: what the version charges to the channel. `conflict`: another one has its number. */
  readonly putFeeMonth: (version: FeeMonthVersion, charge: ChannelCharge | null) => Promise<'put' | 'conflict'>
}

export function feeMonthsIn<C>(table: EntryTable<C>): FeeMonthStore {
  return {
    feeInvoice: (channel, number) => table.get<FeeInvoice>(keys.feeInvoicesPart(channel), keys.feeInvoiceEntry(number)),
    // Some ten a year: the whole part is one read, and the number alone is the key.
    feeInvoices: async (channel, month) =>
      (await table.range<FeeInvoice>(keys.feeInvoicesPart(channel), {})).filter((invoice) => invoice.month === month),
    feeMonths: (channel, month) => table.range<FeeMonthVersion>(keys.feesPart(channel, month), {}),
    putFeeMonth: (version, charge) => {
      const { channel, month, recordedAt } = version
      return table.transact([
        table.puttingOnce(keys.feesPart(channel, month), keys.feesEntry(version.version), version),
        table.putting(keys.recordedPart(businessDateOf(recordedAt)), keys.recordedFeesEntry(channel, month), {}),
        changeOfOwedFees(table, version, charge),
      ])
    },
  }
}

/** The writes that enter an invoice: for a transaction with its audit entry (resolutions.ts). */
export function changesOfFeeInvoice<C>(table: EntryTable<C>, invoice: FeeInvoice, at: Instant): readonly C[] {
  const key = [keys.feeInvoicesPart(invoice.channel), keys.feeInvoiceEntry(invoice.number)] as const
  return [table.puttingOnce(...key, invoice), changeOfInput(table, at, ...key)]
}

/** What the days of a month are read by: of the store's port (settlements.ts). */
type FeeDayReads = {
  readonly rows: (channel: string, from: BusinessDate, to: BusinessDate) => Promise<readonly MatrixRow[]>
  readonly statement: (channel: string, date: BusinessDate) => Promise<Statement | undefined>
  readonly differencesOf: (channel: string, date: BusinessDate) => Promise<readonly DifferenceCase[]>
}

const AT_ONCE = 8

/** What the latest statements of a month say of its fees, by day; days that were never looked at have none. */
export async function feeDaysOf(settlements: FeeDayReads, channel: string, month: Month): Promise<readonly FeeDay[]> {
  const rows = await settlements.rows(channel, firstDayOf(month), lastDayOf(month))
  const days: FeeDay[] = []
  await inParallel(
    rows.map((row) => async () => {
      const day = await feeDayOf(settlements, row)
      if (day) days.push(day)
    }),
    AT_ONCE,
  )
  return days.sort((a, b) => (a.date < b.date ? -1 : 1))
}

async function feeDayOf(settlements: FeeDayReads, { channel, date }: MatrixRow): Promise<FeeDay | undefined> {
  const statement = await settlements.statement(channel, date)
  if (!statement) return undefined
  const countOf = (label: string) => statement.bridge.find((row) => row.label === label)?.count ?? 0
  const reversedPayments = countOf('hub-reversed')
  const hasFeeCases = (statement.differenceCounts['fee-difference'] ?? 0) > 0
  return {
    date,
    payments: countOf('hub-payments') - reversedPayments,
    reversedPayments,
    hasFile: statement.file !== null,
    keptRupiah: statement.channelFeesRupiah,
    inDayCasesRupiah: hasFeeCases ? await inDayCases(settlements, channel, date) : ZERO,
  }
}

/** What a later run no longer found is in no case any more. */
async function inDayCases({ differencesOf }: FeeDayReads, channel: string, date: MatrixRow['date']): Promise<Rupiah> {
  const cases = await differencesOf(channel, date)
  const standing = cases.filter(
    ({ finding, resolution }) => finding.class === 'fee-difference' && resolution?.how !== 'itself',
  )
  return rupiah(standing.reduce((sum, { finding }) => sum + movedAmount(finding).amount, 0))
}
