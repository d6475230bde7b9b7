/** What the reports take and answer: coverage figures and targets, lapses, the journal. */
import * as z from 'zod/mini'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { ENTRY_KINDS } from '../../../shared/domain/journal.ts'
import { LEDGER_ACCOUNTS } from '../../../shared/domain/journal-positions.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { FUNDINGS, SECTORS } from '../../../shared/domain/tariff.ts'
import { NOTICE_STATES } from '../../../shared/store/notices/notices.ts'
import { choiceField, cursorField, dateField, numberField } from '../http/fields.ts'
import { at, count, day, described, flag, kpj, money, month, next, shape, text, type View } from '../http/schema.ts'
import { byStatus } from './overview-schemas.ts'
import { TARGET_REFUSALS, type TargetRefusal } from './target-row.ts'

const status = () => z.enum(MEMBERSHIP_STATUSES)
const orNull = (description: string) => described(description, z.nullable(count()))
const format = z.optional(choiceField('json if absent', ['json', 'csv']))

export const DIMENSIONS = ['province', 'regency', 'sector', 'funding'] as const
export const coverageFiguresQuery = z.strictObject({
  date: z.optional(dateField('As its night counted it; as of now if absent')),
  by: z.optional(choiceField('province if absent', DIMENSIONS)),
})
export type CoverageFiguresQuery = z.output<typeof coverageFiguresQuery>

const coverageRow = shape('CoverageRow', 'The figures of a group of memberships', () =>
  z.strictObject({
    key: text('Code of province or regency, sector, or funding; `all`'),
    name: described('null for a regency: the hub holds codes', z.nullable(z.string())),
    total: count('Memberships, closed ones included'),
    covered: count('Those whose current month is paid'),
    byStatus: byStatus(),
    coveredWeekBefore: orNull('7 days before; null where that day was not counted'),
    coveredMonthBefore: orNull('30 days before; null where that day was not counted'),
    workersFormal: orNull('As imported for the year; null without a target'),
    workersInformal: orNull('As imported for the year; null without a target'),
    targetBasisPoints: orNull('10,000 is all informal workers'),
    ofInformalBasisPoints: orNull('Covered per informal worker, rounded down'),
    ofWorkersBasisPoints: orNull('Covered per worker: what the hub adds; wage earners are covered elsewhere'),
    shortOfTarget: orNull('Covered memberships that the target still needs'),
  }),
)
export const coverageFiguresSchema = shape('CoverageFigures', 'The figures of the night’s run, or of now', () =>
  z.strictObject({
    date: day(),
    countedAt: at('When the night’s run began; now without a date'),
    by: z.enum(DIMENSIONS),
    total: coverageRow(),
    rows: z.array(coverageRow()),
  }),
)

export const coverageTrendQuery = z.strictObject({ by: z.optional(choiceField('province if absent', DIMENSIONS)) })
export type CoverageTrendQuery = z.output<typeof coverageTrendQuery>

export const coverageTrendSchema = shape('CoverageTrend', 'Who was covered at the end of each month', () =>
  z.strictObject({
    by: z.enum(DIMENSIONS),
    days: described('The days that were counted, the oldest first; a month without one has none', z.array(day())),
    covered: described('On each of those days, all together', z.array(count())),
    groups: z.array(
      z.strictObject({
        key: text('Code of province or regency, sector, or funding'),
        name: described('null for a regency: the hub holds codes', z.nullable(z.string())),
        covered: described('On each of those days', z.array(count())),
      }),
    ),
  }),
)

export const targetsResult = shape('TargetsResult', 'What became of the rows', () =>
  z.strictObject({
    accepted: count(),
    refused: z.array(
      z.strictObject({
        line: described('Physical line of the file', z.int().check(z.minimum(2))),
        code: z.enum(Object.keys(TARGET_REFUSALS) as TargetRefusal[]),
        reason: text('What was expected'),
      }),
    ),
  }),
)

