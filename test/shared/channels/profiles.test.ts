/**
 * What is known of each channel without a secret, whole: fees, limits and hours are what its contract says (or will say), rate and
 * concurrency what the endpoint may cost. A change of any of them is somebody's decision and shows here.
 */
import { expect, test } from 'vitest'
import type { ChannelProfile } from '../../../shared/channel-port/channel.ts'
import { profile as alfamart } from '../../../shared/channels/alfamart/profile.ts'
import { profile as bni } from '../../../shared/channels/bni/profile.ts'
import { profile as brilink } from '../../../shared/channels/brilink/profile.ts'
import { profile as indomaret } from '../../../shared/channels/indomaret/profile.ts'
import { profile as pos } from '../../../shared/channels/pos/profile.ts'
import type { Dated } from '../../../shared/domain/effective-dated.ts'

const dated = <T>(value: T): Dated<T> => [{ from: '2020-01-01', value, source: expect.any(String) }]
const ALL = {
  channelFee: dated(1_500),
  cutOffHour: dated(24),
  throttle: { ratePerSecond: 1_500, burst: 3_000 },
  reservedConcurrency: 200,
}
const BANK = { ...ALL, protocol: 'snap', adminFee: null, feePayee: 'bank' }
const SHOP = { ...ALL, adminFee: dated(2_500), amountLimit: dated(5_000_000) }

test.each<[ChannelProfile, object]>([
  [bni, { ...BANK, name: 'bni', partner: 'Bank Negara Indonesia (Agen46)' }],
  [brilink, { ...BANK, name: 'brilink', partner: 'Bank Rakyat Indonesia (BRILink)' }],
  [alfamart, { ...SHOP, name: 'alfamart', partner: 'Alfamart', protocol: 'pipe-h2h' }],
  [indomaret, { ...SHOP, name: 'indomaret', partner: 'Indomaret', protocol: 'hub-h2h' }],
  [pos, { ...SHOP, name: 'pos', partner: 'Pos Indonesia', protocol: 'hub-h2h', amountLimit: dated(100_000_000) }],
])('%#: is what was agreed, or assumed until then', (profile, expected) => {
  expect(profile).toEqual(expected)
})
