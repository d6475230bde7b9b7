/**
 * The services that carry notices, on a laptop: an HTTP server that answers SMS, WhatsApp and e-mail as AWS does and writes what
 * would have gone out to `.hub/notices.jsonl`, one line each. Nothing leaves the machine.
 *
 * Refusals are tried out by the address: a phone number that ends in 99990 takes no SMS, one in 99991 neither SMS nor WhatsApp,
 * and an address `bounce@…` takes no e-mail. Throttles, errors and lost answers are the proxy's (../../aws-proxy/notice-calls.ts).
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { hubClock } from '../../clock.ts'

export type NoticeLog = { readonly endpoint: string; readonly stop: () => Promise<void> }

/** A line of the file. */
export type LoggedNotice = {
  readonly at: string
  readonly channel: 'sms' | 'whatsapp' | 'email'
  readonly to: string
  readonly messageId: string
  readonly subject?: string
  readonly template?: string
  readonly text: string
  /** Of an e-mail: names and sizes. */
  readonly attachments?: readonly { readonly name: string; readonly bytes: number }[]
}

type Accepted = { readonly notice: Omit<LoggedNotice, 'at' | 'messageId'>; readonly idName: 'MessageId' | 'messageId' }
type Refused = { readonly status: number; readonly error: string; readonly more?: Readonly<Record<string, unknown>> }

export async function startNoticeLog(dataDir: string, clock: SharedArrayBuffer): Promise<NoticeLog> {
  mkdirSync(dataDir, { recursive: true })
  const file = await open(path.join(dataDir, 'notices.jsonl'), 'a', 0o600)
  const { now } = hubClock(clock)
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => reply(outgoing, 500, { message: 'the notice log failed' }, 'InternalError'))
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const taken = read(incoming, await bodyOf(incoming))
    if ('error' in taken) return reply(outgoing, taken.status, { message: 'refused', ...taken.more }, taken.error)
    const messageId = randomUUID()
    const line: LoggedNotice = { at: new Date(now()).toISOString(), messageId, ...taken.notice }
    // On disk before the answer: a notice that was sent is not forgotten by a kill.
    await file.write(`${JSON.stringify(line)}\n`)
    await file.datasync()
    reply(outgoing, 200, { [taken.idName]: messageId })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await file.close()
    },
  }
}

function read({ url = '', headers }: IncomingMessage, body: Readonly<Record<string, unknown>>): Accepted | Refused {
  if (headers['x-amz-target'] === 'PinpointSMSVoiceV2.SendTextMessage') return readSms(body)
  if (url.startsWith('/v1/whatsapp/send')) return readWhatsApp(body)
  if (url.startsWith('/v2/email/outbound-emails')) return readEmail(body)
  return { status: 404, error: 'UnknownOperationException' }
}

function readSms(body: Readonly<Record<string, unknown>>): Accepted | Refused {
  const [to, text] = [String(body.DestinationPhoneNumber), String(body.MessageBody)]
  if (!/^\+\d{8,15}$/.test(to)) {
    const Fields = [{ Name: 'DestinationPhoneNumber', Message: 'not a phone number' }]
    return { status: 400, error: 'ValidationException', more: { Reason: 'FIELD_VALIDATION_FAILED', Fields } }
  }
  if (/9999[01]$/.test(to)) {
    return { status: 400, error: 'ConflictException', more: { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' } }
  }
  return { notice: { channel: 'sms', to, text }, idName: 'MessageId' }
}

function readWhatsApp(body: Readonly<Record<string, unknown>>): Accepted | Refused {
  const message = JSON.parse(Buffer.from(String(body.message), 'base64').toString('utf8'))
  if (String(message.to).endsWith('99991')) return { status: 400, error: 'InvalidParametersException' }
  const { name, components } = message.template
  const parameters: readonly { readonly text: string }[] = components[0].parameters
  const text = parameters.map((each) => each.text).join(' | ')
  return { notice: { channel: 'whatsapp', to: message.to, template: name, text }, idName: 'messageId' }
}

function readEmail(body: Readonly<Record<string, unknown>>): Accepted | Refused {
  const { Destination, Content } = body as {
    readonly Destination: { readonly ToAddresses: readonly string[] }
    readonly Content: {
      readonly Simple?: { readonly Subject: Data; readonly Body: { readonly Text: Data } }
      readonly Raw?: Data
    }
  }
  const to = Destination.ToAddresses.join(', ')
  if (to.startsWith('bounce@')) return { status: 400, error: 'MessageRejected' }
  if (Content.Raw) return { notice: { channel: 'email', to, ...readRaw(Content.Raw.Data) }, idName: 'MessageId' }
  if (!Content.Simple) return { status: 400, error: 'BadRequestException' }
  const { Subject, Body } = Content.Simple
  return { notice: { channel: 'email', to, subject: Subject.Data, text: Body.Text.Data }, idName: 'MessageId' }
}

/** A message as the hub writes it (shared/notices/email-message.ts): one text, then attachments, in base64. */
function readRaw(data: string): Pick<LoggedNotice, 'subject' | 'text' | 'attachments'> {
  const message = Buffer.from(data, 'base64').toString('ascii')
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? ''
  const [head = '', textPart = '', ...more] = message.split(`--${boundary}`)
  const subject = (/^Subject: (.*(?:\r\n .*)*)/m.exec(head)?.[1] ?? '')
    .replaceAll(/\r\n /g, '')
    .replaceAll(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
  const bodyOfPart = (part: string) => Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64')
  const attachments = more.flatMap((part) => {
    const name = /filename="([^"]+)"/.exec(part)?.[1]
    return name === undefined ? [] : [{ name, bytes: bodyOfPart(part).length }]
  })
  return { subject, text: bodyOfPart(textPart).toString('utf8'), attachments }
}

type Data = { readonly Data: string }

async function bodyOf(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** The error's name by body and by header: one of these services reads the one, two the other. */
function reply(outgoing: ServerResponse, status: number, body: object, error?: string): void {
  const text = JSON.stringify(error === undefined ? body : { __type: error, ...body })
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(error === undefined ? {} : { 'x-amzn-errortype': error }),
  })
  outgoing.end(text)
}
