/**
 * The channel `pos`: Pos Indonesia on the hub's own protocol. What the partner's keys are, shared/protocols/hub-h2h/keys.ts
 * says; how settlement files look, settlement.ts beside this file does.
 */
import { hubDoor } from '../../protocols/hub-h2h/read.ts'
import type { Channel } from '../channel.ts'
import { profile } from './profile.ts'

export const channel: Channel = { profile, prepare: (secret) => hubDoor({ profile }, secret) }
