/**
 * What is known of a partner without a secret: fees, cut-off, throttle. Dated, replaceable data, one profile per channel.
 */
import type { Dated } from '../domain/effective-dated.ts'
import type { Rupiah } from '../domain/money.ts'
import type { FeeTerms } from '../domain/settlement/fee-contract.ts'
import type { FeePayee } from '../domain/settlement/fee-taxes.ts'

export type ProtocolName = 'snap' | 'pipe-h2h' | 'hub-h2h'

/** What is known of a partner without a secret: dated, replaceable data. */
export type ChannelProfile = {
  readonly name: string
  readonly partner: string
  readonly protocol: ProtocolName
  /** What the customer pays the outlet on top; null where the protocol carries none. */
  readonly adminFee: Dated<Rupiah> | null
  /** The most that a customer may pay at once, fee included; absent: as much as the protocol carries. */
  readonly amountLimit?: Dated<Rupiah>
  /** What the channel keeps per payment; used by settlement. */
  readonly channelFee: Dated<Rupiah>
  /** Tiers and a monthly minimum, where the contract has them; the files of single days are held against the fee above. */
  readonly feeTerms?: Dated<FeeTerms>
  /** Who the partner is to the tax on its fee; absent: a company. */
  readonly feePayee?: FeePayee
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
