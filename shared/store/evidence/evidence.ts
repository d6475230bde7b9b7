/**
 * Evidence: the signed requests themselves, encrypted, kept 10 years apart from the tables (in AWS a delivery stream to a
 * locked bucket, and past the stream when it fails: stream-or-bucket.ts; locally `.hub/evidence/`). Its keyed digest stands in
 * the decision.
 *
 * Promise: what is sent is one JSON line that holds nothing readable but channel, instant and key version, and that
 * `openEvidence` turns back into the request or refuses when a byte was changed.
 * Producer: functions/answer-channel. Consumer: an auditor with the keys.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Instant, instant } from '../../domain/instant.ts'
import { Defect, Transient } from '../../runtime/faults.ts'
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
}

/** AES-256 keys by version: the current one writes, every one reads. */
export type EvidenceKeys = { readonly current: number; readonly keys: ReadonlyMap<number, Uint8Array> }

/** The format of a line; a new one leaves the old readable. */
const FORMAT = 1

type Line = {
  readonly v: number
  /** Version of the key. */
  readonly k: number
  readonly iv: string
  readonly tag: string
  readonly data: string
  readonly channel: string
  readonly at: number
}

/** Reads `{"current":1,"keys":{"1":"<base64, 32 bytes>"}}`. Throws a TypeError that names the field and never a value. */
export function prepareEvidenceKeys(secret: string): EvidenceKeys {
  const parsed = parseObject(secret, 'the secret of the evidence keys')
  const { current, keys: texts } = parsed
  if (typeof texts !== 'object' || texts === null)
    throw new TypeError('expected "keys" of the evidence secret to be an object')
  const keys = new Map<number, Uint8Array>()
  for (const [version, text] of Object.entries(texts)) {
    const key = Buffer.from(typeof text === 'string' ? text : '', 'base64')
    if (!/^\d+$/.test(version) || key.length !== 32) {
      throw new TypeError(
        `expected each of "keys" of the evidence secret to be 32 bytes in base64 under a number, got ${key.length} bytes`,
      )
    }
    keys.set(Number(version), key)
  }
  if (typeof current !== 'number' || !keys.has(current)) {
    throw new TypeError('expected "current" of the evidence secret to name one of its keys')
  }
  return { current, keys }
}

/** Seals each request, hands it to `sink`, and answers its digest. `digest` is keyed and puts its version byte first. */
export function evidenceStore({ sink, keys, digest }: EvidenceStoreParts): EvidenceStore {
  return {
    keep: async (request) => {
      const { channel, receivedAt } = request
      const plain = canonicalRequest(request)
      const digested = digest(plain)
      await sink.put({ channel, receivedAt, digest: digested, line: sealEvidence(channel, receivedAt, plain, keys) })
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

/** Encrypts for the current key; channel, instant and versions are readable, but cannot be changed unnoticed. */
export function sealEvidence(channel: string, at: Instant, plain: Uint8Array, keys: EvidenceKeys): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), iv)
  cipher.setAAD(boundTo(FORMAT, keys.current, channel, at))
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  const line: Line = {
    v: FORMAT,
    k: keys.current,
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
    const line = parseObject(text, 'an evidence line') as Line
    if (line.v !== FORMAT) throw new RangeError(`expected format ${FORMAT}, got ${line.v}`)
    const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, line.k), Buffer.from(line.iv, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(boundTo(line.v, line.k, line.channel, line.at))
    decipher.setAuthTag(Buffer.from(line.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(line.data, 'base64')), decipher.final()])
  } catch (cause) {
    throw new Defect(
      'EVIDENCE_UNREADABLE',
      'expected an evidence line that its key opens, it is broken or was changed',
      { cause },
    )
  }
}

function boundTo(version: number, key: number, channel: string, at: number): Buffer {
  return Buffer.from(JSON.stringify([version, key, channel, at]))
}

function keyOf(keys: EvidenceKeys, version: number): Uint8Array {
  const key = keys.keys.get(version)
  if (!key)
    throw new RangeError(`expected evidence key version ${version}, there are ${[...keys.keys.keys()].join(', ')}`)
  return key
}

function parseObject(text: string, what: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  // The parser's own message would quote the text, which may be a secret: it is dropped.
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError(`expected ${what} to be a JSON object`)
  return parsed as Record<string, unknown>
}
