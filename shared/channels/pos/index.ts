/**
 * The channel `pos`: Pos Indonesia on the hub's own protocol.
 * The shape of the partner's keys: shared/protocols/hub-h2h/keys.ts.
 */

import type { Channel } from '../../channel-port/channel.ts'
import { hubEndpoint } from '../../protocols/hub-h2h/read.ts'
import { profile } from './profile.ts'

export const channel: Channel = { profile, prepare: (secret) => hubEndpoint({ profile }, secret) }
