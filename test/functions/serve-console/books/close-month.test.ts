/** Closing a month: what is open is accepted by code and carried, and later truth about a closed month stands in the open one. */
import { describe, expect, test } from 'vitest'
import { reconcileSettlement } from '../../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { takeInStatement } from '../../../../shared/intake/take-in-statement.ts'
import { serveChecked } from '../../../support/checked-console.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { share } from '../../../support/facts.ts'
import { camt053 } from '../../../support/settlement-files.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const PATH = '/api/periods/2026-11'
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`
const get = async (hub: SettlementHub, path: string) => (await hub.call('viewer', 'GET', path)).body

async function night(hub: SettlementHub, day: string): Promise<void> {
  hub.setClock(`${addDays(day as BusinessDate, 1)}T00:40`)
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  await hub.drain()
  await hub.closeJournal(day)
}

async function statement(hub: SettlementHub, id: string, day: string, opening: number, amount: number, text: string) {
  const row = { reference: `R${id}`, bookedOn: day, valueOn: day, amount, remittance: text }
  const file = camt053([{ account: '0018877665501', statementId: id, date: day, opening, rows: amount ? [row] : [] }])
  const ports = { files: hub.files, settlements: hub.settlements, now: () => hub.clock.now }
  await takeInStatement(ports, { from: { kind: 'handed-over', bytes: Buffer.from(file) }, name: `${id}.xml`, by: null })
  await hub.drain()
}

/** One payment on the 28th, settled and paid; one on the 30th whose file and credit come in December. */
async function november() {
  const hub = await settlementHub()
  const indomaret = counterOf(hub, 'indomaret')
  hub.setClock('2026-11-28T10:00')
  await indomaret.pay({ paymentId: 'T1' })
  await night(hub, '2026-11-28')
  await hub.settle('indomaret', '2026-11-28', [partnerRow('T1', '2026-11-28T10:00')])
  await night(hub, '2026-11-29')
  hub.setClock('2026-11-30T09:00')
  await indomaret.pay({ paymentId: 'T2' })
  await statement(hub, 'S1', '2026-11-30', 0, 6_900, 'INDOMARET 20261128')
  await night(hub, '2026-11-30')
  hub.setClock('2026-12-01T09:00')
  await hub.settle('indomaret', '2026-11-30', [partnerRow('T2', '2026-11-30T09:00')])
  await statement(hub, 'S2', '2026-12-01', 6_900, 6_900, 'INDOMARET 20261130')
  await night(hub, '2026-12-01')
  hub.setClock('2026-12-02T10:00')
  return hub
}

const openOf = async (hub: SettlementHub) => (await get(hub, PATH)).open.map((check: { code: string }) => check.code)

async function propose(hub: SettlementHub, accept?: readonly string[], path = PATH) {
  const asked = accept ?? (await openOf(hub))
  return hub.call('operator', 'POST', `${path}/close`, { accept: asked, reason: 'all looked through' })
}

const approve = (hub: SettlementHub, path = PATH, who = 'approver', decision = 'approve') =>
  hub.call('approver', 'POST', `${path}/close/approval`, { decision }, who)

async function closed() {
  const hub = await november()
  await propose(hub)
  expect((await approve(hub)).body).toMatchObject({ state: 'closed' })
  return hub
}

/** Somebody changes an old entry of the table instead of adding one. */
function renumber(hub: SettlementHub): void {
  const bank = [{ from: '2020-01-01', value: { number: '9999', name: 'Bank lain' }, source: 'test' }]
  Object.assign(hub.consolePorts, { glAccounts: { ...hub.consolePorts.glAccounts, bank } })
}

async function exported(hub: SettlementHub, month: string, format = 'csv') {
  return serveChecked(hub.consolePorts, {
    method: 'GET',
    rawPath: '/api/journal/export',
    rawQuery: `month=${month}&format=${format}`,
    headers: {},
    body: new Uint8Array(),
    claims: { sub: 'viewer', 'cognito:groups': '[viewer]' },
    sourceIp: '203.0.113.7',
    requestId: 'request-1',
  })
}

describe('a month', () => {
  test('is not closed while a statement that speaks of it waits for a second person, whatever is accepted', async () => {
    const hub = await november()
    const row = { reference: 'RS0', bookedOn: '2026-11-30', valueOn: '2026-12-02', amount: 500, remittance: 'CASH' }
    const day = { account: '0018877665501', statementId: 'S3', date: '2026-12-02', opening: 13_800, rows: [row] }
    const put = await hub.call('operator', 'PUT', '/api/bank-statements/s3.xml', Buffer.from(camt053([day])), 'sari')
    expect(put.body).toMatchObject({ outcome: 'accepted', added: 1 })
    await hub.drain()
    await hub.closeJournal('2026-12-01')
    const { open } = await get(hub, PATH)
    expect(open.find(({ code }: { code: string }) => code === 'STATEMENT_UNCONFIRMED')).toMatchObject({
      count: 1,
      amountRupiah: 500,
      items: [{ channel: 'bank', date: '2026-11-30', id: put.body.sha256, amountRupiah: 500 }],
    })
    expect(codeOf(await propose(hub))).toBe('409 STATEMENT_UNCONFIRMED')
    const path = `/api/bank-statements/${put.body.sha256}/confirmation`
    expect((await hub.call('approver', 'POST', path, { decision: 'approve' })).status).toBe(200)
    await hub.drain()
    expect(await openOf(hub)).not.toContain('STATEMENT_UNCONFIRMED')
    expect((await propose(hub)).status).toBe(200)
  })

  test('says everything that is open in it, each with its items, and no longer what was signed', async () => {
    const hub = await november()
    type Check = {
      readonly code: string
      readonly count: number
      readonly amountRupiah: number
      readonly items: readonly {
        readonly channel: string
        readonly date: string
        readonly id: string | null
        readonly amountRupiah: number
      }[]
    }
    const told = async () =>
      (await get(hub, PATH)).open.map(({ code, count, amountRupiah, items }: Check) => [
        `${code} ${count} ${amountRupiah}`,
        ...items.map((item) => `${item.channel} ${item.date} ${item.id} ${item.amountRupiah}`),
      ])
    const without = ['DAYS_WITHOUT_STATEMENT 1 0', 'indomaret 2026-11-29 null 0']
    const receivables = ['OPEN_RECEIVABLES 1 6900', 'indomaret 2026-11-30 null 6900']
    const unsigned = ['28', '29', '30'].map((day) => `indomaret 2026-11-${day} null 0`)
    expect(await told()).toEqual([
      without,
      // One movement is enough for a day of the bank to want its signatures.
      ['UNSIGNED_DAYS 4 0', ...unsigned, 'bank 2026-11-30 null 0'],
      receivables,
    ])
    const bank = '/api/settlements/bank/2026-11-30/sign-off'
    const { digest } = await get(hub, bank)
    await hub.call('operator', 'POST', bank, { digest, reason: 'looked through' })
    expect((await hub.call('approver', 'POST', `${bank}/approval`, { decision: 'approve' })).status).toBe(200)
    expect(await told()).toEqual([without, ['UNSIGNED_DAYS 3 0', ...unsigned], receivables])
  })

  test('takes in what came after its end and before it is closed, under the day that it is of', async () => {
    const hub = await november()
    const period = await get(hub, PATH)
    expect(period).toMatchObject({ state: 'open', journalThrough: '2026-12-01', closed: null })
    const owed = period.balances.filter(({ account }: { account: string }) => account === 'receivable')
    expect(owed).toEqual([{ account: 'receivable', channel: 'indomaret', program: null, balanceRupiah: 6_900 }])
    expect(period.receivables).toEqual([{ channel: 'indomaret', date: '2026-11-30', amountRupiah: 6_900 }])
    const { lines } = await get(hub, '/api/trial-balance?asOf=2026-11-30')
    expect(lines).toContainEqual(expect.objectContaining({ account: 'bank', glAccount: '1101', debitRupiah: 6_900 }))
    expect(lines).toContainEqual(expect.objectContaining({ account: 'channel-fees', debitRupiah: 3_000 }))
  })

  test('shows a channel of whose bills members have more than was paid', async () => {
    const hub = await november()
    expect(await openOf(hub)).not.toContain('BILL_CLEARING_BELOW_ZERO')
    const fact = share('B1', '2026-11-30T10:00', ['2027-03'], { channel: 'indomaret', recorded: '2026-12-02T10:00' })
    await hub.store.facts.put(fact)
    await hub.settlements.noteAccount('2026-12-02' as BusinessDate, fact.account)
    await night(hub, '2026-12-02')
    const { open } = await get(hub, PATH)
    expect(open.find(({ code }: { code: string }) => code === 'BILL_CLEARING_BELOW_ZERO')).toMatchObject({
      count: 1,
      amountRupiah: fact.amount,
      items: [{ channel: 'indomaret', amountRupiah: fact.amount }],
    })
  })

  test('is closed by two people with what is open in it named, listed and carried', async () => {
    const hub = await november()
    const refused = await propose(hub, [])
    expect(codeOf(refused)).toBe('409 PERIOD_NOT_CLEAN')
    expect(refused.body.detail).toMatch(/UNSIGNED_DAYS \(\d+, 0\), OPEN_RECEIVABLES \(1, 6900\)/)
    expect((await propose(hub)).body).toMatchObject({ state: 'open', proposal: { state: 'proposed' } })
    expect(codeOf(await propose(hub, ['SUSPENSE', ...(await openOf(hub))]))).toBe('409 ALREADY_PROPOSED')
    const done = await approve(hub)
    expect(done.body).toMatchObject({
      state: 'closed',
      closed: { proposedBy: 'local-operator', closedBy: 'local-approver' },
    })
    expect(await get(hub, PATH)).toMatchObject({ state: 'closed', digest: done.body.digest, open: done.body.open })
    expect(await approve(hub)).toMatchObject({ status: 200, body: { state: 'closed' } })
    expect(hub.settlements.chain).toHaveLength(2)
    const { items } = await get(hub, '/api/periods')
    expect(items.map(({ month, state }: { month: string; state: string }) => `${month} ${state}`)).toEqual([
      '2026-12 open',
      '2026-11 closed',
    ])
  })

  test('is held against the balance of an overdrawn account as the books have it, to the whole rupiah', async () => {
    const hub = await settlementHub()
    await night(hub, '2026-11-29')
    hub.setClock('2026-11-30T09:00')
    await statement(hub, 'S1', '2026-11-30', -100.5, -50.25, 'BIAYA ADM')
    await night(hub, '2026-11-30')
    const { lines } = await get(hub, '/api/trial-balance?asOf=2026-11-30')
    expect(lines).toContainEqual(expect.objectContaining({ account: 'bank', creditRupiah: 151 }))
    expect(await openOf(hub)).not.toContain('BANK_NOT_STATEMENT')
  })

  test('is not closed by who proposed it, nor twice, nor before its last day is, nor out of order', async () => {
    const hub = await november()
    expect(codeOf(await approve(hub))).toBe('409 NOT_PROPOSED')
    expect(codeOf(await propose(hub, [], '/api/periods/2026-12'))).toBe('409 DAY_OPEN')
    expect(codeOf(await propose(hub, [], '/api/periods/2026-10'))).toBe('404 UNKNOWN_PERIOD')
    expect((await hub.call('viewer', 'GET', '/api/periods/2027-13')).status).toBe(404)
    await hub.call('approver', 'POST', `${PATH}/close`, { accept: await openOf(hub), reason: 'mine' })
    expect(codeOf(await approve(hub))).toBe('403 OWN_PROPOSAL')
    await approve(hub, PATH, 'another')
    expect(codeOf(await propose(hub, []))).toBe('409 PERIOD_CLOSED')
  })

  test('whose end the journal has not reached is not closed', async () => {
    const hub = await settlementHub()
    await night(hub, '2026-11-20')
    expect(codeOf(await propose(hub, []))).toBe('409 DAY_OPEN')
    expect((await hub.call('viewer', 'GET', '/api/trial-balance?asOf=2026-11-21')).status).toBe(409)
  })

  test('whose numbers of the general ledger are others than when it was proposed is looked at again', async () => {
    const hub = await november()
    await propose(hub)
    renumber(hub)
    expect(codeOf(await approve(hub))).toBe('409 CHANGED_MEANWHILE')
  })

  test('is closed as it was proposed: what is open and was not accepted then stops it', async () => {
    const hub = await november()
    await propose(hub)
    await hub.settle('indomaret', '2026-11-29', [partnerRow('X9', '2026-11-29T10:00')])
    expect(codeOf(await approve(hub))).toBe('409 PERIOD_NOT_CLEAN')
    expect((await approve(hub, PATH, 'approver', 'reject')).body).toMatchObject({ proposal: { state: 'rejected' } })
    expect(
      codeOf(await exported(hub, '2026-11').then(({ status, body }) => ({ status, body: JSON.parse(body) }))),
    ).toBe('409 PERIOD_OPEN')
  })
})

describe('after a month is closed', () => {
  test('a reversal of its payment and a statement of its day stand in the open month, and name the day', async () => {
    const hub = await closed()
    const before = await exported(hub, '2026-11')
    const evening = await get(hub, '/api/trial-balance?asOf=2026-11-30')
    const owed = await get(hub, '/api/receivables/indomaret?asOf=2026-11-30')
    expect(owed).toMatchObject({ closingRupiah: 6_900, openItemsRupiah: 6_900, unexplainedRupiah: 0, isFinal: true })
    await hub.settle('indomaret', '2026-11-29', [partnerRow('X9', '2026-11-29T10:00')])
    await counterOf(hub, 'indomaret').reverse({ paymentId: 'T2' })
    for (const day of ['2026-12-02', '2026-12-03', '2026-12-04']) await night(hub, day)
    expect(await exported(hub, '2026-11')).toEqual(before)
    expect(await get(hub, '/api/trial-balance?asOf=2026-11-30')).toEqual(evening)
    expect(await get(hub, '/api/receivables/indomaret?asOf=2026-11-30')).toEqual(owed)
    const now = await get(hub, '/api/receivables/indomaret')
    expect(now).toMatchObject({ asOf: '2026-12-04', openingRupiah: 6_900, unexplainedRupiah: 0, isFinal: false })
    expect(now.movements).toContainEqual(
      expect.objectContaining({ kind: 'settled', date: '2026-12-02', refersTo: '2026-11-29', creditRupiah: 1_500 }),
    )
    expect(now.closingRupiah).toBe(now.openItemsRupiah)
    const { differenceRupiah } = await get(hub, '/api/trial-balance')
    expect(differenceRupiah).toBe(0)
  })

  test('its journal is a file for the general ledger: one row per entry, one number for ever, debits equal credits', async () => {
    const hub = await closed()
    const { headers, body } = await exported(hub, '2026-11')
    expect(headers['content-disposition']).toBe('attachment; filename="journal-2026-11.csv"')
    const [header, ...rows] = body
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','))
    expect(header).toEqual([
      ...['number', 'period', 'date', 'gl_account', 'gl_name', 'account', 'channel', 'program'],
      ...['debit', 'credit', 'currency', 'text', 'reference'],
    ])
    expect(new Set(rows.map(([number]) => number)).size).toBe(rows.length)
    const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0)
    expect(sum(8)).toBe(sum(9))
    expect(rows.every(([, period, date]) => period === '2026-11' && date?.startsWith('2026-11-'))).toBe(true)
    const { body: json } = await exported(hub, '2026-11', 'json')
    expect(JSON.parse(json).rows).toHaveLength(rows.length)
  })

  test('its journal is a workbook, too', async () => {
    const hub = await closed()
    const { headers, body, isBase64 } = await exported(hub, '2026-11', 'xlsx')
    expect([headers['content-type'], isBase64]).toEqual([
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      true,
    ])
    expect(Buffer.from(body, 'base64').subarray(0, 2).toString()).toBe('PK')
  })

  test('its numbers of the general ledger are those that it was closed with, whatever the table says later', async () => {
    const hub = await closed()
    const all = async () => ({
      period: await get(hub, PATH),
      csv: await exported(hub, '2026-11'),
      evening: await get(hub, '/api/trial-balance?asOf=2026-11-30'),
    })
    const before = await all()
    renumber(hub)
    expect(await all()).toEqual(before)
    // The open month goes by the table.
    const { lines } = await get(hub, '/api/trial-balance')
    expect(lines).toContainEqual(expect.objectContaining({ account: 'bank', glAccount: '9999' }))
  })

  test('entries that are no longer those that were closed never leave', async () => {
    const hub = await closed()
    const day = hub.journal.days.get('2026-11-28')
    const [first, ...rest] = day?.entries ?? []
    hub.journal.days.set('2026-11-28', { ...day, entries: [{ ...first, count: 99 }, ...rest] } as never)
    await expect(exported(hub, '2026-11')).rejects.toMatchObject({ code: 'PERIOD_CHANGED' })
  })
})
