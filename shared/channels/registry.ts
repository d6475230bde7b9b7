/**
 * The channels that have an endpoint: routes, throttles, alarms and sandbox keys come from this list. Settlement has its own,
 * ./settlement-registry.ts, so that no endpoint carries the readers of settlement files. A partner that speaks a known protocol
 * is one folder beside this file and one line in each list. Refuses to know any partner's ways.
 */

import type { Channel } from '../channel-port/channel.ts'
import { channel as alfamart } from './alfamart/index.ts'
import { channel as bni } from './bni/index.ts'
import { channel as brilink } from './brilink/index.ts'
import { channel as indomaret } from './indomaret/index.ts'
import { channel as pos } from './pos/index.ts'

export const channels: readonly Channel[] = [brilink, bni, alfamart, indomaret, pos]

/** Throws a RangeError naming the channels there are: an endpoint that is deployed for another one must not start. */
export function channelNamed(name: string): Channel {
  const found = channels.find(({ profile }) => profile.name === name)
  if (found === undefined) {
    const known = channels.map(({ profile }) => profile.name).join(', ')
    throw new RangeError(`expected a channel among ${known}, got "${name}"`)
  }
  return found
}
