/**
 * How much of what brings no money an endpoint takes before it locks somebody out or tells of it, as dated data. Each limit lies above what people
 * can do on a due day (docs/adr/0063-probing-is-counted.md says the sums), so that it stops machines alone.
 *
 * Pure: counts nothing and knows no clock. Counted by functions/answer-channel/limits.ts.
 */
import type { Dated } from './effective-dated.ts'

/** Who is locked out: a till (`store/till`), a store, a customer (its keyed digest), or one kind of message of the whole channel. */
export type LimitedBy = 'till' | 'store' | 'customer' | 'channel'

export type EndpointLimit = {
  readonly by: LimitedBy
  /** So many within the window lock. */
  readonly most: number
  readonly windowMinutes: number
  /** At least so long, and until the window ends. null: somebody is told, and nobody is locked. */
  readonly lockMinutes: number | null
  /** What one process counts for itself before it tells the others: a counter that is shared costs a write. */
  readonly step: number
}

export type LimitName = keyof typeof LIMITS

const HOUR = 60
const DAY = 24 * HOUR

const LIMITS = {
  /** Ten a second: a till serves three customers a minute. Only told: a partner's machine may ask the prices of a list of members. */
  'till-inquiries': { by: 'till', most: 600, windowMinutes: 1, lockMinutes: null, step: 20 },
  /** The largest post office has some 40 tills: 120 customers a minute. */
  'store-inquiries': { by: 'store', most: 1_200, windowMinutes: 1, lockMinutes: null, step: 20 },
  /** Unknown numbers, asked for or paid for: a till serves at most 180 customers an hour, so here nobody types a right number. */
  'till-unknown-customers': { by: 'till', most: 200, windowMinutes: HOUR, lockMinutes: HOUR, step: 5 },
  /** One wrong number in six of the largest post office's customers. */
  'store-unknown-customers': { by: 'store', most: 1_200, windowMinutes: HOUR, lockMinutes: HOUR, step: 5 },
  'customer-inquiries': { by: 'customer', most: 600, windowMinutes: HOUR, lockMinutes: null, step: 20 },
  /** Rightly signed, with a wrong PIN: somebody at the partner tries. */
  'wrong-pins': { by: 'store', most: 100, windowMinutes: HOUR, lockMinutes: HOUR, step: 1 },
  /** Of a channel and day: each writes a decision and a piece of evidence, for ten years, and brings nothing. */
  'unknown-payments': { by: 'channel', most: 20_000, windowMinutes: DAY, lockMinutes: 0, step: 20 },
  /** Many more, because an outage of a partner sends them by the hundred thousand and in good faith. */
  'empty-reversals': { by: 'channel', most: 200_000, windowMinutes: DAY, lockMinutes: 0, step: 20 },
  'unreadable-messages': { by: 'channel', most: 20_000, windowMinutes: DAY, lockMinutes: 0, step: 20 },
} as const satisfies Readonly<Record<string, EndpointLimit>>

export type EndpointLimits = Readonly<Record<LimitName, EndpointLimit>>

export const ENDPOINT_LIMITS: Dated<EndpointLimits> = [
  { from: '2020-01-01', value: LIMITS, source: 'our assumption: what people at a till can do' },
]
