/**
 * The fees of a channel in one month: what is due by contract, what was taken, and what differs.
 *
 * ```
 * taken      = kept from the money, as the accepted files have it     (statements)
 *            + billed by invoices beyond what they say was kept       (invoices: a fee that both name counts once)
 * difference = taken - due - what the fee differences of single days hold already (they are cases of their own)
 * ```
 * VAT and withholding are held against the invoices that came, each by the rate of its date: what nobody has billed is not
 * overdue. Pure; shared/store/settlements/fee-months.ts gathers, functions/reconcile-settlement/review-fees.ts keeps the case.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate, type Instant } from '../instant.ts'
import { type Rupiah, rupiah, ZERO } from '../money.ts'
import type { Month } from '../month.ts'
import type { Difference } from './day.ts'
import { type DueFee, dueFeeOf, type FeeContract, lastDayOf } from './fee-contract.ts'
import { type FeePayee, vatOn, withholdingOn } from './fee-taxes.ts'

/** An invoice of a channel for its fees, as finance entered it. Of a credit note every amount is negative or 0. */
export type FeeInvoice = {
  readonly channel: string
  /** The channel's own. */
  readonly number: string
  /** The month whose payments it charges for. */
  readonly month: Month
  readonly date: BusinessDate
  /** Without VAT. */
  readonly feeRupiah: Rupiah
  /** The part of the fee that the channel kept from the money before, as the invoice says. */
  readonly keptRupiah: Rupiah
  readonly vatRupiah: Rupiah
  /** What we withhold from the channel and pay to the state. */
  readonly withholdingRupiah: Rupiah
  /** The operator's opaque subject. */
  readonly enteredBy: string
  readonly enteredAt: Instant
}

/** What a statement says of one day's fees. */
export type FeeDay = {
  readonly date: BusinessDate
  /** Of the hub, those taken back left out. */
  readonly payments: number
  readonly reversedPayments: number
  readonly hasFile: boolean
  readonly keptRupiah: Rupiah
  /** What the day's own fee differences hold, decided or not: taken too much is positive. */
  readonly inDayCasesRupiah: Rupiah
}

export type FeeAmounts = { readonly fee: Rupiah; readonly vat: Rupiah; readonly withholding: Rupiah }
export const NO_FEES: FeeAmounts = { fee: ZERO, vat: ZERO, withholding: ZERO }

export type FeeMonth = {
  readonly channel: string
  readonly month: Month
  readonly due: DueFee & FeeAmounts
  readonly reversedPayments: number
  /** Days with payments and no accepted file: what the channel keeps of them is not known yet. */
  readonly daysWithoutFile: number
  readonly keptRupiah: Rupiah
  /** By invoices, beyond what they say was kept. */
  readonly billedRupiah: Rupiah
  readonly taken: FeeAmounts
  readonly inDayCasesRupiah: Rupiah
  /** Signed: positive is to our loss (a fee or VAT too high, a withholding too low). */
  readonly difference: FeeAmounts
}

/** As `ChannelProfile` has it. */
export type FeeParty = FeeContract & { readonly name: string; readonly feePayee?: FeePayee | undefined }

