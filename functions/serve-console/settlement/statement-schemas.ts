/** What the calls about statements and settlement files take and answer. */
import * as z from 'zod/mini'
import { ARRIVAL_STATES } from '../../../shared/domain/settlement/arrival.ts'
import { BRIDGE_LABELS, DIFFERENCE_CLASSES, NOTE_KINDS, VERDICTS } from '../../../shared/domain/settlement/day.ts'
import { BANK_FORMATS, FILE_STATES } from '../../../shared/domain/settlement/file-version.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { choiceField, dateField, numberField, reasonField } from '../http/fields.ts'
import { at, count, day, described, money, named, shape, text, type View } from '../http/schema.ts'
import { listedDifference } from './difference-schemas.ts'
import { UNUSABLE_CODES } from './file-problems.ts'

const NOTE_LABELS = ['note-admin-fee', 'note-outlet', 'note-time'] as const
const LINE_LABELS = [...BRIDGE_LABELS, ...NOTE_LABELS] as const
export type LineLabel = (typeof LINE_LABELS)[number]

export const matrixQuery = z.strictObject({
  from: z.optional(dateField('Six days before `to` if absent')),
  to: z.optional(dateField('Today if absent')),
})
export type MatrixQuery = z.output<typeof matrixQuery>

const version = z.optional(numberField('The latest if absent', 0, 99_999))
export const statementQuery = z.strictObject({ version })
export type StatementQuery = z.output<typeof statementQuery>

export const answerFileQuery = z.strictObject({
  version,
  format: z.optional(choiceField('csv: the file itself', ['json', 'csv'])),
})
export type AnswerFileQuery = z.output<typeof answerFileQuery>

export const answerFilesSchema = shape('AnswerFiles', 'The answers that were given to a channel’s file of a day', () =>
  z.strictObject({
    channel: text('Payment channel'),
    date: day(),
    answers: described(
      'Ascending by version',
      z.array(
        z.strictObject({
          version: count('Of the statement that it was written from'),
          name: text('Of an earlier version where this one says nothing new'),
          place: text('Key in the files bucket'),
          sha256: sha256(),
          bytes: count(),
          matched: count('Lines and payments that agree'),
          awaited: count('Payments that may come in the next file'),
          missing: count('Payments that are in no file'),
          refused: count('Lines that are not settled as they stand'),
          writtenAt: at('When'),
        }),
      ),
    ),
  }),
)

export const linesQuery = z.strictObject({
  label: choiceField('The row of the bridge, or a note', LINE_LABELS),
  version,
  page: z.optional(numberField('The `next` of the page before', 0, 99_999)),
})
export type LinesQuery = z.output<typeof linesQuery>

export const withdrawalRequest = named(
  'WithdrawalRequest',
  'Which version of the day’s file is to be withdrawn, and why',
  z.strictObject({
    version: described('The accepted one, as the statement names it', z.int().check(z.minimum(1))),
    reason: reasonField(200),
  }),
)
export type WithdrawalRequest = z.output<typeof withdrawalRequest>

export const fileWithdrawal = shape('FileWithdrawal', 'A withdrawal of a settlement file, as two people take it', () =>
  z.strictObject({
    channel: text('Payment channel'),
    date: day(),
    version: count('Of the day’s file'),
    sha256: sha256(),
    ...proposalFields(),
  }),
)
export type FileWithdrawal = View<typeof fileWithdrawal>

export const fileWithdrawalStanding = shape(
  'FileWithdrawalStanding',
  'Whether people proposed to withdraw the file of a day, and what was decided',
  () => z.strictObject({ proposal: described('The last one', z.nullable(fileWithdrawal())) }),
)

export const differenceLinesQuery = z.strictObject({
  page: z.optional(numberField('The `next` of the page before', 0, 99_999)),
})
export type DifferenceLinesQuery = z.output<typeof differenceLinesQuery>

const dayFields = () => ({
  channel: text('Payment channel'),
  date: day(),
  version: count('Of the statement; 0: no run has looked at the day yet'),
  verdict: described('The first that applies, in this order', z.enum(VERDICTS)),
})
const unexplainedRupiah = () => money('What no row explains: 0, or the day is incomplete')
const position = () => described('1-based', z.int().check(z.minimum(1)))
const label = () => z.enum(BRIDGE_LABELS)

const matrixRow = shape('SettlementDay', 'One business day of one channel', () =>
  z.strictObject({
    ...dayFields(),
    file: z.enum(['received', 'held', 'awaited', 'missing', 'none']),
    unexplainedRupiah: unexplainedRupiah(),
    openDifferences: count(),
    hubRupiah: z.nullable(money('Payments that we took, reversed ones too')),
    fileRupiah: z.nullable(money('Total of the accepted file')),
    bankRupiah: z.nullable(money('Credits of the bank for this day')),
  }),
)
export type SettlementDay = View<typeof matrixRow>

