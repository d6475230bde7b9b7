/**
 * `GET /api/settlements`, one statement, and the lines behind its figures: what functions/reconcile-settlement has written.
 * Computes nothing but what time alone changes: whether a file that is not here is awaited or missing.
 */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  type Instant,
  parseBusinessDate,
} from '../../../shared/domain/instant.ts'
import { fileStateOf } from '../../../shared/domain/settlement/calendar.ts'
import type { Item, MatchedLine, SettlementRules } from '../../../shared/domain/settlement/day.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import { rulesOf, SETTLEMENT_RULES } from '../../../shared/domain/settlement/rules.ts'
import { CHANNEL_PAST_DAYS } from '../../../shared/store/settlements/first-day.ts'
import type { LinesPlace, MatrixRow, Statement } from '../../../shared/store/settlements/records.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { describeCase } from './differences.ts'
import type {
  LineLabel,
  LinesQuery,
  MatrixQuery,
  SettlementDay,
  SettlementFile,
  StatementLine,
  StatementQuery,
} from './statement-schemas.ts'

/** Days of a matrix that names none, and the most that one may ask for. */
const DAYS = 7
const MOST_DAYS = 92
const SHOWN_CASES = 500

export const UNKNOWN_STATEMENT = 'expected a payment channel and a day that a run has looked at, such as 2026-11-20'

type Target = { path: { channel: string; date: string } }

export async function listSettlements(ports: ConsolePorts, { query, now }: Call<{ query: MatrixQuery }>) {
  const to = query.to ?? businessDateOf(now)
  const from = query.from ?? addDays(to, 1 - DAYS)
  if (!isInDayRange(from, now) || !isInDayRange(to, now)) {
    return problem('INVALID_INPUT', `query parameters from and to: expected ${DAY_RANGE}`)
  }
  if (from > to || addDays(from, MOST_DAYS) <= to) {
    return problem('INVALID_INPUT', `query parameters from and to: expected 1 to ${MOST_DAYS} days in order`)
  }
  const before = addDays(from, -CHANNEL_PAST_DAYS)
  const rows = await Promise.all(ports.channels.map((channel) => ports.settlements.rows(channel, before, to)))
  const known = new Map(rows.flat().map((row) => [`${row.channel}#${row.date}`, row]))
  const items = daysBetween(from, to).flatMap((date) =>
    ports.channels.map((channel, i) => {
      // Before the first day that a run has looked at, a channel may not have begun: nothing is awaited of it.
      const begun = rows[i]?.[0]?.date
      const isExpected = begun !== undefined && begun <= date
      const profile = ports.settling.find((each) => each.profile.name === channel)?.profile
      const rules = profile ? rulesOf(profile) : SETTLEMENT_RULES
      return describeRow(channel, date, known.get(`${channel}#${date}`), isExpected ? { now, rules } : null)
    }),
  )
  return json(200, { items })
}

export async function showStatement(ports: ConsolePorts, call: Call<Target & { query: StatementQuery }>) {
  const statement = await findStatement(ports, call, call.query.version)
  if (!statement) return unknownStatement()
  const { channel, date } = statement
  const [files, cases, mails] = await Promise.all([
    ports.settlements.fileVersions(channel, date),
    ports.settlements.differencesOf(channel, date),
    ports.settlements.mails(channel, date),
  ])
  return json(200, {
    ...describe(statement),
    files: files.map(describeFile),
    differences: cases.slice(0, SHOWN_CASES).map((each) => describeCase(each, call.now)),
    differencesTotal: cases.length,
    mails: mails.map(({ version, state, code, recipients, at }) => ({
      version,
      state,
      code,
      recipients,
      at: formatUtc(at),
    })),
  })
}

export async function showLines(ports: ConsolePorts, call: Call<Target & { query: LinesQuery }>) {
  const { label, version, page = 0 } = call.query
  const statement = await findStatement(ports, call, version)
  if (!statement) return unknownStatement()
  const pages = pagesOf(label, statement.lines)
  const cursor = pages[page]
  if (!cursor) {
    if (pages.length === 0) return json(200, { label, items: [], next: null })
    return problem('INVALID_INPUT', 'query parameter page: expected the `next` of this list')
  }
  const items = await readPage(ports, statement, cursor)
  return json(200, { label, items, next: page + 1 < pages.length ? String(page + 1) : null })
}

type Page = { readonly label: LineLabel | typeof MATCHED; readonly page: number }
const MATCHED = 'matched' as const

/** A total opens into the matched pairs and into the rows of its own side: of the hub, or of the file. */
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

function pagesOf(label: LineLabel, lines: LinesPlace): readonly Page[] {
  const rows = (labels: readonly LineLabel[]): readonly Page[] =>
    labels.flatMap((each) => Array.from({ length: lines.pages[each] ?? 0 }, (_, page) => ({ label: each, page })))
  const matched: readonly Page[] = Array.from({ length: lines.buckets }, (_, page) => ({ label: MATCHED, page }))
  if (label === 'hub-payments') return [...matched, ...rows(HUB_ROWS)]
  if (label === 'file-total' || label === 'file-net' || label === 'channel-fees')
    return [...matched, ...rows(FILE_ROWS)]
  return rows([label])
}

async function readPage(
  ports: ConsolePorts,
  { channel, date, lines }: Statement,
  { label, page }: Page,
): Promise<readonly StatementLine[]> {
  if (label === MATCHED) return (await ports.lines.bucket(channel, date, lines, page)).map(describeMatch)
  return (await ports.lines.page(channel, date, lines, label, page)).map(describeItem)
}

/** One shape for both, so that a table needs no special case. */
function describeMatch({ paymentId, line, amount, fee, at, status, how }: MatchedLine): StatementLine {
  const shared = { row: MATCHED, paymentId, line, amountRupiah: amount, feeRupiah: fee, at: formatUtc(at) }
  return { ...shared, status, how, otherDate: null, breakDate: null }
}

export function describeItem({ label, paymentId, line, amount, otherDate, breakDate }: Item): StatementLine {
  const shared = { row: label, paymentId, line, amountRupiah: amount, feeRupiah: null, at: null }
  return { ...shared, status: null, how: null, otherDate, breakDate }
}

async function findStatement(
  { settlements, channels }: ConsolePorts,
  { path }: Call<Target>,
  version: number | undefined,
): Promise<Statement | undefined> {
  const date = parseBusinessDate(path.date)
  if (!channels.includes(path.channel) || date === undefined) return undefined
  return settlements.statement(path.channel, date, version)
}

function unknownStatement() {
  return problem('UNKNOWN_STATEMENT', UNKNOWN_STATEMENT)
}

function describe(statement: Statement) {
  const { lines: _lines, digest: _digest, charges: _charges, recordedAt, file, ...rest } = statement
  return { ...rest, recordedAt: formatUtc(recordedAt), file }
}

function describeFile(file: FileVersion): SettlementFile {
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

/** A day that no run has looked at yet is in the matrix all the same. `due` null: no file is expected of it. */
function describeRow(
  channel: string,
  date: BusinessDate,
  row: MatrixRow | undefined,
  due: { readonly now: Instant; readonly rules: SettlementRules } | null,
): SettlementDay {
  const here = row?.file ?? 'none'
  const file = here === 'none' && due !== null ? fileStateOf(channel, date, due.now, [], due.rules) : here
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
