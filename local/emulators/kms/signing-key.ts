/**
 * The asymmetric key of KMS on a laptop: made once, in `.hub/keys/`, readable by its owner alone. Answers the two calls that
 * the hub makes (Sign, GetPublicKey) as KMS does: ECDSA on P-256 with SHA-256, DER. Who may call is the proxy's business.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type SigningKey = {
  readonly sign: (message: Uint8Array) => Buffer
  /** SPKI, DER. */
  readonly publicKey: () => Buffer
}

export function signingKeyFile(dataDir: string): string {
  return path.join(dataDir, 'keys', 'audit-signing.pem')
}

export function signingKey(dataDir: string): SigningKey {
  const key = existingOrNew(signingKeyFile(dataDir))
  return {
    sign: (message) => sign('sha256', message, key),
    publicKey: () => createPublicKey(key).export({ type: 'spki', format: 'der' }),
  }
}

function existingOrNew(file: string): KeyObject {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    renameSync(draft, file)
  }
  return createPrivateKey(readFileSync(file))
}
