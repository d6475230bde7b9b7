/** Money that waits, by channel and age: each class of each ageing is the sum of the lines that its list shows. */
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import { AGE_LABELS } from '../../../../shared/domain/settlement/ageing.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

type Aged = {
  readonly channel: string | null
  readonly totalRupiah: number
  readonly count: number
  readonly ages: readonly { readonly label: string; readonly amountRupiah: number; readonly count: number }[]
}
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
type Item = any

const DAYS = ['2026-11-20', '2026-12-05', '2027-01-20', '2027-02-10'] as const
const AMOUNTS = [8_400, 8_400, 16_800, 16_800].map(rupiah)

/** Days of every age with a payment that its file leaves out, a line twice, and a line of nobody; and credits of nobody. */
async function manyWaiting(): Promise<SettlementHub> {
  const hub = await settlementHub()
  for (const [i, day] of DAYS.entries()) {
    hub.setClock(`${day}T10:00`)
    const paid = await counterOf(hub, 'indomaret').pay({ paymentId: `T${i}`, amount: AMOUNTS[i] ?? ZERO })
    expect(paid.outcome).toBe('accepted')
    hub.setClock(`${addDays(day as BusinessDate, 1)}T06:30`)
    await hub.settle('pos', day, [partnerRow(`P${i}`, `${day}T13:00`, { customer: '10987654321', amount: 7_000 + i })])
    const twice = partnerRow(`D${i}`, `${day}T11:00`, { customer: '10987654321', amount: 9_000 + i })
    await hub.settle('indomaret', day, [twice, twice, partnerRow(`X${i}`, `${day}T12:00`, { customer: '10987654321' })])
    await hub.credit(`C${i}`, day, 1_000 + i, i % 2 === 0 ? 'INDOMARET' : 'NOBODY KNOWS')
  }
  for (const [i, day] of DAYS.entries()) {
    // Carried out on different days, so that charges have several ages of their own.
    hub.setClock(`2027-03-0${i + 1}T10:00`)
    for (const { id, finding } of await hub.cases('indomaret', day)) {
      if (finding.class === 'missing-in-file') await hub.decide(id, 'charge-channel')
      if (finding.class === 'missing-in-hub' && finding.paymentId.startsWith('X')) await hub.decide(id, 'post')
    }
  }
  hub.setClock('2027-03-11T09:00')
  return hub
}

async function allOf(hub: SettlementHub, path: string): Promise<readonly Item[]> {
  const items: Item[] = []
  for (let after: string | null = ''; after !== null; ) {
    const more: string = after === '' ? '' : `&after=${after}`
    const page = await hub.call('viewer', 'GET', `${path}&limit=3${more}`)
    expect(page.status).toBe(200)
    items.push(...page.body.items)
    after = page.body.next
  }
  return items
}

const amountOf = ({ amountRupiah }: Item): number => amountRupiah
/** Of a movement, what of it is nobody's and this channel's. */
const unidentifiedOf = ({ places }: Item): number =>
  places
    .filter(({ kind }: Item) => kind === 'unidentified')
    .reduce((sum: number, place: Item) => sum + place.amountRupiah, 0)

describe.each([
  ['receivables', '/api/receivables', amountOf],
  ['channel-charges', '/api/channel-charges', amountOf],
  ['suspense', '/api/suspense', amountOf],
  ['unidentified', '/api/bank-movements/unidentified', unidentifiedOf],
] as const)('%s', (kind, list, amount) => {
  test('opened by channel and age, each class has exactly its lines', async () => {
    const hub = await manyWaiting()
    const aged = (await hub.call('viewer', 'GET', `/api/ageing/${kind}`)).body
    expect(aged.asOf).toBe('2027-03-11')
    const channels: readonly Aged[] = aged.channels
    expect(channels.length).toBeGreaterThan(0)
    let lines = 0
    for (const { channel, ages, totalRupiah, count } of channels) {
      expect(ages.map(({ label }) => label)).toEqual(AGE_LABELS)
      for (const { label, ...expected } of ages) {
        const items = await allOf(hub, `${list}?channel=${channel ?? 'none'}&age=${label}`)
        lines += items.length
        expect({
          amountRupiah: items.reduce((sum, item) => sum + amount(item), 0),
          count: items.length,
        }).toEqual(expected)
      }
      const all = await allOf(hub, `${list}?channel=${channel ?? 'none'}`)
      expect([all.reduce((sum, item) => sum + amount(item), 0), all.length]).toEqual([totalRupiah, count])
    }
    expect(await allOf(hub, `${list}?`)).toHaveLength(lines)
    const used = new Set(channels.flatMap(({ ages }) => ages.flatMap(({ label, count }) => (count > 0 ? [label] : []))))
    expect(used.size).toBeGreaterThan(1)
  })
})

describe('what channels owe', () => {
  test('is the receivable of the latest statements, whatever was charged or written off', async () => {
    const hub = await manyWaiting()
    const expected = new Map<string, number>()
    for (const { profile } of hub.ports.channels) {
      for (const day of DAYS) {
        const statement = await hub.statement(profile.name, day)
        for (const { amountRupiah } of statement?.openItems ?? [])
          expected.set(profile.name, (expected.get(profile.name) ?? 0) + amountRupiah)
      }
    }
    const { channels } = (await hub.call('viewer', 'GET', '/api/ageing/receivables')).body
    expect(channels.map(({ channel, totalRupiah }: Aged) => [channel, totalRupiah])).toEqual([...expected])
  })

  test('ages a charge since the day on which it was carried out', async () => {
    const hub = await manyWaiting()
    const { items } = (await hub.call('viewer', 'GET', '/api/channel-charges')).body
    expect(
      items.map(({ date, chargedOn, ageDays, amountRupiah }: Item) => [date, chargedOn, ageDays, amountRupiah]),
    ).toEqual(DAYS.map((date, i) => [date, `2027-03-0${i + 1}`, 10 - i, AMOUNTS[i]]))
    const statement = await hub.statement('indomaret', DAYS[0])
    expect(statement?.chargedRupiah).toBe(8_400)
  })

  test.each([['/api/receivables?channel=nobody'], ['/api/receivables?age=5'], ['/api/channel-charges?after=nonsense']])(
    '%s is refused',
    async (path) => {
      const hub = await settlementHub()
      expect(await hub.call('viewer', 'GET', path)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    },
  )

  test('is nothing once the channel has paid', async () => {
    const hub = await settlementHub()
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', '2026-11-20', [partnerRow('T1', '2026-11-20T10:00')])
    expect((await hub.call('viewer', 'GET', '/api/receivables')).body.items).toMatchObject([
      { channel: 'indomaret', date: '2026-11-20', label: 'bank-awaited', amountRupiah: 6_900, count: 1, ageDays: 1 },
    ])
    hub.setClock('2026-11-23T10:00')
    await hub.credit('C1', '2026-11-23', 6_900, 'INDOMARET 20261120')
    expect((await hub.call('viewer', 'GET', '/api/receivables')).body.items).toEqual([])
    expect((await hub.call('viewer', 'GET', '/api/ageing/receivables')).body.channels).toEqual([])
  })
})
