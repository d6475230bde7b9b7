/** Who is about to lapse, what would keep them, and where they paid last: page by page, as totals, as a file. */
import { describe, expect, test } from 'vitest'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { month } from '../../../../shared/domain/month.ts'
import { NOTICE_STAGES } from '../../../../shared/domain/notice-stage.ts'
import { at } from '../../../support/facts.ts'
import { memoryNotices } from '../../../support/memory-notices.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const NIKS = ['3578011203850001', '3578011203850002', '3578011203850003', '3174011203850001', '7371011203850001']
const kpjAt = (serial: number) => kpjOf(`1234567890${serial}`)

/** Five members: paid through September at two channels, one through October, one never, one in the east through September. */
async function hubIn(now = '2026-11-20T10:00', notices = memoryNotices()) {
  const hub = consoleOn({ now: '2026-09-05T10:00', notices })
  const regions = ['35.78', '35.78', '35.78', '31.74', '73.71']
  await hub.importRows(
    ...NIKS.map((nik, i) =>
      row({ kpj: kpjAt(i + 1), nik, region_code: regions[i] ?? '', sector: i === 4 ? 'fishery' : 'farming' }),
    ),
  )
  await hub.pay('P1', '2026-09-10T10:00', ['2026-09'], { account: kpjAt(1) })
  await hub.pay('P2', '2026-09-11T10:00', ['2026-09'], { account: kpjAt(2), source: 'indomaret' })
  await hub.pay('P3', '2026-09-12T10:00', ['2026-09', '2026-10'], { account: kpjAt(3) })
  await hub.pay('P5', '2026-09-13T10:00', ['2026-09'], { account: kpjAt(5) })
  hub.setClock(now)
  await hub.fold()
  return hub
}

const kpjs = (items: readonly { readonly kpj: string }[]) => items.map(({ kpj }) => kpj).sort()

