/** Around one request: what is counted, what is logged, what is kept; a partner's protocol is stood in for. */
import { describe, expect, test } from 'vitest'
import { answerRequest, refuseUnknownCertificate } from '../../../functions/answer-channel/answer-request.ts'
import type { Limits } from '../../../functions/answer-channel/limits.ts'
import { makeClientCertificate } from '../../../local/sandbox/certificate.ts'
import type {
  Answer,
  EndpointRequest,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../../shared/channel-port/channel.ts'
import { ENDPOINT_LIMITS } from '../../../shared/domain/endpoint-limits.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { pinOf, prepareCertificatePins } from '../../../shared/protocols/client-certificate.ts'
import { Throttled, Transient } from '../../../shared/runtime/faults.ts'
import type { LogFields } from '../../../shared/runtime/log.ts'
import { counterOf, failing, type Hub, hubOn, hubWithMember, NIK } from '../../support/endpoint.ts'
import { at } from '../../support/facts.ts'

const NOW = at('2026-11-20T10:00')
const REQUEST: EndpointRequest = {
  method: 'POST',
  operation: '/v1/payment',
  rawQuery: '',
  headers: {},
  body: new TextEncoder().encode(NIK),
  sourceIp: '127.0.0.1',
}

function reads(reading: Message | Extract<Reading, { kind: 'response' }>): PreparedEndpoint {
  if (reading.kind === 'response') return { read: () => reading }
  const write = (answer: Answer) => ({ status: 200, headers: {}, body: answer.outcome })
  return { read: () => ({ kind: 'message', message: reading, write }) }
}

function listen() {
  const counted: string[] = []
  const lines: { readonly message: string; readonly fields: LogFields | undefined; readonly id: string }[] = []
  const heard = { id: '' }
  const line = (message: string, fields?: LogFields) => void lines.push({ message, fields, id: heard.id })
  const log = { debug: line, info: line, warn: line, error: line, withCorrelation: () => log }
  const metrics = {
    count: (name: string, dimensions?: { readonly outcome?: string }) =>
      void counted.push(dimensions?.outcome ? `${name} ${dimensions.outcome}` : name),
    millis: () => {},
    flush: () => {},
  }
  const logScope = {
    log: () => log,
    correlate: (id: string) => {
      heard.id = id
      return log
    },
  }
  return { counted, lines, incoming: { request: REQUEST, metrics, logScope } }
}

async function hear(hub: Hub, reading: Parameters<typeof reads>[0], limits?: Limits) {
  const counter = counterOf(hub, 'indomaret')
  await counter.limits.refresh().usable
  const { onFault: _onFault, onHealed: _onHealed, ...all } = counter.endpoint
  const parts = { ...all, ...(limits ? { limits } : {}) }
  const heard = listen()
  const response = await answerRequest(reads(reading), parts, heard.incoming)
  return { response, ...heard }
}

describe('whose certificate came', () => {
  const name = { commonName: 'h2h.indomaret.example', organization: 'Indomaret' }
  const issued = Promise.all([makeClientCertificate(name, NOW), makeClientCertificate(name, NOW)])
  test.each([
    ['the channel’s own', 0, undefined],
    ['another one with the same subject and the same issuer’s name', 1, 403],
    ['a text that is no certificate', 'CN=h2h.indomaret.example', 403],
    ['none', null, 403],
  ])('%s', async (_, which, status) => {
    const certificates = await issued
    const secret = JSON.stringify({ clientCertificates: [pinOf(certificates[0])] })
    const pem = typeof which === 'number' ? (certificates[which] as string) : which
    const certificate = pem === null ? null : { pem, subject: 'C=ID,O=Indomaret,CN=h2h.indomaret.example' }
    const { incoming, counted, lines } = listen()
    const check = prepareCertificatePins('indomaret', secret)
    expect(
      refuseUnknownCertificate({ channel: 'indomaret', check, isRevoked: () => false, certificate }, incoming)?.status,
    ).toBe(status)
    expect(counted).toEqual(status === undefined ? [] : ['EndpointRefusals unknown-partner'])
    const cause = pem === null ? 'no-certificate' : pem.startsWith('CN') ? 'not-readable' : 'not-pinned'
    const fields = { channel: 'indomaret', refusal: 'unknown-partner', cause }
    expect(lines).toMatchObject(status === undefined ? [] : [{ fields }])
    if (cause === 'not-pinned' && status) expect(lines[0]?.fields?.hash).toBe(pinOf(certificates[1])?.publicKeySha256)
  })

  test('is refused once its key is revoked, and the other pin goes on', async () => {
    const pems = await issued
    const pins = pems.map((pem) => pinOf(pem))
    const check = prepareCertificatePins('indomaret', JSON.stringify({ clientCertificates: pins }))
    const isRevoked = (key: string) => key === pins[0]?.publicKeySha256
    const { incoming, lines } = listen()
    const answers = pems.map((pem) => {
      const certificate = { pem, subject: '' }
      return refuseUnknownCertificate({ channel: 'indomaret', check, isRevoked, certificate }, incoming)?.status
    })
    expect(answers).toEqual([403, undefined])
    expect(lines).toMatchObject([{ fields: { cause: 'revoked', hash: pins[0]?.publicKeySha256 } }])
  })
})

describe('what is counted', () => {
  test('a payment: accepted, then repeated, then as a conflict and nothing else', async () => {
    const hub = await hubWithMember()
    const { payment } = counterOf(hub, 'indomaret')
    expect((await hear(hub, payment())).counted).toEqual(['PaymentsAccepted'])
    expect((await hear(hub, payment())).counted).toEqual(['PaymentsRepeated'])
    expect((await hear(hub, payment({ amount: rupiah(1) }))).counted).toEqual(['PaymentConflicts'])
  })
  test.each([
    ['2026-12-20T10:00:00', ['PaymentsRepeated'], []],
    ['2026-12-20T10:00:01', ['PaymentIdsReused', 'PaymentsRepeated'], ['A payment id of long ago came again']],
    ['2036-11-20T10:00:00', ['PaymentIdsReused', 'PaymentsRepeated'], ['A payment id of long ago came again']],
  ])('the same payment again at %s, thirty days after it was accepted: %s', async (when, counted, warned) => {
    const hub = await hubWithMember()
    const { payment } = counterOf(hub, 'indomaret')
    const first = await hear(hub, payment())
    hub.clock.now = at(when)
    const again = await hear(hub, payment())
    expect([...again.counted].sort()).toEqual(counted)
    expect(again.response).toEqual(first.response)
    const reply = again.lines.map(({ message }) => message).filter((message) => message.startsWith('A payment id'))
    expect(reply).toEqual(warned)
  })
  test('an old id whose payment was refused, reversed, or is other now took no money twice', async () => {
    const hub = await hubWithMember()
    const { payment, reversal } = counterOf(hub, 'indomaret')
    await hear(hub, payment({ paymentId: 'R', amount: rupiah(1) }))
    await hear(hub, payment({ paymentId: 'B' }))
    await hear(hub, reversal({ paymentId: 'B' }))
    await hear(hub, payment())
    hub.clock.now = at('2027-11-20T10:00')
    expect((await hear(hub, payment({ paymentId: 'R', amount: rupiah(1) }))).counted).toEqual(['PaymentsRepeated'])
    expect((await hear(hub, payment({ paymentId: 'B' }))).counted).toEqual(['PaymentsWereReversed'])
    expect((await hear(hub, payment({ amount: rupiah(1) }))).counted).toEqual(['PaymentConflicts'])
    const status = { kind: 'status', paymentId: 'T1', customerId: payment().customerId } as const
    expect((await hear(hub, status)).counted).toEqual(['StatusesAnswered accepted'])
  })
  test('a refusal by its code', async () => {
    const { payment } = counterOf(hubOn(), 'indomaret')
    expect((await hear(hubOn(), payment())).counted).toEqual(['PaymentsRefused unknown-customer'])
  })
  test('a reversal once; then its payment as reversed', async () => {
    const hub = await hubWithMember()
    const { payment, reversal } = counterOf(hub, 'indomaret')
    expect((await hear(hub, reversal({ paymentId: 'T9' }))).counted).toEqual(['ReversalsRefused unknown-original'])
    await hear(hub, payment())
    expect((await hear(hub, reversal())).counted).toEqual(['ReversalsAccepted'])
    expect((await hear(hub, reversal())).counted).toEqual([])
    expect((await hear(hub, payment())).counted).toEqual(['PaymentsWereReversed'])
  })
  test('a late reversal as one case for finance, however often it is asked', async () => {
    const hub = await hubWithMember()
    const { payment, reversal } = counterOf(hub, 'indomaret')
    await hear(hub, payment())
    hub.clock.now = at('2026-11-22T10:00')
    expect((await hear(hub, reversal())).counted).toEqual(['LateReversals', 'ReversalsRefused too-late'])
    expect((await hear(hub, reversal())).counted).toEqual(['ReversalsRefused too-late'])
  })
  test('a fault, a throttle and an unknown outcome, apart', async () => {
    const hub = await hubWithMember()
    const { payment } = counterOf(hub, 'indomaret')
    failing(hub, { store: 'facts' }, new Throttled('too often'))
    expect((await hear(hub, payment())).counted).toEqual(['Throttled'])
    failing(hub, { store: 'facts' }, new Transient('X', 'no answer'))
    expect((await hear(hub, payment())).counted).toEqual(['FaultsBeforeDecision'])
    failing(hub, { store: 'facts', method: 'put' }, new Transient('X', 'no answer'))
    expect((await hear(hub, payment())).counted).toEqual(['UnknownOutcomes'])
  })
  test('a fact that a crash left out, when a status heals it', async () => {
    const hub = await hubWithMember()
    const { payment } = counterOf(hub, 'indomaret')
    failing(hub, { store: 'facts', method: 'put' }, new Error('gone'), 1)
    await hear(hub, payment())
    const status = { kind: 'status', paymentId: 'T1', customerId: payment().customerId } as const
    expect((await hear(hub, status)).counted).toEqual(['FactsHealed', 'StatusesAnswered accepted'])
  })
})

describe('what is logged', () => {
  test('kind, outcome and hub reference, the same on every message about one payment; no NIK anywhere', async () => {
    const hub = await hubWithMember()
    const { payment, reversal, inquiry } = counterOf(hub, 'indomaret')
    const customerId = NIK
    const messages = [
      inquiry({ customerId }),
      payment({ customerId }),
      payment({ customerId }),
      reversal({ customerId }),
    ]
    const lines = []
    for (const message of messages) lines.push(...(await hear(hub, message)).lines)
    expect(lines.map(({ fields }) => fields?.outcome)).toEqual(['quoted', 'accepted', 'accepted', 'reversed'])
    expect(new Set(lines.map(({ id }) => id)).size).toBe(1)
    expect(lines[0]?.id).toMatch(/^CH/)
    expect(JSON.stringify(lines)).not.toContain(NIK)
  })
})

describe('a request that the protocol answers by itself', () => {
  const response = { status: 401, headers: {}, body: 'no' }
  const turned = { kind: 'response', response, refusal: 'bad-signature', authentic: false } as const
  test('a refusal is counted, and leaves no trace but that', async () => {
    const hub = hubOn()
    const heard = await hear(hub, turned)
    expect(heard.response).toBe(response)
    expect(heard.counted).toEqual(['EndpointRefusals bad-signature', 'SignaturesRefused'])
    expect(heard.lines).toMatchObject([{ fields: { channel: 'indomaret', refusal: 'bad-signature', status: 401 } }])
    expect(hub.store.everything()).toEqual({ decisions: [], facts: [], views: [], bills: [], evidence: [] })
  })
  test('a signed message that cannot be read is kept and alarmed, and still answered', async () => {
    const hub = hubOn()
    const heard = await hear(hub, { ...turned, refusal: 'not-readable', authentic: true })
    expect(heard.response).toBe(response)
    expect(heard.counted).toEqual(['EndpointRefusals not-readable', 'UnreadableAuthentic'])
    expect(heard.lines).toMatchObject([{ fields: { channel: 'indomaret', refusal: 'not-readable' } }])
    expect(hub.store.everything().evidence).toMatchObject([{ channel: 'indomaret', body: REQUEST.body }])
  })
  test('of signed messages that cannot be read, a day keeps so many and no more; each is answered', async () => {
    const hub = hubOn()
    const { limits } = counterOf(hub, 'indomaret')
    const { most } = ENDPOINT_LIMITS[0]?.value['unreadable-messages'] ?? { most: 0 }
    for (let i = 0; i < most; i++) await limits.count('unreadable-messages', '')
    const heard = await hear(hub, { ...turned, refusal: 'not-readable', authentic: true }, limits)
    expect(heard.response).toBe(response)
    expect(heard.counted).toEqual(['EndpointRefusals not-readable'])
    expect(hub.store.everything().evidence).toEqual([])
    expect(hub.heard.locked).toEqual(['unreadable-messages'])
  })
  test('wrong PINs under right signatures lock their store, and wrong signatures lock nobody', async () => {
    const hub = await hubWithMember()
    const { limits, inquire } = counterOf(hub, 'indomaret')
    const refused = { ...turned, refusal: 'unknown-partner' } as const
    for (let i = 0; i < 120; i++) await hear(hub, { ...turned, refusal: 'bad-signature' }, limits)
    for (let i = 0; i < 99; i++) await hear(hub, { ...refused, wrongPinAt: 'T001' }, limits)
    expect(await inquire({ outlet: 'T001' })).toMatchObject({ outcome: 'quoted' })
    await hear(hub, { ...refused, wrongPinAt: 'T001' }, limits)
    expect(hub.heard.locked).toEqual(['wrong-pins'])
    expect(await inquire({ outlet: 'T001' })).toEqual({ outcome: 'too-many' })
    expect(await inquire({ outlet: 'T002' })).toMatchObject({ outcome: 'quoted' })
  })
  test('an access token is no refusal', async () => {
    expect((await hear(hubOn(), { ...turned, refusal: null, authentic: true })).counted).toEqual([])
  })
})

test('a fault is told with its cause and the kind of message, and a throttle is counted apart', async () => {
  const hub = await hubWithMember()
  const { payment } = counterOf(hub, 'indomaret')
  const thrown = new Throttled('expected the store to take a call')
  failing(hub, { store: 'facts' }, thrown)
  const { counted, lines } = await hear(hub, payment())
  expect(counted).toContain('Throttled')
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'A message met a fault',
      fields: { channel: 'indomaret', kind: 'payment', error: thrown },
    }),
  )
})
