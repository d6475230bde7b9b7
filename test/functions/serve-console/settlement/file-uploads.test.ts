import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type BankDay, camt053, mt940, type PartnerRow, settlementFiles } from '../../../support/settlement-files.ts'
import { consoleOn } from '../console.ts'

const NEXT_MORNING = { now: '2026-11-21T07:00' } as const
const FILE = '/api/settlements/indomaret/2026-11-20/file'
const STATEMENT = '/api/bank-statements/bank-20261121.xml'
const write = settlementFiles.indomaret as (typeof settlementFiles)[string]

const rowOf = (id: string, amount = 16_800): PartnerRow => ({
  id,
  customer: '12345678901',
  outlet: 'T001',
  at: Date.UTC(2026, 10, 20, 7),
  amount,
  adminFee: 2_500,
  fee: 1_500,
  status: 'S',
})
const two = write('2026-11-20', [rowOf('A'), rowOf('B')])

const day: BankDay = {
  account: '0018877665501',
  statementId: 'STMT-1',
  date: '2026-11-21',
  opening: 1_000_000,
  rows: [
    {
      reference: 'BNK0000000000001',
      bookedOn: '2026-11-21',
      valueOn: '2026-11-21',
      amount: 30_600,
      remittance: 'INDOMARET 20261120 FROM SOMEBODY',
    },
  ],
}

