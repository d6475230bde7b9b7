/**
 * Evidence: the signed requests themselves, encrypted, kept 10 years apart from the tables (in AWS a delivery stream to a
 * locked bucket, and past the stream when it fails: stream-or-bucket.ts; locally `.hub/evidence/`). Its keyed digest stands in
 * the decision.
 *
 * Promise: what is sent is one JSON line that holds nothing readable but channel, instant and the name of its key, and that
 * `openEvidence` turns back into the request or refuses when a byte was changed. The key is that of the request's WIB day.
 * Producer: functions/answer-channel. Consumer: an auditor with the keys (open-archived.ts).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type BusinessDate, businessDateOf, type Instant, instant } from '../../domain/instant.ts'
import { Defect, Transient } from '../../runtime/faults.ts'
import { parseSecretObject } from '../../runtime/secret-text.ts'
import { isOurDefect } from '../dynamo/errors.ts'
import type { Firehose } from './firehose.ts'

export type SignedRequest = {
  readonly channel: string
  readonly operation: string
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly receivedAt: Instant
}

export type EvidenceStore = {
  /** Resolves once the request is durable. Returns its keyed digest. Throws `Transient`. */
  readonly keep: (request: SignedRequest) => Promise<Uint8Array>
}

/** A request, encrypted: all that leaves the endpoint. */
export type SealedEvidence = {
  readonly channel: string
  readonly receivedAt: Instant
  /** The keyed digest that stands in the decision; names the object where a request has one of its own. */
  readonly digest: Uint8Array
  /** One JSON line, without its end. */
  readonly line: string
}

/** Where sealed requests go. */
export type EvidenceSink = {
  /** Resolves once it is durable. Throws `Transient` or `Defect`. */
  readonly put: (sealed: SealedEvidence) => Promise<void>
}

export type EvidenceStoreParts = {
  readonly sink: EvidenceSink
  readonly keys: EvidenceKeys
  readonly digest: (bytes: Uint8Array) => Uint8Array
  /** Called for a request that was sealed under the key of another day, because its own has none here. */
  readonly onOtherDay?: () => void
}

/** A WIB day; a number: one of the keys that held for years, before days had their own. */
export type EvidenceKeyName = BusinessDate | number

/** AES-256 keys. `newest` seals on a day that has none: the last day's, or before any day had one the current number's. */
export type EvidenceKeys = {
  readonly newest: EvidenceKeyName
  readonly keys: ReadonlyMap<EvidenceKeyName, Uint8Array>
}

type Line = {
  /** Its format: 1 names its key by number, 2 by day. */
  readonly v: number
  readonly k: EvidenceKeyName
  readonly iv: string
  readonly tag: string
  readonly data: string
  readonly channel: string
  readonly at: number
}

/**
 * Reads `{"days":{"2026-11-22":"<base64, 32 bytes>"},"current":1,"keys":{"1":"<the same>"}}`, of which either half may be missing
 * (key-window.ts writes the days). Throws a TypeError that names the field and never a value.
 */
export function prepareEvidenceKeys(secret: string): EvidenceKeys {
  const { current, keys: numbered = {}, days = {} } = parseSecretObject(secret, 'the secret of the evidence keys')
  const keys = new Map<EvidenceKeyName, Uint8Array>()
  const add = (field: string, texts: unknown, name: RegExp, nameOf: (text: string) => EvidenceKeyName) => {
    if (typeof texts !== 'object' || texts === null)
      throw new TypeError(`expected "${field}" of the evidence secret to be an object`)
    for (const [under, text] of Object.entries(texts)) {
      const key = Buffer.from(typeof text === 'string' ? text : '', 'base64')
      if (!name.test(under) || key.length !== 32) {
        throw new TypeError(
          `expected each of "${field}" of the evidence secret to be 32 bytes in base64 under a ${field === 'days' ? 'day' : 'number'}, got ${key.length} bytes`,
        )
      }
      keys.set(nameOf(under), key)
    }
  }
  add('keys', numbered, /^\d+$/, Number)
  add('days', days, /^\d{4}-\d\d-\d\d$/, (day) => day as BusinessDate)
  const newest =
    (Object.keys(days as object)
      .sort()
      .at(-1) as BusinessDate | undefined) ?? current
  if (!keys.has(newest as EvidenceKeyName)) {
    throw new TypeError('expected "current" of the evidence secret to name one of its "keys", or "days" to have one')
  }
  return { newest: newest as EvidenceKeyName, keys }
}

