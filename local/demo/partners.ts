/**
 * The partners of `.hub/sandbox/`: each channel's keys as a partner holds them, and the code that signs with them, loaded by
 * its path from shared/channels/<channel>/sandbox.ts. Used by the demo loader and by local/partner-simulator.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Channel } from '../../shared/channel-port/channel.ts'
import type { Sandbox, SandboxFile } from '../../shared/channel-port/partner.ts'
import { channels } from '../../shared/channels/registry.ts'

export type SandboxPartner = { readonly channel: Channel; readonly file: SandboxFile; readonly sandbox: Sandbox }

export async function sandboxPartners(dataDir: string): Promise<readonly SandboxPartner[]> {
  return Promise.all(
    channels.map(async (channel) => {
      const { name } = channel.profile
      const file = (await readJson(join(dataDir, 'sandbox', `${name}.json`))) as SandboxFile
      const { sandbox } = (await import(`../../shared/channels/${name}/sandbox.ts`)) as { readonly sandbox: Sandbox }
      return { channel, file, sandbox }
    }),
  )
}

/** The tokens of `.hub/sandbox/operators.json`, by role. */
export async function operatorTokens(dataDir: string): Promise<Readonly<Record<string, string>>> {
  return (await readJson(join(dataDir, 'sandbox', 'operators.json'))) as Record<string, string>
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
