/**
 * How many answers "nobody that the hub knows" of a whole channel are told to people, as dated data (docs/adr/0071-locks-of-customers-and-new-names.md
 * says the sums). It sees who names a new till and store for each call, whom no limit of a till or store sees. Nobody is locked or slowed
 * down by it. Used by infra/constructs/unknown-numbers-alarm.ts.
 */
import type { Dated } from './effective-dated.ts'

export type UnknownNumbers = {
  readonly windowMinutes: number
  /** From so many within the window on, their share is looked at. */
  readonly least: number
  /** Of all inquiries and payments that were answered with a quote, with a receipt, or with "nobody". More than this is told. */
  readonly sharePercent: number
  /** So many within the window are told whatever their share. */
  readonly most: number
}

export const UNKNOWN_NUMBERS: Dated<UnknownNumbers> = [
  {
    from: '2020-01-01',
    value: { windowMinutes: 5, least: 300, sharePercent: 25, most: 25_000 },
    source: 'our assumption: one number in ten is mistyped; a channel at all the calls that the gateway lets through',
  },
]
