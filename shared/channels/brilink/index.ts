/** The channel `brilink`: its profile on top of the SNAP protocol. Listed in ../registry.ts and ../settlement-registry.ts. */

import type { Channel } from '../../channel-port/channel.ts'
import { snapEndpoint } from '../../protocols/snap/read.ts'
import { profile } from './profile.ts'

/** BRI keeps `inquiryRequestId` and `paymentRequestId` to half of what the standard allows. */
const REQUEST_ID_LIMIT = 64

export const channel: Channel = {
  profile,
  prepare: (secret) =>
    snapEndpoint({ profile, basePath: '/channels/brilink', requestIdLimit: REQUEST_ID_LIMIT }, secret),
}
