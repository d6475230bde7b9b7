import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Credentials, signer } from '../../../shared/runtime/signature-v4.ts'

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret', sessionToken: 'session/+=' }
const REGION = 'ap-southeast-3'

type Call = {
  readonly service: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  readonly at: Date
  readonly credentials: Credentials
}

const name = fc.stringMatching(/^x-[a-z][a-z0-9-]{0,12}$/)
const value = fc.stringMatching(/^[!-~]{1,30}( [!-~]{1,10})?$/)
const call = fc.record({
  service: fc.constantFrom('dynamodb', 'firehose'),
  headers: fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true }),
  body: fc.oneof(fc.string(), fc.uint8Array()),
  at: fc.date({ min: new Date('2024-01-01'), max: new Date('2037-12-31'), noInvalidDate: true }),
  credentials: fc.constantFrom<Credentials>(CREDENTIALS, { accessKeyId: 'AKID2', secretAccessKey: 'another' }),
})

/** What the SDK's own signer makes of the same call. */
async function signedBySdk({ service, headers, body, at, credentials }: Call) {
  const theirs = new SignatureV4({ service, region: REGION, credentials, sha256: Sha256, applyChecksum: false })
  const request = new HttpRequest({ method: 'POST', path: '/', hostname: 'localhost', headers: { ...headers }, body })
  return (await theirs.sign(request, { signingDate: at })).headers
}

describe('a signature', () => {
  test('is the one that the SDK’s signer makes, header for header', async () => {
    await fc.assert(
      fc.asyncProperty(call, async (given) => {
        const whole = { ...given, headers: { ...given.headers, host: 'localhost:8000' } }
        const sign = signer(whole.service, REGION, whole.credentials)
        expect(sign(whole.headers, whole.body, whole.at)).toEqual(await signedBySdk(whole))
      }),
      { numRuns: 60 },
    )
  })

  test('uses the key of its own day, whatever day was signed for before', async () => {
    const headers = { host: 'localhost' }
    const sign = signer('dynamodb', REGION, CREDENTIALS)
    for (const at of ['2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00.000Z', '2026-11-20T12:00:00Z']) {
      const given = { service: 'dynamodb', headers, body: '{}', at: new Date(at), credentials: CREDENTIALS }
      expect(sign(headers, '{}', given.at)).toEqual(await signedBySdk(given))
    }
  })

  test('leaves the given headers as they were', () => {
    const headers = Object.freeze({ host: 'localhost' })
    expect(Object.keys(signer('dynamodb', REGION, CREDENTIALS)(headers, '', new Date()))).toEqual([
      'host',
      'x-amz-date',
      'x-amz-security-token',
      'authorization',
    ])
  })
})
