/**
 * The wiring of an endpoint: a partner's signed call against real tables, the secrets extension and the evidence stream; whose
 * certificate it is, where evidence goes when its stream fails, and what a caller hears when nothing can be said.
 */
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { makeClientCertificate } from '../../../local/sandbox/certificate.ts'
import { factKey } from '../../../shared/domain/fact.ts'
import { endpointDigests } from '../../../shared/ledger/payment-digests.ts'
import { pinOf } from '../../../shared/protocols/client-certificate.ts'
import { dynamoContacts } from '../../../shared/store/contacts/dynamodb.ts'
import { dynamoEndpointLocks } from '../../../shared/store/endpoint-limits/locks.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../shared/store/payment-decisions/dynamodb.ts'
import { DIGEST_KEYS } from '../../support/endpoint.ts'
import { at, KPJ, terms } from '../../support/facts.ts'
import { functionSurroundings, SESSION, type Surroundings } from '../../support/function-surroundings.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'
import { contactOf } from '../../support/stored.ts'

type Answer = { readonly statusCode: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const NOW = at('2026-11-20T10:00')
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`
const PUT_RECORD = 'Firehose_20150804.PutRecord'

let around: Surroundings
let handler: (event: object, context: object) => Promise<Answer>
let certificate: string
let calls = 0

beforeAll(async () => {
  const name = { commonName: 'h2h.pos.example', organization: 'Pos' }
  const [own, stranger] = await Promise.all([makeClientCertificate(name, NOW), makeClientCertificate(name, NOW)])
  certificate = own
  around = await functionSurroundings({
    service: 'answer-channel',
    variables: {
      CHANNEL: 'pos',
      CHANNEL_SECRET: 'hub/pos',
      DIGEST_SECRET: 'hub/digests',
      EVIDENCE_SECRET: 'hub/evidence',
      EVIDENCE_STREAM: 'hub-evidence',
      EVIDENCE_BUCKET: 'hub-files',
    },
    secrets: {
      'hub/pos': JSON.stringify({ current: { secret: SECRET }, next: null, clientCertificates: [pinOf(own)] }),
      'hub/digests': DIGEST_SECRET,
      'hub/evidence': JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 9).toString('base64') } }),
    },
  })
  expect(stranger).not.toBe(own)
  const { database, tables } = around
  await dynamoFacts(database, tables).put(terms('2026-01'))
  await dynamoPaymentDecisions(database, tables).takeSelfPaid(
    endpointDigests(DIGEST_KEYS, 'pos').participant(contactOf(KPJ).nik),
    KPJ,
  )
  await dynamoContacts(database, tables).put(contactOf(KPJ))
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  handler = await around.load(() => import('../../../functions/answer-channel/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => {
  around.forget()
  around.broken.clear()
})

function call(operation: string, fields: object, pem: string | null = certificate, by = handler) {
  const body = JSON.stringify(fields)
  const id = `msg_${calls++}`
  const signature = new Webhook(SECRET).sign(id, new Date(NOW), body)
  const authentication = pem && { clientCert: { clientCertPem: pem, subjectDN: 'CN=h2h.pos.example,O=Pos,C=ID' } }
  const event = {
    version: '2.0',
    routeKey: 'ANY /channels/pos/{proxy+}',
    rawPath: `/channels/pos/v1/${operation}`,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(NOW / 1000),
      'webhook-signature': signature,
    },
    requestContext: {
      http: { method: 'POST', path: `/channels/pos/v1/${operation}`, sourceIp: '192.0.2.7' },
      requestId: 'JKJaXmPLvHcESHA=',
      ...(authentication && { authentication }),
    },
    pathParameters: { proxy: `v1/${operation}` },
    body,
    isBase64Encoded: false,
  }
  return by(event, { getRemainingTimeInMillis: () => 10_000 })
}

const payment = (transactionId: string, amount = 8_400) => ({
  transactionId,
  customerId: KPJ,
  months: 1,
  outlet: { id: 'T0001', terminalId: '01' },
  amount,
  adminFee: 2_500,
  total: amount + 2_500,
  transactedAt: '2026-11-20T10:00:00+07:00',
})

test('while a secret is not to be had, the answer says nothing about money: ask again', async () => {
  around.broken.add('hub/evidence')
  const { statusCode, headers, body } = await call('payment', payment('T1'))
  expect([statusCode, headers['content-type'], JSON.parse(body)]).toEqual([
    503,
    'application/json',
    { message: 'Service Unavailable' },
  ])
  expect(around.said()).toMatchObject([{ message: 'A request ended in a fault', kind: 'transient', level: 'WARN' }])
  expect(await dynamoPaymentDecisions(around.database, around.tables).get('pos', 'T1')).toBeUndefined()
})

test('a call without the channel’s own certificate is turned away before its signature is looked at', async () => {
  expect((await call('payment', payment('T1'), null)).statusCode).toBe(403)
  expect(around.counted('EndpointRefusals')).toBe(1)
})

test('a payment is evidence on the stream, then a decision, then a fact, and counted for its channel', async () => {
  const { statusCode, body } = await call('payment', payment('T1'))
  expect([statusCode, JSON.parse(body).responseCode]).toEqual([200, '00'])
  // Credentials of a role are good with its session only.
  expect(around.calls.map(({ operation, session }) => [operation, session])).toEqual([[PUT_RECORD, SESSION]])
  expect(JSON.parse(around.calls[0]?.body ?? '{}').DeliveryStreamName).toBe('hub-evidence')
  const { database, tables } = around
  expect(await dynamoPaymentDecisions(database, tables).get('pos', 'T1')).toMatchObject({
    account: KPJ,
    decidedAt: NOW,
  })
  expect(await dynamoFacts(database, tables).get(KPJ, factKey('payment', 'pos', ['T1']))).toMatchObject({
    amount: 8_400,
  })
  expect([around.counted('PaymentsAccepted'), around.counted('EvidenceKeptDirectly')]).toEqual([1, undefined])
  expect(around.counted('EndpointLatencyMillis')).toBeGreaterThan(0)
  expect(around.said()).toMatchObject([{ channel: 'pos', kind: 'payment', outcome: 'accepted', state: 'first' }])
})

test('a payment whose evidence the stream does not take is paid all the same; the request lies in the bucket, and once it is said why', async () => {
  around.broken.add(PUT_RECORD)
  // December, then January, when the discount has ended.
  for (const paid of [payment('T2'), payment('T3', 16_800)])
    expect(JSON.parse((await call('payment', paid)).body).responseCode).toBe('00')
  const { Contents = [] } = await around.files.send(
    new ListObjectsV2Command({ Bucket: around.bucket, Prefix: 'direct/pos/2026/11/20/' }),
  )
  expect(Contents).toHaveLength(2)
  expect(around.counted('EvidenceKeptDirectly')).toBe(2)
  const warned = around.said().filter(({ message }) => message === 'Evidence goes past its stream')
  expect(warned).toMatchObject([{ level: 'WARN', channel: 'pos', error: expect.anything() }])
})

test('a certificate key that an operator revokes is refused 20 seconds later, before its signature is looked at', async () => {
  const { database, tables } = around
  const subject = pinOf(certificate)?.publicKeySha256 ?? ''
  await dynamoEndpointLocks(database, tables).hold('pos', { by: 'key', subject, at: NOW, reason: 'stolen' })
  expect((await call('payment', payment('T1'))).statusCode).toBe(200)
  vi.setSystemTime(NOW + 20_000)
  // This call reads the locks beside its own work; the next one goes by them.
  await call('payment', payment('T1'))
  expect((await call('payment', payment('T1'))).statusCode).toBe(403)
  expect(around.said().at(-1)).toMatchObject({ cause: 'revoked', refusal: 'unknown-partner' })
})

test('a process whose locks are out of reach repeats what was answered, and takes nothing new, whoever asks', async () => {
  const name = process.env.ENDPOINT_LIMITS_TABLE
  process.env.ENDPOINT_LIMITS_TABLE = 'a-table-that-is-away'
  vi.resetModules()
  try {
    const { handler: other } = await import('../../../functions/answer-channel/handler.ts')
    const by = other as unknown as typeof handler
    const receipt = await call('payment', payment('T1'), certificate, by)
    expect([receipt.statusCode, JSON.parse(receipt.body)]).toEqual([
      200,
      expect.objectContaining({ responseCode: '00', transactionId: 'T1', kpj: KPJ }),
    ])
    const anew = await call('payment', payment('T9'), certificate, by)
    expect([anew.statusCode, JSON.parse(anew.body).responseCode]).toEqual([200, '96'])
    const { outlet, customerId } = payment('T1')
    const reversal = {
      transactionId: 'T1',
      customerId,
      outlet,
      reason: 'paper jam',
      transactedAt: '2026-11-20T10:00:00+07:00',
    }
    const answered = await call('reversal', reversal, certificate, by)
    expect([answered.statusCode, JSON.parse(answered.body).code]).toEqual([503, 'OUTCOME_UNKNOWN'])
  } finally {
    if (name !== undefined) process.env.ENDPOINT_LIMITS_TABLE = name
  }
  expect(await dynamoPaymentDecisions(around.database, around.tables).get('pos', 'T9')).toBeUndefined()
  expect(around.counted('FaultsBeforeDecision')).toBe(1)
  expect(around.counted('UnknownOutcomes')).toBe(1)
})

test('where no endpoint of a service is named, as on AWS, it starts all the same, also without a session', async () => {
  const names = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_FIREHOSE', 'AWS_ENDPOINT_URL_S3', 'AWS_SESSION_TOKEN']
  const before = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) delete process.env[name]
  vi.resetModules()
  try {
    const loaded = await import('../../../functions/answer-channel/handler.ts')
    expect(loaded.handler).toBeTypeOf('function')
  } finally {
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value
  }
})
