/**
 * The channels whose settlement files are read: what the functions that take files in, compare and show them work from.
 * The same channels as in ./registry.ts, in the same order; a test holds the two lists together. Refuses to know any layout.
 */

import type { SettlementChannel } from '../channel-port/channel.ts'
import { profile as alfamart } from './alfamart/profile.ts'
import { settlement as alfamartSettlement } from './alfamart/settlement.ts'
import { profile as bni } from './bni/profile.ts'
import { settlement as bniSettlement } from './bni/settlement.ts'
import { profile as brilink } from './brilink/profile.ts'
import { settlement as brilinkSettlement } from './brilink/settlement.ts'
import { profile as indomaret } from './indomaret/profile.ts'
import { settlement as indomaretSettlement } from './indomaret/settlement.ts'
import { profile as pos } from './pos/profile.ts'
import { settlement as posSettlement } from './pos/settlement.ts'

export const settlementChannels: readonly SettlementChannel[] = [
  { profile: brilink, settlement: brilinkSettlement },
  { profile: bni, settlement: bniSettlement },
  { profile: alfamart, settlement: alfamartSettlement },
  { profile: indomaret, settlement: indomaretSettlement },
  { profile: pos, settlement: posSettlement },
]

/** Throws a RangeError naming the channels there are. */
export function settlementChannelNamed(name: string): SettlementChannel {
  const found = settlementChannels.find(({ profile }) => profile.name === name)
  if (found !== undefined) return found
  const known = settlementChannels.map(({ profile }) => profile.name).join(', ')
  throw new RangeError(`expected a channel with settlement files among ${known}, got "${name}"`)
}
