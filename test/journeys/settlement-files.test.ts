/**
 * Partners drop their files, finance puts one in by hand, the bank's statement comes: the hub as deployed takes each in once,
 * says at once or in its log what it cannot use, and never writes a line of a file into a log.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial, logLinesOf } from '../support/hub.ts'
import { camt053, mt940, type PartnerRow, settlementFileNames, settlementFiles } from '../support/settlement-files.ts'

const DATE = '2026-11-20'
const NIK = '3578011203850001'
let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-21T06:30:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

function fileOf(channel: string, amount = 16_800): string {
  const row: PartnerRow = {
    id: `${channel}-0001`,
    customer: NIK,
    outlet: 'T001',
    at: Date.UTC(2026, 10, 20, 5),
    amount,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
  }
  return (settlementFiles[channel] as (typeof settlementFiles)[string])(DATE, [row])
}
const nameOf = (channel: string) => settlementFileNames[channel]?.(DATE) as string
const drop = (name: string, content: string) => writeFileSync(path.join(hub.dataDir, 'drop', name), content)
const put = (channel: string, content: string) =>
  hub.api('operator', 'PUT', `/api/settlements/${channel}/${DATE}/file`, content)

test('five channels drop their files overnight; in the morning the very same bytes are known', async () => {
  const names = Object.keys(settlementFiles)
  for (const channel of names) drop(nameOf(channel), fileOf(channel))
  await hub.untilQuiet()
  for (const channel of names) {
    const answer = await put(channel, fileOf(channel))
    expect([channel, answer.status, answer.body]).toMatchObject([
      channel,
      200,
      { outcome: 'unchanged', version: 1, state: 'accepted', lines: 1, amountRupiah: 16_800, netRupiah: 15_300 },
    ])
  }
}, 120_000)

test('a corrected file is proposed, a torn one is held, one under another channel’s name is seen through', async () => {
  expect((await put('bni', fileOf('bni', 8_400))).body).toMatchObject({
    outcome: 'proposed',
    version: 2,
    change: { against: 1, changed: 1, amountRupiah: -8_400 },
  })
  const torn = fileOf('pos').split('\n').slice(0, 2).join('\n')
  expect(await put('pos', torn)).toMatchObject({ status: 422, body: { code: 'TRUNCATED', version: 2 } })
  expect(await put('alfamart', fileOf('pos'))).toMatchObject({ status: 422, body: { code: 'WRONG_CHANNEL' } })
}, 60_000)

test('bytes that are no text arrive and are kept exactly as they were sent', async () => {
  const latin1 = Buffer.from(fileOf('indomaret').replace('T001', 'TÜ01'), 'latin1')
  const utf16 = Buffer.from(fileOf('indomaret'), 'utf16le')
  for (const contentType of ['application/octet-stream', 'text/csv', 'application/xml', 'application/json']) {
    for (const target of ['/api/settlements/indomaret/2026-11-19/file', '/api/bank-statements/torn.sta']) {
      for (const bytes of [latin1, utf16]) {
        const headers = { authorization: `Bearer ${hub.sandbox('operators').operator}`, 'content-type': contentType }
        const answer = await fetch(`${hub.url}${target}`, { method: 'PUT', headers, body: bytes })
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        expect([contentType, await answer.json()]).toMatchObject([
          contentType,
          { status: 422, code: 'WRONG_ENCODING', sha256 },
        ])
      }
    }
  }
}, 60_000)

test('the bank’s statement is dropped as XML, and its movements are known when it comes again as MT940', async () => {
  const day = {
    account: '0018877665501',
    statementId: 'STMT-1',
    date: '2026-11-21',
    opening: 0,
    rows: [
      {
        reference: 'BNK0000000000001',
        bookedOn: '2026-11-21',
        valueOn: '2026-11-21',
        amount: 15_300,
        remittance: 'INDOMARET 20261120',
      },
    ],
  }
  const first = await hub.api('operator', 'PUT', '/api/bank-statements/b.xml', camt053([day]))
  expect(first).toMatchObject({ status: 200, body: { outcome: 'accepted', added: 1 } })
  const second = await hub.api('operator', 'PUT', '/api/bank-statements/b.sta', mt940([day]))
  expect(second).toMatchObject({ status: 200, body: { outcome: 'accepted', added: 0 } })
  const foreign = await hub.api('operator', 'PUT', '/api/bank-statements/x.sta', mt940([{ ...day, account: '1' }]))
  expect(foreign).toMatchObject({ status: 422, body: { code: 'WRONG_ACCOUNT' } })
}, 60_000)

test('a statement that was wrong is withdrawn by two people, and the right one of the same reference is taken', async () => {
  const paid = (amount: number, statementId: string) =>
    camt053([
      {
        account: '0018877665501',
        statementId,
        date: '2026-11-21',
        opening: 15_300,
        rows: [
          {
            reference: 'BNK0000000000002',
            bookedOn: '2026-11-21',
            valueOn: '2026-11-21',
            amount,
            remittance: 'SETORAN TUNAI',
          },
        ],
      },
    ])
  const put = (content: string) => hub.api('operator', 'PUT', '/api/bank-statements/c.xml', content)
  const unidentified = async () => (await hub.api('viewer', 'GET', '/api/bank-movements/unidentified')).body.items
  const wrong = await put(paid(7_000, 'STMT-2'))
  expect(wrong).toMatchObject({ status: 200, body: { outcome: 'accepted', added: 1 } })
  await hub.untilQuiet()
  expect(await unidentified()).toMatchObject([{ id: 'BNK0000000000002', unidentifiedRupiah: 7_000 }])
  expect(await put(paid(9_000, 'STMT-3'))).toMatchObject({ status: 422, body: { code: 'CREDIT_CHANGED' } })
  const path = `/api/bank-statements/${wrong.body.sha256}/withdrawal`
  expect(await hub.api('operator', 'POST', path, { reason: 'the draft of the bank' })).toMatchObject({ status: 200 })
  expect(await hub.api('approver', 'POST', `${path}/approval`, { decision: 'approve' })).toMatchObject({
    status: 200,
    body: { state: 'approved' },
  })
  await hub.untilQuiet()
  expect(await unidentified()).toEqual([])
  expect(await put(paid(9_000, 'STMT-3'))).toMatchObject({ status: 200, body: { outcome: 'accepted', added: 1 } })
  await hub.untilQuiet()
  expect(await unidentified()).toMatchObject([{ id: 'BNK0000000000002', unidentifiedRupiah: 9_000 }])
}, 60_000)

test('what cannot be used is told with its code, and nobody’s number stands in any log', async () => {
  drop('holiday.csv', fileOf('pos'))
  await hub.untilQuiet()
  const lines = logLinesOf(hub.dataDir)
  expect(lines.filter((line) => line.includes('UNKNOWN_NAME'))).not.toEqual([])
  expect(lines.filter((line) => line.includes(NIK))).toEqual([])
}, 60_000)
