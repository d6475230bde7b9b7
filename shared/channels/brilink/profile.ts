/**
 * What is known of BRI as a channel without a secret: dated, replaceable data.
 * Every figure here is our assumption until a contract names another; README.md says which is which.
 */

import type { ChannelProfile } from '../../channel-port/channel.ts'
import { rupiah } from '../../domain/money.ts'

export const profile: ChannelProfile = {
  name: 'brilink',
  partner: 'Bank Rakyat Indonesia (BRILink)',
  protocol: 'snap',
  adminFee: null,
  channelFee: [{ from: '2020-01-01', value: rupiah(1_500), source: 'our assumption until a contract says otherwise' }],
  feePayee: 'bank',
  cutOffHour: [{ from: '2020-01-01', value: 24, source: 'our assumption: the WIB calendar day' }],
  throttle: { ratePerSecond: 1_500, burst: 3_000 },
  reservedConcurrency: 200,
}
