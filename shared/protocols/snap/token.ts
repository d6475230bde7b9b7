/**
 * Our access tokens: self-contained, `<channel>.<expiry millis>.<key id>.<mac>`, good for one channel until they expire.
 *
 * Promise: there is one algorithm (HMAC-SHA256) and it is not in the token, so it cannot be chosen by who sends it. The
 * key is the channel's own and the channel's name is inside; both must fit. Knows nothing of requests and clocks.
 */
import { createHmac } from 'node:crypto'
import { type Instant, instant } from '../../domain/instant.ts'
import type { KeyRotation, PreparedKeys } from './keys.ts'
import { TOKEN_SECONDS } from './response-codes.ts'
import { sameText } from './signature.ts'

const TOKEN = /^(([a-z0-9-]{1,32})\.(\d{1,15})\.([0-9a-f]{8}))\.([A-Za-z0-9_-]{43})$/

/** Issued under the current generation. */
export function issueToken(channel: string, generations: KeyRotation, now: Instant): string {
  const [current] = generations
  const claims = `${channel}.${instant(now + TOKEN_SECONDS * 1000)}.${current.tokenKeyId}`
  return `${claims}.${macOf(current, claims)}`
}

/** True for a token that this channel issued, under either generation, and that has not expired at `now`. */
export function isValidToken(channel: string, generations: KeyRotation, token: string, now: Instant): boolean {
  const match = TOKEN.exec(token)
  if (!match) return false
  const [, claims = '', issuer, expiry, keyId, mac = ''] = match
  const keys = generations.find((generation) => generation.tokenKeyId === keyId)
  if (keys === undefined || !sameText(macOf(keys, claims), mac)) return false
  return issuer === channel && now < Number(expiry)
}

function macOf(keys: PreparedKeys, claims: string): string {
  return createHmac('sha256', keys.tokenKey).update(`snap access token ${claims}`).digest('base64url')
}
