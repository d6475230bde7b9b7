/** What the calls about the bank side take and answer: statements, their movements, and the two steps by which people place one. */
import * as z from 'zod/mini'
import type { Rupiah } from '../../../shared/domain/money.ts'
import { MOST_PLACES } from '../../../shared/domain/settlement/bank.ts'
import { BANK_FILE_STATES, BANK_FORMATS } from '../../../shared/domain/settlement/file-version.ts'
import type { PlaceKind } from '../../../shared/domain/settlement/placement.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { choiceField, cursorField, dateField, numberField, reasonField, textField } from '../http/fields.ts'
import { at, count, day, described, flag, money, named, next, shape, text, type View } from '../http/schema.ts'
import { bucketFields } from './ageing-schemas.ts'
import { REASON_LIMIT, waitsForField } from './difference-schemas.ts'

const CHANNEL_NAME_LIMIT = 64
/** More than a country pays in a day; small enough for exact sums. */
const AMOUNT_LIMIT = 1_000_000_000_000_000
/** As fee-invoice-schemas.ts has it. */
const INVOICE_NUMBER_LIMIT = 64
/** More than any id of a difference has. */
const DIFFERENCE_ID_LIMIT = 80

const PLACE_KINDS = [
  'channel-day',
  'channel-charge',
  'fee-invoice',
  'bank-charges',
  'interest',
  'opening-balance',
  'unidentified',
  'returned',
] as const satisfies readonly PlaceKind[]

const days = {
  from: z.optional(dateField('Six days before `to` if absent')),
  to: z.optional(dateField('Today if absent')),
}
export const bankStatementsQuery = z.strictObject(days)
export type BankStatementsQuery = z.output<typeof bankStatementsQuery>

export const movementsQuery = z.strictObject({
  ...days,
  state: z.optional(choiceField('Only movements with a part in such a place', PLACE_KINDS)),
  channel: z.optional(textField('Only movements with a part of this channel', CHANNEL_NAME_LIMIT)),
})
export type MovementsQuery = z.output<typeof movementsQuery>

