/** What the calls about months take and answer. */
import * as z from 'zod/mini'
import { LEDGER_ACCOUNTS } from '../../../shared/domain/journal-positions.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { MONTH_CHECK_CODES, MONTH_CHECKS } from '../../../shared/domain/month-checks.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { readMonth, reasonField } from '../http/fields.ts'
import { at, count, day, described, money, named, shape, text, type View } from '../http/schema.ts'

const MONTH = 'expected a month such as 2026-11'
/** A month of the books. */
export const periodField = described(
  'Month of the books, such as 2026-11',
  z.string(MONTH).check(
    z.maxLength(7, MONTH),
    z.refine((value) => readMonth(value) !== undefined, MONTH),
  ),
) as unknown as z.ZodMiniType<Month, string>

const codes = MONTH_CHECK_CODES
const meanings = codes.map((code) => `${code}: ${MONTH_CHECKS[code]}`).join('. ')

export const closeRequest = named(
  'PeriodCloseRequest',
  'Why the month may be closed, and with what open',
  z.strictObject({
    accept: described(
      `What may be open: ${meanings}`,
      z
        .array(z.enum(codes, `expected some of ${codes.join(', ')}`), 'expected a list of codes')
        .check(z.maxLength(codes.length, `expected at most ${codes.length} codes`)),
    ),
    reason: reasonField(200),
  }),
)
export type CloseRequest = z.output<typeof closeRequest>

const period = () => described('Month of the books', z.string().check(z.regex(/^\d{4}-\d{2}$/)))
export const ledgerPosition = () => ({
  account: z.enum(LEDGER_ACCOUNTS),
  channel: z.nullable(text('Whose money it is')),
  program: z.nullable(z.enum(['JKK', 'JKM', 'JHT'])),
})

export const periodsSchema = shape('Periods', 'The months of the books, the newest first', () =>
  z.strictObject({
    items: z.array(
      z.strictObject({
        month: period(),
        state: z.enum(['open', 'closed']),
        closedAt: z.nullable(at('When it was closed')),
      }),
    ),
    journalThrough: described('The last closed day of the journal', z.nullable(day())),
  }),
)

export const periodSchema = shape(
  'Period',
  'A month: as it was closed, or as it would be kept if it were closed now',
  () =>
    z.strictObject({
      month: period(),
      state: z.enum(['open', 'closed']),
      journalThrough: day('The last journal day that it takes in'),
      entries: count(),
      digest: text('Of all its entries, hexadecimal'),
      balances: z.array(
        z.strictObject({ ...ledgerPosition(), balanceRupiah: money('Debit positive, on its last evening') }),
      ),
      receivables: described(
        'What channels owed for which of their days on its last evening: carried',
        z.array(
          z.strictObject({
            channel: text('Payment channel'),
            date: described('null: from before the books named days', z.nullable(day())),
            amountRupiah: money('Positive: owed to us'),
          }),
        ),
      ),
      open: described(
        meanings,
        z.array(
          z.strictObject({
            code: z.enum(codes),
            count: count(),
            amountRupiah: money('Sum of them, signed'),
            items: described(
              'The first 200',
              z.array(
                z.strictObject({
                  channel: z.nullable(text('Payment channel, or bank')),
                  date: z.nullable(day()),
                  id: z.nullable(text('Of the difference or the movement')),
                  amountRupiah: money('Signed'),
                }),
              ),
            ),
          }),
        ),
      ),
      closed: z.nullable(
        z.strictObject({
          at: at('When'),
          proposedBy: text('The operator’s subject'),
          closedBy: text('The approver’s subject'),
          reason: text('As given'),
        }),
      ),
      proposal: described(
        'The last one',
        z.nullable(
          z.strictObject({
            ...proposalFields(),
            journalThrough: day('The last journal day that was proposed'),
            accept: z.array(z.enum(codes)),
          }),
        ),
      ),
    }),
)
export type PeriodView = View<typeof periodSchema>