export const LAPSE_PAGE = 2_000
export const lapsesQuery = z.strictObject({
  days: z.optional(numberField('30 if absent', 1, 180)),
  limit: z.optional(numberField('Items per page: 100 if absent, 2,000 for CSV', 1, LAPSE_PAGE)),
  after: z.optional(
    described(
      'The `next` of the page before',
      cursorField().check(z.regex(/^\d{11}$/, 'expected a `next` of this list')),
    ),
  ),
  by: z.optional(
    choiceField('channel: totals by the channel used last, too; notice: by the fate of the last notice', [
      'channel',
      'notice',
    ]),
  ),
  format,
})
export type LapsesQuery = z.output<typeof lapsesQuery>

const keepRupiah = () => money('Price of the fewest months that keep from lapsing in this time, less credit')
const lapseGroups = () => z.array(z.strictObject({ key: text('Of what'), count: count(), keepRupiah: keepRupiah() }))
const lapseItem = shape('Lapse', 'A membership that lapses if nothing more is paid, and what would keep it', () =>
  z.strictObject({
    kpj: kpj(),
    lapsesOn: day('The first day on which it is lapsed if nothing more is paid'),
    status: status(),
    paidThrough: z.nullable(month()),
    keepMonths: described('What must be paid, in this order', z.array(month())),
    keepRupiah: keepRupiah(),
    province: text('Name'),
    regionCode: text('Kemendagri code'),
    sector: z.enum(SECTORS),
    funding: z.enum(FUNDINGS),
    lastChannel: described('Where it was paid last; null: never', z.nullable(z.string())),
    lastNotice: described(
      'The notice that the member got last, and its fate; null: none',
      z.nullable(z.strictObject({ month: month(), stage: z.enum(NOTICE_STAGES), state: z.enum(NOTICE_STATES) })),
    ),
  }),
)
export type LapseItem = View<typeof lapseItem>

export const lapsesSchema = shape('Lapses', 'One page, with totals on the first', () =>
  z.strictObject({
    asOf: at('When this was computed'),
    days: count(),
    until: day('The last day looked at'),
    totals: described(
      'With the first page only',
      z.nullable(
        z.strictObject({
          complete: flag('false where the table is larger than one call reads'),
          viewsRead: count(),
          count: count(),
          keepRupiah: keepRupiah(),
          byDay: lapseGroups(),
          byProvince: lapseGroups(),
          bySector: lapseGroups(),
          byFunding: lapseGroups(),
          byChannel: described('With by=channel, up to 10,000 memberships', z.nullable(lapseGroups())),
          byNotice: described('With by=notice, up to 10,000 memberships', z.nullable(lapseGroups())),
        }),
      ),
    ),
    items: z.array(lapseItem()),
    next: next(),
  }),
)

export const journalQuery = z.strictObject({ format })
export type JournalQuery = z.output<typeof journalQuery>

const position = () => ({
  account: z.enum(LEDGER_ACCOUNTS),
  channel: z.nullable(text('Whose money it is')),
  program: z.nullable(z.enum(['JKK', 'JKM', 'JHT'])),
})
export const journalSchema = shape(
  'Journal',
  'The entries of a day. A closed day never changes; the balances are empty while the day before is open.',
  () =>
    z.strictObject({
      date: day(),
      closed: flag('Whether the day is closed'),
      closedAt: z.nullable(at('When it was closed; null while the day is open')),
      accounts: count(),
      debitRupiah: money('Sum of debits'),
      creditRupiah: money('Sum of credits'),
      trialRupiah: money('Debits less credits: 0'),
      entries: z.array(
        z.strictObject({
          kind: z.enum(ENTRY_KINDS),
          ...position(),
          debitRupiah: money('Debit'),
          creditRupiah: money('Credit'),
          count: count(),
        }),
      ),
      balances: z.array(z.strictObject({ ...position(), balanceRupiah: money('Debit positive, after the day') })),
    }),
)
export type Journal = View<typeof journalSchema>