export const unidentifiedQuery = z.strictObject({
  ...bucketFields,
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type UnidentifiedQuery = z.output<typeof unidentifiedQuery>

const AMOUNT = 'expected whole rupiah with the sign of the movement'
const amount = described(
  'Whole rupiah, with the sign of the movement; of a charge or an invoice, with the sign in which the bank account is paid for it',
  z.int(AMOUNT).check(z.minimum(-AMOUNT_LIMIT, AMOUNT), z.maximum(AMOUNT_LIMIT, AMOUNT)),
) as unknown as z.ZodMiniType<Rupiah>

const requestedPart = named(
  'PlacementPart',
  'A part of a movement and its place',
  z.union(
    [
      z.strictObject({
        to: z.literal('channel-day'),
        channel: textField('Payment channel', CHANNEL_NAME_LIMIT),
        date: dateField('The business day that it pays'),
        amountRupiah: amount,
      }),
      z.strictObject({
        to: z.literal('channel-charge'),
        channel: textField('Payment channel', CHANNEL_NAME_LIMIT),
        differenceId: textField('Of the difference on which the channel is charged', DIFFERENCE_ID_LIMIT),
        amountRupiah: amount,
      }),
      z.strictObject({
        to: z.literal('fee-invoice'),
        channel: textField('Payment channel', CHANNEL_NAME_LIMIT),
        number: textField('Of an invoice that was entered, as the channel prints it', INVOICE_NUMBER_LIMIT),
        amountRupiah: amount,
      }),
      z.strictObject({ to: z.enum(['bank-charges', 'interest', 'returned']), amountRupiah: amount }),
    ],
    'expected a part to channel-day with channel, date and amountRupiah, to channel-charge with channel, differenceId and amountRupiah, to fee-invoice with channel, number and amountRupiah, or to bank-charges, interest or returned with amountRupiah',
  ),
)

export const placementProposal = named(
  'PlacementProposal',
  'Where a movement of the bank belongs; what no part names stays unidentified',
  z.strictObject({
    action: choiceField('place: it has no place yet; move: it has; return: it is sent back', [
      'place',
      'move',
      'return',
    ]),
    onVersion: described(
      'The version of the placement that was looked at',
      z.int('expected the version of the placement').check(z.minimum(0, 'expected the version of the placement')),
    ),
    parts: z
      .array(requestedPart, 'expected a list of parts')
      .check(z.maxLength(MOST_PLACES, `expected at most ${MOST_PLACES} parts`)),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type PlacementProposal = z.output<typeof placementProposal>

const place = shape('MovementPlace', 'A part of a movement and where it is', () =>
  z.strictObject({
    kind: z.enum(PLACE_KINDS),
    channel: z.nullable(text('null where the place has none')),
    date: described('The business day that it pays', z.nullable(day())),
    item: described(
      'What it pays: the id of the difference that was charged, or the number of the fee invoice',
      z.nullable(text('null where the place is neither')),
    ),
    amountRupiah: money('With the sign of the bank account'),
    why: z.nullable(text('How a day was found, or why nobody can place it')),
    ways: described('Sets of days that would add up to it, the first two', z.array(z.array(day()))),
  }),
)
export type MovementPlace = View<typeof place>

const movement = shape('BankMovement', 'A movement of the bank and the places of its parts, which add up to it', () =>
  z.strictObject({
    id: text('The bank’s reference, or a digest where it gives none'),
    key: text('The id as a path names it'),
    bookedOn: day(),
    valueOn: day(),
    amountRupiah: money('Negative for what was returned or taken'),
    statement: text('Which statement'),
    entry: described('Which entry of it', z.int().check(z.minimum(1))),
    version: count('Of its placement, which a proposal names; 0: it has none'),
    placedBy: z.nullable(z.enum(['rules', 'resolution'])),
    places: z.array(place()),
    unidentifiedRupiah: money('What of it nobody has placed'),
    ageDays: count('Since its booking'),
  }),
)
export type BankMovement = View<typeof movement>

export const movementsSchema = shape('BankMovements', 'The newest booking day first', () =>
  z.strictObject({ items: z.array(movement()) }),
)

export const unidentifiedSchema = shape('UnidentifiedReceipts', 'One page, the oldest first', () =>
  z.strictObject({ items: z.array(movement()), next: next() }),
)

export const placementStep = shape('PlacementStep', 'The step that was taken, and the movement as it is now', () =>
  z.strictObject({
    ...proposalFields(),
    waitsFor: waitsForField(),
    movement: movement(),
  }),
)
export type PlacementStep = View<typeof placementStep>

export const movementSchema = shape(
  'BankMovementCase',
  'A movement of the bank, and what people last proposed for it',
  () =>
    z.strictObject({
      movement: movement(),
      proposal: described(
        'The last one',
        z.nullable(
          z.strictObject({
            action: z.enum(['place', 'move', 'return']),
            onVersion: count('The version of the placement that was looked at'),
            parts: z.array(
              z.strictObject({
                to: z.enum(PLACE_KINDS),
                channel: z.nullable(text('null where the place has none')),
                date: described('The business day that it pays', z.nullable(day())),
                item: z.nullable(text('The id of the charged difference, or the number of the fee invoice')),
                amountRupiah: money('With the sign of the movement'),
              }),
            ),
            ...proposalFields(),
            waitsFor: waitsForField(),
          }),
        ),
      ),
    }),
)
export type BankMovementCase = View<typeof movementSchema>

export const statementWithdrawalRequest = named(
  'StatementWithdrawalRequest',
  'Why the statement is to be withdrawn',
  z.strictObject({ reason: reasonField(REASON_LIMIT) }),
)
export type StatementWithdrawalRequest = z.output<typeof statementWithdrawalRequest>

export const statementWithdrawal = shape(
  'StatementWithdrawal',
  'A withdrawal of a bank statement, as two people take it',
  () =>
    z.strictObject({
      sha256: text('Of the bytes as they came, hexadecimal'),
      name: text('As it came'),
      ...proposalFields(),
    }),
)
export type StatementWithdrawal = View<typeof statementWithdrawal>

export const statementConfirmation = shape(
  'StatementConfirmation',
  'A bank statement that one person handed over, and what another decided about it',
  () =>
    z.strictObject({
      sha256: text('Of the bytes as they came, hexadecimal'),
      name: text('As it came'),
      ...proposalFields(),
    }),
)
export type StatementConfirmation = View<typeof statementConfirmation>

const bankFile = shape('BankStatementFile', 'A bank statement as it came', () =>
  z.strictObject({
    state: z.enum(BANK_FILE_STATES),
    gap: z.nullable(text('What it waits for; nothing of it counts until then')),
    name: text('As it came'),
    sha256: text('Of the bytes as they came, hexadecimal'),
    bytes: count(),
    receivedAt: at('When it came'),
    receivedBy: z.nullable(text('The operator; null: dropped by the bank')),
    format: z.enum(BANK_FORMATS),
    pendingEntries: count('Entries that the bank has not booked yet'),
    movements: count(),
    amountRupiah: money('Sum of its movements'),
    unconfirmed: described(
      'Handed over by one person: it counts, and nothing final is built on it until another one confirms it; null: it waits for nobody',
      z.nullable(
        z.strictObject({
          by: text('The operator’s subject'),
          since: at('When it was handed over'),
          isOverdue: flag('Whether somebody should have looked by now'),
        }),
      ),
    ),
  }),
)
export type BankStatementFile = View<typeof bankFile>

export const statementWithdrawalStanding = shape(
  'StatementWithdrawalStanding',
  'A bank statement, and whether people proposed to withdraw it',
  () => z.strictObject({ file: bankFile(), proposal: described('The last one', z.nullable(statementWithdrawal())) }),
)

export const bankStatementsSchema = shape(
  'BankStatements',
  'What the bank sent, and where each account’s chain ends',
  () =>
    z.strictObject({
      files: z.array(bankFile()),
      accounts: z.array(
        z.strictObject({
          account: text('Ours, at the bank'),
          last: described(
            'The last statement in the chain; null: none was taken in',
            z.nullable(
              z.strictObject({
                sequence: count('From 1, without gaps'),
                format: z.enum(BANK_FORMATS),
                id: text('As the bank names it'),
                number: z.nullable(z.int()),
                openingSen: described('Hundredths of a rupiah', z.int()),
                closingSen: described('Hundredths of a rupiah', z.int()),
                closedOn: z.nullable(day()),
              }),
            ),
          ),
        }),
      ),
    }),
)
export type BankStatementsView = View<typeof bankStatementsSchema>
