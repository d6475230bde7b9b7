/** The wiring of queue `notice`: what the tables say is due is handed to the provider, once, and counted with its cost. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NoticeOutcome } from '../../../functions/send-notice/ports.ts'
import { reportNotice } from '../../../functions/send-notice/report-notice.ts'
import { month } from '../../../shared/domain/month.ts'
import type { NoticeDue } from '../../../shared/domain/notice-stage.ts'
import { dynamoContacts } from '../../../shared/store/contacts/dynamodb.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoNotices } from '../../../shared/store/notices/dynamodb.ts'
import { at, date, KPJ, pay, terms } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { contactOf, viewOf } from '../../support/stored.ts'

let around: Surroundings
let handler: QueueHandling

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'send-notice',
    variables: {
      SMS_SENDER_ID: 'BPJSTK',
      WHATSAPP_PHONE_NUMBER_ARN: 'arn:aws:social-messaging:ap-southeast-1:1:phone-number-id/1',
      EMAIL_FROM: 'hub@hub.example',
    },
  })
  const { database, tables } = around
  for (const fact of [terms('2026-01'), pay('OCT', '2026-10-10T10:00', ['2026-10'])])
    await dynamoFacts(database, tables).put(fact)
  await dynamoMemberships(database, tables).put(
    viewOf(KPJ, { paidThrough: month('2026-10'), nextTransition: { on: date('2026-12-01'), to: 'grace' } }),
  )
  await dynamoContacts(database, tables).put({ ...contactOf(KPJ), phone: '+6281234567890' })
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-11-16T08:05') })
  handler = await around.load(() => import('../../../functions/send-notice/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

test('a member with a notice due is written to under our sender’s name, once, and that is kept', async () => {
  expect(await handler(eventOf({ kpj: KPJ }, { kpj: KPJ }))).toEqual({ batchItemFailures: [] })
  expect(around.calls).toHaveLength(1)
  expect(JSON.parse(around.calls[0]?.body ?? '{}')).toMatchObject({
    DestinationPhoneNumber: '+6281234567890',
    OriginationIdentity: 'BPJSTK',
  })
  expect(await dynamoNotices(around.database, around.tables).ofMember(KPJ)).toMatchObject([
    {
      stage: 'due',
      month: '2026-11',
      state: 'sent',
      channel: 'sms',
      attempt: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ])
  expect(around.counted('NoticesSent')).toBe(1)
  expect(around.counted('NoticeCostRupiah')).toBeGreaterThan(0)
  around.forget()
  await handler(eventOf({ kpj: KPJ }))
  expect([around.calls, around.counted('NoticesLeft')]).toEqual([[], 1])
})

test('what nobody can read is put aside for queue notice', async () => {
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'notice' }])
})

describe('what a look at a member leaves behind', () => {
  const due: NoticeDue = { stage: 'due', month: month('2026-11') }
  const NOW = at('2026-11-16T08:05')
  function reported(noticed: NoticeOutcome) {
    const counted: unknown[] = []
    const logged: unknown[] = []
    const log = (level: string) => (_message: string, fields?: object) => void logged.push({ level, ...fields })
    const metrics = { count: (...each: readonly unknown[]) => void counted.push(each) }
    reportNotice({ metrics, log: { info: log('info'), warn: log('warn') } }, KPJ, noticed, NOW)
    return { counted, logged }
  }
  const fields = { account: KPJ, stage: 'due', month: '2026-11' }

  test('a notice that went out is counted by its way and stage, with what it cost', () => {
    const { counted, logged } = reported({ outcome: 'sent', due, channel: 'whatsapp' })
    expect(counted).toEqual([
      ['NoticesSent', { channel: 'whatsapp', stage: 'due' }],
      ['NoticeCostRupiah', { channel: 'whatsapp' }, expect.any(Number)],
    ])
    expect(logged).toEqual([{ level: 'info', ...fields, outcome: 'sent', channel: 'whatsapp' }])
  })

  test.each<[NoticeOutcome, unknown[], string]>([
    [{ outcome: 'unknown', due, channel: 'sms' }, ['NoticesUnknown'], 'warn'],
    [{ outcome: 'unknown', due, channel: null }, ['NoticesUnknown'], 'warn'],
    [{ outcome: 'failed', due }, ['NoticesFailed'], 'warn'],
    [{ outcome: 'opted-out', due }, ['NoticesUnsendable', { outcome: 'opted-out' }], 'info'],
    [{ outcome: 'no-way-to-reach', due }, ['NoticesUnsendable', { outcome: 'no-way-to-reach' }], 'info'],
    [{ outcome: 'not-daytime', due }, ['NoticesLeft', { outcome: 'not-daytime' }], 'info'],
    [{ outcome: 'already', due }, ['NoticesLeft', { outcome: 'already' }], 'info'],
    [{ outcome: 'notified-today', due }, ['NoticesLeft', { outcome: 'notified-today' }], 'info'],
    [{ outcome: 'obsolete', due }, ['NoticesLeft', { outcome: 'obsolete' }], 'info'],
    [{ outcome: 'not-a-membership' }, ['NoticesLeft', { outcome: 'not-a-membership' }], 'info'],
    [{ outcome: 'nothing-due' }, ['NoticesLeft', { outcome: 'nothing-due' }], 'info'],
  ])('%j', (noticed, count, level) => {
    const { counted, logged } = reported(noticed)
    expect(counted).toEqual([count])
    const known = 'due' in noticed ? { stage: 'due', month: '2026-11' } : {}
    const by = 'channel' in noticed && noticed.channel ? { channel: noticed.channel } : {}
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatchObject({ level, account: KPJ, outcome: noticed.outcome, ...known, ...by })
  })
})
