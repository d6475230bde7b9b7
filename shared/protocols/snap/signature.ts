/**
 * SNAP's two signatures, for both sides: RSA over the token request, HMAC-SHA512 over every transaction.
 *
 * Promise: computed on the bytes as they came, compared in constant time; only the one canonical base64 text of a
 * signature is accepted. The method and path that are signed are constants of the caller, never the request's.
 * Shared by read.ts (verifies) and sandbox.ts (signs); a test holds them against signatures made by openssl.
 */
import { constants, createHash, createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const METHOD = 'POST'

/**
 * The body without the white space outside its strings, nothing else changed: key order, number text and escapes stay.
 * One pass; never fails, whatever the bytes are.
 */
export function minify(body: Uint8Array): Uint8Array {
  const kept = new Uint8Array(body.length)
  let length = 0
  let inString = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number
    if (!inString && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) continue
    kept[length++] = byte
    if (byte === QUOTE) inString = !inString
    else if (byte === BACKSLASH && inString && at + 1 < body.length) kept[length++] = body[++at] as number
  }
  return kept.subarray(0, length)
}

/** What a transaction's signature covers, besides the constant method. `timestamp` is X-TIMESTAMP as sent. */
export type SignedCall = {
  /** The full path: base path of the channel and the operation. */
  readonly path: string
  readonly accessToken: string
  readonly body: Uint8Array
  readonly timestamp: string
}

/** The text that is signed: `POST:<path>:<token>:<hex sha256 of the minified body>:<timestamp>`. */
export function stringToSign(call: SignedCall): string {
  const digest = createHash('sha256').update(minify(call.body)).digest('hex')
  return `${METHOD}:${call.path}:${call.accessToken}:${digest}:${call.timestamp}`
}

/** X-SIGNATURE of a transaction. */
export function signCall(clientSecret: KeyObject, call: SignedCall): string {
  return createHmac('sha512', clientSecret).update(stringToSign(call)).digest('base64')
}

/** The first of the keys under which the signature holds; undefined when there is none. */
export function signerOf<K extends { readonly clientSecret: KeyObject }>(
  candidates: readonly K[],
  call: SignedCall,
  signature: string,
): K | undefined {
  const signed = stringToSign(call)
  return candidates.find((keys) =>
    sameText(createHmac('sha512', keys.clientSecret).update(signed).digest('base64'), signature),
  )
}

/** X-SIGNATURE of a token request: SHA256withRSA, PKCS#1 v1.5. */
export function signTokenRequest(privateKey: KeyObject, clientKey: string, timestamp: string): string {
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING }
  return sign('sha256', Buffer.from(`${clientKey}|${timestamp}`), key).toString('base64')
}

export function isTokenRequestSignature(
  publicKey: KeyObject,
  clientKey: string,
  timestamp: string,
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.toString('base64') !== signature) return false
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
  return verify('sha256', Buffer.from(`${clientKey}|${timestamp}`), key, bytes)
}

/** Constant time for texts of one length; the length itself is no secret. */
export function sameText(expected: string, given: string): boolean {
  const left = Buffer.from(expected)
  const right = Buffer.from(given)
  return left.length === right.length && timingSafeEqual(left, right)
}
