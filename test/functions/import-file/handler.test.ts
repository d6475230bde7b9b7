/** The wiring of queue `import`: a file dropped into the real bucket becomes a version in the real table, and a message without files nothing. */
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { dynamoSettlements } from '../../../shared/store/settlements/dynamodb.ts'
import { at, date } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { camt053, settlementFiles } from '../../support/settlement-files.ts'

const DAY = '2026-11-20'
const empty = (settlementFiles.pos as (typeof settlementFiles)[string])(DAY, [])
const statement = camt053([{ account: '0018877665501', statementId: 'S', date: DAY, opening: 0, rows: [] }])

let around: Surroundings
let handler: QueueHandling

beforeAll(async () => {
  around = await functionSurroundings({ service: 'import-file', variables: { FILE_KEYS_SECRET: 'hub/file-keys' } })
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-11-21T07:00') })
  handler = await around.load(() => import('../../../functions/import-file/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

async function drop(key: string, body: string) {
  const put = new PutObjectCommand({ Bucket: around.bucket, Key: `drop/${key}`, Body: body })
  const { VersionId: versionId } = await around.files.send(put)
  return { s3: { object: { key: `drop/${key}`, versionId } } }
}

test('every file that a message names is taken in, and told with its day', async () => {
  const Records = [await drop('pos/POS_20261120.csv', empty), await drop('bank/20261121.xml', statement)]
  expect(await handler(eventOf({ Records }))).toEqual({ batchItemFailures: [] })
  const settlements = dynamoSettlements(around.database, around.tables)
  expect(await settlements.fileVersions('pos', date(DAY))).toMatchObject([
    { version: 1, state: 'accepted', receivedAt: at('2026-11-21T07:00') },
  ])
  expect(await settlements.bankFiles()).toHaveLength(1)
  expect(around.counted('FilesTaken')).toBe(2)
  expect(around.said()).toMatchObject([
    { message: 'A settlement file was taken in', channel: 'pos', day: DAY, service: 'import-file' },
    { message: 'A bank statement was taken in' },
  ])
})

test('what cannot be used raises the alarm of finance, and the message is done', async () => {
  const Records = [await drop('holiday.jpg', 'x')]
  expect(await handler(eventOf({ Records }))).toEqual({ batchItemFailures: [] })
  expect(around.counted('FilesRefused')).toBe(1)
  expect(around.said()).toMatchObject([{ level: 'ERROR', code: 'UNKNOWN_NAME' }])
})

test('S3’s own test names no file; what nobody can read is put aside for queue import', async () => {
  expect(await handler(eventOf({ Event: 's3:TestEvent' }))).toEqual({ batchItemFailures: [] })
  expect([around.said(), around.sent()]).toEqual([[], []])
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'import' }])
})
