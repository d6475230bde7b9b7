/**
 * The channel `alfamart`: Alfamart on the pipe protocol.
 * The shape of the partner's keys: shared/protocols/pipe-h2h/keys.ts.
 */
import { pipeDoor } from '../../protocols/pipe-h2h/read.ts'
import type { Channel } from '../channel.ts'
import { profile } from './profile.ts'
import { settlement } from './settlement.ts'

export const channel: Channel = { profile, settlement, prepare: (secret) => pipeDoor({ profile }, secret) }
