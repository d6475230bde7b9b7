/** What the calls that decide about many cases at once take and answer. */
import * as z from 'zod/mini'
import { ACTIONS, SHOWN_STATES } from '../../../shared/domain/settlement/resolution.ts'
import { choiceField, reasonField } from '../http/fields.ts'
import { count, described, named, shape, text } from '../http/schema.ts'
import { REASON_LIMIT, waitsForField } from './difference-schemas.ts'

/** As many as a page of the list shows; a call is through long before its time is up. */
export const BULK_LIMIT = 100
const KEY = /^(?!.*\d{9})[A-Za-z0-9-]{8,64}$/
const KEY_EXPECTED = 'expected 8 to 64 letters, digits and dashes, no nine digits in a row'
const IDS_EXPECTED = `expected 1 to ${BULK_LIMIT} ids of differences, each once`
const ID_LIMIT = 64

const many = () => ({
  key: described(
    'A name that you give to this call: repeated with it, the call is answered as the first time',
    z.string(KEY_EXPECTED).check(z.regex(KEY, KEY_EXPECTED)),
  ),
  ids: described(
    `Of 1 to ${BULK_LIMIT} differences, each once`,
    z.array(z.string(IDS_EXPECTED).check(z.maxLength(ID_LIMIT, IDS_EXPECTED)), IDS_EXPECTED).check(
      z.minLength(1, IDS_EXPECTED),
      z.maxLength(BULK_LIMIT, IDS_EXPECTED),
      z.refine((ids: string[]) => new Set(ids).size === ids.length, IDS_EXPECTED),
    ),
  ),
})

/** A match names one payment, so it is proposed alone. */
const BULK_ACTIONS = ACTIONS.filter((action) => action !== 'match')

export const bulkProposal = named(
  'BulkProposal',
  'The same action on many differences, about all that is open of each',
  z.strictObject({
    ...many(),
    action: choiceField('Must fit the class of each difference', BULK_ACTIONS),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type BulkProposal = z.output<typeof bulkProposal>

export const bulkApproval = named(
  'BulkApproval',
  'Whether the proposals on many differences are approved',
  z.strictObject({
    ...many(),
    decision: z.enum(['approve', 'reject'], 'expected approve or reject'),
    reason: z.optional(reasonField(REASON_LIMIT)),
  }),
)
export type BulkApproval = z.output<typeof bulkApproval>

export const bulkAnswer = shape('BulkAnswer', 'What became of each difference, in the order in which they came', () =>
  z.strictObject({
    key: text('As given'),
    accepted: count('How many took the step'),
    refused: count('How many are as they were'),
    items: z.array(
      z.strictObject({
        id: text('Of the difference'),
        outcome: z.enum(['accepted', 'refused']),
        state: z.nullable(z.enum(SHOWN_STATES)),
        waitsFor: waitsForField(),
        code: z.nullable(text('Why it was refused, as its own call says it')),
        detail: z.nullable(text('What was expected')),
      }),
    ),
  }),
)
