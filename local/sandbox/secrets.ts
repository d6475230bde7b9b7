/**
 * The secrets of the hub on a laptop: one file each under `.hub/secrets/`, made at the first start, readable by its owner only.
 * A channel's secret has two generations, as in AWS: put the next one into the file and both are accepted.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import type { Sandbox } from '../../shared/channel-port/partner.ts'
import { pinOf } from '../../shared/protocols/client-certificate.ts'
import { makeClientCertificate } from './certificate.ts'

/** The secret's text by its name in the template (`hub/bni`). */
export async function readSecret(dataDir: string, name: string): Promise<string> {
  return readFile(secretFile(dataDir, name), 'utf8')
}

/** Puts a new text, as Secrets Manager does it: JSON or not. */
export async function putSecret(dataDir: string, name: string, text: string): Promise<void> {
  await writeWhole(secretFile(dataDir, name), text)
}

/** Milliseconds of the machine's clock. */
export async function secretWrittenAt(dataDir: string, name: string): Promise<number> {
  return (await stat(secretFile(dataDir, name))).mtimeMs
}

/** Makes what is missing and (re)writes each channel's sandbox file with the address of this start. */
export async function ensureSecrets(
  dataDir: string,
  names: readonly string[],
  profiles: readonly ChannelProfile[],
  url: string,
): Promise<void> {
  await Promise.all(
    names.map((name) => {
      const profile = profiles.find((candidate) => candidate.name === shortName(name))
      return profile === undefined ? ensureKeys(dataDir, name) : ensureChannel(dataDir, name, profile, url)
    }),
  )
}

const FILE_KEYS = 'file-keys'

/** Digest and evidence keys: `{"current":1,"keys":{"1":"…"}}`. */
async function ensureKeys(dataDir: string, name: string): Promise<void> {
  const file = secretFile(dataDir, name)
  if (existsSync(file)) return
  // No partner of the sandbox encrypts its files.
  if (shortName(name) === FILE_KEYS) return writeSecret(file, { own: [], signers: {} })
  await writeSecret(file, { current: 1, keys: { 1: randomBytes(32).toString('base64') } })
}

async function ensureChannel(dataDir: string, name: string, profile: ChannelProfile, url: string): Promise<void> {
  const partnerFile = partnerFileOf(dataDir, profile.name)
  const known = existsSync(partnerFile) && existsSync(secretFile(dataDir, name))
  const keys = known ? JSON.parse(await readFile(partnerFile, 'utf8')) : await makeChannel(dataDir, name, profile)
  const partner = { ...keys, clientCertificatePem: await ensureCertificate(dataDir, name, profile, keys) }
  const { name: channel, protocol } = profile
  await writeSecret(partnerFile, { ...partner, channel, protocol, baseUrl: `${url}/channels/${channel}` })
}

async function makeChannel(dataDir: string, name: string, profile: ChannelProfile) {
  const module = `../../shared/channels/${profile.name}/sandbox.ts`
  const { sandbox } = (await import(module)) as { readonly sandbox: Sandbox }
  const { hub, partner } = await sandbox.makeKeys()
  await writeSecret(secretFile(dataDir, name), { current: hub, next: null })
  return { channel: profile.name, protocol: profile.protocol, ...partner }
}

/** The partner's client certificate, pinned in the channel's secret; a data folder of before gets both. */
async function ensureCertificate(
  dataDir: string,
  name: string,
  profile: ChannelProfile,
  keys: Readonly<Record<string, unknown>>,
): Promise<string> {
  if (typeof keys.clientCertificatePem === 'string') return keys.clientCertificatePem
  const subject = { commonName: `h2h.${profile.name}.example`, organization: profile.partner }
  const pem = await makeClientCertificate(subject, Date.now())
  const secret = JSON.parse(await readSecret(dataDir, name))
  await writeSecret(secretFile(dataDir, name), { ...secret, clientCertificates: [pinOf(pem)] })
  return pem
}

/** What the partner behind a channel would present to the gateway; undefined where there is no such partner. */
export async function clientCertificateOf(dataDir: string, channel: string): Promise<string | undefined> {
  const file = partnerFileOf(dataDir, channel)
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).clientCertificatePem : undefined
}

function partnerFileOf(dataDir: string, channel: string): string {
  return path.join(dataDir, 'sandbox', `${channel}.json`)
}

function secretFile(dataDir: string, name: string): string {
  return path.join(dataDir, 'secrets', `${shortName(name)}.json`)
}

/** `hub/bni` -> `bni`. */
function shortName(name: string): string {
  return name.split('/').at(-1) as string
}

/** Whoever reads meanwhile finds the old file or the new one, whole. */
export async function writeSecret(file: string, value: object): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`)
}

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  await writeFile(unfinished, text, { mode: 0o600 })
  await rename(unfinished, file)
}
