/** What the calls about personal data take and answer: disclosures, exports, read traces. */
import * as z from 'zod/mini'
import { MOST_ROWS_PER_FILE } from '../../../shared/domain/export-limits.ts'
import { SHOWN } from '../../../shared/store/read-traces/read-traces.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { choiceField, cursorField, dateField, kpjField, numberField, reasonField, textField } from '../http/fields.ts'
import { READ_REASON_LIMIT } from '../http/read-trace.ts'
import { at, count, day, described, kpj, named, next, personal, shape, text, type View } from '../http/schema.ts'

export const disclosureRequest = named(
  'DisclosureRequest',
  'Whose personal data is to be seen, and why',
  z.strictObject({ kpj: kpjField(), reason: reasonField(READ_REASON_LIMIT) }),
)
export type DisclosureRequest = z.output<typeof disclosureRequest>

export const disclosureSchema = shape(
  'Disclosure',
  'Personal data in full; each text is empty where it was erased',
  () =>
    z.strictObject({
      kpj: kpj(),
      name: personal('name', 'As registered'),
      nik: personal('nik', 'The person’s number'),
      phone: personal('phone', 'Empty when unknown'),
      email: personal('email', 'Empty when unknown'),
      reason: text('As it stands in the trace'),
      at: at('When it was shown'),
    }),
)

export const erasureRequest = named(
  'ErasureRequest',
  'Why a person’s data is to be erased',
  z.strictObject({ reason: reasonField(READ_REASON_LIMIT) }),
)
export type ErasureRequest = z.output<typeof erasureRequest>

export const erasureSchema = shape(
  'Erasure',
  'Whether a person’s data is erased, and what people decided about it',
  () =>
    z.strictObject({
      erasedAt: described('null: it is not', z.nullable(at('When it was decided'))),
      proposal: described('The last one', z.nullable(z.strictObject(proposalFields()))),
    }),
)

const TABLE = 'expected the name of a table: 1 to 64 of a-z 0-9 -, no twelve digits in a row'
const EXPORT_FORMATS = ['csv', 'xlsx'] as const

export const exportRequest = named(
  'ExportRequest',
  'A table of rows that the caller has read and wants to keep as a file',
  z.strictObject({
    table: described(
      'Its name; may hold a KPJ, never a NIK',
      z.string(TABLE).check(z.regex(/^(?!.*\d{12})[a-z0-9-]{1,64}$/, TABLE)),
    ),
    format: choiceField('Of the file', EXPORT_FORMATS),
    rows: described(
      'How many rows it has',
      z
        .int(`expected 0 to ${MOST_ROWS_PER_FILE} rows`)
        .check(
          z.minimum(0, `expected 0 to ${MOST_ROWS_PER_FILE} rows`),
          z.maximum(MOST_ROWS_PER_FILE, `expected 0 to ${MOST_ROWS_PER_FILE} rows; filter the table`),
        ),
    ),
  }),
)
export type ExportRequest = z.output<typeof exportRequest>

export const exportSchema = shape(
  'Export',
  'The file may be made: its name, and what is left for this person today',
  () =>
    z.strictObject({
      name: text('What the file is to be called'),
      rowsLeft: count('That this person may still take out today'),
      filesLeft: count('That this person may still make today'),
      at: at('When the export was recorded'),
    }),
)

export const readTracesQuery = z.strictObject({
  actor: z.optional(
    textField('The subject of a person’s token: whose data did this person see', 200).check(
      z.minLength(1, 'expected the subject of a token'),
    ),
  ),
  kpj: z.optional(kpjField()),
  from: z.optional(dateField('First day (Asia/Jakarta); seven days back if absent')),
  to: z.optional(dateField('Last day; today if absent')),
  limit: z.optional(numberField('Items per page, 100 if absent', 1, 500)),
  after: z.optional(cursorField()),
})
export type ReadTracesQuery = z.output<typeof readTracesQuery>

const readTraceItem = shape('ReadTrace', 'One account that one call showed to one person, or one file', () =>
  z.strictObject({
    at: at('When'),
    actor: text('The subject of the person’s token'),
    actorName: described('As the token said', z.nullable(z.string())),
    issuer: described('Who issued the token', z.nullable(z.string())),
    call: text('The route'),
    kpj: described('null: nobody was found, or it is a file', z.nullable(z.string())),
    shown: described(
      'in-full and masked: names, NIKs, phones; account: what belongs to a membership; file: rows that left',
      z.enum(SHOWN),
    ),
    reason: described('null: none was given', z.nullable(z.string())),
    sourceIp: text('Whom the gateway saw'),
    forwardedFor: described('The addresses before it, as sent', z.nullable(z.string())),
    fileName: z.nullable(z.string()),
    rows: described('Of the file; null: not counted', z.nullable(count())),
  }),
)
export type ReadTraceItem = View<typeof readTraceItem>

export const readTracesSchema = shape('ReadTraces', 'One page of read traces, newest first', () =>
  z.strictObject({ from: day(), to: day(), items: z.array(readTraceItem()), next: next() }),
)
