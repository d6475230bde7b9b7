/** The key of the audit chain over its own protocol: what is asked, what comes back, and what each failure means. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Defect, Throttled } from '../../../../shared/runtime/faults.ts'
import { anchoredText, anchorKey, isSigned } from '../../../../shared/store/audit/anchors.ts'
import { kmsHeadKey } from '../../../../shared/store/audit/head-key.ts'
import { AUDIT_KEY, auditKey } from '../../../support/audit-key.ts'

type Operation = keyof typeof auditKey.answers

/** Answered before the key's own: status and body. */
const failures: (readonly [status: number, body: string])[] = []
const asked: { readonly operation: string; readonly type: string; readonly signedFor: string }[] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  const operation = String(request.headers['x-amz-target'])
  const type = String(request.headers['content-type'])
  asked.push({ operation, type, signedFor: String(request.headers.authorization) })
  const [status, text] = failures.shift() ?? [200, JSON.stringify(auditKey.answers[operation as Operation](body))]
  response.writeHead(status, { 'content-type': type }).end(text)
})
let key: ReturnType<typeof kmsHeadKey>

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  key = kmsHeadKey({
    key: AUDIT_KEY,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.splice(0)
  failures.splice(0)
})

const HEAD = { sequence: 7, hash: 'a'.repeat(64) }
const refused = (type: string) => JSON.stringify({ __type: type, message: 'no words of ours' })

test('signs what it is given, with a call that is signed for the key service', async () => {
  const signature = Buffer.from(await key.sign(anchoredText(HEAD))).toString('base64url')
  expect(isSigned({ ...HEAD, signature }, anchorKey(await key.publicKey()))).toBe(true)
  const type = 'application/x-amz-json-1.1'
  const signedFor = expect.stringContaining('/ap-southeast-3/kms/aws4_request')
  expect(asked).toEqual([
    { operation: 'TrentService.Sign', type, signedFor },
    { operation: 'TrentService.GetPublicKey', type, signedFor },
  ])
})

test.each([
  ['the service does not answer', 500, '<html>'],
  ['it is asked too often', 400, refused('ThrottlingException')],
])('is asked again when %s', async (_, status, body) => {
  failures.push([status, body], [status, body])
  expect(Buffer.from(await key.publicKey())).toEqual(auditKey.spki)
  expect(asked).toHaveLength(3)
})

test('a refusal for good is a defect at once, known by the last part of its name', async () => {
  failures.push([400, refused('com.amazonaws.kms#DisabledException')])
  const error = await key.sign(anchoredText(HEAD)).catch((cause: unknown) => cause)
  expect(error).toBeInstanceOf(Defect)
  expect((error as Error).message).toMatch(/a signature of the audit chain.*DisabledException/)
  expect((error as Error).message).not.toMatch(/com.amazonaws|no words/)
  expect(asked).toHaveLength(1)
})

test('three refusals for the moment are no defect', async () => {
  for (let n = 0; n < 3; n++) failures.push([400, refused('com.amazonaws.kms#ThrottlingException')])
  await expect(key.publicKey()).rejects.toThrow(Throttled)
})