describe('who lapses', () => {
  test('paid through September lapses on 1 January: within 42 days of 20 November, not within 41', async () => {
    const hub = await hubIn()
    const within = async (days: number) => (await hub.call('viewer', 'GET', `/api/lapses?days=${days}`)).body
    expect((await within(41)).totals).toMatchObject({ count: 0, keepRupiah: 0, complete: true, viewsRead: 5 })
    expect(kpjs((await within(42)).items)).toEqual([kpjAt(1), kpjAt(2), kpjAt(5)])
    expect(kpjs((await within(72)).items)).toEqual([kpjAt(1), kpjAt(2), kpjAt(5)])
    expect(kpjs((await within(73)).items)).toEqual([kpjAt(1), kpjAt(2), kpjAt(3), kpjAt(5)])
  })

  test('says what would keep her that long: October alone until January, October and November until February', async () => {
    const hub = await hubIn()
    const first = async (days: number) =>
      (await hub.call('viewer', 'GET', `/api/lapses?days=${days}`)).body.items.find(
        ({ kpj }: { kpj: string }) => kpj === KPJ,
      )
    expect(await first(42)).toEqual({
      kpj: KPJ,
      lapsesOn: '2027-01-01',
      status: 'grace',
      paidThrough: '2026-09',
      keepMonths: ['2026-10'],
      keepRupiah: 8_400,
      province: 'Jawa Timur',
      regionCode: '35.78',
      sector: 'farming',
      funding: 'self',
      lastChannel: 'bni',
      lastNotice: null,
    })
    expect(await first(73)).toMatchObject({ keepMonths: ['2026-10', '2026-11'], keepRupiah: 16_800 })
    expect(await first(163)).toMatchObject({ keepRupiah: 3 * 8_400 + 2 * 16_800 })
  })

  test('sums up by day, province, sector, funding, and by channel when asked', async () => {
    const hub = await hubIn()
    const { totals } = (await hub.call('viewer', 'GET', '/api/lapses?days=73&by=channel&limit=1')).body
    expect(totals).toMatchObject({
      count: 4,
      byDay: [
        { key: '2027-01-01', count: 3 },
        { key: '2027-02-01', count: 1, keepRupiah: 8_400 },
      ],
      byProvince: [
        { key: 'Jawa Timur', count: 3 },
        { key: 'Sulawesi Selatan', count: 1 },
      ],
      bySector: [{ key: 'farming' }, { key: 'fishery', count: 1, keepRupiah: 16_800 }],
      byFunding: [{ key: 'self', count: 4, keepRupiah: totals.keepRupiah }],
      byChannel: [
        { key: 'bni', count: 3 },
        { key: 'indomaret', count: 1 },
      ],
    })
  })

  test('sums up by the fate of the last notice when asked, and shows it beside each', async () => {
    const notices = memoryNotices()
    const hub = await hubIn('2026-11-20T10:00', notices)
    const first = {
      kpj: KPJ,
      month: month('2026-10'),
      stage: NOTICE_STAGES[0],
      attempt: 'a',
      reservedAt: at('2026-10-01T09:00'),
    }
    await notices.reserve(first)
    await notices.finish(
      first,
      { state: 'failed', channel: 'sms', messageId: null, code: 'NO' },
      at('2026-10-01T09:01'),
    )
    const { items, totals } = (await hub.call('viewer', 'GET', '/api/lapses?days=73&by=notice')).body
    expect(items.find(({ kpj }: { kpj: string }) => kpj === KPJ).lastNotice).toEqual({
      month: '2026-10',
      stage: NOTICE_STAGES[0],
      state: 'failed',
    })
    expect(totals.byNotice).toMatchObject([
      { key: 'failed', count: 1 },
      { key: 'none', count: 3 },
    ])
    expect(totals.byChannel).toBeNull()
  })

  test('page by page: each once, totals on the first page only', async () => {
    const hub = await hubIn()
    const met: string[] = []
    let after = ''
    for (let page = 0; ; page++) {
      const { body } = await hub.call('viewer', 'GET', `/api/lapses?days=180&limit=1${after}`)
      expect(body.totals === null).toBe(page > 0)
      met.push(...kpjs(body.items))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(met.sort()).toEqual([kpjAt(1), kpjAt(2), kpjAt(3), kpjAt(5)])
  })

  test('who never paid, who lapsed already and who is closed is not about to', async () => {
    const hub = await hubIn('2027-01-02T10:00')
    await hub.decided(`/api/memberships/${kpjAt(3)}/closure`, { reason: 'died', on: '2027-01-01' })
    await hub.fold()
    expect((await hub.call('viewer', 'GET', '/api/lapses?days=180')).body.totals.count).toBe(0)
  })

  test('a view that nobody has folded since lapses by the calendar all the same', async () => {
    const hub = await hubIn()
    hub.setClock('2026-12-31T10:00')
    expect((await hub.call('viewer', 'GET', '/api/lapses?days=1')).body.totals.count).toBe(3)
    hub.setClock('2027-01-01T10:00')
    expect((await hub.call('viewer', 'GET', '/api/lapses?days=1')).body.totals.count).toBe(0)
  })
})

describe('as a file', () => {
  test('the same rows under one header, without a name or a NIK', async () => {
    const hub = await hubIn()
    const reply = await hub.call('viewer', 'GET', '/api/lapses?days=42&format=csv')
    const [header, ...lines] = reply.body.trimEnd().split('\r\n')
    expect(header).toBe(
      'kpj,lapses_on,status,paid_through,keep_months,keep_rupiah,province,region_code,sector,funding,last_channel',
    )
    expect(lines.sort()[0]).toBe(`${KPJ},2027-01-01,grace,2026-09,2026-10,8400,Jawa Timur,35.78,farming,self,bni`)
    expect(lines.length).toBe(3)
    expect(reply.body).not.toMatch(/BUDI|3578011203850001/)
    expect(reply.headers['content-type']).toMatch(/^text\/csv/)
    expect(reply.headers['x-next']).toBeUndefined()
  })

  test('in pages: the next one begins where the header says', async () => {
    const hub = await hubIn()
    const first = await hub.call('viewer', 'GET', '/api/lapses?days=42&format=csv&limit=2')
    const second = await hub.call(
      'viewer',
      'GET',
      `/api/lapses?days=42&format=csv&limit=2&after=${first.headers['x-next']}`,
    )
    expect(second.headers['x-next']).toBeUndefined()
    expect(first.body.split('\r\n').length + second.body.split('\r\n').length).toBe(2 + 2 + 3)
  })

  test.each(['days=0', 'days=181', 'days=x', 'limit=0', 'limit=2001', 'after=1', 'by=name', 'format=xml', 'dayz=3'])(
    '%s is refused',
    async (query) => {
      expect(await consoleOn().call('viewer', 'GET', `/api/lapses?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT' },
      })
    },
  )
})
