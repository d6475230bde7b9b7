/**
 * What an entry of the audit chain is about, where it is a record of the books: named once, for whoever writes the entry and
 * whoever looks for it. Pure.
 */
import type { BusinessDate } from './instant.ts'
import type { Month } from './month.ts'

/** `channel`: or `bank`. */
export const signOffSubject = (channel: string, date: BusinessDate) => `sign-off#${channel}#${date}`
export const monthSubject = (month: Month) => `month#${month}`
export const movementSubject = (bookedOn: BusinessDate, id: string) => `movement#${bookedOn}#${encodeURIComponent(id)}`
export const feeInvoiceSubject = (channel: string, number: string) =>
  `fee-invoice#${channel}#${encodeURIComponent(number)}`
