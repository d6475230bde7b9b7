/**
 * `GET /api/lapses?days`: who lapses within so many days if nothing more is paid, and what would keep her: the price of the
 * fewest months, oldest first, after which she does not lapse in that time (shared/domain/forecast.ts). From the views, in
 * the order of the table; no name and no NIK in it. Totals come with the first page and cover up to 100,000 views.
 */
import * as z from 'zod/mini'
import { keepOf, lapseDayOf } from '../../shared/domain/forecast.ts'
import { addDays, type BusinessDate, businessDateOf, formatUtc } from '../../shared/domain/instant.ts'
import { PROVINCES } from '../../shared/domain/region.ts'
import { statusOn } from '../../shared/domain/statistics.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import { readQuery } from './input.ts'
import { lastChannels } from './last-channel.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, type Reply } from './reply.ts'

const QUERY = z.strictObject({
  days: z.optional(z.string().check(z.regex(/^([1-9]\d?|1[0-7]\d|180)$/, 'expected a number from 1 to 180'))),
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d{0,2}|1\d{3}|2000)$/, 'expected a number from 1 to 2000'))),
  after: z.optional(z.string().check(z.regex(/^\d{11}$/, 'expected a `next` of this list'))),
  by: z.optional(z.enum(['channel'], 'expected channel')),
  format: z.optional(z.enum(['json', 'csv'], 'expected json or csv')),
})
const DEFAULT = { days: 30, json: 100, csv: 2_000 }
/** A table of this many views is read in a few seconds; beyond it totals say that they are not complete. */
const SCAN_LIMIT = 100_000
/** Up to so many memberships the last channel of each is looked up for the totals. */
const CHANNEL_LIMIT = 10_000

export const LAPSE_COLUMNS = [
  'kpj',
  'lapses_on',
  'status',
  'paid_through',
  'keep_months',
  'keep_rupiah',
  'province',
  'region_code',
  'sector',
  'funding',
  'last_channel',
] as const

type Lapse = { readonly view: MembershipView; readonly row: ReturnType<typeof describe> }
type Window = { readonly today: BusinessDate; readonly until: BusinessDate }
type Found = { readonly lapses: readonly Lapse[]; readonly views: number; readonly end: string | null }

export async function listLapses(parts: ConsoleParts, { query, now }: Call): Promise<Reply> {
  const asked = readQuery(QUERY, query)
  if (asked.outcome === 'refused') return asked.reply
  const { after = null, by, format = 'json' } = asked.value
  const days = Number(asked.value.days ?? DEFAULT.days)
  const limit = Number(asked.value.limit ?? DEFAULT[format])
  const today = businessDateOf(now)
  const window = { today, until: addDays(today, days) }
  // The first page reads on for its totals; the others only until they are full.
  const found = await find(parts, window, after, after === null ? Number.POSITIVE_INFINITY : limit)
  const listed = found.lapses.slice(0, limit)
  const next = found.lapses.length > limit ? (listed.at(-1)?.row.kpj ?? null) : found.end
  const wanted = by === 'channel' && found.lapses.length <= CHANNEL_LIMIT ? found.lapses : listed
  const channels = await lastChannels(
    parts,
    wanted.map(({ row }) => row.kpj),
  )
  const items = listed.map(({ row }) => ({ ...row, lastChannel: channels.get(row.kpj) ?? null }))
  if (format === 'csv') return csvOf(items, next)
  const totals = after === null ? totalsOf(found, by === 'channel' && wanted === found.lapses ? channels : null) : null
  return json(200, { asOf: formatUtc(now), days, until: window.until, totals, items, next })
}

/** Memberships that lapse in the window, from after `from`; stops at the bound, or once more than `enough` are found. */
async function find(parts: ConsoleParts, window: Window, from: string | null, enough: number): Promise<Found> {
  const lapses: Lapse[] = []
  let views = 0
  let end = from
  do {
    const page = await parts.memberships.scanPage(0, 1, end)
    views += page.views.length
    lapses.push(...page.views.flatMap((view) => lapseOf(parts, view, window)))
    end = page.next
  } while (end !== null && views < SCAN_LIMIT && lapses.length <= enough)
  return { lapses, views, end }
}

function lapseOf({ rules }: ConsoleParts, view: MembershipView, { today, until }: Window): readonly Lapse[] {
  const on = lapseDayOf(view, today, rules)
  if (on === null || on <= today || on > until) return []
  const keep = keepOf(view, today, until, rules)
  const row = describe(view, statusOn(view, today, rules), on, keep)
  return [{ view, row }]
}

function describe(
  view: MembershipView,
  status: MembershipView['status'],
  lapsesOn: BusinessDate,
  keep: ReturnType<typeof keepOf>,
) {
  return {
    kpj: view.kpj,
    lapsesOn,
    status,
    paidThrough: view.paidThrough,
    keepMonths: keep.months,
    keepRupiah: keep.amount,
    province: PROVINCES.get(view.regionCode.slice(0, 2))?.name ?? 'Unknown',
    regionCode: view.regionCode,
    sector: view.terms.sector,
    funding: view.terms.funding,
  }
}

function totalsOf({ lapses, views, end }: Found, channels: ReadonlyMap<string, string> | null) {
  const rows = lapses.map(({ row }) => row)
  const by = (keyOf: (row: Lapse['row']) => string) => groupsOf(rows, keyOf)
  return {
    complete: end === null,
    viewsRead: views,
    count: rows.length,
    keepRupiah: rows.reduce((sum, { keepRupiah }) => sum + keepRupiah, 0),
    byDay: by(({ lapsesOn }) => lapsesOn),
    byProvince: by(({ province }) => province),
    bySector: by(({ sector }) => sector),
    byFunding: by(({ funding }) => funding),
    byChannel: channels && by(({ kpj }) => channels.get(kpj) ?? 'none'),
  }
}

function groupsOf(rows: readonly Lapse['row'][], keyOf: (row: Lapse['row']) => string) {
  const groups = Map.groupBy(rows, keyOf)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, those]) => ({
      key,
      count: those.length,
      keepRupiah: those.reduce((sum, { keepRupiah }) => sum + keepRupiah, 0),
    }))
}

/** No field can hold a comma or a quote: numbers, codes, words and names of provinces. */
function csvOf(items: readonly (Lapse['row'] & { readonly lastChannel: string | null })[], next: string | null): Reply {
  const lines = items.map((item) =>
    [
      item.kpj,
      item.lapsesOn,
      item.status,
      item.paidThrough,
      item.keepMonths.join(' '),
      item.keepRupiah,
      item.province,
      item.regionCode,
      item.sector,
      item.funding,
      item.lastChannel ?? '',
    ].join(','),
  )
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="lapses.csv"',
      'cache-control': 'no-store',
      ...(next === null ? {} : { 'x-next': next }),
    },
    body: `${[LAPSE_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`,
  }
}
