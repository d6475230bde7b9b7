/** What the calls about fees and fee invoices take and answer. */
import * as z from 'zod/mini'
import { TAX_CERTAINTIES } from '../../../shared/domain/settlement/fee-taxes.ts'
import { SHOWN_STATES } from '../../../shared/domain/settlement/resolution.ts'
import { dateField, FIRST_MONTH, monthField, textField } from '../http/fields.ts'
import { at, count, day, described, money, month, named, shape, text } from '../http/schema.ts'

const CHANNEL_NAME_LIMIT = 64
/** More than any channel charges in a year; small enough for exact sums. */
const FEE_LIMIT = 1_000_000_000_000
const NUMBER = 'expected the number as the channel prints it: 1 to 64 letters, digits, blanks or ./_-'

const amountField = (description: string) => {
  const expected = `expected whole rupiah between -${FEE_LIMIT} and ${FEE_LIMIT}`
  return described(description, z.int(expected).check(z.minimum(-FEE_LIMIT, expected), z.maximum(FEE_LIMIT, expected)))
}

export const feesQuery = z.strictObject({ month: monthField('The month whose payments are charged for', FIRST_MONTH) })
export type FeesQuery = z.output<typeof feesQuery>

export const feeInvoiceRequest = named(
  'FeeInvoiceRequest',
  'An invoice of a channel for its fees, as it came. Of a credit note every amount is negative or 0',
  z.strictObject({
    channel: textField('Payment channel', CHANNEL_NAME_LIMIT),
    number: described('The channel’s own', z.string(NUMBER).check(z.regex(/^[\w./-][\w ./-]{0,63}$/, NUMBER))),
    month: monthField('The month whose payments it charges for', FIRST_MONTH),
    date: dateField('Of the invoice'),
    feeRupiah: amountField('Without VAT'),
    keptRupiah: amountField(
      'The part of the fee that the channel has kept from the money already, as the invoice says',
    ),
    vatRupiah: amountField('VAT (PPN) on it'),
    withholdingRupiah: amountField('Income tax (PPh 23) that is withheld from it'),
  }),
)
export type FeeInvoiceRequest = z.output<typeof feeInvoiceRequest>

const invoiceFields = () => ({
  channel: text('Payment channel'),
  number: text('The channel’s own'),
  month: month('The month whose payments it charges for'),
  date: day('Of the invoice'),
  feeRupiah: money('Without VAT'),
  keptRupiah: money('The part of the fee that was kept from the money'),
  vatRupiah: money('VAT (PPN)'),
  withholdingRupiah: money('Income tax withheld (PPh 23)'),
  payableRupiah: money('What we owe by it: the fee that was not kept, and VAT, less what is withheld'),
  paidRupiah: money('Placed on it by two people, from movements of the bank; signed as what we owe'),
  openRupiah: money('What is still to be paid; negative: the channel owes it to us'),
  enteredBy: text('The operator’s subject'),
  enteredAt: at('When'),
})
export const feeInvoiceSchema = shape('FeeInvoice', 'An invoice of a channel for its fees', () =>
  z.strictObject(invoiceFields()),
)

const amounts = (of: string) =>
  z.strictObject({
    feeRupiah: money(`${of}: the fee without VAT`),
    vatRupiah: money(`${of}: VAT (PPN)`),
    withholdingRupiah: money(`${of}: income tax withheld (PPh 23)`),
  })

const summaryFields = () => ({
  channel: text('Payment channel'),
  month: month(),
  payments: count('That stand, by business day'),
  due: described('By the contract in force on each day, and by the tax rates of the month’s last day', amounts('Due')),
  taken: described('Kept from the money and billed, a fee that was both counted once', amounts('Taken')),
  inDayCasesRupiah: money('Of the fee: what differences of single days hold already'),
  difference: described(
    'To our loss where positive. The fee: taken less due less what single days hold. VAT: of the invoices, above its rate. Withholding: of the invoices, below its rate',
    amounts('Difference'),
  ),
  invoiceCount: count(),
  case: described(
    'The difference as a case; null: within the tolerance, or the month is not reviewed yet',
    z.nullable(z.strictObject({ id: text('Of the difference'), state: z.enum(SHOWN_STATES) })),
  ),
})

export const feesSchema = shape('Fees', 'The fees of every channel in a month', () =>
  z.strictObject({ month: month(), channels: z.array(z.strictObject(summaryFields())) }),
)

const rate = () =>
  z.strictObject({
    percent: z.int(),
    baseParts: described('The tax is on this many parts of the fee …', z.int()),
    baseOf: described('… of this many', z.int()),
    source: text('Where it is written'),
    certainty: z.enum(TAX_CERTAINTIES),
  })

export const feeMonthSchema = shape('FeeMonth', 'The fees of a channel in a month, line by line', () =>
  z.strictObject({
    ...summaryFields(),
    reversedPayments: count('Taken back: they cost nothing'),
    daysWithoutFile: count('Days with payments and no accepted file: the month waits for them'),
    lines: z.array(
      z.strictObject({
        from: day(),
        to: day(),
        feeRupiah: z.nullable(money('Of one payment; null: what the monthly minimum adds')),
        payments: count(),
        amountRupiah: money('Payments times fee'),
      }),
    ),
    days: z.array(
      z.strictObject({
        date: day(),
        payments: count('That stand'),
        reversedPayments: count(),
        hasFile: z.boolean(),
        keptRupiah: money('By the accepted file'),
        inDayCasesRupiah: money('In the day’s own fee differences'),
      }),
    ),
    keptRupiah: money('Kept from the money, by the accepted files'),
    billedRupiah: money('By invoices, beyond what they say was kept'),
    vatRate: rate(),
    withholdingRate: rate(),
    toleranceRupiah: money('What fee, VAT and withholding may each differ by before it is a case'),
    invoices: z.array(feeInvoiceSchema()),
  }),
)