export const matrixSchema = shape('SettlementMatrix', 'The newest day first', () =>
  z.strictObject({ items: z.array(matrixRow()) }),
)

export const fileArrivalsQuery = z.strictObject({
  from: z.optional(dateField('Six days before `to` if absent')),
  to: z.optional(dateField('Yesterday if absent')),
})
export type FileArrivalsQuery = z.output<typeof fileArrivalsQuery>

export const fileArrivalsSchema = shape(
  'FileArrivals',
  'Settlement files by channel and day, the newest day first',
  () =>
    z.strictObject({
      items: z.array(
        z.strictObject({
          channel: text('Payment channel'),
          date: day(),
          state: described('late: it has not come by its hour and the tolerance', z.enum(ARRIVAL_STATES)),
          dueAt: at('When it has to be here'),
          lateAt: at('From when on it is late'),
          arrivedAt: z.nullable(at('When the first one came that could be used; null: none did')),
          alarmedAt: z.nullable(at('When it was found late; null: it was not')),
        }),
      ),
    }),
)

const fileChange = shape('FileChange', 'What a corrected file changes against the accepted one; its first lines', () =>
  z.strictObject({
    against: count('The accepted version'),
    added: count(),
    removed: count(),
    changed: count('Same payment id, other content'),
    amountRupiah: money('New less old'),
    feeRupiah: money('New less old'),
    netRupiah: money('New less old'),
    lines: z.array(
      z.strictObject({
        paymentId: text('Empty where the line has none'),
        wasRupiah: z.nullable(money('Before')),
        isRupiah: z.nullable(money('After')),
      }),
    ),
  }),
)

const quarantined = () =>
  z.array(
    z.strictObject({
      line: described('Physical line of the file', z.int().check(z.minimum(1))),
      code: text('What was wrong'),
      field: text('The column, as the layout calls it; empty: the whole line'),
    }),
  )
const sha256 = () => text('Of the bytes as they came, hexadecimal')

const settlementFile = shape('SettlementFile', 'A version of the day’s file', () =>
  z.strictObject({
    version: count(),
    state: z.enum(FILE_STATES),
    name: text('As it came'),
    sha256: sha256(),
    bytes: count(),
    receivedAt: at('When it came'),
    receivedBy: described('The operator; null: dropped by the partner', z.nullable(z.string())),
    refusal: described(
      'Why it is held',
      z.nullable(
        z.strictObject({
          code: text('The reader’s code'),
          line: z.nullable(position()),
          detail: text('What was expected'),
        }),
      ),
    ),
    lines: z.nullable(count()),
    amountRupiah: z.nullable(money('Sum of amounts')),
    feeRupiah: z.nullable(money('Sum of the channel’s fees')),
    netRupiah: z.nullable(money('What the bank must credit')),
    quarantined: quarantined(),
    quarantinedLines: count(),
    change: z.nullable(fileChange()),
  }),
)
export type SettlementFile = View<typeof settlementFile>

export const statementSchema = shape('Statement', 'The statement of a day: every rupiah in one row', () =>
  z.strictObject({
    ...dayFields(),
    recordedAt: at('When this version was written'),
    file: z.nullable(z.strictObject({ version: count(), name: text('As it came'), sha256: sha256() })),
    bridge: z.array(
      z.strictObject({ label: label(), amountRupiah: money('Signed, so that rows add up'), count: count() }),
    ),
    unexplainedRupiah: unexplainedRupiah(),
    hubRupiah: money('Payments that we took, reversed ones too'),
    fileRupiah: z.nullable(money('Total of the accepted file')),
    channelFeesRupiah: money('The channel’s own fees by its file'),
    bankRupiah: money('Credits of the bank for this day'),
    writtenOffRupiah: money('Given up by decision; negative where it is our gain'),
    chargedRupiah: money('Charged to the channel by decision; negative where it is owed to the channel'),
    feesMoved: z.strictObject({
      writtenOffRupiah: money('The part of what was given up that was a fee'),
      chargedRupiah: money('The part of what was charged that was a fee'),
    }),
    openItems: z.array(
      z.strictObject({
        label: text('A label of the bridge, file-awaited or unexplained'),
        amountRupiah: money('Positive: the channel owes it; the sum is the receivable of the day'),
        count: count(),
      }),
    ),
    credits: z.array(
      z.strictObject({ id: text('The bank’s reference'), bookedOn: day(), amountRupiah: money('For this day') }),
    ),
    differenceCounts: described('By class', z.partialRecord(z.enum(DIFFERENCE_CLASSES), count())),
    openDifferences: count(),
    pendingCount: count(),
    notes: z.optional(
      z.array(
        z.strictObject({
          kind: z.enum(NOTE_KINDS),
          count: count('Matched lines that say it; their list is `label=note-…` of the lines'),
        }),
      ),
    ),
    changes: z.array(
      z.strictObject({
        label: label(),
        before: z.nullable(money('In the version before')),
        after: z.nullable(money('In this one')),
      }),
    ),
    files: z.array(settlementFile()),
    differences: z.array(listedDifference()),
    differencesTotal: count(),
    mails: described(
      'What became of mailing final versions to finance',
      z.array(
        z.strictObject({
          version: count('Of the statement'),
          state: described(
            'waiting: certainly not sent, and tried again; unknown: perhaps sent',
            z.enum(['reserved', 'waiting', 'sent', 'refused', 'unknown']),
          ),
          code: z.nullable(text('The provider’s word where it did not go out')),
          recipients: count('How many were written to'),
          at: at('When'),
        }),
      ),
    ),
  }),
)

