/**
 * `GET /api/settlements`, one statement, and the lines behind its figures: what functions/reconcile-settlement has written.
 * Computes nothing but what time alone changes: whether a file that is not here is awaited or missing.
 */
import * as z from 'zod/mini'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  type Instant,
  parseBusinessDate,
} from '../../shared/domain/instant.ts'
import { fileStateOf } from '../../shared/domain/settlement/calendar.ts'
import { BRIDGE_LABELS, type Item, type MatchedLine } from '../../shared/domain/settlement/day.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import { SETTLEMENT_RULES } from '../../shared/domain/settlement/rules.ts'
import type { LinesPlace, MatrixRow, Statement } from '../../shared/store/settlements/records.ts'
import { describeCase } from './differences.ts'
import { dateField, readQuery } from './input.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** Days of a matrix that names none, and the most that one may ask for. */
const DAYS = 7
const MOST_DAYS = 92
const SHOWN_CASES = 500
/** How far back it is looked whether a channel has begun. */
const PAST_DAYS = 10

const MATRIX = z.strictObject({ from: z.optional(dateField()), to: z.optional(dateField()) })
const number = (what: string) => z.string().check(z.regex(/^\d{1,5}$/, what))
const ONE = z.strictObject({ version: z.optional(number('expected the number of a version')) })
const LINES = z.strictObject({
  label: z.enum(BRIDGE_LABELS, 'expected a label of the bridge'),
  version: z.optional(number('expected the number of a version')),
  page: z.optional(number('expected the `next` of this list')),
})

export async function listSettlements(parts: ConsoleParts, { query, now }: Call): Promise<Reply> {
  const asked = readQuery(MATRIX, query)
  if (asked.outcome === 'refused') return asked.reply
  const to = asked.value.to ?? businessDateOf(now)
  const from = asked.value.from ?? addDays(to, 1 - DAYS)
  if (from > to || addDays(from, MOST_DAYS) <= to) {
    return problem('INVALID_INPUT', `query parameters from and to: expected 1 to ${MOST_DAYS} days in order`)
  }
  const before = addDays(from, -PAST_DAYS)
  const rows = await Promise.all(parts.channels.map((channel) => parts.settlements.rows(channel, before, to)))
  const known = new Map(rows.flat().map((row) => [`${row.channel}#${row.date}`, row]))
  const items = daysBetween(from, to).flatMap((date) =>
    parts.channels.map((channel, i) => {
      // Before its first day that was looked at, a channel may not have begun: nothing is awaited of it.
      const begun = rows[i]?.[0]?.date
      const isExpected = begun !== undefined && begun <= date
      return describeRow(channel, date, known.get(`${channel}#${date}`), isExpected ? now : null)
    }),
  )
  return json(200, { items })
}

export async function showStatement(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readQuery(ONE, call.query)
  if (asked.outcome === 'refused') return asked.reply
  const found = await findStatement(parts, call, asked.value.version)
  if ('refused' in found) return found.refused
  const { channel, date } = found.statement
  const [files, cases] = await Promise.all([
    parts.settlements.fileVersions(channel, date),
    parts.settlements.differencesOf(channel, date),
  ])
  return json(200, {
    ...describe(found.statement),
    files: files.map(describeFile),
    differences: cases.slice(0, SHOWN_CASES).map((each) => describeCase(each, call.now)),
    differencesTotal: cases.length,
  })
}

export async function showLines(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readQuery(LINES, call.query)
  if (asked.outcome === 'refused') return asked.reply
  const found = await findStatement(parts, call, asked.value.version)
  if ('refused' in found) return found.refused
  const { label, page = '0' } = asked.value
  const pages = pagesOf(label, found.statement.lines)
  const wanted = pages[Number(page)]
  if (!wanted) {
    if (pages.length === 0) return json(200, { label, items: [], next: null })
    return problem('INVALID_INPUT', 'query parameter page: expected the `next` of this list')
  }
  const items = await readPage(parts, found.statement, wanted)
  return json(200, { label, items, next: Number(page) + 1 < pages.length ? String(Number(page) + 1) : null })
}

type Page = { readonly label: string; readonly page: number }
const MATCHED = 'matched'

