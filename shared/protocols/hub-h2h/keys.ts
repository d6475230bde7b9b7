/**
 * A partner's keys on the hub's own protocol: one Standard Webhooks secret (`whsec_` and base64), prepared once as a key
 * object. Refuses, at start, a secret that is not canonical base64 of 24 to 64 bytes.
 */
import { createSecretKey, type KeyObject } from 'node:crypto'
import * as z from 'zod/mini'
import { readKeyRotation } from '../key-rotation.ts'

const PREFIX = 'whsec_'
const SHORTEST_BYTES = 24
const LONGEST_BYTES = 64

/** What `current` and `next` of the secret hold. */
const hubKeys = () => z.object({ secret: z.string().check(z.refine(isSecret)) })

/** `current` first. Throws a TypeError naming the field; never echoes a value. */
export function prepareHubKeys(channel: string, secret: string): readonly KeyObject[] {
  return readKeyRotation(channel, secret, hubKeys).map((keys) => hubKeyOf(keys.secret))
}

export function hubKeyOf(secret: string): KeyObject {
  return createSecretKey(bytesOf(secret))
}

function isSecret(secret: string): boolean {
  const bytes = bytesOf(secret)
  const isCanonical = secret === `${PREFIX}${bytes.toString('base64')}`
  return isCanonical && bytes.length >= SHORTEST_BYTES && bytes.length <= LONGEST_BYTES
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64')
}
