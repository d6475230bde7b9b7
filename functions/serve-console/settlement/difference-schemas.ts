/** What the calls about differences take and answer: the cases of finance and the two steps of their resolution. */
import * as z from 'zod/mini'
import type { Rupiah } from '../../../shared/domain/money.ts'
import { DIFFERENCE_CLASSES } from '../../../shared/domain/settlement/day.ts'
import { ACTIONS, PART_ACTIONS, SHOWN_STATES } from '../../../shared/domain/settlement/resolution.ts'
import { AWAITED } from '../../../shared/domain/two-people.ts'
import { choiceField, cursorField, numberField, reasonField, textField } from '../http/fields.ts'
import { at, count, day, described, money, month, named, shape, text, type View } from '../http/schema.ts'

export const REASON_LIMIT = 200
const PAYMENT_ID_LIMIT = 128
const CHANNEL_NAME_LIMIT = 64
/** More than a country pays in a day; small enough for exact sums. */
const AMOUNT_LIMIT = 1_000_000_000_000_000
const AMOUNT = 'expected whole rupiah with the sign of what is open'

export const UNKNOWN_DIFFERENCE = 'expected the id of a difference, as a statement names it'
export const ONE_DIFFERENCE = {
  id: {
    schema: textField('As a statement names it'),
    otherwise: { code: 'UNKNOWN_DIFFERENCE', detail: UNKNOWN_DIFFERENCE },
  },
} as const

/** Nobody is called so. */
export const NOBODY = 'none'
export const MYSELF = 'me'

