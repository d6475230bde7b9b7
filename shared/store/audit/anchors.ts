/**
 * Anchors: signed heads of the audit chain, kept where nothing can be changed or deleted (the locked evidence bucket).
 *
 * | object | |
 * |---|---|
 * | `anchors/<sequence, 12 digits>.<hash>.<signature>.json` | the same three and the instant, for people |
 *
 * The name says everything, so a verifier lists names and opens nothing; a later version of an object or a mark that hides it
 * changes nothing of what was signed. Promise: what was anchored is found, and nobody makes an anchor without the key.
 * Producer: functions/anchor-audit. Readers: functions/audit-ledger, `npm run verify-audit`.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Instant } from '../../domain/instant.ts'
import type { AuditHead } from './audit.ts'

export type AuditAnchor = AuditHead & {
  /** ECDSA on P-256 with SHA-256, DER, of `anchoredText`; base64url. */
  readonly signature: string
}

/** Signs with a key that never leaves its place. */
export type HeadSigner = { readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> }

/** Puts one anchor; the same one again is harmless. */
export type AnchorSink = { readonly put: (anchor: AuditAnchor, at: Instant) => Promise<void> }

/** Names of all that was ever put below `anchors/`, every version of it, ascending. */
export type AnchorNames = { readonly names: () => AsyncIterable<string> }

export const ANCHORS_FOLDER = 'anchors'
const NAME = /^anchors\/(\d{12})\.([0-9a-f]{64})\.([\w-]{80,110})\.json$/

/** What is signed: it can mean nothing but the head of this chain. */
export function anchoredText({ sequence, hash }: AuditHead): Uint8Array {
  return Buffer.from(`contribution hub, audit chain "decisions", head ${sequence} ${hash}`)
}

export function anchorName({ sequence, hash, signature }: AuditAnchor): string {
  return `${ANCHORS_FOLDER}/${String(sequence).padStart(12, '0')}.${hash}.${signature}.json`
}

/** Undefined: no name that `anchorName` makes. */
export function readAnchorName(name: string): AuditAnchor | undefined {
  const [, sequence, hash, signature] = NAME.exec(name) ?? []
  if (sequence === undefined || hash === undefined || signature === undefined) return undefined
  return { sequence: Number(sequence), hash, signature }
}

/** `spki`: the public key as KMS gives it, DER. */
export function anchorKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

export function isSigned(anchor: AuditAnchor, key: KeyObject): boolean {
  return verify('sha256', anchoredText(anchor), key, Buffer.from(anchor.signature, 'base64url'))
}
