/**
 * What a month's fee invoices, and what two people decided about their difference, mean for the books. What the channel kept
 * from the money is not in here: the statements of its days book that. So a fee that was kept and billed stands once.
 */
import { rupiah, ZERO } from '../money.ts'
import { type FeeAmounts, type FeeInvoice, NO_FEES } from './fee-month.ts'

/** `fee`: billed beyond what was kept. */
export type FeePosition = {
  readonly billed: FeeAmounts
  /** Signed as the difference is: positive is our loss, or what the channel is charged. */
  readonly writtenOff: FeeAmounts
  readonly charged: FeeAmounts
}

export const NOTHING_BILLED: FeePosition = { billed: NO_FEES, writtenOff: NO_FEES, charged: NO_FEES }

export type FeeResolution = { readonly action: 'write-off' | 'charge-channel'; readonly amounts: FeeAmounts }

export function feePositionOf(invoices: readonly FeeInvoice[], resolution: FeeResolution | null): FeePosition {
  let billed = NO_FEES
  for (const { feeRupiah, keptRupiah, vatRupiah, withholdingRupiah } of invoices) {
    billed = {
      fee: rupiah(billed.fee + feeRupiah - keptRupiah),
      vat: rupiah(billed.vat + vatRupiah),
      withholding: rupiah(billed.withholding + withholdingRupiah),
    }
  }
  const amountsOf = (action: FeeResolution['action']) =>
    resolution?.action === action ? onlyAmounts(resolution.amounts) : NO_FEES
  return { billed, writtenOff: amountsOf('write-off'), charged: amountsOf('charge-channel') }
}

/** Whether nothing of the month is in the books beside what its days have. */
export function isNothing(position: FeePosition): boolean {
  return Object.values(position).every((amounts) => Object.values(amounts).every((amount) => amount === ZERO))
}

/** In one order, so that equal positions are equal texts. */
function onlyAmounts({ fee, vat, withholding }: FeeAmounts): FeeAmounts {
  return { fee, vat, withholding }
}
