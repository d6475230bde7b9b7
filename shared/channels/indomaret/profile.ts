/**
 * What is known of Indomaret without a secret. Fees are our assumption until a contract says otherwise: dated data, so
 * that a new fee is a new line and old payments keep theirs. Refuses to know keys.
 */

import type { ChannelProfile } from '../../channel-port/channel.ts'
import { rupiah } from '../../domain/money.ts'

const ASSUMED = 'our assumption, to be replaced by the contract'

export const profile: ChannelProfile = {
  name: 'indomaret',
  partner: 'Indomaret',
  protocol: 'hub-h2h',
  adminFee: [{ from: '2020-01-01', value: rupiah(2_500), source: ASSUMED }],
  amountLimit: [{ from: '2020-01-01', value: rupiah(5_000_000), source: ASSUMED }],
  channelFee: [{ from: '2020-01-01', value: rupiah(1_500), source: ASSUMED }],
  cutOffHour: [{ from: '2020-01-01', value: 24, source: ASSUMED }],
  throttle: { ratePerSecond: 1_500, burst: 3_000 },
  reservedConcurrency: 200,
}
