/**
 * The pipe protocol's signature: SHA-1 over the values joined without separator and the secret key, as the retailer's
 * calls are known to be signed. It is weak (values can shift into each other, the operation is not signed); what guards
 * the rest is in fields.ts and read.ts, and what is left is named in the channel's README. Never throws.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type PipeOperation, type PipeValues, SIGNED_FIELDS } from './fields.ts'
import type { PipeKeys } from './keys.ts'

/** `wrong-pin`: the partner's own key signed it, at a store of its own, and the PIN is not the partner's. */
export type Signer = 'partner' | 'unknown-partner' | 'wrong-pin' | 'bad-signature'

/** Lower-case hex. A field that is missing counts as empty. */
export function signPipe(operation: PipeOperation, values: PipeValues, secretKey: string): string {
  const signed = SIGNED_FIELDS[operation].map((field) => values[field] ?? '').join('')
  return createHash('sha1').update(signed).update(secretKey).digest('hex')
}

/** Who signed: source address, agent, PIN, store and signature must all belong to one generation of keys. */
export function signerOf(
  generations: readonly PipeKeys[],
  operation: PipeOperation,
  values: PipeValues,
  sourceIp: string,
): Signer {
  const named = generations.filter((keys) => keys.mayCallFrom(sourceIp) && isAgentsStore(keys, values))
  const known = named.filter((keys) => isSame(keys.agentPin, values.AgentPIN ?? ''))
  const isSigned = (keys: PipeKeys) => isSame(signPipe(operation, values, keys.secretKey), values.Signature ?? '')
  if (known.length === 0) return named.some(isSigned) ? 'wrong-pin' : 'unknown-partner'
  return known.some(isSigned) ? 'partner' : 'bad-signature'
}

function isAgentsStore(keys: PipeKeys, values: PipeValues): boolean {
  return keys.agentId === values.AgentID && keys.storeIds.has(values.AgentStoreID ?? '')
}

/** Constant time for every pair of texts: both are hashed to one length first. */
function isSame(expected: string, actual: string): boolean {
  return timingSafeEqual(createHash('sha256').update(expected).digest(), createHash('sha256').update(actual).digest())
}
