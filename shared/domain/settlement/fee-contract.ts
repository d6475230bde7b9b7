/**
 * What a channel should charge for a month by its dated contract: a fee per payment, tiers where the contract has them, a
 * minimum. The price of a payment is the one in force on its business day, so a contract may change within the month.
 *
 * Promise: the lines add up to the fee; the order of payments within a day does not matter. Refuses to know what was taken.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { addMonths, firstDayOf, type Month } from '../month.ts'

/** What a contract says beyond the fee per payment. */
export type FeeTerms = {
  /** Ascending: the price from this payment of the month on, counted from 1. Before the first tier: the fee per payment. */
  readonly tiers: readonly { readonly fromPayment: number; readonly feeRupiah: Rupiah }[]
  /** Of a month, also of one without a payment; 0: none. The terms of the month's last day decide. */
  readonly minimumRupiah: Rupiah
}

export type FeeContract = {
  /** Per payment: `ChannelProfile.channelFee`. */
  readonly channelFee: Dated<Rupiah>
  /** `ChannelProfile.feeTerms`; absent: no tiers and no minimum. */
  readonly feeTerms?: Dated<FeeTerms> | undefined
}

/** Payments that stand, those taken back left out. */
export type PaymentsOfDay = { readonly date: BusinessDate; readonly payments: number }

/** Payments of one price, or what the minimum adds (`feeRupiah` null). */
export type FeeLine = {
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly feeRupiah: Rupiah | null
  readonly payments: number
  readonly amountRupiah: Rupiah
}

export type DueFee = { readonly payments: number; readonly lines: readonly FeeLine[]; readonly feeRupiah: Rupiah }

const NO_TERMS: FeeTerms = { tiers: [], minimumRupiah: rupiah(0) }

export function dueFeeOf(contract: FeeContract, month: Month, days: readonly PaymentsOfDay[]): DueFee {
  const lines: FeeLine[] = []
  let counted = 0
  for (const { date, payments } of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    for (const part of pricesOf(contract, date, counted, payments)) addLine(lines, date, part)
    counted += payments
  }
  const sum = lines.reduce((total, { amountRupiah }) => total + amountRupiah, 0)
  const missing = termsOn(contract, lastDayOf(month)).minimumRupiah - sum
  if (missing <= 0) return { payments: counted, lines, feeRupiah: rupiah(sum) }
  const topUp: FeeLine = {
    from: firstDayOf(month),
    to: lastDayOf(month),
    feeRupiah: null,
    payments: 0,
    amountRupiah: rupiah(missing),
  }
  return { payments: counted, lines: [...lines, topUp], feeRupiah: rupiah(sum + missing) }
}

export function lastDayOf(month: Month): BusinessDate {
  return addDays(firstDayOf(addMonths(month, 1)), -1)
}

type PricedPart = { readonly feeRupiah: Rupiah; readonly payments: number }

/** A day may pass a tier: its payments are then of two prices or more. */
function pricesOf(contract: FeeContract, date: BusinessDate, before: number, payments: number): readonly PricedPart[] {
  const { tiers } = termsOn(contract, date)
  const parts: PricedPart[] = []
  let priced = before
  const end = before + payments
  while (priced < end) {
    const tier = tiers.findLast(({ fromPayment }) => fromPayment <= priced + 1)
    const next = tiers.find(({ fromPayment }) => fromPayment > priced + 1)
    const until = next ? Math.min(end, next.fromPayment - 1) : end
    const feeRupiah = tier?.feeRupiah ?? inForce('channel fee', contract.channelFee, date)
    parts.push({ feeRupiah, payments: until - priced })
    priced = until
  }
  return parts
}

function addLine(lines: FeeLine[], date: BusinessDate, { feeRupiah, payments }: PricedPart): void {
  const last = lines.at(-1)
  const amount = payments * feeRupiah
  if (last?.feeRupiah !== feeRupiah) {
    lines.push({ from: date, to: date, feeRupiah, payments, amountRupiah: rupiah(amount) })
    return
  }
  const longer = { payments: last.payments + payments, amountRupiah: rupiah(last.amountRupiah + amount) }
  lines[lines.length - 1] = { ...last, to: date, ...longer }
}

/** A contract that begins later has no terms before. */
function termsOn({ feeTerms = [] }: FeeContract, date: BusinessDate): FeeTerms {
  return feeTerms[0] === undefined || feeTerms[0].from > date ? NO_TERMS : inForce('fee terms', feeTerms, date)
}
