import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instant } from '../../../../shared/domain/instant.ts'
import {
  evidenceStore,
  openEvidence,
  prepareEvidenceKeys,
  streamSink,
} from '../../../../shared/store/evidence/evidence.ts'
import { createFirehose, type Firehose } from '../../../../shared/store/evidence/firehose.ts'

type Answer = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | 'hang up'
type Received = { readonly target: unknown; readonly type: unknown; readonly body: string }

const TAKEN: Answer = { status: 200, body: '{"RecordId":"1"}' }
const KEYS = prepareEvidenceKeys(JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } }))
const REQUEST = {
  channel: 'bni',
  operation: '/v1.0/transfer-va/payment',
  rawQuery: '',
  headers: { 'x-signature': 'signed' },
  body: Buffer.from('{"amount":1}'),
  receivedAt: instant(1_795_000_000_000),
}

let server: Server
let firehose: Firehose
let answers: Answer[] = []
let received: Received[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const { 'x-amz-target': target, 'content-type': type } = request.headers
      received.push({ target, type, body: Buffer.concat(parts).toString() })
      const answer = answers.shift() ?? TAKEN
      if (answer === 'hang up') request.socket.destroy()
      else response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  firehose = createFirehose({
    region: 'ap-southeast-3',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
  })
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(() => {
  answers = []
  received = []
})

const keep = () =>
  evidenceStore({ sink: streamSink(firehose, 'evidence'), keys: KEYS, digest: () => new Uint8Array([1]) }).keep(REQUEST)

describe('keeping evidence', () => {
  test('puts one encrypted line as a record, which opens to the request', async () => {
    await expect(keep()).resolves.toEqual(new Uint8Array([1]))
    const [{ target, type, body }] = received as [Received]
    expect({ target, type }).toEqual({ target: 'Firehose_20150804.PutRecord', type: 'application/x-amz-json-1.1' })
    const { DeliveryStreamName, Record } = JSON.parse(body)
    const line = Buffer.from(Record.Data, 'base64').toString()
    expect(DeliveryStreamName).toBe('evidence')
    expect(line.endsWith('\n')).toBe(true)
    expect(Buffer.from(openEvidence(line, KEYS).body)).toEqual(REQUEST.body)
  })

  test.each<[string, Answer]>([
    ['the connection breaks', 'hang up'],
    ['the stream is out of service', { status: 503, body: '{"__type":"ServiceUnavailableException"}' }],
    ['the stream throttles', { status: 400, body: '{"__type":"ThrottlingException"}' }],
    ['a proxy answers', { status: 502, body: '<html>' }],
  ])('makes a second try when %s, and gives up after it', async (_what, answer) => {
    answers = [answer]
    await expect(keep()).resolves.toEqual(new Uint8Array([1]))
    expect(received).toHaveLength(2)
    answers = [answer, answer]
    await expect(keep()).rejects.toMatchObject({ name: 'Transient', code: 'EVIDENCE_NOT_KEPT' })
    expect(received).toHaveLength(4)
  })

  const signature = (message: string): Answer => ({
    status: 400,
    body: JSON.stringify({ __type: 'InvalidSignatureException', message }),
  })

  test('a signature that was made too long ago is made anew, a wrong one is our defect', async () => {
    answers = [signature('Signature expired: 20261120T070000Z is now earlier than 20261120T070500Z')]
    await expect(keep()).resolves.toEqual(new Uint8Array([1]))
    expect(received).toHaveLength(2)
    answers = [signature('The request signature we calculated does not match the signature you provided.')]
    await expect(keep()).rejects.toMatchObject({ name: 'Defect', code: 'EVIDENCE_REFUSED' })
    expect(received).toHaveLength(3)
  })

  test.each<[string, Answer]>([
    ['does not exist', { status: 400, body: '{"__type":"com.amazonaws.firehose#ResourceNotFoundException"}' }],
    ['is not ours to write', { status: 400, body: '{"__type":"AccessDeniedException","Message":"User …"}' }],
    ['refuses by header alone', { status: 403, body: '', headers: { 'x-amzn-errortype': 'NotAuthorized:http://x/' } }],
  ])('a stream that %s is our defect and is not asked again', async (_what, answer) => {
    answers = [answer]
    await expect(keep()).rejects.toMatchObject({ name: 'Defect', code: 'EVIDENCE_REFUSED' })
    expect(received).toHaveLength(1)
  })

  test.each<[Answer, string]>([
    [
      { status: 400, body: '{"__type":"com.amazonaws.firehose#ResourceNotFoundException"}' },
      'ResourceNotFoundException',
    ],
    [
      { status: 400, body: '{}', headers: { 'x-amzn-errortype': 'InvalidArgumentException:http://x/' } },
      'InvalidArgumentException',
    ],
    [{ status: 400, body: 'secret text' }, 'Unknown'],
  ])('an error is named as the service names it, and its text is dropped: %o', async (answer, name) => {
    answers = [answer]
    const failed = firehose.putRecord('evidence', Buffer.from('x'))
    await expect(failed).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
    await expect(failed).rejects.not.toThrow('secret text')
  })
})
