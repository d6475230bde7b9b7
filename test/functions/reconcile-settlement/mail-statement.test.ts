/** A final statement goes to finance by e-mail: once, recorded, tried again where it certainly did not go out. */
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { DIFFERENCES_AT_MOST, statementWorkbook } from '../../../functions/reconcile-settlement/statement-workbook.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { readRecipients } from '../../../shared/notices/recipients.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { counterOf } from '../../support/endpoint.ts'
import { KPJ } from '../../support/facts.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'

/** Paid, settled, and about to be credited. */
async function settledDay(): Promise<SettlementHub> {
  const hub = await settlementHub()
  expect((await counterOf(hub, 'indomaret').pay({ paymentId: 'P1' })).outcome).toBe('accepted')
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('P1', `${DAY}T10:00`)])
  return hub
}

const credit = (hub: SettlementHub) => hub.credit('C1', '2026-11-21', 6_900, 'INDOMARET 20261120')
const mailsOf = async (hub: SettlementHub) =>
  (await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}`)).body.mails
const ask = async (hub: SettlementHub) => {
  const { version = 0 } = (await hub.statement('indomaret', DAY)) ?? {}
  return reconcileSettlement(hub.ports, { task: 'mail', channel: 'indomaret', date: DAY as BusinessDate, version })
}
/** Every part of a workbook as text: a ZIP archive, read by its central directory. */
function textsIn(archive: Uint8Array): string {
  const zip = Buffer.from(archive)
  const texts: string[] = []
  for (let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16); isEntry(zip, at); ) {
    const [isDeflated, size] = [zip.readUInt16LE(at + 10) === 8, zip.readUInt32LE(at + 20)]
    const header = zip.readUInt32LE(at + 42)
    const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const content = zip.subarray(from, from + size)
    texts.push((isDeflated ? inflateRawSync(content) : content).toString('utf8'))
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return texts.join('\n')
}

function isEntry(zip: Buffer, at: number): boolean {
  return zip.toString('latin1', at, at + 4) === 'PK\x01\x02'
}

describe('a final statement', () => {
  test('is mailed when the day is reconciled, not before, and once', async () => {
    const hub = await settledDay()
    expect(hub.mails).toEqual([])
    await credit(hub)
    expect((await hub.statement('indomaret', DAY))?.verdict).toBe('reconciled')
    expect(hub.mails).toMatchObject([
      {
        to: ['keuangan@example.id'],
        subject: expect.stringContaining(`indomaret ${DAY}: reconciled`),
        attachment: {
          name: expect.stringMatching(/^statement-indomaret-2026-11-20-\d{4}\.xlsx$/),
          // What a mail program opens with a spreadsheet.
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        },
      },
    ])
    hub.setClock('2026-11-22T00:40')
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    expect(hub.mails).toHaveLength(1)
    expect(await mailsOf(hub)).toMatchObject([{ state: 'sent', recipients: 1, code: null }])
  })

  test('carries its figures and nothing of a person', async () => {
    const hub = await settledDay()
    await credit(hub)
    const [mail] = hub.mails
    const text = textsIn(mail?.attachment.bytes ?? new Uint8Array())
    for (const figure of ['reconciled', 'hub-payments', '8400', 'C1']) expect(text).toContain(figure)
    for (const person of [KPJ, 'Budi', 'BUDI', '3201']) expect(`${text}${mail?.text}`).not.toContain(person)
  })

  test('goes to nobody where nobody is named', async () => {
    const hub = await settledDay()
    Object.assign(hub.ports, { recipientsOf: () => [] })
    await credit(hub)
    expect([hub.mails, await mailsOf(hub)]).toEqual([[], []])
  })

  test('goes to the people of its channel', async () => {
    const hub = await settledDay()
    const text = '*=all@example.id;indomaret=a@example.id, b@example.id;pos=nobody'
    Object.assign(hub.ports, { recipientsOf: readRecipients(text, ['indomaret', 'pos']) })
    await credit(hub)
    expect(hub.mails).toMatchObject([{ to: ['a@example.id', 'b@example.id'] }])
    expect(await mailsOf(hub)).toMatchObject([{ recipients: 2 }])
  })
})

test.each([
  ['2026-11-21T09:00', ['a@example.id']],
  ['2026-11-30T23:59', ['a@example.id']],
  ['2026-12-01T00:00', ['b@example.id', 'c@example.id']],
])('a statement that is mailed at %s goes to those who are named then, whatever day it is of', async (when, to) => {
  const hub = await settledDay()
  const text = '*=all@example.id;indomaret=a@example.id|2026-12-01 b@example.id,c@example.id'
  Object.assign(hub.ports, { recipientsOf: readRecipients(text, ['indomaret']) })
  hub.setClock(when)
  await credit(hub)
  expect(hub.mails).toMatchObject([{ to }])
  expect(await mailsOf(hub)).toMatchObject([{ state: 'sent', recipients: to.length }])
})

describe('a mail that does not go out', () => {
  test('because the service is busy waits, and goes out later', async () => {
    const hub = await settledDay()
    hub.delivery.current = () => ({ outcome: 'later', code: 'ThrottlingException' })
    await expect(credit(hub)).rejects.toMatchObject({ code: 'MAIL_LATER' })
    expect(await mailsOf(hub)).toMatchObject([{ state: 'waiting', code: 'ThrottlingException' }])
    hub.delivery.current = () => ({ outcome: 'sent', messageId: 'M2' })
    expect(await ask(hub)).toMatchObject({ outcome: 'sent' })
    expect(await ask(hub)).toMatchObject({ outcome: 'before' })
    expect(await mailsOf(hub)).toMatchObject([{ state: 'sent' }])
  })

  test.each(['refused', 'unknown'] as const)(
    'because it was %s is never sent again, and is counted',
    async (outcome) => {
      const hub = await settledDay()
      hub.delivery.current = () => ({ outcome, code: 'MESSAGE_REJECTED' })
      await credit(hub)
      expect(await ask(hub)).toMatchObject({ outcome: 'before' })
      expect(hub.mails).toHaveLength(1)
      expect(hub.counted).toContain('StatementMailsFailed  1')
      expect(await mailsOf(hub)).toMatchObject([{ state: outcome, code: 'MESSAGE_REJECTED' }])
    },
  )

  test('because we are set up wrongly waits for whoever mends it', async () => {
    const hub = await settledDay()
    hub.delivery.current = () => {
      throw new Defect('PROVIDER_REFUSED', 'expected the service to take it')
    }
    await expect(credit(hub)).rejects.toThrow('expected the service to take it')
    expect(await mailsOf(hub)).toMatchObject([{ state: 'waiting', code: 'NOT_SENT' }])
    hub.delivery.current = () => ({ outcome: 'sent', messageId: 'M2' })
    expect(await ask(hub)).toMatchObject({ outcome: 'sent' })
  })

  test('because the function was killed is unknown after a while: a person looks', async () => {
    const hub = await settledDay()
    hub.delivery.current = () => ({ outcome: 'later', code: 'X' })
    await expect(credit(hub)).rejects.toMatchObject({ code: 'MAIL_LATER' })
    const [waiting] = await hub.settlements.mails('indomaret', DAY as BusinessDate)
    if (!waiting) throw new Error('expected a record')
    await hub.settlements.putMail({ ...waiting, state: 'reserved' }, waiting)
    expect(await ask(hub)).toMatchObject({ outcome: 'before' })
    hub.setClock('2026-11-21T08:00')
    expect(await ask(hub)).toMatchObject({ outcome: 'unknown' })
    expect(hub.counted).toContain('StatementMailsFailed  1')
  })
})

test('a day of more differences than a sheet may hold names the first ones and says how many are left', async () => {
  const hub = await settledDay()
  await credit(hub)
  const statement = await hub.statement('indomaret', DAY)
  await hub.settle('indomaret', '2026-11-19', [partnerRow('X1', '2026-11-19T10:00')])
  const [one] = await hub.cases('indomaret', '2026-11-19')
  if (!statement || !one) throw new Error('expected a statement and a case')
  const many = Array.from({ length: DIFFERENCES_AT_MOST + 7 }, () => one)
  const bytes = await statementWorkbook(statement, many)
  expect(textsIn(bytes)).toContain('and 7 more')
  expect(bytes.length).toBeLessThan(1_000_000)
})