describe('an operator puts in a settlement file', () => {
  test('and learns at once what became of it; the same file again changes nothing', async () => {
    const hub = consoleOn(NEXT_MORNING)
    const first = await hub.call('operator', 'PUT', FILE, two)
    expect(first).toMatchObject({
      status: 200,
      body: {
        outcome: 'accepted',
        version: 1,
        state: 'accepted',
        lines: 2,
        amountRupiah: 33_600,
        feeRupiah: 3_000,
        netRupiah: 30_600,
        quarantinedLines: 0,
        quarantined: [],
        change: null,
      },
    })
    expect(await hub.call('operator', 'PUT', FILE, two)).toMatchObject({
      status: 200,
      body: { ...first.body, outcome: 'unchanged' },
    })
    const [version] = await hub.ports.settlements.fileVersions('indomaret', '2026-11-20' as never)
    expect(version).toMatchObject({ name: 'IDM_20261120.csv', receivedBy: 'operator-1', sha256: first.body.sha256 })
    expect(hub.files.everKept()).toEqual([first.body.sha256])
  })

  test('another one is proposed, with what it changes', async () => {
    const hub = consoleOn(NEXT_MORNING)
    await hub.call('operator', 'PUT', FILE, two)
    const other = write('2026-11-20', [rowOf('A', 16_900), rowOf('C', 10_000)])
    expect((await hub.call('operator', 'PUT', FILE, other)).body).toMatchObject({
      outcome: 'proposed',
      version: 2,
      change: { against: 1, added: 1, removed: 1, changed: 1, amountRupiah: -6_700, feeRupiah: 0, netRupiah: -6_700 },
    })
  })

  test('a line that is put aside is named by line, code and column', async () => {
    const answer = await consoleOn(NEXT_MORNING).call(
      'operator',
      'PUT',
      FILE,
      two.replace('B,12345678901', 'B,SOMEBODY'),
    )
    expect(answer.body).toMatchObject({
      outcome: 'accepted',
      quarantinedLines: 1,
      quarantined: [{ line: 3, code: 'BAD_CUSTOMER', field: 'customer_id' }],
    })
    expect(JSON.stringify(answer.body)).not.toContain('SOMEBODY')
  })

  test.each([
    ['TOTALS_DO_NOT_FOOT', 4, two.replace(',33600,', ',33700,')],
    ['TRUNCATED', 3, two.slice(0, two.indexOf('#'))],
    ['LAYOUT_CHANGED', 1, two.replace('channel_fee', 'fee')],
    ['WRONG_CHANNEL', 1, (settlementFiles.pos as typeof write)('2026-11-20', [rowOf('A')])],
    ['WRONG_ENCODING', 1, Buffer.from(two, 'utf16le')],
    ['EMPTY', null, ''],
  ])('one that cannot be used is a problem %s, and kept all the same', async (code, line, content) => {
    const hub = consoleOn(NEXT_MORNING)
    const answer = await hub.call('operator', 'PUT', FILE, content)
    expect(answer).toMatchObject({ status: 422, body: { code, line, version: 1, status: 422 } })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(hub.files.everKept()).toEqual([answer.body.sha256])
    expect(await hub.call('operator', 'PUT', FILE, content)).toMatchObject({ status: 422, body: { code, version: 1 } })
    expect((await hub.call('operator', 'PUT', FILE, two)).body).toMatchObject({ outcome: 'accepted', version: 2 })
  })

  test.each([
    ['viewer', FILE, 403, 'NOT_ALLOWED'],
    ['operator', '/api/settlements/tokopedia/2026-11-20/file', 404, 'NOT_FOUND'],
    ['operator', '/api/settlements/indomaret/2026-11-31/file', 400, 'INVALID_INPUT'],
    ['operator', '/api/settlements/indomaret/1970-01-01/file', 400, 'INVALID_INPUT'],
    ['operator', '/api/settlements/indomaret/2019-12-31/file', 400, 'INVALID_INPUT'],
    ['operator', '/api/settlements/indomaret/2028-11-22/file', 400, 'INVALID_INPUT'],
    ['operator', '/api/settlements/indomaret/9998-12-31/file', 400, 'INVALID_INPUT'],
  ])('%s may not put %s', async (role, path, status, code) => {
    const hub = consoleOn(NEXT_MORNING)
    expect(await hub.call(role, 'PUT', path, two)).toMatchObject({ status, body: { code } })
    expect(hub.files.everKept()).toEqual([])
  })

  test.each(['2020-01-01', '2026-11-20'])('%s is among the days that a file can be of', async (day) => {
    const path = `/api/settlements/indomaret/${day}/file`
    const answer = await consoleOn(NEXT_MORNING).call('operator', 'PUT', path, write(day, []))
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
  })

  test.each(['2026-11-21', '2028-11-20'])('%s is not over, and its file is kept and refused', async (day) => {
    const hub = consoleOn({ now: '2026-11-21T23:59' })
    const answer = await hub.call('operator', 'PUT', `/api/settlements/indomaret/${day}/file`, write(day, []))
    expect(answer).toMatchObject({ status: 422, body: { code: 'DAY_NOT_OVER', version: null } })
    expect(hub.files.everKept()).toEqual([answer.body.sha256])
    expect(await hub.ports.settlements.fileVersions('indomaret', day as never)).toEqual([])
  })

  test('Latin-1 is refused as such, also where the gateway has put U+FFFD for its bytes', async () => {
    const latin1 = Buffer.from(two.replace('T001', 'TÜ01'), 'latin1')
    // API Gateway hands text/* over as text: what is no UTF-8 is replaced before the hub sees it.
    const throughGateway = Buffer.from(latin1.toString('utf8'), 'utf8')
    for (const bytes of [latin1, throughGateway]) {
      const hub = consoleOn(NEXT_MORNING)
      const answer = await hub.call('operator', 'PUT', FILE, bytes)
      expect(answer).toMatchObject({ status: 422, body: { code: 'WRONG_ENCODING' } })
      expect(answer.body.detail).toContain('application/octet-stream')
      expect(answer.body.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  })

  test('JSON is refused by its content type', async () => {
    expect(await consoleOn(NEXT_MORNING).call('operator', 'PUT', FILE, {})).toMatchObject({ status: 415 })
  })
})

describe('an operator puts in a bank statement', () => {
  test('and sees its movements, without the texts that may name people', async () => {
    const hub = consoleOn(NEXT_MORNING)
    const answer = await hub.call('operator', 'PUT', STATEMENT, camt053([day]))
    expect(answer).toMatchObject({
      status: 200,
      body: {
        outcome: 'accepted',
        format: 'camt.053',
        added: 1,
        pendingEntries: 0,
        credits: [
          { id: 'BNK0000000000001', bookedOn: '2026-11-21', amountRupiah: 30_600, statement: 'STMT-1', entry: 1 },
        ],
      },
    })
    expect(JSON.stringify(answer.body)).not.toContain('SOMEBODY')
    const again = await hub.call('operator', 'PUT', STATEMENT, camt053([day]))
    expect(again.body).toMatchObject({ outcome: 'unchanged', added: 0, credits: answer.body.credits })
  })

  test('in either format a movement counts once', async () => {
    const hub = consoleOn(NEXT_MORNING)
    await hub.call('operator', 'PUT', STATEMENT, camt053([day]))
    const other = await hub.call('operator', 'PUT', '/api/bank-statements/b.sta', mt940([day]))
    expect(other.body).toMatchObject({ outcome: 'accepted', format: 'mt940', added: 0 })
  })

  test.each([
    ['WRONG_ACCOUNT', camt053([{ ...day, account: '0018877665502' }])],
    ['BALANCE_DOES_NOT_FOOT', camt053([day]).replace('30600.00', '30700.00')],
    ['XML_NOT_PLAIN', camt053([day]).replace('<Document', '<!DOCTYPE a [<!ENTITY b "c">]><Document')],
    ['UNKNOWN_FORMAT', 'date;amount\n'],
    ['DAY_OUT_OF_RANGE', camt053([{ ...day, date: '2099-01-01', rows: [] }])],
  ])('one that cannot be used is a problem %s', async (code, content) => {
    const hub = consoleOn(NEXT_MORNING)
    const answer = await hub.call('operator', 'PUT', STATEMENT, content)
    expect(answer).toMatchObject({ status: 422, body: { code, version: null } })
    expect(hub.files.everKept()).toEqual([answer.body.sha256])
  })

  test('its name is for people and holds nothing else', async () => {
    const answer = await consoleOn(NEXT_MORNING).call('operator', 'PUT', '/api/bank-statements/..%2Fx', camt053([day]))
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })
})
