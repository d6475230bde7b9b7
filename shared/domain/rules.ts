/**
 * The rules that decide months and money, in one value that is passed in: dated data, each entry with the line it rests on.
 * `npm run` tools and tests may pass another; nothing in the domain reaches for these by itself.
 */
import type { Dated } from './effective-dated.ts'
import { TARIFF, type Tariff } from './tariff.ts'

export type Rules = {
  /** Names the set in answers that are kept as evidence. Changes whenever an entry below does. */
  readonly version: string
  readonly tariff: Tariff
  /** Months that may stay unpaid after `paidThrough` before a membership lapses; by contribution month. */
  readonly graceMonths: Dated<number>
  /** How far beyond the current month a quote may reach. */
  readonly aheadMonths: Dated<number>
}

export const RULES: Rules = {
  version: '2026-11',
  tariff: TARIFF,
  graceMonths: [
    {
      from: '1970-01',
      value: 3,
      source: 'press: cover stops after three unpaid months; more than three in a row lapses',
    },
  ],
  aheadMonths: [{ from: '1970-01', value: 12, source: 'press: prepayment of up to twelve months' }],
}
