/**
 * A SNAP partner's keys: the shape of the channel's secret, and the same prepared once for an endpoint.
 *
 * Secret: `{"current": <keys>, "next": <keys>|null}`; both are accepted, `current` signs the tokens that we issue.
 * Promise: nothing weak is prepared (RSA under 2048 bits, a private key by mistake, a short token key), and no error
 * message holds a value of the secret. The partner's private key is never here.
 */
import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import * as z from 'zod/mini'
import { readKeyRotation } from '../key-rotation.ts'

const TOKEN_KEY_BYTES = 32
const MIN_RSA_BITS = 2048
const MIN_RSA_EXPONENT = 65_537n

const snapKeys = () =>
  z.object({
    clientKey: z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/)),
    clientSecret: z.string().check(z.regex(/^[\x21-\x7e]{16,512}$/)),
    publicKeyPem: z.string(),
    partnerId: z.string().check(z.regex(/^[A-Za-z0-9-]{1,36}$/)),
    channelId: z.string().check(z.regex(/^[A-Za-z0-9]{1,5}$/)),
    partnerServiceId: z.string().check(z.regex(/^(?=.{8}$) *\d+$/)),
    tokenKey: z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/)),
  })

/** One generation, as the secret holds it. */
export type SnapKeys = z.infer<ReturnType<typeof snapKeys>>

/** One generation, ready: no call parses a key. */
export type PreparedKeys = {
  readonly clientKey: string
  readonly partnerId: string
  /** 8 characters, padded on the left with spaces. */
  readonly partnerServiceId: string
  /** What the partner signs transactions with. */
  readonly clientSecret: KeyObject
  /** What the partner signs token requests with; ours is the public half. */
  readonly publicKey: KeyObject
  /** What we sign access tokens with. */
  readonly tokenKey: KeyObject
  /** Names the token key inside a token. */
  readonly tokenKeyId: string
}

/** `current` first. */
export type KeyRotation = readonly [PreparedKeys, ...PreparedKeys[]]

/** Reads and prepares a channel's secret. Throws a TypeError that names the field, never a value. */
export function prepareKeys(channel: string, secretText: string): KeyRotation {
  const [current, next] = readKeyRotation(channel, secretText, snapKeys)
  if (current === undefined) throw wrongSecret(channel, 'current', 'there')
  const prepared = prepareGeneration(channel, 'current', current)
  return next === undefined ? [prepared] : [prepared, prepareGeneration(channel, 'next', next)]
}

function prepareGeneration(channel: string, generation: string, keys: SnapKeys): PreparedKeys {
  const tokenKey = Buffer.from(keys.tokenKey, 'base64')
  if (tokenKey.length !== TOKEN_KEY_BYTES || tokenKey.toString('base64') !== keys.tokenKey) {
    throw wrongSecret(channel, `${generation}.tokenKey`, `${TOKEN_KEY_BYTES} bytes in base64`)
  }
  return {
    clientKey: keys.clientKey,
    partnerId: keys.partnerId,
    partnerServiceId: keys.partnerServiceId,
    clientSecret: createSecretKey(keys.clientSecret, 'utf8'),
    publicKey: preparePublicKey(channel, `${generation}.publicKeyPem`, keys.publicKeyPem),
    tokenKey: createSecretKey(tokenKey),
    tokenKeyId: createHash('sha256').update(`snap token key ${channel}:`).update(tokenKey).digest('hex').slice(0, 8),
  }
}

function preparePublicKey(channel: string, field: string, pem: string): KeyObject {
  const key = pem.includes('PRIVATE KEY') ? undefined : publicKeyOf(pem)
  const details = key?.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails : undefined
  if (key === undefined || details === undefined) throw wrongSecret(channel, field, 'an RSA public key in PEM')
  if ((details.modulusLength ?? 0) < MIN_RSA_BITS || (details.publicExponent ?? 0n) < MIN_RSA_EXPONENT) {
    throw wrongSecret(channel, field, `RSA of ${MIN_RSA_BITS} bits or more with exponent ${MIN_RSA_EXPONENT} or more`)
  }
  return key
}

function publicKeyOf(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}

function wrongSecret(channel: string, field: string, expected: string): TypeError {
  return new TypeError(`expected ${field} in the secret of channel "${channel}" to be ${expected}; mend that field`)
}