/** Seals each request, hands it to `sink`, and answers its digest. `digest` is keyed and puts its version byte first. */
export function evidenceStore({ sink, keys, digest, onOtherDay }: EvidenceStoreParts): EvidenceStore {
  return {
    keep: async (request) => {
      const { channel, receivedAt } = request
      const plain = canonicalRequest(request)
      const digested = digest(plain)
      await sink.put({ channel, receivedAt, digest: digested, line: sealEvidence(channel, receivedAt, plain, keys) })
      if (!keys.keys.has(businessDateOf(receivedAt))) onOtherDay?.()
      return digested
    },
  }
}

/** Evidence through the delivery stream. A line that is delivered twice is harmless. */
export function streamSink(client: Firehose, stream: string): EvidenceSink {
  return {
    put: async ({ line }) => {
      try {
        await client.putRecord(stream, Buffer.from(`${line}\n`))
      } catch (cause) {
        throw notKept('the evidence stream', 'a record', cause)
      }
    },
  }
}

/** What a failed try means: our own mistake, which no repeat changes, or try again. The cause's text may quote the request. */
export function notKept(place: string, what: string, cause: unknown): Defect | Transient {
  return isOurDefect(cause)
    ? new Defect('EVIDENCE_REFUSED', `expected ${place} to take ${what}, it refused`, { cause })
    : new Transient('EVIDENCE_NOT_KEPT', `expected ${place} to take ${what}, try again`, { cause })
}

/** The bytes that are digested and encrypted: one JSON line of everything but the body, then the body as it came. */
export function canonicalRequest(request: SignedRequest): Uint8Array {
  const { channel, operation, rawQuery, receivedAt } = request
  const headers = Object.entries(request.headers)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const head = JSON.stringify({ channel, operation, rawQuery, receivedAt, headers })
  return Buffer.concat([Buffer.from(`${head}\n`), request.body])
}

/** Encrypts under the key of the instant's day; channel, instant and key's name are readable, but cannot be changed unnoticed. */
export function sealEvidence(channel: string, at: Instant, plain: Uint8Array, keys: EvidenceKeys): string {
  const day = businessDateOf(at)
  const k = keys.keys.has(day) ? day : keys.newest
  const v = formatOf(k)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, k), iv)
  cipher.setAAD(boundTo(v, k, channel, at))
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  const line: Line = {
    v,
    k,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
    channel,
    at,
  }
  return JSON.stringify(line)
}

/** For auditors: the request of a line. Throws a Defect when the line is broken, was changed, or its key is missing. */
export function openEvidence(text: string, keys: EvidenceKeys): SignedRequest {
  const plain = decrypt(text, keys)
  const end = plain.indexOf(10)
  const head = JSON.parse(plain.subarray(0, end).toString('utf8')) as {
    channel: string
    operation: string
    rawQuery: string
    receivedAt: number
    headers: [string, string][]
  }
  return {
    channel: head.channel,
    operation: head.operation,
    rawQuery: head.rawQuery,
    headers: Object.fromEntries(head.headers),
    body: new Uint8Array(plain.subarray(end + 1)),
    receivedAt: instant(head.receivedAt),
  }
}

function decrypt(text: string, keys: EvidenceKeys): Buffer {
  try {
    const line = parseSecretObject(text, 'an evidence line') as Line
    const format = formatOf(line.k)
    if (line.v !== format) throw new RangeError(`expected format ${format}, got ${line.v}`)
    const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, line.k), Buffer.from(line.iv, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(boundTo(line.v, line.k, line.channel, line.at))
    decipher.setAuthTag(Buffer.from(line.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(line.data, 'base64')), decipher.final()])
  } catch (cause) {
    throw unreadable(cause)
  }
}

function unreadable(cause: unknown): Defect {
  return new Defect(
    'EVIDENCE_UNREADABLE',
    'expected an evidence line that its key opens, it is broken or was changed',
    { cause },
  )
}

/** Which key a line needs. Throws as `openEvidence` does for what is no line. */
export function keyNameOf(text: string): EvidenceKeyName {
  try {
    return (parseSecretObject(text, 'an evidence line') as Line).k
  } catch (cause) {
    throw unreadable(cause)
  }
}

function formatOf(name: EvidenceKeyName): number {
  return typeof name === 'number' ? 1 : 2
}

function boundTo(version: number, key: EvidenceKeyName, channel: string, at: number): Buffer {
  return Buffer.from(JSON.stringify([version, key, channel, at]))
}

function keyOf({ keys }: EvidenceKeys, name: EvidenceKeyName): Uint8Array {
  const key = keys.get(name)
  if (!key) throw new RangeError(`expected evidence key ${name}, there are ${[...keys.keys()].join(', ')}`)
  return key
}
