/** The wiring of queue `settlement`: files and tables that are real, tasks to itself, mail to finance, and the books of a day. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import { takeIn } from '../../../shared/intake/take-in-settlement-file.ts'
import { recipientsText } from '../../../shared/notices/recipients.ts'
import { s3Files } from '../../../shared/store/files/files.ts'
import { dynamoJournal } from '../../../shared/store/journal/dynamodb.ts'
import { dynamoSettlements } from '../../../shared/store/settlements/dynamodb.ts'
import { at, date } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { settlementFileNames, settlementFiles } from '../../support/settlement-files.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'

const DAY = date('2026-11-20')
const recipientsFor = (list: string) =>
  recipientsText(
    list,
    settlementChannels.map(({ profile }) => [profile.name, '']),
  )
const RECIPIENTS = ['keuangan@hub.example', 'direktur@hub.example']

let around: Surroundings
let handler: QueueHandling
let settlements: ReturnType<typeof dynamoSettlements>

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'reconcile-settlement',
    variables: {
      DIGEST_SECRET: 'hub/digests',
      EMAIL_FROM: 'hub@hub.example',
      STATEMENT_RECIPIENTS: recipientsFor(RECIPIENTS.join(' , ')),
    },
    secrets: { 'hub/digests': DIGEST_SECRET },
  })
  settlements = dynamoSettlements(around.database, around.tables)
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-11-21T07:00') })
  handler = await around.load(() => import('../../../functions/reconcile-settlement/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

const sent = () => around.sent().map(({ queue, body }) => [queue, JSON.parse(body)])

test('a new file of a day without payments: its statement is written, told, and asked to be mailed', async () => {
  const ports = {
    files: s3Files(around.files, around.bucket, around.sealing),
    settlements,
    channels: settlementChannels,
    now: () => at('2026-11-21T07:00'),
  }
  const bytes = Buffer.from(settlementFiles.pos?.(DAY, []) ?? '')
  const name = settlementFileNames.pos?.(DAY) ?? ''
  await takeIn(ports, { name, by: null, from: { kind: 'handed-over', bytes } })
  expect(await handler(eventOf({ part: `files#pos#${DAY}`, entry: 'file#0001' }))).toEqual({ batchItemFailures: [] })
  expect(await settlements.statement('pos', DAY)).toMatchObject({ version: 1, verdict: 'reconciled' })
  expect(around.counted('StatementsWritten')).toBe(1)
  expect(around.said()).toMatchObject([
    { message: 'A day was read', channel: 'pos' },
    { message: 'A settlement task was done', task: 'entry', channel: 'pos', day: DAY, state: 'reconciled', version: 1 },
  ])
  expect(sent()).toContainEqual(['SETTLEMENT', { task: 'mail', channel: 'pos', date: DAY, version: 1 }])
})

test('the statement is mailed to everybody of finance, from our address', async () => {
  expect(await handler(eventOf({ task: 'mail', channel: 'pos', date: DAY, version: 1 }))).toEqual({
    batchItemFailures: [],
  })
  const { Destination, FromEmailAddress } = JSON.parse(around.calls[0]?.body ?? '{}')
  expect([Destination, FromEmailAddress]).toEqual([{ ToAddresses: RECIPIENTS }, 'hub@hub.example'])
  expect(around.said()).toMatchObject([{ message: 'A settlement task was done', task: 'mail', outcome: 'sent' }])
})

test('the journal is asked for, counted in four parts and closed, each a message', async () => {
  await handler(eventOf({ task: 'journal', date: DAY }))
  const parts = sent().map(([, body]) => body)
  expect(parts.map(({ task, part, parts: of }) => [task, part, of])).toEqual(
    [0, 1, 2, 3].map((part) => ['journal-part', part, 4]),
  )
  expect(around.said()).toMatchObject([
    { message: 'A task of the journal was done', task: 'journal', outcome: 'begun' },
  ])
  for (const part of parts) expect(await handler(eventOf(part))).toEqual({ batchItemFailures: [] })
  expect(await dynamoJournal(around.database, around.tables).lastClosed()).toMatchObject({ day: '2026-11-14' })
  expect(around.said().at(-1)).toMatchObject({ task: 'journal-part', outcome: 'closed' })
})

test('a night asks for the journal up to yesterday and for the days that may have changed', async () => {
  expect(await handler(eventOf({ task: 'nightly' }))).toEqual({ batchItemFailures: [] })
  expect(sent()).toContainEqual(['SETTLEMENT', { task: 'journal', date: DAY }])
  expect(sent()).toContainEqual(['SETTLEMENT', expect.objectContaining({ task: 'day', channel: 'pos', date: DAY })])
})

test('what nobody can read is put aside for queue settlement', async () => {
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'settlement' }])
})

test.each(['a@b.example', recipientsFor('a@b.example, b'), recipientsFor('a b@c.example')])(
  'a recipient who cannot be written to keeps the function from starting: %s',
  async (recipients) => {
    const before = process.env.STATEMENT_RECIPIENTS
    process.env.STATEMENT_RECIPIENTS = recipients
    vi.resetModules()
    try {
      await expect(import('../../../functions/reconcile-settlement/handler.ts')).rejects.toThrow(RangeError)
    } finally {
      process.env.STATEMENT_RECIPIENTS = before
    }
  },
)
