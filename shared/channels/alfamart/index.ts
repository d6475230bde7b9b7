/**
 * The channel `alfamart`: Alfamart on the pipe protocol. What the partner's keys are, shared/protocols/pipe-h2h/keys.ts
 * says; how settlement files look, settlement.ts beside this file does.
 */
import { pipeDoor } from '../../protocols/pipe-h2h/read.ts'
import type { Channel } from '../channel.ts'
import { profile } from './profile.ts'

export const channel: Channel = { profile, prepare: (secret) => pipeDoor({ profile }, secret) }
