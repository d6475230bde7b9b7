/**
 * How a channel's settlement files are named and read. Lines leave in the hub's words; a file is read whole or refused whole.
 * Refuses to know payments, stores and what a difference is.
 */
import type { BusinessDate } from '../domain/instant.ts'
import type { FileRefusal, FileTotals, QuarantinedLine, SettledLine } from '../domain/settlement/line.ts'
import type { ChannelProfile } from './profile.ts'

/** What reading a settlement file came to. Nothing of a refused file may be used, whatever went to the sink before. */
export type FileReading =
  | { readonly kind: 'read'; readonly totals: FileTotals; readonly quarantined: number }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }

/** Where the lines of a file go, in the order of the file. */
export type LineSink = {
  readonly add: (line: SettledLine) => void
  readonly quarantine: (line: QuarantinedLine) => void
}

/** How a channel's settlement files are named and read. One file per business day, in the channel's own words. */
export type SettlementLayout = {
  readonly fileName: (date: BusinessDate) => string
  /** The date, when this is exactly a name of this channel's files. */
  readonly dateOf: (fileName: string) => BusinessDate | undefined
  /** Whether a file that begins with this line is in this layout: tells another channel's file from a changed layout. */
  readonly opensWith: (firstLine: string) => boolean
  /**
   * Streams; memory does not grow with the file except through the sink. Never throws for bytes. `cutOffHour` is the
   * channel's: which times belong to the day; left out, the day ends at midnight.
   */
  readonly read: (
    bytes: AsyncIterable<Uint8Array>,
    date: BusinessDate,
    sink: LineSink,
    cutOffHour?: ChannelProfile['cutOffHour'],
  ) => Promise<FileReading>
}

/** A channel as settlement needs it; listed in settlement-registry.ts. */
export type SettlementChannel = { readonly profile: ChannelProfile; readonly settlement: SettlementLayout }
