/**
 * What the counters look like at 10 million memberships and 300,000 payments a day: eight days of quarters of an hour, the
 * standing of 38 provinces, two days of waiting times, a census per night, targets, what five channels owe, open differences.
 * The counters are written through the hub's own store; nothing stands in them that counting would not put there.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { rupiah } from '../shared/domain/money.ts'
import { type Month, month } from '../shared/domain/month.ts'
import { PROVINCES } from '../shared/domain/region.ts'
import { hourOf, NO_INTAKE, QUARTER_MILLIS } from '../shared/domain/rolling-counts.ts'
import { FUNDINGS, SECTORS } from '../shared/domain/tariff.ts'
import type { DynamoClient } from '../shared/store/dynamo/client.ts'
import { dynamoRollingCounts } from '../shared/store/rolling-counts/dynamodb.ts'
import type { BatchAdds } from '../shared/store/rolling-counts/rolling-counts.ts'
import { entryTable } from '../shared/store/settlements/dynamodb.ts'
import { owedPart, pointerEntry, pointersPart } from '../shared/store/settlements/item.ts'
import { dynamoStatistics } from '../shared/store/statistics/dynamodb.ts'
import type { Tables } from '../shared/store/tables.ts'

export const MEMBERSHIPS = 10_000_000
export const PAYMENTS_A_DAY = 300_000
export const CHANNELS = ['alfamart', 'bni', 'brilink', 'indomaret', 'pos'] as const
const QUARTERS = 96
const NOTHING: BatchAdds = { intake: [], standing: new Map(), changes: 0, activations: [] }

export type Written = { readonly client: DynamoClient; readonly tables: Pick<Tables, 'statistics' | 'settlements'> }

export async function writeCounters({ client, tables }: Written, now: Instant): Promise<void> {
  const counts = dynamoRollingCounts(client, tables)
  const today = businessDateOf(now)
  let sequence = 0
  const add = (adds: Partial<BatchAdds>) => {
    const first = String(++sequence)
    return counts.add({ table: 'facts', first, last: first, countedAt: now }, { ...NOTHING, ...adds })
  }
  for (let back = 7; back >= 0; back--) {
    const day = addDays(today, -back)
    for (let quarter = 0; quarter < QUARTERS; quarter++) await addQuarter(add, day, quarter, now)
    for (const channel of CHANNELS)
      if (back > 0) await counts.noteIntakeCheck(day, channel, { checkedAt: now, difference: 0 })
  }
  await add({ standing: standingOfAll(), changes: 1 })
  await counts.correctStanding(new Map(), 1, { checkedAt: now, difference: 0 })
}

type Add = (adds: Partial<BatchAdds>) => Promise<unknown>

/** As many as an even day brings; half of the quarters have a reversal. */
async function addQuarter(add: Add, day: BusinessDate, quarter: number, now: Instant): Promise<void> {
  const at = (startOfDay(day) + quarter * QUARTER_MILLIS) as Instant
  if (at > now) return
  const count = Math.round(PAYMENTS_A_DAY / QUARTERS / CHANNELS.length)
  const reversedCount = quarter % 2
  const sums = { ...NO_INTAKE, count, amountRupiah: count * 16_800, adminFeeRupiah: count * 2_500, reversedCount }
  await add({ intake: CHANNELS.map((source) => ({ day, quarter: at, source, intake: sums })) })
  const durations = new Map(Array.from({ length: 60 }, (_, i) => [40 + i, 200 - Math.abs(20 - i)] as const))
  if (quarter % 4 === 0) await add({ activations: [{ day, hour: hourOf(at), durations }] })
}

function standingOfAll(): ReadonlyMap<string, number> {
  const provinces = [...PROVINCES.keys()]
  const standing = new Map<string, number>([['credit', 123_456_789]])
  const shares = { unpaid: 0.05, active: 0.6, grace: 0.2, lapsed: 0.1, closed: 0.05 }
  for (const [status, share] of Object.entries(shares)) {
    for (const province of provinces)
      standing.set(`province.${province}.${status}`, Math.round((MEMBERSHIPS * share) / provinces.length))
    for (const funding of FUNDINGS)
      standing.set(`funding.${funding}.${status}`, Math.round((MEMBERSHIPS * share) / FUNDINGS.length))
  }
  for (const paid of paidMonths()) standing.set(`paid.${paid}`, Math.round((MEMBERSHIPS * 0.8) / paidMonths().length))
  return standing
}

const paidMonths = (): readonly Month[] => ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-06'].map(month)

/** The census of each night with all 514 regencies, and as many targets. */
export async function writeCensus({ client, tables }: Written, now: Instant): Promise<void> {
  const statistics = dynamoStatistics(client, tables)
  const provinces = [...PROVINCES.keys()]
  const regencies = Array.from(
    { length: 514 },
    (_, i) => `${provinces[i % provinces.length]}.${String(1 + Math.floor(i / provinces.length)).padStart(2, '0')}`,
  )
  const even = (parts: number) => [0.05, 0.6, 0.2, 0.1, 0.05].map((share) => Math.round((MEMBERSHIPS * share) / parts))
  for (let back = 0; back < 8; back++) {
    const day = addDays(businessDateOf(now), -back)
    await statistics.putCensus({
      day,
      countedAt: startOfDay(day),
      rows: MEMBERSHIPS,
      creditRupiah: 123_456_789,
      regency: new Map(regencies.map((code) => [code, even(regencies.length)])),
      sector: new Map(SECTORS.map((sector) => [sector, even(SECTORS.length)])),
      funding: new Map(FUNDINGS.map((funding) => [funding, even(FUNDINGS.length)])),
      paidThrough: new Map(paidMonths().map((paid) => [paid, 1_000_000])),
    })
  }
  const figures = { workersFormal: 1_000_000, workersInformal: 2_000_000, targetBasisPoints: 2_500 }
  for (const region of [...provinces, ...regencies])
    await statistics.putTarget(Number(businessDateOf(now).slice(0, 4)), { region, ...figures })
}

/** Thirty days of open items and 400 open differences for each channel: a bad month. */
export async function writeOpenWork({ client, tables }: Written, now: Instant): Promise<void> {
  const table = entryTable(client, tables.settlements)
  for (const channel of CHANNELS) {
    for (let back = 1; back <= 30; back++) {
      const date = addDays(businessDateOf(now), -back)
      const openItems = [{ label: 'missing-in-file', amountRupiah: rupiah(8_400 * back), count: back }]
      await table.put(owedPart(channel), date, { channel, date, openItems, charges: [] })
    }
    for (let each = 0; each < 400; each++) {
      const date = addDays(businessDateOf(now), -1 - (each % 30))
      const id = `${channel}-${date.replaceAll('-', '')}-${each.toString(16).padStart(12, '0')}`
      await table.put(pointersPart('open', channel), pointerEntry(date, id), {})
    }
  }
}
