/**
 * How long an operator may lock a customer out of a channel, as dated data. A locked customer can't pay there and may lapse: the lock has
 * to be put again, with its reason, by whoever wants it for longer. Pure. Used by functions/serve-console/partners/customer-locks.ts.
 */
import type { Dated } from './effective-dated.ts'

export const LONGEST_CUSTOMER_LOCK_HOURS: Dated<number> = [
  { from: '2020-01-01', value: 24, source: 'our assumption: one working day to reach the member or the partner' },
]
