/**
 * The largest payment that each channel can carry: what its protocol has room for, or less where the contract says so. A bill is
 * issued only where some channel can take it. Refuses to know bills.
 */
import { inForce } from '../domain/effective-dated.ts'
import type { BusinessDate } from '../domain/instant.ts'
import { type Rupiah, rupiah } from '../domain/money.ts'
import type { ChannelProfile, ProtocolName } from './profile.ts'

/**
 * SNAP: the value of an amount is a text of at most 16 characters with point and two decimals (ISO 4217, 16.2). Pipe: 12 digits.
 * Hub H2H: our own contract, up to 10^12. The readers are shared/protocols/<protocol>/fields.ts.
 */
const PROTOCOL_LIMITS: Readonly<Record<ProtocolName, Rupiah>> = {
  snap: rupiah(9_999_999_999_999),
  'pipe-h2h': rupiah(999_999_999_999),
  'hub-h2h': rupiah(1_000_000_000_000),
}

/** What a customer may pay at once on that day, the customer's admin fee included. */
export function amountLimitOf({ protocol, amountLimit }: ChannelProfile, on: BusinessDate): Rupiah {
  const contract = amountLimit && inForce('amountLimit', amountLimit, on)
  return rupiah(Math.min(PROTOCOL_LIMITS[protocol], contract ?? Number.POSITIVE_INFINITY))
}

/** Names of the channels that can take such a payment on that day, in the order given. */
export function channelsTaking(
  profiles: readonly ChannelProfile[],
  amount: Rupiah,
  on: BusinessDate,
): readonly string[] {
  return profiles
    .filter((profile) => {
      const fee = profile.adminFee ? inForce('adminFee', profile.adminFee, on) : 0
      return amount + fee <= amountLimitOf(profile, on)
    })
    .map(({ name }) => name)
}