const statementLine = shape('StatementLine', 'A payment or a line behind a figure', () =>
  z.strictObject({
    row: z.enum(['matched', ...BRIDGE_LABELS]),
    paymentId: text('The partner’s id; empty where the line has none'),
    line: z.nullable(count()),
    amountRupiah: money('Of the line, or what it adds to the row'),
    feeRupiah: z.nullable(money('The channel’s fee on the line')),
    at: z.nullable(at('The file’s time')),
    status: z.nullable(z.enum(['settled', 'reversed'])),
    how: z.nullable(z.enum(['id', 'candidate', 'resolution'])),
    otherDate: z.nullable(day()),
    breakDate: z.nullable(day()),
  }),
)
export type StatementLine = View<typeof statementLine>

export const linesSchema = shape('StatementLines', 'One page of what a figure is made of', () =>
  z.strictObject({
    label: z.enum(LINE_LABELS),
    items: z.array(statementLine()),
    next: z.nullable(text('Give it as `page` for the next page; null on the last')),
  }),
)

export const differenceLinesSchema = shape(
  'DifferenceLines',
  'One page of the lines of a difference that stands for many',
  () =>
    z.strictObject({
      items: z.array(statementLine()),
      next: z.nullable(text('Give it as `page` for the next page; null on the last')),
    }),
)

export const fileTaken = shape('FileTaken', 'What became of the file', () =>
  z.strictObject({
    outcome: z.enum(['accepted', 'unchanged', 'proposed']),
    version: count('Of the day’s file, from 1'),
    state: z.enum(FILE_STATES),
    sha256: sha256(),
    bytes: count(),
    lines: count('By the control totals; all money below is theirs'),
    amountRupiah: money('Settled less reversed'),
    feeRupiah: money('The channel’s fees'),
    netRupiah: money('What the bank must credit'),
    quarantinedLines: count('Lines set aside'),
    quarantined: quarantined(),
    change: z.nullable(fileChange()),
  }),
)

export const statementTaken = shape('StatementTaken', 'What became of the bank statement', () =>
  z.strictObject({
    outcome: z.enum(['accepted', 'unchanged', 'incomplete']),
    gap: z.nullable(
      text('What it waits for, where it does not follow the last statement; nothing of it counts until then'),
    ),
    sha256: sha256(),
    format: z.enum(BANK_FORMATS),
    added: count('Movements that were not known before'),
    pendingEntries: count('Entries that the bank has not booked yet'),
    credits: z.array(
      z.strictObject({
        id: text('The bank’s reference, or a digest where it gives none'),
        bookedOn: day(),
        valueOn: day(),
        amountRupiah: money('Negative for what was returned or taken'),
        statement: text('Which statement'),
        entry: described('Which entry of it', z.int().check(z.minimum(1))),
      }),
    ),
  }),
)

export const unusableFileSchema = shape(
  'UnusableFile',
  `The file cannot be used; its bytes are kept all the same. ${UNUSABLE_CODES.join(', ')}`,
  () =>
    z.strictObject({
      type: text('Always about:blank; the code names the problem'),
      title: text('The same for every problem of this code'),
      status: z.int(),
      detail: text('What was expected; never what was sent'),
      code: described('Stable; programs may rely on it', z.enum(UNUSABLE_CODES)),
      line: described('Line of the file or entry of the statement', z.nullable(position())),
      sha256: sha256(),
      version: described('Of the day’s file, where it was held', z.nullable(position())),
    }),
)
export type UnusableFile = View<typeof unusableFileSchema>
