/** The channel `brilink`: its profile on top of the SNAP protocol. Listed in ../registry.ts. */
import { snapDoor } from '../../protocols/snap/read.ts'
import type { Channel } from '../channel.ts'
import { profile } from './profile.ts'
import { settlement } from './settlement.ts'

/** BRI keeps `inquiryRequestId` and `paymentRequestId` to half of what the standard allows. */
const REQUEST_ID_LIMIT = 64

export const channel: Channel = {
  profile,
  settlement,
  prepare: (secret) => snapDoor({ profile, basePath: '/channels/brilink', requestIdLimit: REQUEST_ID_LIMIT }, secret),
}