export function feeMonthOf(
  party: FeeParty,
  month: Month,
  days: readonly FeeDay[],
  invoices: readonly FeeInvoice[],
): FeeMonth {
  const { name: channel, feePayee = 'company' } = party
  const contracted = dueFeeOf(party, month, days)
  const lastDay = lastDayOf(month)
  const vat = vatOn(contracted.feeRupiah, lastDay)
  const withholding = withholdingOn(contracted.feeRupiah, feePayee, lastDay)
  const kept = sumOf(days, (day) => day.keptRupiah)
  const billed = sumOf(invoices, (invoice) => invoice.feeRupiah - invoice.keptRupiah)
  const taken = {
    fee: rupiah(kept + billed),
    vat: sumOf(invoices, (invoice) => invoice.vatRupiah),
    withholding: sumOf(invoices, (invoice) => invoice.withholdingRupiah),
  }
  const inDayCasesRupiah = sumOf(days, (day) => day.inDayCasesRupiah)
  const vatOfInvoices = sumOf(invoices, ({ feeRupiah, date }) => vatOn(feeRupiah, date))
  const withheldByRule = sumOf(invoices, ({ feeRupiah, date }) => withholdingOn(feeRupiah, feePayee, date))
  return {
    channel,
    month,
    due: { ...contracted, fee: contracted.feeRupiah, vat, withholding },
    reversedPayments: days.reduce((sum, day) => sum + day.reversedPayments, 0),
    daysWithoutFile: days.filter(({ hasFile, payments }) => !hasFile && payments > 0).length,
    keptRupiah: kept,
    billedRupiah: billed,
    taken,
    inDayCasesRupiah,
    difference: {
      fee: rupiah(taken.fee - contracted.feeRupiah - inDayCasesRupiah),
      vat: rupiah(taken.vat - vatOfInvoices),
      withholding: rupiah(withheldByRule - taken.withholding),
    },
  }
}

/** What a month's difference may be before it is a case: fee, VAT and withholding each. */
export const FEE_TOLERANCE: Dated<Rupiah> = [
  { from: '1970-01-01', value: rupiah(1_000), source: 'our choice, to be confirmed by finance' },
]

/** So many days after the end of a month its fees are looked at: late lines and invoices have come by then. */
export const FEE_REVIEW_DAYS: Dated<number> = [
  { from: '1970-01-01', value: 10, source: 'our choice, to be confirmed by finance' },
]

/** Months are looked at again for so long: an invoice that comes later asks for its month itself. */
export const FEE_MONTHS_LOOKED_AT = 3

export function isReviewed(month: Month, today: BusinessDate): boolean {
  return today > addDays(lastDayOf(month), inForce('fee review days', FEE_REVIEW_DAYS, today))
}

/** Whether a month's fees are a question for finance: reviewed, every file here, and more than the tolerance apart. */
export function isFeeCase({ month, daysWithoutFile, difference }: FeeMonth, today: BusinessDate): boolean {
  if (!isReviewed(month, today) || daysWithoutFile > 0) return false
  const tolerance = inForce('fee tolerance', FEE_TOLERANCE, today)
  return [difference.fee, difference.vat, difference.withholding].some((amount) => Math.abs(amount) > tolerance)
}

/** What people decide about the month's difference; `sha256` as in DaySetting. It moves no row of any bridge. */
export function feeDifferenceOf(fees: FeeMonth, sha256: (text: string) => string): Difference {
  const { channel, month, due, taken, inDayCasesRupiah, difference } = fees
  const lost = totalOf(difference)
  const net = rupiah(taken.fee + taken.vat - taken.withholding)
  return {
    id: feeDifferenceId(channel, month, sha256),
    class: 'fee-invoice-difference',
    paymentId: '',
    hubAmountRupiah: rupiah(net - lost),
    fileAmountRupiah: net,
    effectRupiah: ZERO,
    lines: [],
    breakDate: null,
    evidence: {
      reason: 'fee-invoice-differs',
      expectedFeeRupiah: due.fee,
      fileFeeRupiah: taken.fee,
      fees: { month, inDayCasesRupiah, ...difference },
    },
  }
}

/** One case a month: it lies with the month's last day, apart from that day's own. */
export function feeDifferenceId(channel: string, month: Month, sha256: (text: string) => string): string {
  const digits = lastDayOf(month).replaceAll('-', '')
  return `${channel}-${digits}-${sha256(`fees ${channel} ${month}`).slice(0, 12)}`
}

/** What we lose by a difference, all three together. */
export function totalOf({ fee, vat, withholding }: FeeAmounts): Rupiah {
  return rupiah(fee + vat + withholding)
}

function sumOf<T>(list: readonly T[], amountOf: (each: T) => number): Rupiah {
  return rupiah(list.reduce((sum, each) => sum + amountOf(each), 0))
}
