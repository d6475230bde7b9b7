/**
 * `GET /api/lapses?days`: who lapses within so many days if nothing more is paid, and what would keep them: the price of the
 * fewest months, oldest first, after which they do not lapse in that time (shared/domain/forecast.ts). From the views, in
 * the order of the table; no name and no NIK in it. Totals come with the first page and cover up to 100,000 views.
 */
import { keepOf, lapseDayOf } from '../../../shared/domain/forecast.ts'
import { addDays, type BusinessDate, businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { PROVINCES } from '../../../shared/domain/region.ts'
import { statusOn } from '../../../shared/domain/statistics.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { type CsvReply, csv, json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { lastChannels } from './last-channel.ts'
import { lastNotices } from './last-notice.ts'
import { LAPSE_PAGE, type LapseItem, type LapsesQuery } from './schemas.ts'

const DEFAULT = { days: 30, json: 100, csv: LAPSE_PAGE }
/** A table of this many views is read in a few seconds; beyond it totals say that they are not complete. */
const SCAN_LIMIT = 100_000
/** Up to this many memberships, the last channel of each is looked up for the totals. */
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

type Row = Omit<LapseItem, 'lastChannel' | 'lastNotice'>
type Lapse = { readonly view: MembershipView; readonly row: Row }
type Window = { readonly today: BusinessDate; readonly until: BusinessDate }
type Found = { readonly lapses: readonly Lapse[]; readonly views: number; readonly end: string | null }

export async function listLapses(ports: ConsolePorts, { query, now }: Call<{ query: LapsesQuery }>) {
  const { after = null, by, format = 'json', days = DEFAULT.days, limit = DEFAULT[format] } = query
  const today = businessDateOf(now)
  const window = { today, until: addDays(today, days) }
  // The first page reads on for its totals; the others only until they are full.
  const found = await find(ports, window, after, after === null ? Number.POSITIVE_INFINITY : limit)
  const listed = found.lapses.slice(0, limit)
  const next = found.lapses.length > limit ? (listed.at(-1)?.row.kpj ?? null) : found.end
  const lookedUp = by === 'channel' && found.lapses.length <= CHANNEL_LIMIT ? found.lapses : listed
  const channels = await lastChannels(
    ports,
    lookedUp.map(({ view }) => view.kpj),
  )
  const channelOf = (kpj: string) => channels.get(kpj) ?? null
  if (format === 'csv')
    return csvOf(
      listed.map(({ row }) => ({ ...row, lastChannel: channelOf(row.kpj) })),
      next,
    )
  const told = by === 'notice' && found.lapses.length <= CHANNEL_LIMIT ? found.lapses : listed
  const toldKpjs = told.map(({ view }) => view.kpj)
  const notices = await lastNotices(ports, toldKpjs, now)
  const items = listed.map(({ row }) => ({
    ...row,
    lastChannel: channelOf(row.kpj),
    lastNotice: notices.get(row.kpj) ?? null,
  }))
  const lookedUpBy = {
    channel: by === 'channel' && lookedUp === found.lapses ? channelOf : null,
    notice: by === 'notice' && told === found.lapses ? (kpj: string) => notices.get(kpj)?.state ?? null : null,
  }
  const totals = after === null ? totalsOf(found, lookedUpBy) : null
  return json(200, { asOf: formatUtc(now), days, until: window.until, totals, items, next })
}

/** Memberships that lapse in the window, from after `from`; stops at the bound, or once more than `enough` are found. */
async function find(ports: ConsolePorts, window: Window, from: string | null, enough: number): Promise<Found> {
  const lapses: Lapse[] = []
  let views = 0
  let end = from
  do {
    const page = await ports.memberships.scanPage(0, 1, end)
    views += page.views.length
    lapses.push(...page.views.flatMap((view) => lapseOf(ports, view, window)))
    end = page.next
  } while (end !== null && views < SCAN_LIMIT && lapses.length <= enough)
  return { lapses, views, end }
}

function lapseOf({ rules }: ConsolePorts, view: MembershipView, { today, until }: Window): readonly Lapse[] {
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
): Row {
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

/** What was looked up for every lapse of the page's totals; null: not asked for, or too many. */
type LookedUp = Readonly<Record<'channel' | 'notice', ((kpj: string) => string | null) | null>>

function totalsOf({ lapses, views, end }: Found, { channel, notice }: LookedUp) {
  const rows = lapses.map(({ row }) => row)
  const by = (keyOf: (row: Row) => string) => groupsOf(rows, keyOf)
  return {
    complete: end === null,
    viewsRead: views,
    count: rows.length,
    keepRupiah: rows.reduce((sum, { keepRupiah }) => sum + keepRupiah, 0),
    byDay: by(({ lapsesOn }) => lapsesOn),
    byProvince: by(({ province }) => province),
    bySector: by(({ sector }) => sector),
    byFunding: by(({ funding }) => funding),
    byChannel: channel && by(({ kpj }) => channel(kpj) ?? 'none'),
    byNotice: notice && by(({ kpj }) => notice(kpj) ?? 'none'),
  }
}

function groupsOf(rows: readonly Row[], keyOf: (row: Row) => string) {
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
function csvOf(items: readonly Omit<LapseItem, 'lastNotice'>[], next: string | null): CsvReply {
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
  return csv('lapses.csv', [LAPSE_COLUMNS.join(','), ...lines], '\r\n', next === null ? {} : { 'x-next': next })
}
