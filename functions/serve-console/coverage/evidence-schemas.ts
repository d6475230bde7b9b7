/**
 * The links of the chain behind a coverage answer, one schema each: who pays for the member, what the partner sent, what the hub decided and wrote,
 * and what the settlement file and the bank confirmed.
 */
import * as z from 'zod/mini'
import { FUNDINGS, PROGRAMS, SECTORS } from '../../../shared/domain/tariff.ts'
import { at, count, day, described, flag, money, month, shape, text, type View } from '../http/schema.ts'

const FACT_KINDS = [
  'payment',
  'posting',
  'share',
  'reversal',
  'late-reversal',
  'suspension',
  'refund',
  'credit-allocation',
  'terms',
  'closing',
  'reopening',
] as const

const listRow = shape('ListRowStep', 'The row of a sponsor’s list that made this membership', () =>
  z.strictObject({
    step: z.literal('list-row'),
    sponsorId: text('Who pays'),
    programId: text('What the sponsor undertook to pay'),
    cohortId: text('The list'),
    line: described('Of the list as it was sent; the header is line 1', z.nullable(z.int())),
    sha256: text('Of the list as it was received'),
    receivedBy: text('Who sent it'),
    receivedAt: at('When it came'),
  }),
)

const bill = shape('BillStep', 'The bill of that list, with which this membership was paid for', () =>
  z.strictObject({
    step: z.literal('bill'),
    billCode: text('16 digits from 99'),
    programId: text('The sponsor’s program'),
    cohortId: text('The list'),
    regionCode: described('The village that it pays; null for the whole list', z.nullable(text('Code'))),
    memberCount: count('People on it'),
    amountRupiah: money('What it asks'),
    issuedAt: at('When it was issued: its prices are those of then'),
  }),
)

const channelCall = shape('ChannelCallStep', 'What the partner sent, with the digest of the request that is kept', () =>
  z.strictObject({
    step: z.literal('channel-call'),
    channel: text('Payment channel'),
    paymentId: text('The partner’s id of the payment'),
    partnerAt: at('Signed by the partner'),
    outlet: text('Where it was paid'),
    evidenceDigest: described('Keyed digest of the signed request, hexadecimal', z.nullable(z.string())),
  }),
)

const paymentDecision = shape('PaymentDecisionStep', 'What the hub decided and answered to the partner', () =>
  z.strictObject({
    step: z.literal('payment-decision'),
    channel: text('Payment channel'),
    paymentId: text('The partner’s id of the payment'),
    hubReference: text('The hub’s reference, printed on the receipt'),
    account: described('KPJ or bill code', z.nullable(z.string())),
    decision: text('accepted, refused or reversed-first'),
    decidedAt: at('When the hub decided'),
  }),
)

const fact = shape(
  'FactStep',
  'What stands in the ledger. Fields beyond the first ones depend on the kind of fact',
  () =>
    z.strictObject({
      step: z.literal('fact'),
      account: text('KPJ or bill code'),
      factKey: text('Key of the fact within its account'),
      kind: z.enum(FACT_KINDS),
      source: text('Who put it'),
      decidedAt: at('When the hub decided'),
      recordedAt: at('When the fact was put: what knownAt asks'),
      holdsMonth: flag('Whether this fact pays the month'),
      amountRupiah: z.optional(money('Contribution')),
      hubReference: z.optional(text('The hub’s reference, printed on the receipt')),
      months: z.optional(z.array(z.strictObject({ month: month(), priceRupiah: money('Price of the month, frozen') }))),
      billCode: z.optional(text('The bill whose share this is')),
      reverses: z.optional(text('Key of the fact that this takes back')),
      moves: z.optional(text('Key of the fact that this moves to suspense')),
      from: z.optional(month('The first month of these terms')),
      sector: z.optional(z.enum(SECTORS)),
      funding: z.optional(z.enum(FUNDINGS)),
      programs: z.optional(z.enum(PROGRAMS)),
      on: z.optional(day('The last day of cover')),
      reason: z.optional(text('As given')),
    }),
)

const statement = () =>
  z.strictObject({ date: day(), version: count(), recordedAt: at('When this version was written') })

const settlementLine = shape('SettlementLineStep', 'The line of the channel’s file that names the payment', () =>
  z.strictObject({
    step: z.literal('settlement-line'),
    channel: text('Payment channel'),
    statement: statement(),
    paymentId: text('The partner’s id of the payment'),
    fileName: z.nullable(z.string()),
    sha256: described('Of the file as it was received', z.nullable(z.string())),
    line: count(),
    amountRupiah: money('Contribution'),
    feeRupiah: money('What the channel keeps'),
    at: at('The file’s own time of the payment'),
    how: text('id, candidate or decision: by what the line was matched'),
  }),
)

const bankCredit = shape('BankCreditStep', 'What paid for that file', () =>
  z.strictObject({
    step: z.literal('bank-credit'),
    channel: text('Payment channel'),
    statement: statement(),
    creditId: text('The bank’s reference'),
    bookedOn: day(),
    amountRupiah: money('The part of the credit that belongs to this day'),
  }),
)

export const evidenceStep = shape('EvidenceStep', 'One link of the chain', () =>
  z.discriminatedUnion('step', [
    listRow(),
    bill(),
    channelCall(),
    paymentDecision(),
    fact(),
    settlementLine(),
    bankCredit(),
  ]),
)
export type EvidenceStep = View<typeof evidenceStep>
export type FactStep = View<typeof fact>
