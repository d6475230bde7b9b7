/** The notice log: answers as the services do, keeps what would have gone out, and refuses the addresses that are there for it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hubClock } from '../../../local/clock.ts'
import { type NoticeLog, startNoticeLog } from '../../../local/emulators/notices/notice-log.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { emailNotifier } from '../../../shared/notices/email.ts'
import { renderNotice } from '../../../shared/notices/render.ts'
import { smsNotifier } from '../../../shared/notices/sms.ts'
import { whatsAppNotifier } from '../../../shared/notices/whatsapp.ts'
import { date } from '../../support/facts.ts'

let folder: string
let log: NoticeLog
const saved = { ...process.env }
const clock = hubClock()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'notice-log-'))
  log = await startNoticeLog(folder, clock.memory)
  Object.assign(process.env, {
    AWS_REGION: 'ap-southeast-3',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: log.endpoint,
    AWS_ENDPOINT_URL_SOCIALMESSAGING: log.endpoint,
    AWS_ENDPOINT_URL_SESV2: log.endpoint,
  })
})

afterAll(async () => {
  process.env = saved
  await log.stop()
  await rm(folder, { recursive: true, force: true })
})

const notice = renderNotice(
  {
    stage: 'due',
    month: month('2026-11'),
    funding: 'self',
    paidThrough: month('2026-10'),
    owed: { first: month('2026-11'), last: month('2026-11'), amount: rupiah(8_400) },
    dueOn: date('2026-11-16'),
    lapsesOn: null,
  },
  '3578011203850001',
  'id',
)
const notifiers = () => ({
  sms: smsNotifier({ senderId: 'BPJSTK' }),
  whatsapp: whatsAppNotifier({
    phoneNumberArn: 'arn:aws:social-messaging:ap-southeast-1:000000000000:phone-number-id/0',
  }),
  email: emailNotifier({ from: 'iuran@hub.example' }),
})

test('each channel’s message is one line with the hub’s time, the address and the text', async () => {
  const { sms, whatsapp, email } = notifiers()
  const sent = [
    await sms.send('+6281234567890', notice),
    await whatsapp.send('+6281234567890', notice),
    await email.send('siti@example.id', notice),
  ]
  const lines = (await readFile(path.join(folder, 'notices.jsonl'), 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: expect.any(String), messageId: expect.any(String), channel: 'sms', to: '+6281234567890', text: notice.sms },
    {
      at: expect.any(String),
      messageId: expect.any(String),
      channel: 'whatsapp',
      to: '+6281234567890',
      template: 'iuran_due',
      text: notice.whatsapp.parameters.join(' | '),
    },
    {
      at: expect.any(String),
      messageId: expect.any(String),
      channel: 'email',
      to: 'siti@example.id',
      subject: notice.email.subject,
      text: notice.email.text,
    },
  ])
  const ids = lines.map((line) => JSON.parse(line).messageId)
  expect(sent).toEqual(ids.map((messageId) => ({ outcome: 'sent', messageId })))
})

test.each([
  ['sms', '+6281234599990', 'DESTINATION_PHONE_NUMBER_OPTED_OUT'],
  ['sms', '+6281234599991', 'DESTINATION_PHONE_NUMBER_OPTED_OUT'],
  ['sms', '12', 'INVALID_NUMBER'],
  ['whatsapp', '+6281234599991', 'INVALID_PARAMETERS'],
  ['email', 'bounce@example.id', 'MESSAGE_REJECTED'],
] as const)('%s to %s is refused, and no line is written', async (channel, address, code) => {
  const before = await readFile(path.join(folder, 'notices.jsonl'), 'utf8')
  expect(await notifiers()[channel].send(address, notice)).toEqual({ outcome: 'refused', code })
  expect(await readFile(path.join(folder, 'notices.jsonl'), 'utf8')).toBe(before)
})
