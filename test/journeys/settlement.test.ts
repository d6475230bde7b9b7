/**
 * A day is settled: paid at all five channels, compared with five files of which each has its own defect, paid by the bank,
 * and what does not agree is decided by two people. On the hub as deployed, met from outside.
 */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { camt053, type PartnerRow, settlementFiles } from '../support/settlement-files.ts'
import { type ChannelName, terminalOf } from '../support/terminals.ts'

const DAY = '2026-11-20'
const HEADER = 'kpj,nik,name,region_code,sector,funding,programs,income,phone,registered_on'
const MONTH = 8_400
const FEE = 1_500
const NOON = Date.parse(`${DAY}T12:00:00+07:00`)

let hub: HubOnTrial
beforeAll(async () => {
  hub = await hubOnTrial({ clock: `${DAY}T11:59:00+07:00` })
}, 180_000)
afterAll(() => hub?.stop())

/** One member per payment: everybody pays November. */
const kpjOf = (n: number) => String(20_000_000_000 + n)
const nikOf = (n: number) => `35780112038500${String(n).padStart(2, '0')}`
const member = (n: number) =>
  `${kpjOf(n)},${nikOf(n)},BUDI SANTOSO,35.78.01.1001,farming,self,JKK+JKM,1000000,081234567890,2026-01-05`

/** Who pays where. The last two of a channel meet its defect. */
const PAYERS: Readonly<Record<ChannelName, readonly number[]>> = {
  brilink: [1, 2],
  bni: [3, 4],
  alfamart: [5, 6],
  indomaret: [7, 8],
  pos: [9, 10],
}
const idOf = (channel: string, n: number) => `${channel.toUpperCase()}-TRX-${String(n).padStart(4, '0')}`

function row(channel: ChannelName, n: number, changed: Partial<PartnerRow> = {}): PartnerRow {
  const withFee = ['alfamart', 'indomaret', 'pos'].includes(channel)
  return {
    id: idOf(channel, n),
    customer: kpjOf(n),
    outlet: channel === 'alfamart' ? 'T001' : 'T01',
    at: NOON,
    amount: MONTH,
    adminFee: withFee ? 2_500 : 0,
    fee: FEE,
    status: 'S',
    ...changed,
  }
}

const put = (channel: ChannelName, rows: readonly PartnerRow[]) =>
  hub.api('operator', 'PUT', `/api/settlements/${channel}/${DAY}/file`, settlementFiles[channel]?.(DAY, rows) ?? '')
const statement = async (channel: ChannelName, date = DAY) =>
  (await hub.api('viewer', 'GET', `/api/settlements/${channel}/${date}`)).body
const amountOf = (statement: { bridge: readonly { label: string; amountRupiah: number }[] }, label: string) =>
  statement.bridge.find((each) => each.label === label)?.amountRupiah ?? 0
const netOf = async (channel: ChannelName) => amountOf(await statement(channel), 'file-net')
const differenceOf = async (channel: ChannelName, differenceClass: string) =>
  (await statement(channel)).differences.find((each: { class: string }) => each.class === differenceClass)

const SECTION_ONE = [
  'hub-payments',
  'hub-reversed',
  'pending',
  'settled-in-other-file',
  'missing-in-file',
  'carried-in',
  'missing-in-hub',
  'amount-difference',
  'duplicate-in-file',
  'duplicate-across-files',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'ambiguous',
  'reversed-earlier-line',
  'quarantined',
]

async function expectToFoot(channel: ChannelName, date = DAY): Promise<void> {
  const stated = await statement(channel, date)
  const sum = SECTION_ONE.reduce((total, label) => total + amountOf(stated, label), 0)
  expect([channel, sum, stated.unexplainedRupiah]).toEqual([channel, amountOf(stated, 'file-total'), 0])
}

