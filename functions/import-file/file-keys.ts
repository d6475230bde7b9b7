/**
 * The secret `hub/file-keys`: what encrypted files are opened with, and whose signatures are theirs. Two of each are good at a
 * time, so that either side can change its key without a gap. Promises that no error holds a key.
 *
 * ```
 * {"own": ["-----BEGIN PGP PRIVATE KEY BLOCK…", next], "signers": {"pos": ["-----BEGIN PGP PUBLIC KEY BLOCK…", next]}}
 * ```
 */
import * as z from 'zod/mini'
import { Defect } from '../../shared/runtime/faults.ts'
import type { EnvelopeKeys } from './open-envelope.ts'

const keys = z.array(z.string().check(z.startsWith('-----BEGIN PGP '))).check(z.maxLength(2))
const fileKeysSecret = z.strictObject({ own: keys, signers: z.record(z.string(), keys) })
export type FileKeys = z.output<typeof fileKeysSecret>

/** Throws a TypeError that names what is expected and never a value. */
export function prepareFileKeys(text: string): FileKeys {
  const parsed = fileKeysSecret.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new TypeError(
    'expected the file keys to be {"own":[…],"signers":{"<channel>":[…]}}, at most two armored keys each',
  )
}

/** Throws a Defect where a channel's files must be encrypted and nobody has put its keys in. */
export function keysOf({ own, signers }: FileKeys, channel: string): EnvelopeKeys {
  const theirs = signers[channel] ?? []
  if (own.length > 0 && theirs.length > 0) return { own, signers: theirs }
  throw new Defect(
    'FILE_KEYS_MISSING',
    `expected the file keys to hold a key of ours and one of ${channel}; put them in`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