export const differencesQuery = z.strictObject({
  state: z.optional(choiceField('All that are not resolved if absent', SHOWN_STATES)),
  channel: z.optional(textField('All channels if absent', CHANNEL_NAME_LIMIT)),
  class: z.optional(choiceField('All classes if absent', DIFFERENCE_CLASSES)),
  owner: z.optional(
    textField(`Only cases of this person; ${MYSELF}: the caller’s; ${NOBODY}: nobody’s`, CHANNEL_NAME_LIMIT),
  ),
  olderThanDays: z.optional(numberField('First seen more days ago than this', 0, 9_999)),
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type DifferencesQuery = z.output<typeof differencesQuery>

export const proposalRequest = named(
  'ProposalRequest',
  'What shall be done about a difference',
  z.strictObject({
    action: choiceField('Must fit the class of the difference', ACTIONS),
    reason: reasonField(REASON_LIMIT),
    paymentId: z.optional(
      described(
        'For match: one of the candidates, or of a line of no known payment that payment',
        z.string().check(z.minLength(1), z.maxLength(PAYMENT_ID_LIMIT)),
      ),
    ),
    amountRupiah: z.optional(
      described(
        'For write-off and charge-channel: this part of `openRupiah`, with its sign; all that is open if absent',
        z.int(AMOUNT).check(z.minimum(-AMOUNT_LIMIT, AMOUNT), z.maximum(AMOUNT_LIMIT, AMOUNT)),
      ) as unknown as z.ZodMiniType<Rupiah>,
    ),
  }),
)
export type ProposalRequest = z.output<typeof proposalRequest>

export const waitsForField = () =>
  described(
    'Whom a proposal waits for: another person, or, above what two may approve, an administrator; null: for nobody',
    z.nullable(z.enum(AWAITED)),
  )

const listedFields = () => ({
  id: text('Stable over reruns'),
  channel: text('Payment channel'),
  date: day(),
  class: z.enum(DIFFERENCE_CLASSES),
  state: z.enum(SHOWN_STATES),
  waitsFor: waitsForField(),
  reason: text('Why, in a word'),
  paymentId: text('The partner’s id; empty where the line has none'),
  account: z.nullable(text('Whose money it is')),
  hubAmountRupiah: z.nullable(money('What we have')),
  fileAmountRupiah: z.nullable(money('What the file has')),
  stakeRupiah: money('What is in question'),
  openRupiah: money('What of it is neither written off nor charged; positive: the channel’s debt'),
  owner: z.nullable(text('Who looks after it; null: nobody')),
  lines: z.array(z.int().check(z.minimum(1))),
  breakDate: z.nullable(day()),
  firstSeenAt: at('When a run first found it'),
  daysOpen: count(),
  version: count(),
})

export const listedDifference = shape('ListedDifference', 'A difference as lists show it', () =>
  z.strictObject(listedFields()),
)
export type ListedDifference = View<typeof listedDifference>

export const differencesSchema = shape('Differences', 'One page, the oldest day of each channel first', () =>
  z.strictObject({
    items: z.array(listedDifference()),
    next: z.nullable(text('Give it as `after` for the next page; null on the last')),
  }),
)

const evidence = shape(
  'DifferenceEvidence',
  'Named facts for the person who decides; no name, no number of a person. What does not apply is left out',
  () =>
    z.strictObject({
      reason: text('Why, in a word'),
      account: z.optional(text('KPJ or bill code')),
      decidedAt: z.optional(at('When the hub decided on the payment')),
      fileAt: z.optional(at('The file’s time of the payment')),
      outlet: z.optional(text('Where it was paid')),
      how: z.optional(z.enum(['id', 'candidate', 'resolution'])),
      decision: z.optional(text('What the hub decided: unknown, refused, reversed-first or accepted')),
      refusal: z.optional(text('Why the hub refused it')),
      hubDate: z.optional(day('The business date of the payment, where it is another day’s')),
      otherLines: z.optional(
        z.array(
          z.strictObject({
            file: day('The day of that file'),
            line: z.int(),
            status: z.enum(['settled', 'reversed']),
            amount: money('Of that line'),
          }),
        ),
      ),
      candidates: z.optional(z.array(text('Id of a payment that the line may be'))),
      candidateLines: z.optional(z.array(z.int())),
      candidateCount: z.optional(count('How many there are, where not all of them are named')),
      lineIdentity: z.optional(text('What an approved match names')),
      expectedFeeRupiah: z.optional(money('By the channel’s contract')),
      fileFeeRupiah: z.optional(money('By its file')),
      fees: z.optional(
        described(
          'Of a month’s fees: what is to our loss beyond what differences of single days hold',
          z.strictObject({
            month: month(),
            inDayCasesRupiah: money('In differences of single days'),
            fee: money('Fee without VAT'),
            vat: money('VAT (PPN)'),
            withholding: money('Income tax withheld too little (PPh 23)'),
          }),
        ),
      ),
      code: z.optional(text('Why a line was set aside')),
      field: z.optional(text('The layout’s name of the field')),
      credits: z.optional(z.array(text('The bank’s reference'))),
      fileVersion: z.optional(count()),
      linked: z.optional(z.array(text('Id of a difference that is perhaps the other side of this one'))),
      count: z.optional(count('Of a case that stands for many of its kind: how many; its lines are listed apart')),
      fileSha256: described('Of the file in which it was found', z.nullable(z.string())),
    }),
)
export type DifferenceEvidence = View<typeof evidence>

export const differenceSchema = shape(
  'Difference',
  'A difference with its evidence(), its history, and what may be decided about it',
  () =>
    z.strictObject({
      ...listedFields(),
      evidence: evidence(),
      actions: z.array(z.enum(ACTIONS)),
      proposal: z.nullable(
        z.strictObject({
          action: z.enum(ACTIONS),
          reason: text('As given'),
          paymentId: z.nullable(text('For match')),
          amountRupiah: z.nullable(money('The part that is meant; null: all that is open')),
          by: text('The operator’s subject'),
          at: at('When'),
        }),
      ),
      parts: described(
        'What was resolved before the rest, in order',
        z.array(
          z.strictObject({
            action: z.enum(PART_ACTIONS),
            amountRupiah: money('Signed as openRupiah'),
            proposedBy: text('The operator’s subject'),
            approvedBy: text('The approver’s subject'),
            at: at('When it was carried out'),
          }),
        ),
      ),
      resolution: z.nullable(
        z.strictObject({ how: z.enum(['itself', 'resolution']), at: at('When'), note: text('In a word') }),
      ),
      history: z.array(
        z.strictObject({
          at: at('When'),
          what: text('What happened'),
          by: z.nullable(text('null: the hub')),
          note: text('Why'),
        }),
      ),
    }),
)
export type Difference = View<typeof differenceSchema>
