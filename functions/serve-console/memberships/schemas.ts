/** What the calls about memberships take and answer. */
import * as z from 'zod/mini'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { FUNDINGS, PROGRAMS, SECTORS } from '../../../shared/domain/tariff.ts'
import { cursorField, dateField, numberField, reasonField, textField } from '../http/fields.ts'
import {
  at,
  count,
  day,
  described,
  flag,
  kpj,
  money,
  month,
  named,
  next,
  personal,
  shape,
  text,
  type View,
} from '../http/schema.ts'
import { ROW_REFUSALS, type RowRefusal } from './import-row.ts'

const REASON_LIMIT = 140

export const importQuery = z.strictObject({
  agent: z.optional(textField('Code of the agent who registered everybody of the file', 20)),
})
export type ImportQuery = z.output<typeof importQuery>

export const closureRequest = named(
  'ClosureRequest',
  'How a membership ends, once another person approves it',
  z.strictObject({ reason: reasonField(REASON_LIMIT), on: dateField('The last day of cover') }),
)
export type ClosureRequest = z.output<typeof closureRequest>

export const reopeningRequest = named(
  'ReopeningRequest',
  'Takes a closure back; a reopening counts from its approval',
  z.strictObject({
    reason: z.optional(reasonField(REASON_LIMIT)),
    on: z.optional(dateField('Today, if given: it counts from its approval on')),
  }),
)
export type ReopeningRequest = z.output<typeof reopeningRequest>

export const participantSearch = named(
  'ParticipantSearch',
  'Whose memberships are wanted',
  z.strictObject({ nik: textField('The person’s number, 16 digits', 16) }),
)
export type ParticipantSearch = z.output<typeof participantSearch>

export const paymentsQuery = z.strictObject({
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type PaymentsQuery = z.output<typeof paymentsQuery>

const status = () => z.enum(MEMBERSHIP_STATUSES)

export const membershipSchema = shape('Membership', 'Where a membership stands', () =>
  z.strictObject({
    kpj: kpj(),
    status: described('Computed from the facts at the moment of reading', z.enum(MEMBERSHIP_STATUSES)),
    paidThrough: z.nullable(month()),
    creditRupiah: money('What is left over and lowers the next quote'),
    nextTransition: described(
      'The next change that time alone will bring',
      z.nullable(z.strictObject({ on: day(), to: status() })),
    ),
    payable: described(
      'The first month that can be paid',
      z.nullable(z.strictObject({ month: month(), amountRupiah: money('Price less credit') })),
    ),
    sector: z.enum(SECTORS),
    funding: z.enum(FUNDINGS),
    programs: z.enum(PROGRAMS),
    incomeRupiah: money('Monthly income as registered'),
    regionCode: text('Kemendagri code'),
    registeredOn: day(),
    closure: z.nullable(z.strictObject({ on: day(), reason: text('As given'), decidedAt: at('When it was decided') })),
    pendingProposal: described(
      'What one person asked for and another has to approve; nothing of it counts until then',
      z.nullable(
        z.strictObject({
          action: z.enum(['close', 'reopen']),
          on: described(
            'The last day of cover; null for a reopening, which counts from its approval',
            z.nullable(day()),
          ),
          reason: text('As given'),
          proposedBy: text('The administrator’s subject'),
          proposedAt: at('When'),
        }),
      ),
    ),
    asOf: at('When this was computed'),
    name: personal('name', 'Masked unless the role may see it; empty when erased'),
    nik: personal('nik', 'Masked unless the role may see it; empty when erased'),
    phone: personal('phone', 'Masked unless the role may see it; empty when unknown'),
    masked: flag('Whether name, NIK and phone are masked: by the role, or because the call asked for it'),
    locks: described(
      'Channels that an operator has locked this membership out of: it cannot be paid there until then',
      z.array(
        z.strictObject({
          channel: text('Payment channel'),
          at: at('Since when'),
          until: z.nullable(at('Until when')),
          reason: text('As given'),
        }),
      ),
    ),
    version: count('Of the stored view; 0 before the first fold'),
    view: described(
      'What the fold has written so far; it may lag',
      z.nullable(
        z.strictObject({
          status: status(),
          paidThrough: z.nullable(month()),
          version: count(),
          asOf: at('When the fold wrote it'),
        }),
      ),
    ),
  }),
)
export type Membership = View<typeof membershipSchema>

export const participantSchema = shape('Participant', 'All memberships of a person; none: an empty list', () =>
  z.strictObject({ memberships: z.array(membershipSchema()) }),
)

export const importResult = shape('ImportResult', 'What became of each row', () =>
  z.strictObject({
    accepted: count('Rows that registered or changed something'),
    unchanged: count('Rows that say what the hub knows already'),
    refused: z.array(
      z.strictObject({
        line: described('Physical line of the file; the header is line 1', z.int().check(z.minimum(2))),
        code: z.enum(Object.keys(ROW_REFUSALS) as RowRefusal[]),
        reason: text('What was expected; never what stood there'),
      }),
    ),
  }),
)

const paymentItem = shape('PaymentItem', 'Money that came to a membership, or went back', () =>
  z.strictObject({
    kind: z.enum(['payment', 'reversal']),
    channel: text('Payment channel, or finance'),
    paymentId: text('The partner’s id of the payment; of a reversal, the payment it takes back'),
    billCode: described('Where it was paid by a bill', z.nullable(z.string())),
    amountRupiah: money('Contribution'),
    months: described('What it was paid for, as its answer said; of a reversal, what it took back', z.array(month())),
    allocatedMonths: described('Where its money is now; empty when reversed', z.array(month())),
    creditRupiah: money('What it left as credit; negative where it drew credit'),
    returnedToBillRupiah: money('What a share did not need: it went back to its bill'),
    suspenseRupiah: money('What found no month and is no credit'),
    reversed: flag('Whether it was taken back'),
    decidedAt: at('When the hub decided'),
    recordedAt: at('When the fact was put'),
    partnerAt: z.nullable(at('Signed by the partner')),
    businessDate: z.nullable(day()),
    hubReference: described('Printed on the receipt', z.nullable(z.string())),
    adminFeeRupiah: money('What the customer paid the outlet on top'),
    outlet: described('Where it was paid', z.nullable(z.string())),
    factKey: text('Key of the fact within the account'),
  }),
)
export type PaymentItem = View<typeof paymentItem>

export const paymentsSchema = shape('Payments', 'One page of payments and reversals, newest first', () =>
  z.strictObject({ items: z.array(paymentItem()), next: next() }),
)
