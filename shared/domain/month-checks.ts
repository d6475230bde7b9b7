/**
 * What is looked at before a month is closed: each kind of thing that is open then, with its sum and its items. A month may be
 * closed with any of them but an unconfirmed statement, if both people say so by its code; what is open is carried. Pure: the shape, not the search.
 */
import type { BusinessDate } from './instant.ts'
import { type Rupiah, rupiah } from './money.ts'

/** In the order in which they are shown; programs rely on the codes. */
export const MONTH_CHECKS = {
  BANK_NOT_STATEMENT: 'The bank account of the books is not the closing balance of the bank’s statement',
  BANK_STATEMENT_MISSING: 'The last statement of the bank does not reach the end of the month',
  STATEMENT_UNCONFIRMED:
    'Bank statements that one person handed over and nobody has confirmed; no month closes on them',
  RECEIVABLE_NOT_EXPLAINED: 'The receivable of a channel is not the sum of its open items',
  DAYS_WITHOUT_STATEMENT: 'Days of a channel that were compared with no file',
  UNSIGNED_DAYS: 'Days that nobody has signed off',
  SIGNED_DAYS_CHANGED: 'Days that changed after they were signed off',
  UNIDENTIFIED_RECEIPTS: 'Movements of the bank that nobody has placed',
  SUSPENSE: 'Money in suspense',
  BILL_CLEARING_BELOW_ZERO: 'Members have more from bills of a channel than was paid for them',
  OPEN_DIFFERENCES: 'Differences that are not resolved',
  OPEN_RECEIVABLES: 'Days for which a channel still owes, or is owed',
} as const
export type MonthCheckCode = keyof typeof MONTH_CHECKS
export const MONTH_CHECK_CODES = Object.keys(MONTH_CHECKS) as readonly MonthCheckCode[]

export type CheckedItem = {
  /** A channel, `bank`, or null where it is nobody's. */
  readonly channel: string | null
  readonly date: BusinessDate | null
  /** What names it elsewhere: the id of a difference, of a movement; null where channel and date do. */
  readonly id: string | null
  readonly amountRupiah: Rupiah
}

export type MonthCheck = {
  readonly code: MonthCheckCode
  readonly count: number
  readonly amountRupiah: Rupiah
  /** The first ones. */
  readonly items: readonly CheckedItem[]
}

const ITEMS_KEPT = 200

/** Only codes with items, in order. */
export function checksOf(found: Readonly<Record<MonthCheckCode, readonly CheckedItem[]>>): readonly MonthCheck[] {
  return MONTH_CHECK_CODES.filter((code) => found[code].length > 0).map((code) => {
    const items = found[code]
    const amountRupiah = rupiah(items.reduce((sum, item) => sum + item.amountRupiah, 0))
    return { code, count: items.length, amountRupiah, items: items.slice(0, ITEMS_KEPT) }
  })
}
