/**
 * The products that a retailer sells on the pipe protocol, and the months that each means. Our choice of codes.
 * Refuses to know prices, and whether a customer id fits: a product only says what kind of id it must be.
 */
import type { Expected } from '../../channel-port/channel.ts'
import { MONTH_COUNTS, type MonthCount } from '../../domain/month-count.ts'

/** `months`: how many the product pays; null where the bill says it. */
export type Product = { readonly expects: Expected; readonly months: MonthCount | null }

const BILL_PRODUCT = 'BPUBL'
const PERSON_PRODUCT = 'BPUTK'

const PRODUCTS: ReadonlyMap<string, Product> = new Map<string, Product>([
  [BILL_PRODUCT, { expects: 'bill', months: null }],
  ...MONTH_COUNTS.map((months): [string, Product] => [personProduct(months), { expects: 'person', months }]),
])

/** Undefined for a code that is not sold. */
export function productNamed(code: string): Product | undefined {
  return PRODUCTS.get(code)
}

/** The code that a till must send: bill codes are 16 digits from 99, everything else is a person's. */
export function productCodeFor(customerId: string, months: number): string {
  return /^99\d{14}$/.test(customerId) ? BILL_PRODUCT : personProduct(months)
}

/** Months as PaymentPeriod writes them; undefined for a number that is not sold. */
export function monthCountOf(period: string): MonthCount | undefined {
  return MONTH_COUNTS.find((count) => twoDigits(count) === period)
}

export function twoDigits(months: number): string {
  return String(months).padStart(2, '0')
}

/** One month has no suffix. */
function personProduct(months: number): string {
  return months === 1 ? PERSON_PRODUCT : `${PERSON_PRODUCT}${twoDigits(months)}`
}
