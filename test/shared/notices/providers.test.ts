/**
 * The three services as they answer over the wire: what each answer means, and that each notice is tried exactly once. The
 * question is always the same: can it have gone out?
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { emailGroupMailer, emailMailer, emailNotifier } from '../../../shared/notices/email.ts'
import { mimeMessage } from '../../../shared/notices/email-message.ts'
import type { Notifier } from '../../../shared/notices/notifier.ts'
import { renderNotice } from '../../../shared/notices/render.ts'
import { smsNotifier } from '../../../shared/notices/sms.ts'
import { whatsAppNotifier } from '../../../shared/notices/whatsapp.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { date } from '../../support/facts.ts'

const NIK = '3578011203850001'
const NUMBER_ARN =
  'arn:aws:social-messaging:ap-southeast-1:111122223333:phone-number-id/aaaabbbbccccddddeeeeffff00001111'
const NOTICE = renderNotice(
  {
    stage: 'due',
    month: month('2026-11'),
    funding: 'self',
    paidThrough: month('2026-10'),
    owed: { first: month('2026-11'), last: month('2026-11'), amount: rupiah(8_400) },
    dueOn: date('2026-11-16'),
    lapsesOn: date('2027-02-01'),
  },
  NIK,
  'id',
)

type Answer = { readonly status: number; readonly error?: string; readonly body?: object } | 'hang-up' | 'silence'
type Heard = { readonly url: string; readonly scope: string; readonly body: Record<string, unknown> }

let server: Server
let answer: Answer
let heard: Heard[] = []
const saved = { ...process.env }

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    heard.push({
      url: incoming.url ?? '',
      scope: /\/([^/]+\/[^/]+)\/aws4_request/.exec(incoming.headers.authorization ?? '')?.[1] ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
    })
    if (answer === 'silence') return
    if (answer === 'hang-up') return void outgoing.destroy()
    const { status, error, body } = answer
    outgoing.writeHead(status, { 'content-type': 'application/json', ...(error ? { 'x-amzn-errortype': error } : {}) })
    outgoing.end(JSON.stringify({ ...(error ? { __type: error, message: 'no' } : {}), ...body }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  pointTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

beforeEach(() => {
  heard = []
})

afterAll(async () => {
  process.env = saved
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function pointTo(endpoint: string): void {
  Object.assign(process.env, {
    AWS_REGION: 'ap-southeast-3',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: endpoint,
    AWS_ENDPOINT_URL_SOCIALMESSAGING: endpoint,
    AWS_ENDPOINT_URL_SESV2: endpoint,
  })
}

const makers = {
  sms: () => smsNotifier({ senderId: 'BPJSTK' }),
  whatsapp: () => whatsAppNotifier({ phoneNumberArn: NUMBER_ARN }),
  email: () => emailNotifier({ from: 'iuran@hub.example' }),
} as const satisfies Record<string, () => Notifier>
const CHANNELS = ['sms', 'whatsapp', 'email'] as const
const ADDRESS = { sms: '+6281234567890', whatsapp: '+6281234567890', email: 'siti@example.id' } as const

const send = (channel: (typeof CHANNELS)[number]) => makers[channel]().send(ADDRESS[channel], NOTICE)

describe('what is handed over', () => {
  test('an SMS: number, sender, text, and a time after which it must not ring any more', async () => {
    answer = { status: 200, body: { MessageId: 'm-1' } }
    expect(await send('sms')).toEqual({ outcome: 'sent', messageId: 'm-1' })
    expect(heard[0]?.scope).toBe('ap-southeast-3/sms-voice')
    expect(heard[0]?.body).toEqual({
      DestinationPhoneNumber: '+6281234567890',
      OriginationIdentity: 'BPJSTK',
      MessageBody: NOTICE.sms,
      MessageType: 'TRANSACTIONAL',
      TimeToLive: 10_800,
    })
  })

  test('a WhatsApp template with its parameters, in the region of the linked number', async () => {
    answer = { status: 200, body: { messageId: 'm-2' } }
    expect(await send('whatsapp')).toEqual({ outcome: 'sent', messageId: 'm-2' })
    expect(heard[0]).toMatchObject({
      url: '/v1/whatsapp/send',
      scope: 'ap-southeast-1/social-messaging',
      body: { originationPhoneNumberId: NUMBER_ARN, metaApiVersion: 'v20.0', message: expect.any(String) },
    })
    expect(Object.keys(heard[0]?.body ?? {})).toHaveLength(3)
    expect(JSON.parse(Buffer.from(String(heard[0]?.body.message), 'base64').toString('utf8'))).toEqual({
      messaging_product: 'whatsapp',
      to: '+6281234567890',
      type: 'template',
      template: {
        name: 'iuran_due',
        language: { code: 'id' },
        components: [{ type: 'body', parameters: NOTICE.whatsapp.parameters.map((text) => ({ type: 'text', text })) }],
      },
    })
  })

  test('an e-mail: from the verified address, subject and plain text', async () => {
    answer = { status: 200, body: { MessageId: 'm-3' } }
    expect(await send('email')).toEqual({ outcome: 'sent', messageId: 'm-3' })
    expect(heard[0]).toMatchObject({ url: '/v2/email/outbound-emails', scope: 'ap-southeast-3/ses' })
    const { subject, text } = NOTICE.email
    expect(heard[0]?.body).toEqual({
      FromEmailAddress: 'iuran@hub.example',
      Destination: { ToAddresses: ['siti@example.id'] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: 'UTF-8' },
          Body: { Text: { Data: text, Charset: 'UTF-8' } },
        },
      },
    })
  })

  test('an e-mail to the people of a sponsor: one message for all of them', async () => {
    answer = { status: 200, body: { MessageId: 'm-4' } }
    const to = ['siti@example.id', 'budi@example.id']
    const mail = { subject: 'Program jambi.2027', text: 'Iuran' }
    expect(await emailGroupMailer({ from: 'iuran@hub.example' }).send(to, mail)).toEqual({
      outcome: 'sent',
      messageId: 'm-4',
    })
    expect(heard[0]?.body).toEqual({
      FromEmailAddress: 'iuran@hub.example',
      Destination: { ToAddresses: to },
      Content: {
        Simple: {
          Subject: { Data: mail.subject, Charset: 'UTF-8' },
          Body: { Text: { Data: mail.text, Charset: 'UTF-8' } },
        },
      },
    })
  })

  test('a mail with an attachment: as it goes over the wire, to all of its recipients', async () => {
    answer = { status: 200, body: {} }
    const to = ['keuangan@example.id', 'audit@example.id']
    const attachment = { name: 'statement.xlsx', type: 'application/x-test', bytes: Buffer.from([1, 2, 3]) }
    const mail = { to, subject: 'indomaret 2026-11-20', text: 'Rp1.500', attachment }
    // A service that names no message took it all the same.
    expect(await emailMailer({ from: 'iuran@hub.example' }).send(mail)).toEqual({ outcome: 'sent', messageId: '' })
    expect(heard[0]?.body).toEqual({
      FromEmailAddress: 'iuran@hub.example',
      Destination: { ToAddresses: to },
      Content: { Raw: { Data: Buffer.from(mimeMessage({ from: 'iuran@hub.example', ...mail })).toString('base64') } },
    })
  })
})

describe('what an answer means', () => {
  test.each([
    ['sms', 400, 'ThrottlingException', {}, { outcome: 'later', code: 'ThrottlingException' }],
    ['whatsapp', 429, 'ThrottledRequestException', {}, { outcome: 'later', code: 'ThrottledRequestException' }],
    ['email', 429, 'TooManyRequestsException', {}, { outcome: 'later', code: 'TooManyRequestsException' }],
    [
      'sms',
      402,
      'ServiceQuotaExceededException',
      { Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT' },
      { outcome: 'later', code: 'ServiceQuotaExceededException' },
    ],
    ['email', 400, 'SendingPausedException', {}, { outcome: 'later', code: 'SendingPausedException' }],
    [
      'sms',
      409,
      'ConflictException',
      { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
      { outcome: 'refused', code: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
    ],
    [
      'sms',
      400,
      'ValidationException',
      { Reason: 'FIELD_VALIDATION_FAILED', Fields: [{ Name: 'DestinationPhoneNumber', Message: 'bad' }] },
      { outcome: 'refused', code: 'INVALID_NUMBER' },
    ],
    ['whatsapp', 400, 'InvalidParametersException', {}, { outcome: 'refused', code: 'INVALID_PARAMETERS' }],
    ['email', 400, 'MessageRejected', {}, { outcome: 'refused', code: 'MESSAGE_REJECTED' }],
    ['email', 400, 'BadRequestException', {}, { outcome: 'refused', code: 'INVALID_ADDRESS' }],
    ['sms', 500, 'InternalServerException', {}, { outcome: 'unknown', code: 'InternalServerException' }],
    ['whatsapp', 500, 'InternalServiceException', {}, { outcome: 'unknown', code: 'InternalServiceException' }],
    ['email', 503, 'ServiceUnavailable', {}, { outcome: 'unknown', code: 'ServiceUnavailable' }],
    ['email', 429, 'LimitExceededException', {}, { outcome: 'later', code: 'LimitExceededException' }],
    ['email', 429, 'SomethingNew', {}, { outcome: 'later', code: 'SomethingNew' }],
    ['whatsapp', 400, 'LimitExceededException', {}, { outcome: 'later', code: 'LimitExceededException' }],
    ['sms', 400, 'RequestExpired', {}, { outcome: 'later', code: 'RequestExpired' }],
    ['sms', 403, 'InvalidSignatureException', {}, { outcome: 'later', code: 'InvalidSignatureException' }],
    [
      'sms',
      409,
      'ConflictException',
      { Reason: 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED' },
      { outcome: 'refused', code: 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED' },
    ],
    [
      'sms',
      409,
      'ConflictException',
      { Reason: 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE' },
      { outcome: 'refused', code: 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE' },
    ],
  ] as const)('%s, %i %s', async (channel, status, error, body, delivery) => {
    answer = { status, error, body }
    expect(await send(channel)).toEqual(delivery)
    expect(heard).toHaveLength(1)
  })

  test.each([
    ['sms', 400, 'AccessDeniedException', {}],
    ['sms', 404, 'ResourceNotFoundException', {}],
    ['sms', 400, 'ValidationException', { Reason: 'SENDER_ID_NOT_REGISTERED' }],
    ['sms', 409, 'ConflictException', { Reason: 'NO_ORIGINATION_IDENTITIES_FOUND' }],
    ['sms', 400, 'ValidationException', { Reason: 'FIELD_VALIDATION_FAILED', Fields: [{ Name: 'MessageBody' }] }],
    ['sms', 400, 'ConflictException', { Reason: 'X', Fields: [{ Name: 'DestinationPhoneNumber' }] }],
    ['email', 499, 'SomethingNew', {}],
    ['whatsapp', 403, 'AccessDeniedByMetaException', {}],
    ['whatsapp', 400, 'ValidationException', {}],
    ['email', 400, 'MailFromDomainNotVerifiedException', {}],
    ['email', 404, 'NotFoundException', {}],
  ] as const)('%s, %i %s: our own set-up, a defect that nobody was told of', async (channel, status, error, body) => {
    answer = { status, error, body }
    const sent = send(channel)
    await expect(sent).rejects.toThrow(Defect)
    await expect(sent).rejects.toMatchObject({ code: 'PROVIDER_REFUSED', message: expect.stringContaining(error) })
    expect(heard).toHaveLength(1)
  })

  test.each(CHANNELS)(
    '%s, connection lost after the message was handed over: nobody knows, and no second try',
    async (channel) => {
      answer = 'hang-up'
      expect(await send(channel)).toMatchObject({ outcome: 'unknown' })
      expect(heard).toHaveLength(1)
    },
  )

  test.each(CHANNELS)('%s, no connection at all: nothing was handed over', async (channel) => {
    const before = process.env.AWS_ENDPOINT_URL_SESV2 as string
    pointTo('http://127.0.0.1:1')
    expect(await send(channel)).toEqual({ outcome: 'later', code: 'NOT_CONNECTED' })
    pointTo(before)
  })

  test('no answer within five seconds: nobody knows', async () => {
    answer = 'silence'
    expect(await send('sms')).toEqual({ outcome: 'unknown', code: 'TimeoutError' })
    expect(heard).toHaveLength(1)
  }, 15_000)
})
