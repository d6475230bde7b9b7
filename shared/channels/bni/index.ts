/** The channel `bni`: its profile on top of the SNAP protocol. Listed in ../registry.ts and ../settlement-registry.ts. */

import type { Channel } from '../../channel-port/channel.ts'
import { snapEndpoint } from '../../protocols/snap/read.ts'
import { profile } from './profile.ts'

/** The length that the standard allows to `inquiryRequestId` and `paymentRequestId`. */
const REQUEST_ID_LIMIT = 128

export const channel: Channel = {
  profile,
  prepare: (secret) => snapEndpoint({ profile, basePath: '/channels/bni', requestIdLimit: REQUEST_ID_LIMIT }, secret),
}
