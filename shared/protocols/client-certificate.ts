/**
 * Which client certificates are a partner's own: pinned by issuer and public key, at most two at a time.
 *
 * The gateway proves that a certificate comes from an authority of the trust store; that it is this partner's, and not another's
 * under the same authority, is decided here. Never by the text of the subject: its order depends on who renders it, and an authority
 * may issue the same subject to somebody else. Pins are in the channel's secret, `clientCertificates`, apart from the keys: a
 * certificate expires on a day of its own. Made by tools/certificate-pin.ts. Refuses to know TLS and trust stores.
 */
import { createHash, X509Certificate } from 'node:crypto'
import * as z from 'zod/mini'
import { parsedSecret } from './key-rotation.ts'

export type CertificatePin = {
  /** As `issuerOf` renders it, the country first where the certificate has it so: `C=ID, O=Bank, CN=Issuing CA`. */
  readonly issuer: string
  /** SHA-256 over the SubjectPublicKeyInfo, 64 hexadecimal digits: it stays when a certificate is renewed with the same key. */
  readonly publicKeySha256: string
}

/** `pin` is undefined when the text is no certificate. */
export type CertificateCheck = { readonly isPinned: boolean; readonly pin: CertificatePin | undefined }
export type CertificateCheckOf = (pem: string) => CertificateCheck

const MOST_PINS = 2
/** Characters; a certificate with a long chain of names has some 3,000. */
const LONGEST_PEM = 16_384
/** A partner has two certificates at most; more than these are not remembered. */
const REMEMBERED = 8

/** Throws a TypeError that names channel and field when the secret holds no pins of this shape; never echoes a value. */
export function prepareCertificatePins(channel: string, secret: string): CertificateCheckOf {
  const pins = readPins(channel, secret)
  const checked = new Map<string, CertificateCheck>()
  return (pem) => {
    const known = checked.get(pem)
    if (known) return known
    const pin = pinOf(pem)
    const check = { isPinned: pin !== undefined && pins.some((each) => isSamePin(each, pin)), pin }
    if (checked.size < REMEMBERED) checked.set(pem, check)
    return check
  }
}

/** What a certificate is pinned by; undefined when the text is no certificate. Never throws. */
export function pinOf(pem: string): CertificatePin | undefined {
  if (pem.length > LONGEST_PEM) return undefined
  try {
    const certificate = new X509Certificate(pem)
    const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' })
    return { issuer: issuerOf(certificate), publicKeySha256: createHash('sha256').update(publicKey).digest('hex') }
  } catch {
    return undefined
  }
}

function issuerOf({ issuer }: X509Certificate): string {
  return issuer.split('\n').join(', ')
}

function isSamePin(one: CertificatePin, other: CertificatePin): boolean {
  return one.issuer === other.issuer && one.publicKeySha256 === other.publicKeySha256
}

function readPins(channel: string, secret: string): readonly CertificatePin[] {
  const pin = z.object({
    issuer: z.string().check(z.minLength(3), z.maxLength(500)),
    publicKeySha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  })
  const shape = z.object({ clientCertificates: z.array(pin).check(z.minLength(1), z.maxLength(MOST_PINS)) })
  const read = z.safeParse(shape, parsedSecret(secret))
  if (read.success) return read.data.clientCertificates
  const field = read.error.issues[0]?.path.join('.') || 'clientCertificates'
  throw new TypeError(
    `expected the secret of channel "${channel}" to name 1 or 2 client certificates by issuer and publicKeySha256; mend its field "${field}"`,
  )
}
