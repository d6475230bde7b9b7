/**
 * The largest payment that each channel can carry: what its protocol has room for, or less where the contract says so. A bill is
 * issued only where some channel can take it (functions/serve-console), and to the counters of a channel that cannot it is no bill
 * (functions/answer-channel): both read the data of this file and of the profiles. Refuses to know bills.
 */
import { type Dated, inForce } from '../domain/effective-dated.ts'
import type { BusinessDate } from '../domain/instant.ts'
import { type Rupiah, rupiah } from '../domain/money.ts'
import type { ChannelProfile, ProtocolName } from './profile.ts'

const SINCE_EVER = '1970-01-01'

/**
 * SNAP: the value of an amount is a text of at most 16 characters with point and two decimals (ISO 4217, 16.2). Pipe: 12 digits.
 * Hub H2H: our own contract, up to 10^12. The readers are shared/protocols/<protocol>/fields.ts.
 */
const PROTOCOL_LIMITS: Readonly<Record<ProtocolName, Dated<Rupiah>>> = {
  snap: [{ from: SINCE_EVER, value: rupiah(9_999_999_999_999), source: 'SNAP: ISO 4217 amount, 16.2 characters' }],
  'pipe-h2h': [{ from: SINCE_EVER, value: rupiah(999_999_999_999), source: 'our assumption: Amount of 12 digits' }],
  'hub-h2h': [{ from: SINCE_EVER, value: rupiah(1_000_000_000_000), source: 'our own contract' }],
}

/** What a customer may pay at once on that day, the customer's admin fee included. */
export function amountLimitOf({ protocol, amountLimit }: ChannelProfile, on: BusinessDate): Rupiah {
  const contract = amountLimit && inForce('amountLimit', amountLimit, on)
  const carried = inForce('protocolLimit', PROTOCOL_LIMITS[protocol], on)
  return rupiah(Math.min(carried, contract ?? Number.POSITIVE_INFINITY))
}

/** Whether a customer may pay this amount and the channel's admin fee at once. */
export function takesAmount(profile: ChannelProfile, amount: Rupiah, on: BusinessDate): boolean {
  const fee = profile.adminFee ? inForce('adminFee', profile.adminFee, on) : 0
  return amount + fee <= amountLimitOf(profile, on)
}

/** Names of the channels that can take such a payment on that day, in the order given. */
export function channelsTaking(
  profiles: readonly ChannelProfile[],
  amount: Rupiah,
  on: BusinessDate,
): readonly string[] {
  return profiles.filter((profile) => takesAmount(profile, amount, on)).map(({ name }) => name)
}
