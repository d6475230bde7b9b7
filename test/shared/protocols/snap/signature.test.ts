/** The two signatures of SNAP, against values that openssl made, and minify against JSON of the language. */
import { createPublicKey, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isTokenRequestSignature,
  minify,
  sameText,
  signCall,
  signerOf,
  stringToSign,
} from '../../../../shared/protocols/snap/signature.ts'

const TIMESTAMP = '2026-11-20T14:03:21+07:00'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const minified = (text: string): string => Buffer.from(minify(bytes(text))).toString()

/** Made with `openssl dgst`; the private key was thrown away. */
const BODY = '{ "customerNo": "3201010101900001",\r\n\t"note": "a b\\" c", "amount": {"value": "16800.00"} }'
const CALL = {
  path: '/channels/bni/v1.0/transfer-va/payment',
  accessToken: 'token-of-the-vector',
  body: bytes(BODY),
  timestamp: TIMESTAMP,
}
const SECRET = createSecretKey('a-secret-for-the-vector', 'utf8')
const CALL_SIGNATURE = 'mHeZzGh73+3HyNvzf6BvMTD7n1cUMtPVIuO37zdtSlNi0Rp5jQSwxRX2ZdhQLdUhy1W4CqKY4QwyH9Czsjz/rQ=='
const PUBLIC_KEY = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApXjKO/88OtQoHDOIuhOu
+ix3tjKWmWC2I/hnS9rSDzwUO0gBqp9ud+ycsnxc2aWh7IpPwVI8+HXJnufYmCdX
Gs5Aeo6fhX90jbi75uifIFatAZ4Kq7R4duXYdMRAqyVm8n5aQw/j03gNuZ15MyOx
aSK5QWDy7fO6ZJMpahiMCfcTABGB8jakG3h0uvLfrShBYKACTaKu444VURxH+GzD
RMcRbHw0k6ON/R8Abymq9K9okdhxZWtSDphACvx/VF9wwhJnGI+j88ly8C5flMyQ
2/yFWVtpuoNqzYcvVZn8VbrFdyi3ky53bkzQfn18itX6cLjWt6d3udvlLQSVr7HQ
XQIDAQAB
-----END PUBLIC KEY-----`)
const TOKEN_SIGNATURE =
  'mJRihiY3/j3QCHoOGO6W/eMhB1jrbnTwNfJWGhLqcX8YTXwuNjCI+XIrTaIy6caD+/edjLg5HYSaCGji1f2JJc5vF9fm3vxI6IBaI9T2l+YXMweD3AkbQWsqDgogBeucEDWwsxCFagyCSJSOnLcn9Kd7o6DGza8o27Rzx0DZKs8RQJQRSvTO1B7ioCTi5B2/surJmk3HkGEX2PXqRb0NgQFwAjN9nckUnyzSRMvXWP7msRd4RlrlPVU2Lyc3H5pfcEMDJ2WQKJ73y6p3ZIs0BF2N/4y62yjaMVuO8OPWgz8pDcC3c0ZIXZCamqixGJMmakx8Y9yLS8G9offRRY/6Kg=='

describe('a transaction', () => {
  test('is signed as openssl signs it', () => {
    expect(stringToSign(CALL)).toBe(
      `POST:/channels/bni/v1.0/transfer-va/payment:token-of-the-vector:76d9cbce4822869047a1eabdd1b6a7f4b06d2e5ae27b3d7ae971eedb117289a3:${TIMESTAMP}`,
    )
    expect(signCall(SECRET, CALL)).toBe(CALL_SIGNATURE)
  })

  test('names which of two keys signed it', () => {
    const other = { name: 'other', clientSecret: createSecretKey('another-secret', 'utf8') }
    const right = { name: 'right', clientSecret: SECRET }
    expect(signerOf([other, right], CALL, CALL_SIGNATURE)?.name).toBe('right')
    expect(signerOf([other], CALL, CALL_SIGNATURE)).toBeUndefined()
  })

  test.each([
    ['in lower case', CALL_SIGNATURE.toLowerCase()],
    ['without its padding', CALL_SIGNATURE.slice(0, -2)],
    ['in the alphabet for addresses', CALL_SIGNATURE.replaceAll('+', '-').replaceAll('/', '_')],
    ['with other unused bits', CALL_SIGNATURE.replace('rQ==', 'rR==')],
    ['with a line break', `${CALL_SIGNATURE}\n`],
    ['twice, joined by a comma', `${CALL_SIGNATURE},${CALL_SIGNATURE}`],
    ['empty', ''],
  ])('is refused with its signature %s', (_, signature) => {
    expect(signerOf([{ clientSecret: SECRET }], CALL, signature)).toBeUndefined()
  })
})

describe('a token request', () => {
  test('is signed as openssl signs it', () => {
    expect(isTokenRequestSignature(PUBLIC_KEY, 'hub-test-client', TIMESTAMP, TOKEN_SIGNATURE)).toBe(true)
  })

  test.each([
    ['of another client', 'hub-test-clien', TIMESTAMP, TOKEN_SIGNATURE],
    ['of another time', 'hub-test-client', '2026-11-20T14:03:22+07:00', TOKEN_SIGNATURE],
    ['with white space', 'hub-test-client', TIMESTAMP, `${TOKEN_SIGNATURE} `],
    ['with other unused bits', 'hub-test-client', TIMESTAMP, TOKEN_SIGNATURE.replace('Kg==', 'Kh==')],
    ['cut short', 'hub-test-client', TIMESTAMP, TOKEN_SIGNATURE.slice(4)],
    ['empty', 'hub-test-client', TIMESTAMP, ''],
  ])('is refused %s', (_, clientKey, timestamp, signature) => {
    expect(isTokenRequestSignature(PUBLIC_KEY, clientKey, timestamp, signature)).toBe(false)
  })
})

describe('minify', () => {
  test.each([
    ['white space in strings stays', '{ "a b" : " c\t " }', '{"a b":" c\t "}'],
    ['escaped quotes do not end a string', '{ "a\\" " : " \\\\" , "b" : 1 }', '{"a\\" ":" \\\\","b":1}'],
    ['numbers stay as they were written', '[ 1.50, 1E2, 12345678901234567890 ]', '[1.50,1E2,12345678901234567890]'],
    ['the order of keys and equal keys stay', '{"b":1, "a":2, "b":3}', '{"b":1,"a":2,"b":3}'],
    ['unicode and its escapes stay', '{ "n": "\\u00e9 é 😀" }', '{"n":"\\u00e9 é 😀"}'],
    ['other spaces stay', '[\u00a0\u20281\v\f]', '[\u00a0\u20281\v\f]'],
    ['what is no JSON is no trouble', ' "open \\', '"open \\'],
    ['nothing is nothing', '', ''],
  ])('%s', (_, written, expected) => {
    expect(minified(written)).toBe(expected)
  })

  test('equals the JSON of the language, whatever white space a bank puts between the parts', () => {
    const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 })
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.array(space, { minLength: 1 }), (value, spaces) => {
        const written = JSON.stringify(value, null, 1)
        let turn = 0
        const parts = written.match(/"(?:[^"\\]|\\.)*"|[^"\s]+|\s+/g) ?? []
        const odd = parts.map((part) => (/^\s/.test(part) ? '' : part) + spaces[turn++ % spaces.length]).join('')
        expect(minified(odd)).toBe(JSON.stringify(value))
      }),
      { numRuns: 300 },
    )
  })

  test('done twice is done once, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (raw) => {
        expect(minify(minify(raw))).toEqual(minify(raw))
      }),
    )
  })
})

test('texts are the same only byte for byte', () => {
  expect([sameText('abc', 'abc'), sameText('abc', 'abd'), sameText('abc', 'abcd'), sameText('é', 'e\u0301')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
