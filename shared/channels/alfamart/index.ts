/**
 * The channel `alfamart`: Alfamart on the pipe protocol.
 * The shape of the partner's keys: shared/protocols/pipe-h2h/keys.ts.
 */

import type { Channel } from '../../channel-port/channel.ts'
import { pipeEndpoint } from '../../protocols/pipe-h2h/read.ts'
import { profile } from './profile.ts'

export const channel: Channel = { profile, prepare: (secret) => pipeEndpoint({ profile }, secret) }
