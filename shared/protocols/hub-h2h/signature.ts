/**
 * Standard Webhooks signatures: HMAC-SHA256 over `id.timestamp.body`, checked on the raw bytes before anything is parsed.
 *
 * Promises constant time for every signature compared, at most sixteen of them, and never throws. Signatures of other
 * versions than `v1` are skipped: the list exists so that schemes and keys can change. Knows nothing of the body.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../domain/instant.ts'

const CLOCK_WINDOW_MILLIS = 5 * 60_000
const SIGNATURE_LIMIT = 16
const SIGNATURE_BYTES = 32
/** Printable ASCII without the full stop, which separates the parts of the signed text. */
const WEBHOOK_ID = /^[\x20-\x2d\x2f-\x7e]{1,256}$/
const UNIX_SECONDS = /^(?:0|[1-9]\d{0,11})$/

export type SignatureHeaders = { readonly id: string; readonly timestamp: string; readonly signatures: string }
export type HubSigner = 'partner' | 'bad-signature' | 'bad-clock'

/** The three headers; undefined when one is missing or not of its form. */
export function signatureHeadersOf(
  headers: Readonly<Record<string, string | undefined>>,
): SignatureHeaders | undefined {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const signatures = headers['webhook-signature'] ?? ''
  if (!WEBHOOK_ID.test(id) || !UNIX_SECONDS.test(timestamp) || signatures === '') return undefined
  return { id, timestamp, signatures }
}

/** `v1,` and base64, as one entry of `webhook-signature`. */
export function signHub(key: KeyObject, id: string, timestamp: string, body: Uint8Array): string {
  return `v1,${macOf(key, id, timestamp, body).toString('base64')}`
}

/** Who signed. The clock is asked last: only a partner learns that its clock is wrong. */
export function hubSignerOf(
  keys: readonly KeyObject[],
  sent: SignatureHeaders,
  body: Uint8Array,
  now: Instant,
): HubSigner {
  const candidates = candidatesOf(sent.signatures)
  let matches = 0
  for (const key of keys) {
    const expected = macOf(key, sent.id, sent.timestamp, body)
    for (const candidate of candidates) matches += Number(timingSafeEqual(expected, candidate))
  }
  if (matches === 0) return 'bad-signature'
  return Math.abs(now - Number(sent.timestamp) * 1000) <= CLOCK_WINDOW_MILLIS ? 'partner' : 'bad-clock'
}

function macOf(key: KeyObject, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

/** The `v1` signatures that are canonical base64 of 32 bytes. A list that is too long has none: it is work, not a list. */
function candidatesOf(signatures: string): readonly Buffer[] {
  const entries = signatures.split(' ', SIGNATURE_LIMIT + 1)
  if (entries.length > SIGNATURE_LIMIT) return []
  return entries.flatMap((entry) => {
    if (!entry.startsWith('v1,')) return []
    const text = entry.slice('v1,'.length)
    const bytes = Buffer.from(text, 'base64')
    return bytes.length === SIGNATURE_BYTES && bytes.toString('base64') === text ? [bytes] : []
  })
}