/** Rows of money that the hub has and the file too; totals open into these and into what lies on their own side. */
const HUB_ROWS = ['hub-reversed', 'pending', 'settled-in-other-file', 'missing-in-file'] as const
const FILE_ROWS = [
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
] as const

function pagesOf(label: string, lines: LinesPlace): readonly Page[] {
  const rows = (labels: readonly string[]) =>
    labels.flatMap((each) => Array.from({ length: lines.pages[each] ?? 0 }, (_, page) => ({ label: each, page })))
  const matched = Array.from({ length: lines.buckets }, (_, page) => ({ label: MATCHED, page }))
  if (label === 'hub-payments') return [...matched, ...rows(HUB_ROWS)]
  if (label === 'file-total' || label === 'file-net' || label === 'channel-fees')
    return [...matched, ...rows(FILE_ROWS)]
  return rows([label])
}

async function readPage(parts: ConsoleParts, { channel, date, lines }: Statement, { label, page }: Page) {
  if (label === MATCHED) return (await parts.lines.bucket(channel, date, lines, page)).map(describeMatch)
  return (await parts.lines.page(channel, date, lines, label, page)).map(describeItem)
}

/** One shape for both, so that a table needs no special case. */
function describeMatch({ paymentId, line, amount, fee, at, status, how }: MatchedLine) {
  const shared = { row: MATCHED, paymentId, line, amountRupiah: amount, feeRupiah: fee, at: formatUtc(at) }
  return { ...shared, status, how, otherDate: null, breakDate: null }
}

function describeItem({ label, paymentId, line, amount, otherDate, breakDate }: Item) {
  const shared = { row: label, paymentId, line, amountRupiah: amount, feeRupiah: null, at: null }
  return { ...shared, status: null, how: null, otherDate, breakDate }
}

async function findStatement(
  { settlements, channels }: ConsoleParts,
  { path }: Call,
  version: string | undefined,
): Promise<{ readonly statement: Statement } | { readonly refused: Reply }> {
  const { channel = '', date: text = '' } = path
  const date = parseBusinessDate(text)
  if (!channels.includes(channel) || date === undefined) {
    return { refused: problem('UNKNOWN_STATEMENT', `expected a channel among ${channels.join(', ')} and a date`) }
  }
  const statement = await settlements.statement(channel, date, version === undefined ? undefined : Number(version))
  if (statement) return { statement }
  return { refused: problem('UNKNOWN_STATEMENT', 'expected a day that was looked at; no such statement is written') }
}

function describe(statement: Statement) {
  const { lines: _lines, digest: _digest, recordedAt, file, ...rest } = statement
  return { ...rest, recordedAt: formatUtc(recordedAt), file }
}

function describeFile(file: FileVersion) {
  const { version, state, name, sha256, bytes, receivedAt, receivedBy, refusal, totals, quarantinedLines, change } =
    file
  return {
    version,
    state,
    name,
    sha256,
    bytes,
    receivedAt: formatUtc(receivedAt),
    receivedBy,
    refusal,
    lines: totals?.lines ?? null,
    amountRupiah: totals?.amount ?? null,
    feeRupiah: totals?.fee ?? null,
    netRupiah: totals?.net ?? null,
    quarantined: file.quarantined.map(({ line, code, field }) => ({ line, code, field })),
    quarantinedLines,
    change,
  }
}

/** A day that nobody has looked at yet is in the matrix all the same. `now` null: no file is expected of it. */
function describeRow(channel: string, date: BusinessDate, row: MatrixRow | undefined, now: Instant | null) {
  const here = row?.file ?? 'none'
  const file = here === 'none' && now !== null ? fileStateOf(channel, date, now, [], SETTLEMENT_RULES) : here
  return {
    channel,
    date,
    version: row?.version ?? 0,
    verdict: row?.verdict ?? 'incomplete',
    file,
    unexplainedRupiah: row?.unexplainedRupiah ?? 0,
    openDifferences: row?.openDifferences ?? 0,
    hubRupiah: row?.hubRupiah ?? null,
    fileRupiah: row?.fileRupiah ?? null,
    bankRupiah: row?.bankRupiah ?? null,
  }
}

function daysBetween(from: BusinessDate, to: BusinessDate): readonly BusinessDate[] {
  const days: BusinessDate[] = []
  for (let day = to; day >= from; day = addDays(day, -1)) days.push(day)
  return days
}
