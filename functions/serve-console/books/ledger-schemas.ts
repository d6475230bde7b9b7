/** What the calls about the general ledger take and answer: the export of a month, trial balance, receivables. */
import * as z from 'zod/mini'
import { ENTRY_KINDS } from '../../../shared/domain/journal.ts'
import { choiceField, dateField } from '../http/fields.ts'
import { count, day, described, flag, money, shape, text } from '../http/schema.ts'
import { ledgerPosition, periodField } from './period-schemas.ts'

export const journalExportQuery = z.strictObject({
  month: periodField,
  format: z.optional(choiceField('json if absent', ['json', 'csv', 'xlsx'])),
})
export type JournalExportQuery = z.output<typeof journalExportQuery>

export const eveningQuery = z.strictObject({
  asOf: z.optional(dateField('On the evening of this day; the last closed day of the journal if absent')),
})
export type EveningQuery = z.output<typeof eveningQuery>

export const journalExportSchema = shape('JournalExport', 'The entries of a closed month, one row each', () =>
  z.strictObject({
    month: described('Month of the books', z.string().check(z.regex(/^\d{4}-\d{2}$/))),
    digest: text('Of the entries as they were closed, hexadecimal'),
    columns: z.array(z.string()),
    rows: described('By column', z.array(z.record(z.string(), z.union([z.string(), z.int()])))),
  }),
)

const isFinal = () => flag('Whether the month of the day is closed: then this answer never changes')

export const trialBalanceSchema = shape('TrialBalance', 'Every account on the evening of a day', () =>
  z.strictObject({
    asOf: day(),
    isFinal: isFinal(),
    lines: z.array(
      z.strictObject({
        glAccount: text('Number in the general ledger'),
        glName: text('Name in the general ledger'),
        ...ledgerPosition(),
        debitRupiah: money('Debit balance'),
        creditRupiah: money('Credit balance'),
      }),
    ),
    debitRupiah: money('Sum'),
    creditRupiah: money('Sum'),
    differenceRupiah: money('Debits less credits: 0'),
  }),
)

export const receivableSchema = shape(
  'ReceivableStatement',
  'What a channel owes on the evening of a day, item by item',
  () =>
    z.strictObject({
      channel: text('Payment channel'),
      asOf: day(),
      isFinal: isFinal(),
      from: day('First day of the movements: of the month'),
      openingRupiah: money('On the evening before'),
      movements: z.array(
        z.strictObject({
          number: text('Of the entry, as it is exported'),
          date: day(),
          kind: z.enum(ENTRY_KINDS),
          debitRupiah: money('Debit'),
          creditRupiah: money('Credit'),
          count: count(),
          refersTo: described('The day that later truth is about', z.nullable(day())),
        }),
      ),
      closingRupiah: money('By the journal; positive is owed to us'),
      openItems: described(
        'By the statements of the days as they were known then',
        z.array(
          z.strictObject({
            date: described('Business day; null: from before the books named days', z.nullable(day())),
            label: text('As the statement names it; credited-later, not-in-statement, before-the-books'),
            amountRupiah: money('Positive: owed to us'),
            count: count(),
          }),
        ),
      ),
      openItemsRupiah: money('Sum of the items'),
      unexplainedRupiah: money('What the journal has and no item explains: 0, or something is wrong'),
    }),
)