async function decide(id: string, action: string, more: object = {}): Promise<void> {
  const reason = 'as agreed with the partner'
  const proposed = await hub.api('operator', 'POST', `/api/differences/${id}/proposal`, { action, reason, ...more })
  expect([action, proposed.status, proposed.text]).toEqual([action, 200, proposed.text])
  const own = await hub.api('operator', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
  expect(own.status).toBe(403)
  const approved = await hub.api('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
  expect([action, approved.status, approved.body.state]).toEqual([action, 200, 'approved'])
  await hub.untilQuiet()
  expect((await hub.api('viewer', 'GET', `/api/differences/${id}`)).body.state).toBe('resolved')
}

describe('a day of five channels', () => {
  test('is paid by ten members', async () => {
    const everybody = Array.from({ length: 12 }, (_, i) => member(i + 1))
    const imported = await hub.api('operator', 'POST', '/api/memberships/import', [HEADER, ...everybody].join('\n'))
    expect(imported.body.accepted).toBe(12)
    for (const [channel, payers] of Object.entries(PAYERS) as [ChannelName, readonly number[]][]) {
      const terminal = terminalOf(hub, channel)
      for (const n of payers) {
        const reply = await terminal.pay({ id: idOf(channel, n), customer: kpjOf(n), months: 1, amount: MONTH })
        expect([channel, reply.code]).toEqual([channel, terminal.codes.ok])
      }
    }
    await hub.untilQuiet()
  }, 120_000)

  test('in the morning five files come, each with another defect, and each statement foots', async () => {
    await hub.moveTo('2026-11-21T06:30:00+07:00')
    // A payment is left out; one comes that we never saw; an amount is wrong; a fee is wrong; a line stands twice.
    await put('brilink', [row('brilink', 1)])
    await put('bni', [row('bni', 3), row('bni', 4), row('bni', 11)])
    await put('alfamart', [row('alfamart', 5), row('alfamart', 6, { amount: 8_000 })])
    await put('indomaret', [row('indomaret', 7), row('indomaret', 8, { fee: 2_000 })])
    await put('pos', [row('pos', 9), row('pos', 10), row('pos', 10)])
    await hub.untilQuiet()
    for (const channel of Object.keys(PAYERS) as ChannelName[]) await expectToFoot(channel)
    expect(await differenceOf('brilink', 'missing-in-file')).toMatchObject({
      hubAmountRupiah: MONTH,
      paymentId: idOf('brilink', 2),
    })
    expect(await differenceOf('bni', 'missing-in-hub')).toMatchObject({
      fileAmountRupiah: MONTH,
      paymentId: idOf('bni', 11),
    })
    expect(await differenceOf('alfamart', 'amount-difference')).toMatchObject({
      hubAmountRupiah: MONTH,
      fileAmountRupiah: 8_000,
    })
    expect(await differenceOf('indomaret', 'fee-difference')).toMatchObject({ stakeRupiah: 500 })
    expect(await differenceOf('pos', 'duplicate-in-file')).toMatchObject({ stakeRupiah: MONTH })
    const matrix = await hub.api('viewer', 'GET', `/api/settlements?from=${DAY}&to=${DAY}`)
    expect(
      matrix.body.items.map((each: { file: string; openDifferences: number }) => [each.file, each.openDifferences]),
    ).toEqual(Array.from({ length: 5 }, () => ['received', 1]))
  }, 120_000)

  test('the same file again changes nothing', async () => {
    const before = await statement('pos')
    const again = await put('pos', [row('pos', 9), row('pos', 10), row('pos', 10)])
    expect(again).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    await hub.untilQuiet()
    expect((await statement('pos')).version).toBe(before.version)
  }, 60_000)

  test('the bank credits what the files say, and every day knows its credit', async () => {
    await hub.moveTo('2026-11-23T08:30:00+07:00')
    const rows = await Promise.all(
      (Object.keys(PAYERS) as ChannelName[]).map(async (channel, i) => ({
        reference: `BNK000000000000${i}`,
        bookedOn: '2026-11-23',
        valueOn: '2026-11-23',
        amount: await netOf(channel),
        remittance: `SETTLEMENT ${channel.toUpperCase()} 20261120`,
      })),
    )
    const day = { account: '0018877665501', statementId: 'STMT-1', date: '2026-11-23', opening: 0, rows }
    expect((await hub.api('operator', 'PUT', '/api/bank-statements/b.xml', camt053([day]))).status).toBe(200)
    await hub.untilQuiet()
    for (const channel of Object.keys(PAYERS) as ChannelName[]) {
      const stated = await statement(channel)
      expect([channel, amountOf(stated, 'bank-credit'), stated.verdict]).toEqual([
        channel,
        amountOf(stated, 'file-net'),
        'differences',
      ])
    }
  }, 60_000)
})

describe('what did not agree', () => {
  test('money that the channel had and we did not makes the member active, and its late advice gets its answer', async () => {
    await decide((await differenceOf('bni', 'missing-in-hub')).id, 'post')
    const active = await hub.api('viewer', 'GET', `/api/memberships/${kpjOf(11)}`)
    expect(active.body).toMatchObject({ status: 'active', paidThrough: '2026-11' })
    expect(active.body.view).toMatchObject({ status: 'active' })
    const terminal = terminalOf(hub, 'bni')
    const advice = await terminal.pay({ id: idOf('bni', 11), customer: kpjOf(11), months: 1, amount: MONTH })
    expect(advice.code).toBe(terminal.codes.ok)
    await hub.untilQuiet()
    const payments = await hub.api('viewer', 'GET', `/api/memberships/${kpjOf(11)}/payments`)
    expect(payments.body.items).toHaveLength(1)
    expect(await statement('bni')).toMatchObject({ verdict: 'reconciled', openDifferences: 0, unexplainedRupiah: 0 })
  }, 60_000)

  test('the others are reversed, charged, explained and given up, each by two people, and every day is reconciled', async () => {
    await decide((await differenceOf('brilink', 'missing-in-file')).id, 'reverse')
    expect((await hub.api('viewer', 'GET', `/api/memberships/${kpjOf(2)}`)).body.status).toBe('unpaid')
    await decide((await differenceOf('alfamart', 'amount-difference')).id, 'write-off')
    await decide((await differenceOf('indomaret', 'fee-difference')).id, 'charge-channel')
    await decide((await differenceOf('pos', 'duplicate-in-file')).id, 'accept')
    for (const channel of Object.keys(PAYERS) as ChannelName[]) {
      await expectToFoot(channel)
      const stated = await statement(channel)
      expect([channel, stated.verdict]).toEqual([channel, 'reconciled'])
    }
    expect(await statement('alfamart')).toMatchObject({ writtenOffRupiah: 400 })
    expect(await statement('indomaret')).toMatchObject({ chargedRupiah: 500 })
  }, 120_000)

  test('a corrected file shows its difference, is accepted by two people, and makes another version', async () => {
    const before = await statement('pos')
    const corrected = await put('pos', [row('pos', 9), row('pos', 10)])
    expect(corrected.body).toMatchObject({ outcome: 'proposed', version: 2, change: { amountRupiah: -MONTH } })
    await hub.untilQuiet()
    await decide((await differenceOf('pos', 'corrected-file')).id, 'accept')
    const after = await statement('pos')
    expect(after).toMatchObject({ file: { version: 2 }, fileRupiah: 2 * MONTH })
    expect(after.version).toBeGreaterThan(before.version)
    await expectToFoot('pos')
    const old = await hub.api('viewer', 'GET', `/api/settlements/pos/${DAY}?version=${before.version}`)
    expect(old.body.bridge).toEqual(before.bridge)
    // The bank paid for the first file: now that is too much, and a person must say what becomes of it.
    expect(after.verdict).toBe('differences')
    expect(await differenceOf('pos', 'bank-difference')).toMatchObject({ stakeRupiah: MONTH - FEE })
  }, 60_000)

  test('every resolution stands in the audit chain', () => {
    const printed = execFileSync(process.execPath, ['tools/verify-audit.ts'], {
      env: { ...process.env, HUB_DATA_DIR: hub.dataDir },
      encoding: 'utf8',
    })
    // The import of the members and the bank statement that one person handed over among them, and an anchor of the last one.
    expect(printed).toContain('audit chain whole: 14 entries')
    expect(printed).toMatch(/anchored: \d+ anchors, the last of entry 14/)
  }, 60_000)

  test('what the bank paid too much is taken by somebody, has its list attached, and is resolved in part', async () => {
    const { id } = await differenceOf('pos', 'bank-difference')
    const at = `/api/differences/${id}`
    const taken = await hub.api('operator', 'POST', `${at}/owner`, { action: 'take' })
    expect([taken.status, typeof taken.body.owner]).toEqual([200, 'string'])
    const list = 'payment;amount\nPOS-1;8400\n'
    const attached = await hub.api('operator', 'PUT', `${at}/attachments?name=list.csv`, list)
    expect(attached.body).toMatchObject({ name: 'list.csv', type: 'csv', bytes: list.length })
    const fetched = await hub.api('operator', 'GET', `${at}/attachments/${attached.body.sha256}`)
    expect([fetched.status, fetched.text, fetched.headers.get('content-type')]).toEqual([
      200,
      list,
      'application/octet-stream',
    ])
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff')
    const key = 'journey-1'
    const part = { action: 'charge-channel', reason: 'as agreed with the partner', amountRupiah: -900 }
    expect((await hub.api('operator', 'POST', `${at}/proposal`, part)).status).toBe(200)
    const approved = await hub.api('approver', 'POST', '/api/difference-approvals', {
      key,
      ids: [id],
      decision: 'approve',
    })
    expect(approved.body).toMatchObject({ accepted: 1, refused: 0 })
    await hub.untilQuiet()
    const shown = await hub.api('viewer', 'GET', at)
    expect(shown.body).toMatchObject({ openRupiah: FEE + 900 - MONTH, parts: [{ amountRupiah: -900 }] })
    expect(await statement('pos')).toMatchObject({ chargedRupiah: -900, openDifferences: 1 })
    const aged = await hub.api('viewer', 'GET', '/api/ageing/channel-charges')
    expect(aged.body.channels).toMatchObject([
      { channel: 'indomaret', totalRupiah: 500 },
      { channel: 'pos', totalRupiah: -900 },
    ])
    const charges = await hub.api('viewer', 'GET', '/api/channel-charges?channel=pos&age=0-7')
    expect(charges.body.items).toMatchObject([{ differenceId: id, amountRupiah: -900 }])
  }, 60_000)

  test('the next morning names the files that have not come', async () => {
    await hub.moveTo('2026-11-24T07:06:00+07:00')
    const matrix = await hub.api('viewer', 'GET', '/api/settlements?from=2026-11-23&to=2026-11-23')
    expect(new Set(matrix.body.items.map((each: { file: string }) => each.file))).toEqual(new Set(['missing']))
  }, 120_000)
})

describe('a harder day', () => {
  const HARD = '2026-11-25'
  const AT = Date.parse(`${HARD}T12:00:00+07:00`)
  const putOn = (channel: ChannelName, date: string, content: string) =>
    hub.api('operator', 'PUT', `/api/settlements/${channel}/${date}/file`, content)
  const fileOn = (channel: ChannelName, date: string, rows: readonly PartnerRow[]) =>
    settlementFiles[channel]?.(date, rows) ?? ''
  const classesOf = async (channel: ChannelName, date = HARD): Promise<readonly string[]> =>
    (await statement(channel, date)).differences.map((each: { class: string }) => each.class).sort()

  test('is paid, reversed in time and too late, and paid twice by one member', async () => {
    await hub.moveTo(`${HARD}T12:00:00+07:00`)
    const newcomers = Array.from({ length: 6 }, (_, i) => member(i + 13))
    await hub.api('operator', 'POST', '/api/memberships/import', [HEADER, ...newcomers].join('\n'))
    const pay = async (channel: ChannelName, n: number, id = idOf(channel, n)) =>
      expect((await terminalOf(hub, channel).pay({ id, customer: kpjOf(n), months: 1, amount: MONTH })).code).toBe(
        terminalOf(hub, channel).codes.ok,
      )
    await pay('pos', 13)
    await pay('alfamart', 14)
    await pay('indomaret', 15)
    await pay('bni', 16)
    await pay('brilink', 17, 'BRILINK-TRX-0017-A')
    await pay('brilink', 17, 'BRILINK-TRX-0017-B')
    const terminal = terminalOf(hub, 'pos')
    expect((await terminal.reverse?.({ id: idOf('pos', 13), customer: kpjOf(13) }))?.code).toBe('00')
    await hub.moveTo('2026-11-26T03:00:00+07:00')
    const late = await terminalOf(hub, 'indomaret').reverse?.({ id: idOf('indomaret', 15), customer: kpjOf(15) })
    expect(late?.code).toBe('95')
  }, 120_000)

  test('each file meets its own trouble, names it, and still foots to the rupiah', async () => {
    await hub.moveTo('2026-11-26T06:30:00+07:00')
    const at = { at: AT }
    await putOn('pos', HARD, fileOn('pos', HARD, [row('pos', 13, at)]))
    await putOn(
      'alfamart',
      HARD,
      fileOn('alfamart', HARD, [row('alfamart', 14, at), row('alfamart', 14, { ...at, status: 'R' })]),
    )
    await putOn('indomaret', HARD, fileOn('indomaret', HARD, [row('indomaret', 15, at)]))
    const [header, line, trailer, end] = fileOn('bni', HARD, [row('bni', 16, at)]).split('\n')
    await putOn('bni', HARD, [header, line?.replace('8400.00', '84O0.00'), trailer, end].join('\n'))
    await putOn('brilink', HARD, fileOn('brilink', HARD, [row('brilink', 17, { ...at, id: 'BRILINK-TRX-0017-' })]))
    await hub.untilQuiet()
    expect(await classesOf('pos')).toEqual(['reversed-here-settled-there'])
    expect(await classesOf('alfamart')).toEqual(['settled-here-reversed-there'])
    expect(await classesOf('indomaret')).toEqual(['late-reversal'])
    expect(await classesOf('bni')).toContain('quarantined')
    expect(new Set(await classesOf('brilink'))).toEqual(new Set(['ambiguous']))
    for (const channel of Object.keys(PAYERS) as ChannelName[]) await expectToFoot(channel, HARD)
    const quarantined = (await statement('bni', HARD)).files[0].quarantined
    expect(quarantined).toEqual([{ line: 2, code: 'BAD_AMOUNT', field: 'AMOUNT' }])
  }, 120_000)

  test('a line that comes again in the next day’s file is seen, although both files are right by themselves', async () => {
    await hub.moveTo('2026-11-26T12:00:00+07:00')
    const terminal = terminalOf(hub, 'indomaret')
    const paid = { id: idOf('indomaret', 18), customer: kpjOf(18), months: 1, amount: MONTH }
    expect((await terminal.pay(paid)).code).toBe(terminal.codes.ok)
    await hub.moveTo('2026-11-27T06:30:00+07:00')
    const noon = Date.parse('2026-11-26T12:00:00+07:00')
    const rows = [row('indomaret', 18, { at: noon }), row('indomaret', 15, { at: AT })]
    await putOn('indomaret', '2026-11-26', fileOn('indomaret', '2026-11-26', rows))
    await hub.untilQuiet()
    expect(await classesOf('indomaret', '2026-11-26')).toEqual(['duplicate-across-files'])
    await expectToFoot('indomaret', '2026-11-26')
  }, 60_000)

  test('a person says which payment an ambiguous line is, and grants the late reversal', async () => {
    const stated = await statement('brilink', HARD)
    const line = stated.differences.find((each: { lines: readonly number[] }) => each.lines.length > 0)
    await decide(line.id, 'match', { paymentId: 'BRILINK-TRX-0017-B' })
    const opened = await hub.api('viewer', 'GET', `/api/settlements/brilink/${HARD}/lines?label=file-total`)
    expect(opened.body.items).toMatchObject([
      { row: 'matched', paymentId: 'BRILINK-TRX-0017-B', how: 'resolution', line: 2 },
    ])
    const late = (await statement('indomaret', HARD)).differences.find(
      (each: { class: string }) => each.class === 'late-reversal',
    )
    await decide(late.id, 'reverse')
    expect((await hub.api('viewer', 'GET', `/api/memberships/${kpjOf(15)}`)).body.status).toBe('unpaid')
    for (const channel of Object.keys(PAYERS) as ChannelName[]) await expectToFoot(channel, HARD)
  }, 60_000)
})
