/**
 * Keyed digests: what the hub remembers of things it must recognise and must not hold (a customer id, a NIK, a request).
 *
 * Promises: two different lists of parts never feed the same bytes to the HMAC, nor do two purposes; a stored digest is
 * compared under the key that made it, in constant time; old keys stay for ever, because the digests do.
 * Refuses to know what its parts mean. Used by shared/ledger, functions/serve-console, shared/store/evidence/evidence.ts.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { Defect } from './faults.ts'
import { parseSecretObject } from './secret-text.ts'

/** A closed list: a typing error in a purpose would make a digest that can never be checked. */
export type DigestPurpose =
  | 'customer'
  | 'facts'
  | 'external-id'
  | 'evidence'
  | 'reference'
  | 'participant'
  | 'signature'
  | 'decision'
  | 'reversal'
/** null is a part of its own: "left out" is never the same as empty. Numbers are whole. */
export type DigestPart = string | number | null | Uint8Array

export type DigestKeys = {
  /** The version that new digests are made with. */
  readonly current: number
  /** The lowest version: references and participant hashes are looked up by value, so theirs never changes. */
  readonly first: number
  readonly versions: ReadonlyMap<number, KeyObject>
}

const KEY_BYTES = 32
/**
 * 128 bits are kept of an HMAC-SHA256: collisions cannot be searched for without the key, and a stored digest is compared
 * with one candidate at a time, so a chance match is 2^-128. Sixteen bytes more in every decision would buy nothing.
 */
const SHORT_BYTES = 16
/** Evidence must convince also against a holder of the key: all 256 bits. */
const LONG_BYTES = 32
const MAX_VERSION = 255
/** Without I, L, O, U: a reference is read aloud and typed again. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const REFERENCE_CHARACTERS = 16

/** Reads `{"current":1,"keys":{"1":"<base64 of 32 bytes>"}}`. Throws a TypeError that names the field and never its value. */
export function prepareDigestKeys(text: string): DigestKeys {
  const { current, keys } = parseSecretObject(text, 'the digest keys')
  if (typeof current !== 'number' || !isVersion(current)) {
    throw new TypeError('expected "current" of the digest keys to be a version from 1 to 255')
  }
  if (typeof keys !== 'object' || keys === null)
    throw new TypeError('expected "keys" of the digest keys to be an object of versions')
  const versions = new Map<number, KeyObject>()
  for (const [name, key] of Object.entries(keys)) {
    const version = Number(name)
    if (!isVersion(version) || String(version) !== name)
      throw new TypeError('expected each name in "keys" of the digest keys to be a version from 1 to 255')
    const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.alloc(0)
    if (bytes.length !== KEY_BYTES)
      throw new TypeError(`expected digest key ${version} to be base64 of ${KEY_BYTES} bytes, got ${bytes.length}`)
    versions.set(version, createSecretKey(bytes))
  }
  if (!versions.has(current))
    throw new TypeError(`expected "keys" of the digest keys to hold the current version ${current}`)
  return { current, first: Math.min(...versions.keys()), versions }
}

/** 17 bytes: the key's version, then 128 bits of HMAC-SHA256 over the parts. */
export function digest(keys: DigestKeys, purpose: DigestPurpose, ...parts: readonly DigestPart[]): Uint8Array {
  return made(keys, keys.current, SHORT_BYTES, purpose, parts)
}

/** 33 bytes: the same with all 256 bits. */
export function longDigest(keys: DigestKeys, purpose: DigestPurpose, ...parts: readonly DigestPart[]): Uint8Array {
  return made(keys, keys.current, LONG_BYTES, purpose, parts)
}

/** Whether `stored` was made of these parts. Throws a Defect when its key is gone or it is no digest of ours. */
export function matches(
  keys: DigestKeys,
  stored: Uint8Array,
  purpose: DigestPurpose,
  ...parts: readonly DigestPart[]
): boolean {
  const kept = stored.length - 1
  if (kept !== SHORT_BYTES && kept !== LONG_BYTES) {
    throw new Defect(
      'DIGEST_LENGTH',
      `expected a stored digest of ${SHORT_BYTES + 1} or ${LONG_BYTES + 1} bytes, got ${stored.length}`,
    )
  }
  return timingSafeEqual(stored, made(keys, stored[0] as number, kept, purpose, parts))
}

/** Whether `matches` can judge these bytes: the length of a digest, made under a key that is kept. */
export function isDigest({ versions }: DigestKeys, stored: Uint8Array | undefined): stored is Uint8Array {
  if (stored === undefined) return false
  return stored.length === SHORT_BYTES + 1 && versions.has(stored[0] as number)
}

/**
 * The hub reference: the same for every message about one payment, whenever it comes and whichever key is current.
 * 80 bits: among ten thousand million payments the chance of any two alike is about 1 in 20,000, and nothing is keyed by it.
 */
export function reference(keys: DigestKeys, channel: string, paymentId: string): string {
  const bytes = made(keys, keys.first, SHORT_BYTES, 'reference', [channel, paymentId])
  let text = 'CH'
  let bits = 0
  let held = 0
  for (let i = 1; text.length < 2 + REFERENCE_CHARACTERS; i++) {
    held = ((held << 8) | (bytes[i] as number)) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += CROCKFORD[(held >> bits) & 31]
    }
  }
  return text
}

/** The digest as base64url text, always under the first key: what is looked up by it must not have two names after a rotation. */
export function lookupDigest(keys: DigestKeys, purpose: DigestPurpose, ...parts: readonly DigestPart[]): string {
  return Buffer.from(made(keys, keys.first, SHORT_BYTES, purpose, parts)).toString('base64url')
}

function made(
  keys: DigestKeys,
  version: number,
  kept: number,
  purpose: DigestPurpose,
  parts: readonly DigestPart[],
): Uint8Array {
  const key = keys.versions.get(version)
  if (!key)
    throw new Defect(
      'DIGEST_KEY_GONE',
      `expected digest key version ${version} to be kept; put it back into the secret`,
    )
  // One update: each crosses into OpenSSL, and that costs more than the hashing.
  const fed = Buffer.concat([purpose, ...parts].flatMap(framed))
  const out = new Uint8Array(1 + kept)
  out[0] = version
  out.set(createHmac('sha256', key).update(fed).digest().subarray(0, kept), 1)
  return out
}

/** Type, length, bytes: a list of parts can be read back from what is fed, so no two lists feed the same. */
function framed(part: DigestPart): readonly [Uint8Array, Uint8Array] {
  const [type, bytes] = encoded(part)
  return [Buffer.from(`${type}${bytes.length}:`), bytes]
}

function encoded(part: DigestPart): readonly [string, Uint8Array] {
  if (part === null) return ['0', Buffer.alloc(0)]
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part)) throw new TypeError('expected a number in a digest to be a safe whole number')
    return ['n', Buffer.from(String(part))]
  }
  if (typeof part !== 'string') return ['b', part]
  // UTF-8 has no form for half a surrogate pair and would make all of them alike.
  return part.isWellFormed() ? ['s', Buffer.from(part, 'utf8')] : ['w', Buffer.from(part, 'utf16le')]
}

function isVersion(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_VERSION
}
