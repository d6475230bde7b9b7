/**
 * Opens a file that is encrypted for the hub and signed by its sender (OpenPGP, RFC 9580 and 4880): the content, or the one reason
 * why not, as a code. Promises: nothing of a file whose signature is not the sender's own leaves; memory is bounded whatever
 * the file unpacks to; two keys of each side are good at a time. Never throws for bytes. Knows no channel and no store.
 */
import { decrypt, type Key, type KeyID, type Message, readKey, readMessage, readPrivateKey } from 'openpgp'
import type { Instant } from '../../shared/domain/instant.ts'
import type { EnvelopeRefusalCode } from '../../shared/domain/settlement/line.ts'

/** Armored. `own`: private keys without a passphrase, the current one first. `signers`: the sender's public keys. */
export type EnvelopeKeys = { readonly own: readonly string[]; readonly signers: readonly string[] }

/** `signedBy`: fingerprint of the key, hexadecimal. */
export type Opened =
  | { readonly kind: 'opened'; readonly bytes: Uint8Array; readonly signedBy: string }
  | { readonly kind: 'refused'; readonly code: EnvelopeRefusalCode | 'TOO_LARGE'; readonly detail: string }

/** In memory while it is opened. The largest day of a channel that we know of packs into a tenth of it. */
export const SEALED_LIMIT_BYTES = 48 * 1024 * 1024
/** What it may unpack to: about a million lines. */
const CONTENT_LIMIT_BYTES = 128 * 1024 * 1024
/** A sender may leave out for whom it is. */
const ANY_KEY = '0000000000000000'
const ARMOR = '-----BEGIN PGP '

export async function openEnvelope(
  sealed: Uint8Array,
  keys: EnvelopeKeys,
  now: Instant,
  limitBytes = CONTENT_LIMIT_BYTES,
): Promise<Opened> {
  const own = await Promise.all(keys.own.map((armoredKey) => readPrivateKey({ armoredKey })))
  const signers = await Promise.all(keys.signers.map((armoredKey) => readKey({ armoredKey })))
  const message = await messageIn(sealed)
  if (!message) return refused('BROKEN_ENVELOPE', 'expected an OpenPGP message, got something else or a part of one')
  const wanted = message.getEncryptionKeyIDs()
  if (wanted.length === 0) return refused('NOT_ENCRYPTED', 'expected a message encrypted for the key of the hub')
  if (!wanted.some((id) => id.toHex() === ANY_KEY || own.some((key) => has(key, id)))) {
    return refused('UNKNOWN_KEY', `expected a message for one of the ${own.length} keys of the hub, got one for others`)
  }
  return decrypted(message, { own, signers }, now, limitBytes)
}

async function messageIn(sealed: Uint8Array): Promise<Message<Uint8Array> | undefined> {
  try {
    const isArmored = Buffer.from(sealed.subarray(0, ARMOR.length)).toString('latin1') === ARMOR
    if (!isArmored) return await readMessage({ binaryMessage: sealed })
    const armoredMessage = Buffer.from(sealed).toString('latin1')
    return (await readMessage({ armoredMessage })) as unknown as Message<Uint8Array>
  } catch {
    return undefined
  }
}

type OpenedKeys = {
  readonly own: readonly Awaited<ReturnType<typeof readPrivateKey>>[]
  readonly signers: readonly Key[]
}

async function decrypted(
  message: Message<Uint8Array>,
  { own, signers }: OpenedKeys,
  now: Instant,
  limitBytes: number,
): Promise<Opened> {
  try {
    const { data, signatures } = await decrypt({
      message,
      decryptionKeys: [...own],
      verificationKeys: [...signers],
      format: 'binary',
      date: new Date(now),
      config: { maxDecompressedMessageSize: limitBytes },
    })
    const bytes = data as Uint8Array
    if (bytes.length > limitBytes) return tooLarge(limitBytes)
    if (signatures.length === 0) return refused('NOT_SIGNED', 'expected a signature of the sender inside the message')
    const ours = signatures.filter(({ keyID }) => signers.some((key) => has(key, keyID)))
    if (ours.length === 0) {
      return refused('UNKNOWN_SIGNER', `expected a signature with one of the ${signers.length} keys of the sender`)
    }
    for (const { keyID, verified } of ours) {
      const isGood = await verified.catch(() => false)
      const signer = signers.find((key) => has(key, keyID))
      if (isGood && signer) return { kind: 'opened', bytes, signedBy: signer.getFingerprint() }
    }
    return refused('WRONG_SIGNATURE', 'expected a signature over exactly these bytes with a key that is valid now')
  } catch (error) {
    if (/Maximum decompressed message size/i.test(messageOf(error))) return tooLarge(limitBytes)
    return refused('BROKEN_ENVELOPE', 'expected a message that can be decrypted whole, it is damaged or was changed')
  }
}

/** The key itself or one of its subkeys. */
function has(key: Key, id: KeyID): boolean {
  return key.getKeyIDs().some((own) => own.equals(id))
}

/** The library wraps what went wrong into what it was doing. */
function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${messageOf(error.cause)}` : ''
}

function tooLarge(limitBytes: number): Opened {
  return refused('TOO_LARGE', `expected content of at most ${limitBytes} bytes`)
}

function refused(code: Extract<Opened, { kind: 'refused' }>['code'], detail: string): Opened {
  return { kind: 'refused', code, detail }
}
