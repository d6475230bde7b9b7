/**
 * Client certificates for a laptop: a throwaway authority, and one certificate per partner that it issued.
 *
 * There is no TLS on the loopback address: the listener hands the certificate to the function as the gateway would after a handshake.
 * The private keys are thrown away here, so nobody can use these certificates for anything else. Node reads certificates and makes
 * none; node-forge writes them because it is kept and brings no other package. Never part of a deployed bundle.
 */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'

const DAY = 86_400_000
const YEARS = 20

export type CertificateName = { readonly commonName: string; readonly organization: string }
export type KeyPair = { readonly publicKey: string; readonly privateKey: string }
export type CertificateOrder = {
  readonly subject: CertificateName
  readonly issuer: CertificateName
  readonly publicKey: string
  /** Of the authority that signs. */
  readonly privateKey: string
  readonly now: number
}

let authorityKeys: Promise<KeyPair> | undefined

/** A certificate in PEM, valid from `now` for twenty years, from an authority that lives as long as this process. */
export async function makeClientCertificate(subject: CertificateName, now: number): Promise<string> {
  authorityKeys ??= makeKeyPair()
  const [authority, own] = await Promise.all([authorityKeys, makeKeyPair()])
  const issuer = { commonName: 'Local issuing authority', organization: 'Contribution Hub sandbox' }
  return issueCertificate({ subject, issuer, publicKey: own.publicKey, privateKey: authority.privateKey, now })
}

export function issueCertificate({ subject, issuer, publicKey, privateKey, now }: CertificateOrder): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  // A first digit below 8 keeps the serial number positive.
  certificate.serialNumber = `4${randomBytes(15).toString('hex')}0`
  certificate.validity.notBefore = new Date(now - DAY)
  certificate.validity.notAfter = new Date(now + YEARS * 365 * DAY)
  certificate.setSubject(fieldsOf(subject))
  certificate.setIssuer(fieldsOf(issuer))
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true },
    { name: 'extKeyUsage', clientAuth: true },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n')
}

export function makeKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** Country first, as authorities write it and as the gateway renders it. */
function fieldsOf({ commonName, organization }: CertificateName): forge.pki.CertificateField[] {
  return [
    { name: 'countryName', value: 'ID' },
    { name: 'organizationName', value: organization },
    { name: 'commonName', value: commonName },
  ]
}
