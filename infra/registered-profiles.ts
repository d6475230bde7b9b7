/** The profiles of all channels in shared/channels/registry.ts: what the stacks need to know of a partner, and no more. */
import type { ChannelProfile } from '../shared/channel-port/channel.ts'
import { channels } from '../shared/channels/registry.ts'

export function registeredProfiles(): readonly ChannelProfile[] {
  return channels.map(({ profile }) => profile)
}
