/** The matrix, a statement, and that every figure of it opens into its lines. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'

async function settledHub() {
  const hub = await settlementHub()
  for (const [i, paymentId] of ['T1', 'T2', 'T3'].entries()) {
    hub.setClock(`${DAY}T10:0${i}`)
    // November and December at half the price, January at the whole.
    const amount = rupiah(i < 2 ? 8_400 : 16_800)
    expect((await counterOf(hub, 'indomaret').pay({ paymentId, amount })).outcome).toBe('accepted')
  }
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [
    partnerRow('T1', `${DAY}T10:00`),
    partnerRow('T2', `${DAY}T10:01`, { amount: 8_000 }),
    partnerRow('X1', `${DAY}T11:00`),
  ])
  return hub
}

describe('the matrix', () => {
  test('has every channel and day, the newest first, and says how the file stands by the clock', async () => {
    const hub = await settledHub()
    const { status, body } = await hub.call('viewer', 'GET', `/api/settlements?from=2026-11-19&to=2026-11-21`)
    expect(status).toBe(200)
    expect(body.items).toHaveLength(15)
    expect(body.items[0].date).toBe('2026-11-21')
    const statementOf = (date: string) =>
      body.items.find((row: { channel: string; date: string }) => row.channel === 'indomaret' && row.date === date)
    expect(statementOf(DAY)).toEqual({
      channel: 'indomaret',
      date: DAY,
      version: 1,
      verdict: 'incomplete',
      file: 'received',
      unexplainedRupiah: 0,
      openDifferences: 3,
      hubRupiah: 33_600,
      fileRupiah: 24_800,
      bankRupiah: 0,
    })
    expect(statementOf('2026-11-21')).toMatchObject({ version: 0, file: 'awaited', hubRupiah: null })
    expect(statementOf('2026-11-19')).toMatchObject({ file: 'none' })
    hub.setClock('2026-11-22T07:00')
    const later = await hub.call('viewer', 'GET', '/api/settlements?from=2026-11-21&to=2026-11-21')
    expect(later.body.items.find((row: { channel: string }) => row.channel === 'indomaret').file).toBe('missing')
  })

  test.each([
    '?from=2026-11-21&to=2026-11-20',
    '?from=2026-01-01&to=2026-11-20',
    '?from=today',
    '?day=2026-11-20',
    '?from=1970-01-01&to=1970-01-02',
    '?to=1970-01-01',
    '?from=2019-12-31&to=2020-01-02',
    '?to=2028-11-22',
    '?from=9998-12-30&to=9998-12-31',
  ])('%s is refused', async (query) => {
    const hub = await settlementHub()
    expect(await hub.call('viewer', 'GET', `/api/settlements${query}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
  })
})

describe('a statement', () => {
  test('foots, names its differences and its files, and older versions stay', async () => {
    const hub = await settledHub()
    const { body } = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}`)
    const amount = (label: string) =>
      body.bridge.find((row: { label: string }) => row.label === label)?.amountRupiah ?? 0
    const rows = ['hub-payments', 'missing-in-file', 'missing-in-hub', 'amount-difference'].map(amount)
    expect(rows).toEqual([33_600, -16_800, 8_400, -400])
    expect(rows.reduce((sum, row) => sum + row, 0)).toBe(amount('file-total'))
    expect(amount('file-net')).toBe(24_800 - 4_500)
    expect(body).toMatchObject({ version: 1, unexplainedRupiah: 0, differencesTotal: 3, channelFeesRupiah: 4_500 })
    expect(body.files).toMatchObject([{ version: 1, state: 'accepted', lines: 3, name: 'IDM_20261120.csv' }])
    expect(body.differences.map((each: { class: string }) => each.class).sort()).toEqual([
      'amount-difference',
      'missing-in-file',
      'missing-in-hub',
    ])
    expect(JSON.stringify(body)).not.toContain('"lines":{')
    await hub.decide(body.differences.find((each: { class: string }) => each.class === 'missing-in-hub').id, 'post')
    const second = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}`)
    expect(second.body.version).toBeGreaterThan(1)
    expect(second.body.changes).toContainEqual({ label: 'hub-payments', before: 33_600, after: 42_000 })
    const first = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}?version=1`)
    expect(first.body.bridge).toEqual(body.bridge)
  })

  test.each([`/api/settlements/nobody/${DAY}`, '/api/settlements/indomaret/2026-13-01', `/api/settlements/pos/${DAY}`])(
    '%s is unknown',
    async (path) => {
      const hub = await settledHub()
      expect(await hub.call('viewer', 'GET', path)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_STATEMENT' } })
    },
  )

  test('every figure opens into lines that add up to it', async () => {
    const hub = await settledHub()
    const { body } = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}`)
    for (const row of body.bridge as readonly { label: string; amountRupiah: number; count: number }[]) {
      if (['channel-fees', 'file-net', 'bank-credit', 'bank-awaited', 'file-total', 'hub-payments'].includes(row.label))
        continue
      const opened = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}/lines?label=${row.label}`)
      const sum = opened.body.items.reduce(
        (total: number, item: { amountRupiah: number }) => total + item.amountRupiah,
        0,
      )
      expect([row.label, sum]).toEqual([row.label, row.amountRupiah])
    }
    const file = await linesOf(hub, 'file-total')
    expect(new Set(file.map(({ paymentId }) => paymentId))).toEqual(new Set(['T1', 'T2', 'X1']))
    expect(file.filter(({ row }) => row === 'matched').map(({ paymentId, line }) => [paymentId, line])).toContainEqual([
      'T1',
      2,
    ])
    expect(new Set((await linesOf(hub, 'hub-payments')).map(({ paymentId }) => paymentId))).toEqual(
      new Set(['T1', 'T2', 'T3']),
    )
    expect(await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}/lines?label=pending`)).toMatchObject({
      body: { items: [], next: null },
    })
    const wrong = await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}/lines?label=everything`)
    expect(wrong.status).toBe(400)
  })
})

type Line = { readonly row: string; readonly paymentId: string; readonly line: number | null }

async function linesOf(hub: Awaited<ReturnType<typeof settledHub>>, label: string): Promise<readonly Line[]> {
  const found: Line[] = []
  for (let page: string | null = '0'; page !== null; ) {
    const path: string = `/api/settlements/indomaret/${DAY}/lines?label=${label}&page=${page}`
    const { body } = await hub.call('viewer', 'GET', path)
    found.push(...body.items)
    page = body.next
  }
  return found
}
