/**
 * What is known of a partner without a secret: fees, cut-off, throttle. Dated, replaceable data, one profile per channel.
 */
import type { Dated } from '../domain/effective-dated.ts'
import type { Rupiah } from '../domain/money.ts'

export type ProtocolName = 'snap' | 'pipe-h2h' | 'hub-h2h'

/** What is known of a partner without a secret: dated, replaceable data. */
export type ChannelProfile = {
  readonly name: string
  readonly partner: string
  readonly protocol: ProtocolName
  /** What the customer pays the outlet on top; null where the protocol carries none. */
  readonly adminFee: Dated<Rupiah> | null
  /** What the channel keeps per payment; used by settlement. */
  readonly channelFee: Dated<Rupiah>
  /** WIB hour at which the business day ends; 24 = midnight. */
  readonly cutOffHour: Dated<number>
  /** WIB hour of the next calendar day at which the settlement file is due; absent: as for all channels. */
  readonly fileDueHour?: Dated<number>
  /** How the channel's settlement files come; absent: plain. `pgp`: encrypted for us and signed by the channel, as `<name>.pgp`. */
  readonly fileProtection?: Dated<'plain' | 'pgp'>
  /** Working days until the bank credits a day; absent: as for all channels. */
  readonly creditDays?: Dated<number>
  /** Requests per second that the gateway lets through to this endpoint, and the burst above it. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number }
  /** Lambda concurrency set aside for this endpoint, so that one channel's storm leaves the others alone. */
  readonly reservedConcurrency: number
}
