/**
 * Tokens on a laptop: an issuer of its own with a key made at the first start, and one token per role in
 * `.hub/sandbox/operators.json`, good for any clock. The same key signs the tokens of people who sign in by a browser
 * (../sign-in/provider.ts). The console's JWT authorizer, for both, is `verifierOf`.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { writeSecret } from './secrets.ts'

export const ROLES = ['viewer', 'operator', 'approver', 'support', 'admin', 'sponsor'] as const
/** Whose people the sandbox's sponsor token and demo person are; ../demo/sponsors.ts makes it. */
export const DEMO_SPONSOR = 'jambi-contoh'
const ISSUER = 'https://operators.hub.invalid'
export const AUDIENCE = 'hub-console'
/** The end of the year 9999: a hub's clock may be anywhere before. */
const NEVER = 253_402_300_799

export type Claims = Readonly<Record<string, unknown>>
export type Verifier = (authorization: string | undefined) => Promise<Claims | undefined>

export async function ensureOperators(dataDir: string): Promise<void> {
  const keyFile = path.join(dataDir, 'secrets', 'operators-key.json')
  const tokenFile = path.join(dataDir, 'sandbox', 'operators.json')
  if (existsSync(keyFile) && existsSync(tokenFile)) return
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const tokens: Record<string, string> = {}
  for (const role of ROLES) {
    tokens[role] = await new SignJWT({ ...groupsOf(role), token_use: 'access' })
      .setProtectedHeader({ alg: 'RS256', kid: 'hub' })
      .setSubject(`local-${role}`)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(0)
      .setExpirationTime(NEVER)
      .sign(privateKey)
  }
  await writeSecret(keyFile, await exportJWK(privateKey))
  await writeSecret(tokenFile, tokens)
}

/** The claims that say what somebody with this role may do. */
export function groupsOf(role: (typeof ROLES)[number]): Claims {
  return { 'cognito:groups': [role], ...(role === 'sponsor' ? { 'custom:sponsor': DEMO_SPONSOR } : {}) }
}

/** The key that signs operators' tokens, and a secret made of it for the cookies of the sign-in. */
export type OperatorKey = { readonly privateJwk: JWK; readonly secret: string }

export async function operatorKey(dataDir: string): Promise<OperatorKey> {
  const privateJwk = JSON.parse(await readFile(path.join(dataDir, 'secrets', 'operators-key.json'), 'utf8')) as JWK
  return { privateJwk, secret: createHash('sha256').update(`cookies ${privateJwk.d}`).digest('base64url') }
}

/**
 * What the gateway's JWT authorizer does: signature, issuer, audience, times. Undefined: 401. Tokens of the sandbox are read
 * at the hub's clock; those of `signInIssuer`, who lives in real time, at the machine's.
 */
export async function verifierOf(
  dataDir: string,
  now: () => number,
  signInIssuer: () => string | undefined = () => undefined,
): Promise<Verifier> {
  const { privateJwk: jwk } = await operatorKey(dataDir)
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = jwk
  const key = await importJWK(open, 'RS256')
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return undefined
    try {
      const signedIn = signInIssuer()
      const isSignedIn = signedIn !== undefined && decodeJwt(token).iss === signedIn
      const options = {
        issuer: isSignedIn ? signedIn : ISSUER,
        audience: AUDIENCE,
        algorithms: ['RS256'],
        currentDate: new Date(isSignedIn ? Date.now() : now()),
      }
      return asGatewayClaims((await jwtVerify(token, key, options)).payload)
    } catch {
      return undefined
    }
  }
}

/** API Gateway hands on claims as texts, and a list as `[a b]`. */
function asGatewayClaims(payload: Claims): Claims {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value))
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, text(value)]))
}
