/** Certificates are pinned by issuer and public key, two at a time; a subject is never asked. Real certificates throughout. */
import { describe, expect, test } from 'vitest'
import { issueCertificate, makeClientCertificate, makeKeyPair } from '../../../local/sandbox/certificate.ts'
import { type CertificatePin, pinOf, prepareCertificatePins } from '../../../shared/protocols/client-certificate.ts'

const NOW = Date.UTC(2026, 10, 20)
const subject = { commonName: 'snap.bank.example', organization: 'PT Bank Contoh (Persero) Tbk' }
const issuer = { commonName: 'Issuing CA 1', organization: 'Authority' }
const [authority, own, next, other] = await Promise.all([makeKeyPair(), makeKeyPair(), makeKeyPair(), makeKeyPair()])
const order = { subject, issuer, publicKey: own.publicKey, privateKey: authority.privateKey, now: NOW }
const certificate = issueCertificate(order)
const pin = pinOf(certificate) as CertificatePin

const checkOf = (...pins: readonly CertificatePin[]) =>
  prepareCertificatePins('bni', JSON.stringify({ current: {}, next: null, clientCertificates: pins }))

test('a pin is the issuer and the digest of the public key, as openssl prints it', () => {
  expect(pin).toEqual({
    issuer: 'C=ID, O=Authority, CN=Issuing CA 1',
    publicKeySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

describe('a certificate', () => {
  test.each([
    ['that is pinned is the partner’s', certificate, true],
    ['renewed with the same key is still the partner’s', issueCertificate({ ...order, now: NOW + 86_400_000 }), true],
    [
      'under another subject with the same key is still the partner’s',
      issueCertificate({ ...order, subject: { commonName: 'renamed.example', organization: 'Renamed' } }),
      true,
    ],
    ['with the same subject and another key is not', issueCertificate({ ...order, publicKey: other.publicKey }), false],
    [
      'with the same key from another issuer is not',
      issueCertificate({ ...order, issuer: { ...issuer, commonName: 'Issuing CA 2' } }),
      false,
    ],
  ])('%s', (_, pem, isPinned) => {
    const check = checkOf(pin)
    expect(check(pem).isPinned).toBe(isPinned)
    expect(check(pem).isPinned).toBe(isPinned)
  })

  test('and its successor are valid at the same time, a third is not', () => {
    const successor = issueCertificate({ ...order, publicKey: next.publicKey })
    const check = checkOf(pin, pinOf(successor) as CertificatePin)
    const third = issueCertificate({ ...order, publicKey: other.publicKey })
    expect([certificate, successor, third].map((pem) => check(pem).isPinned)).toEqual([true, true, false])
    expect(check(third).pin?.publicKeySha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    '',
    'CN=snap.bank.example',
    certificate.slice(0, 200),
    certificate.replace(/[A-Z]/g, 'A'),
    'x'.repeat(1e6),
  ])('that cannot be read is nobody’s (%#)', (pem) => {
    expect(checkOf(pin)(pem)).toEqual({ isPinned: false, pin: undefined })
  })

  test('that is unknown is not remembered without end', async () => {
    const check = checkOf(pin)
    for (let i = 0; i < 50; i++) expect(check(`unknown ${i}`).isPinned).toBe(false)
    expect(check(certificate).isPinned).toBe(true)
  })
})

test.each([
  '',
  'no JSON',
  '{}',
  '{"clientCertificates":[]}',
  JSON.stringify({ clientCertificates: [pin, pin, pin] }),
  JSON.stringify({ clientCertificates: [{ issuer: pin.issuer, publicKeySha256: 'leaked-value' }] }),
  JSON.stringify({ clientCertificates: [{ subject: 'CN=leaked-value' }] }),
])('a secret without pins of this shape is refused, naming channel and field and no value (%#)', (secret) => {
  expect(() => prepareCertificatePins('bni', secret)).toThrow(/"bni".*"clientCertificates/)
  expect(() => prepareCertificatePins('bni', secret)).not.toThrow('leaked-value')
})

test('the certificates of a laptop are of an issuer of their own, and each is another', async () => {
  const pems = await Promise.all([makeClientCertificate(subject, NOW), makeClientCertificate(subject, NOW)])
  const [one, two] = pems.map(pinOf)
  expect(one?.issuer).toBe(two?.issuer)
  expect(one?.publicKeySha256).not.toBe(two?.publicKeySha256)
})
