/** One request as one object: named by its digest, signed as S3 wants it, tried twice. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Sha256Node } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instant } from '../../../../shared/domain/instant.ts'
import { evidenceStore, openEvidence, prepareEvidenceKeys } from '../../../../shared/store/evidence/evidence.ts'
import { bucketSink, directKey } from '../../../../shared/store/evidence/evidence-bucket.ts'

type Received = {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret', sessionToken: 'session' }
const KEYS = prepareEvidenceKeys(JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } }))
const DIGEST = Uint8Array.of(1, 0xab, 0xcd)
const REQUEST = {
  channel: 'bni',
  operation: '/v1.0/transfer-va/payment',
  rawQuery: '',
  headers: { 'x-signature': 'signed' },
  body: Buffer.from('{"amount":1}'),
  receivedAt: instant(Date.parse('2026-11-20T23:30:00Z')),
}

let server: Server
let endpoint: string
let received: Received[] = []
let answers: ({ readonly status: number; readonly body: string } | 'hang up' | 'say nothing')[] = []

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = incoming
    received.push({ method, url, headers: headers as Record<string, string>, body: Buffer.concat(chunks) })
    const answer = answers.shift() ?? { status: 200, body: '' }
    if (answer === 'say nothing') return
    if (answer === 'hang up') incoming.socket.destroy()
    else outgoing.writeHead(answer.status).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  answers = []
  received = []
})

const keep = () => {
  const sink = bucketSink({ bucket: 'hub-evidence', region: 'ap-southeast-3', credentials: CREDENTIALS, endpoint })
  return evidenceStore({ sink, keys: KEYS, digest: () => DIGEST }).keep(REQUEST)
}

test('the object is named by channel, UTC day and the digest that the decision holds, and opens to the request', async () => {
  expect(await keep()).toEqual(DIGEST)
  const [{ method, url, headers, body }] = received as [Received]
  expect([method, url]).toEqual(['PUT', '/hub-evidence/direct/bni/2026/11/20/01abcd.jsonl'])
  expect(url.endsWith(directKey({ ...REQUEST, digest: DIGEST }))).toBe(true)
  expect(headers['content-md5']).toBe(createHash('md5').update(body).digest('base64'))
  expect(body.toString()).toMatch(/^[^\n]+\n$/)
  expect(Buffer.from(openEvidence(body.toString(), KEYS).body)).toEqual(REQUEST.body)
})

test('it is signed for S3, body included', async () => {
  await keep()
  const [{ url, headers, body }] = received as [Received]
  expect(headers['x-amz-content-sha256']).toBe(createHash('sha256').update(body).digest('hex'))
  const signedHeaders = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
  expect(signedHeaders).toEqual(expect.arrayContaining(['content-md5', 'host', 'x-amz-content-sha256', 'x-amz-date']))
  const { authorization, ...others } = headers
  const again = new SignatureV4({
    service: 's3',
    region: 'ap-southeast-3',
    credentials: CREDENTIALS,
    sha256: Sha256Node,
    uriEscapePath: false,
  })
  const unsigned = new HttpRequest({
    protocol: 'http:',
    hostname: '127.0.0.1',
    method: 'PUT',
    path: url,
    headers: Object.fromEntries(signedHeaders.map((name) => [name, others[name] ?? ''])),
    body,
  })
  const date = headers['x-amz-date'] ?? ''
  const signingDate = new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  expect((await again.sign(unsigned, { signingDate })).headers.authorization).toBe(authorization)
})

describe('a bucket that does not take it', () => {
  const SLOW_DOWN = { status: 503, body: '<Error><Code>SlowDown</Code><Message>secret words</Message></Error>' }
  test.each([
    ['hangs up', 'hang up' as const],
    ['is asked too often', SLOW_DOWN],
    ['fails', { status: 500, body: '<Error><Code>InternalError</Code></Error>' }],
  ])('because it %s is asked once more', async (_, answer) => {
    answers = [answer]
    expect(await keep()).toEqual(DIGEST)
    answers = [answer, answer]
    await expect(keep()).rejects.toMatchObject({ name: 'Transient', code: 'EVIDENCE_NOT_KEPT' })
    expect(received).toHaveLength(4)
  })

  test('because it says nothing is asked once more, long before the endpoint has no time left', async () => {
    answers = ['say nothing']
    const started = performance.now()
    expect(await keep()).toEqual(DIGEST)
    expect(performance.now() - started).toBeLessThan(2_900)
    expect(received).toHaveLength(2)
  })

  test('because it is not ours to write is our defect, and is not asked again', async () => {
    answers = [{ status: 403, body: '<Error><Code>AccessDenied</Code><Message>secret words</Message></Error>' }]
    const error = await keep().catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ name: 'Defect', code: 'EVIDENCE_REFUSED' })
    expect((error as Error).message).not.toContain('secret words')
    expect(received).toHaveLength(1)
  })
})
