/**
 * Plays BNI against the endpoint, for traffic and tests. Keys are made at random; the numbers below are the sandbox's own
 * and belong to nobody. How SNAP is spoken is shared/protocols/snap/sandbox.ts.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { snapSandbox } from '../../protocols/snap/sandbox.ts'

export const sandbox: Sandbox = snapSandbox({ partnerServiceId: '   98810', channelId: '00012' })
