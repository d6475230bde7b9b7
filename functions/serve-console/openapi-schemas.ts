/**
 * The shapes of the console API as JSON Schema (2020-12, the dialect of OpenAPI 3.1), as data. openapi.ts says which call
 * answers which. A test holds real answers to them: every field that is answered stands here, and the other way round.
 */

import { MEMBERSHIP_STATUSES } from '../../shared/domain/coverage.ts'
import { ENTRY_KINDS } from '../../shared/domain/journal.ts'
import { LEDGER_ACCOUNTS } from '../../shared/domain/journal-positions.ts'
import { NOTICE_STAGES } from '../../shared/domain/notice-stage.ts'
import { TRIED_ASPECTS } from '../../shared/domain/rule-simulation.ts'
import { FUNDINGS, PROGRAMS, SECTORS } from '../../shared/domain/tariff.ts'
import { BILL_STATUSES } from './bills.ts'
import { DIMENSIONS } from './coverage-figures.ts'
import { TARGET_REFUSALS } from './coverage-targets.ts'
import { ROW_REFUSALS } from './import-row.ts'
import { fileSchemas } from './openapi-files.ts'
import { noticeSchemas } from './openapi-notices.ts'
import { settlementSchemas } from './openapi-settlement-schemas.ts'
import { PROBLEMS } from './reply.ts'
import { TRY_LIMIT } from './try-rules.ts'

export type Schema = {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly (string | number | null)[]
  readonly const?: string | number | boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
}

export function ref(name: keyof typeof SCHEMAS): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

const text = (description: string): Schema => ({ type: 'string', description })
const count: Schema = { type: 'integer', minimum: 0 }
const flag: Schema = { type: 'boolean' }
const money = (description: string): Schema => ({ type: 'integer', description: `${description}, whole rupiah` })
const kpj: Schema = { type: 'string', pattern: '^\\d{11}$', description: 'Number of the membership' }
const month: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'Contribution month, such as 2026-11' }
const date: Schema = { type: 'string', format: 'date', description: 'Calendar date in Asia/Jakarta' }
const at = (description: string): Schema => ({ type: 'string', format: 'date-time', description })
const list = (items: Schema): Schema => ({ type: 'array', items })
const oneOf = (values: readonly (string | number)[]): Schema => ({ enum: values })
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

/** Every property is required: a field that has nothing to say is null, '' or empty, never absent. */
const object = (properties: Readonly<Record<string, Schema>>, description?: string): Schema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

const status = oneOf(MEMBERSHIP_STATUSES)
const byStatus = object(Object.fromEntries(MEMBERSHIP_STATUSES.map((each) => [each, count])))

const problem = object({
  type: text('Always about:blank; the code names the problem'),
  title: text('The same for every problem of this code'),
  status: { type: 'integer' },
  detail: text('What was expected; never what was sent'),
  code: { ...oneOf(Object.keys(PROBLEMS)), description: 'Stable; programs may rely on it' },
})

const importResult = object({
  accepted: { ...count, description: 'Rows that registered or changed something' },
  unchanged: { ...count, description: 'Rows that say what the hub knows already' },
  refused: list(
    object({
      line: { type: 'integer', minimum: 2, description: 'Physical line of the file; the header is line 1' },
      code: oneOf(Object.keys(ROW_REFUSALS)),
      reason: text('What was expected; never what stood there'),
    }),
  ),
})

const membership = object({
  kpj,
  status: { ...status, description: 'Computed from the facts at the moment of reading' },
  paidThrough: orNull(month),
  creditRupiah: money('What is left over and lowers the next quote'),
  nextTransition: orNull(object({ on: date, to: status }, 'The next change that time alone will bring')),
  payable: orNull(object({ month, amountRupiah: money('Price less credit') }, 'The first month that can be paid')),
  sector: oneOf(SECTORS),
  funding: oneOf(FUNDINGS),
  programs: oneOf(PROGRAMS),
  incomeRupiah: money('Monthly income as registered'),
  regionCode: text('Kemendagri code'),
  registeredOn: date,
  closure: orNull(object({ on: date, reason: text('As given'), decidedAt: at('When it was decided') })),
  asOf: at('When this was computed'),
  name: text('Masked unless the role may see it; empty when erased'),
  nik: text('Masked unless the role may see it; empty when erased'),
  phone: text('Masked unless the role may see it; empty when unknown'),
  masked: flag,
  version: { ...count, description: 'Of the stored view; 0 before the first fold' },
  view: orNull(
    object(
      { status, paidThrough: orNull(month), version: count, asOf: at('When the fold wrote it') },
      'What the fold has written so far; it may lag',
    ),
  ),
})

const evidence: Schema = {
  type: 'object',
  description:
    'One link of the chain. `channel-call`: what the partner sent, with the digest of the kept request. `decision`: what we decided and told the partner. `fact`: what stands in the ledger; `holdsMonth` marks the fact that pays the month. `settlement-line`: the line of the channel’s file that names the payment. `bank-credit`: what paid for that file.',
  properties: {
    step: oneOf(['channel-call', 'payment-decision', 'fact', 'settlement-line', 'bank-credit']),
    channel: text('Payment channel'),
    paymentId: text('The partner’s id of the payment'),
    partnerAt: at('Signed by the partner'),
    outlet: text('Where it was paid'),
    evidenceDigest: { type: ['string', 'null'], description: 'Keyed digest of the signed request, hexadecimal' },
    hubReference: text('The hub’s reference, printed on the receipt'),
    account: { type: ['string', 'null'], description: 'KPJ or bill code' },
    decision: text('accepted, refused or reversed-first'),
    decidedAt: at('When the hub decided'),
    recordedAt: at('When the fact was put: what knownAt asks'),
    factKey: text('Key of the fact within its account'),
    kind: text('Kind of fact'),
    source: text('Who put it'),
    holdsMonth: flag,
    amountRupiah: money('Contribution'),
    months: list(object({ month, priceRupiah: money('Price of the month, frozen') })),
    billCode: text('The bill whose share this is'),
    reverses: text('Key of the fact that this takes back'),
    moves: text('Key of the fact that this moves to suspense'),
    from: month,
    sector: oneOf(SECTORS),
    funding: oneOf(FUNDINGS),
    programs: oneOf(PROGRAMS),
    on: date,
    reason: text('As given'),
    statement: object({ date, version: count, recordedAt: at('When this version was written') }),
    fileName: { type: ['string', 'null'] },
    sha256: { type: ['string', 'null'], description: 'Of the file as it was received' },
    line: count,
    feeRupiah: money('What the channel keeps'),
    at: at('The file’s own time of the payment'),
    how: text('id, candidate or decision: by what the line was matched'),
    creditId: text('The bank’s reference'),
    bookedOn: date,
  },
  required: ['step'],
  additionalProperties: false,
}

const coverageAnswer = {
  kpj,
  on: text('As asked: a date (Asia/Jakarta) or an instant'),
  knownAt: orNull(at('As asked; null: everything known now')),
  covered: flag,
  partialDay: { ...flag, description: 'Covered for a part of the day asked only' },
  month,
  from: orNull(at('Start of the stretch of cover')),
  to: orNull(at('The first instant without cover')),
  provisional: {
    ...flag,
    description: 'Covered, and no settlement file of the channel has named the payment yet',
  },
  evidence: list(evidence),
  rulesVersion: text('The rules that the answer was computed by'),
  asOf: at('When this was computed'),
}
const coverage = object(coverageAnswer)
const coverageQuestion: Schema = {
  ...object({
    on: text('A date (Asia/Jakarta) or an instant with offset'),
    knownAt: at('Answer with what had been recorded by then, at least 5 minutes ago'),
    reference: { ...text('Number of the benefit case'), maxLength: 64 },
  }),
  required: ['on', 'reference'],
}
const { kpj: _kpj, evidence: _evidence, ...keptFields } = coverageAnswer
const keptAnswer = object({
  sequence: { ...count, description: 'Place in the audit chain' },
  hash: text('Of the entry, SHA-256 in hex'),
  at: at('When it was given'),
  actor: text('Who gave it'),
  answer: object({
    ...keptFields,
    reference: text('Number of the benefit case'),
    factKeys: list(text('Key of a fact that it rests on')),
    files: list(text('SHA-256 of a settlement file that it rests on')),
  }),
})
const coverageKept = object({ ...coverageAnswer, kept: keptAnswer })

const paymentItem = object({
  kind: oneOf(['payment', 'reversal']),
  channel: text('Payment channel, or finance'),
  paymentId: text('The partner’s id of the payment; of a reversal, the payment it takes back'),
  billCode: { type: ['string', 'null'], description: 'Where it was paid by a bill' },
  amountRupiah: money('Contribution'),
  months: { ...list(month), description: 'What it was paid for, as its answer said; of a reversal, what it took back' },
  allocatedMonths: { ...list(month), description: 'Where its money is now; empty when reversed' },
  creditRupiah: money('What it left as the member’s own credit; negative where it drew credit'),
  returnedToBillRupiah: money('What a share did not need: it went back to its bill'),
  suspenseRupiah: money('What found no home'),
  reversed: flag,
  decidedAt: at('When the hub decided'),
  recordedAt: at('When the fact was put'),
  partnerAt: orNull(at('Signed by the partner')),
  businessDate: orNull(date),
  hubReference: { type: ['string', 'null'] },
  adminFeeRupiah: money('What the customer paid the outlet on top'),
  outlet: { type: ['string', 'null'] },
  factKey: text('Key of the fact within the account'),
})

const payments = object({
  items: list(paymentItem),
  next: { type: ['string', 'null'], description: 'Give it as `after` for the next page; null on the last' },
})

const bill = object({
  billCode: { type: 'string', pattern: '^99\\d{14}$' },
  kpj: { type: ['string', 'null'], description: 'null for more than one member' },
  memberCount: count,
  amountRupiah: money('To be paid'),
  months: list(month),
  status: {
    ...oneOf(BILL_STATUSES),
    description: 'changed: one of its months was paid otherwise, or a member was closed',
  },
  validUntil: text('As given: a date means the end of that day in Asia/Jakarta'),
  payableUntil: at('The last instant at which it can be paid'),
  issuedAt: at('When it was issued'),
  paidBy: orNull(object({ channel: text('Payment channel'), paymentId: text('The partner’s id of the payment') })),
})

const billRequest = object({
  kpj,
  months: oneOf([1, 2, 3, 6, 12]),
  validUntil: text('A date (Asia/Jakarta) or an instant with offset'),
})
const reason: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 140,
  description: 'Without names and numbers of people: it is kept for 10 years',
}
const closureRequest = object({ reason, on: { ...date, description: 'The last day of cover' } })
const reopeningRequest: Schema = {
  ...object({ reason, on: { ...date, description: 'Today, if given: it counts from now on' } }),
  required: [],
}

const overview = object({
  asOf: at('When this was counted'),
  memberships: object({
    countedAt: at('When: now, or for a large table when the night’s run began'),
    complete: { ...flag, description: 'false: a large table that no night has counted yet, in part' },
    total: count,
    creditRupiah: money('Sum of all credits'),
    byStatus,
    byFunding: { type: 'object', additionalProperties: count },
    byProvince: list(object({ code: text('Two digits'), name: text('Province'), total: count, byStatus })),
  }),
  paymentsToday: object({
    day: date,
    channels: list(
      object({
        channel: text('Payment channel'),
        count,
        amountRupiah: money('Contributions taken, reversed ones included'),
        adminFeeRupiah: money('Customer fees'),
        reversedCount: count,
        reversedRupiah: money('Contributions reversed'),
      }),
    ),
  }),
})

const queueDepth = object({ name: text('Queue'), visible: count, inFlight: count, delayed: count, deadLetters: count })

const journalAt = {
  account: oneOf(LEDGER_ACCOUNTS),
  channel: orNull(text('Whose money it is')),
  program: orNull(oneOf(['JKK', 'JKM', 'JHT'])),
}
const journal = object(
  {
    date,
    closed: flag,
    closedAt: orNull(at('When it was closed; null while the day is open')),
    accounts: count,
    debitRupiah: money('Sum of debits'),
    creditRupiah: money('Sum of credits'),
    trialRupiah: money('Debits less credits: 0'),
    entries: list(
      object({
        kind: oneOf(ENTRY_KINDS),
        ...journalAt,
        debitRupiah: money('Debit'),
        creditRupiah: money('Credit'),
        count,
      }),
    ),
    balances: list(object({ ...journalAt, balanceRupiah: money('Debit positive, after the day') })),
  },
  'The entries of a day. A closed day never changes; the balances are empty while the day before is open.',
)

const countOrNull = orNull(count)
const coverageRow = object({
  key: text('Code of province or regency, sector, or funding; `all`'),
  name: { type: ['string', 'null'], description: 'null for a regency: the hub holds codes' },
  total: { ...count, description: 'Memberships, closed ones included' },
  covered: { ...count, description: 'Those whose current month is paid' },
  byStatus,
  coveredWeekBefore: { ...countOrNull, description: '7 days before; null where that day was not counted' },
  coveredMonthBefore: { ...countOrNull, description: '30 days before; null where that day was not counted' },
  workersFormal: { ...countOrNull, description: 'As imported for the year; null without a target' },
  workersInformal: countOrNull,
  targetBasisPoints: { ...countOrNull, description: '10,000 is all informal workers' },
  ofInformalBasisPoints: { ...countOrNull, description: 'Covered per informal worker, rounded down' },
  ofWorkersBasisPoints: {
    ...countOrNull,
    description: 'Covered per worker: what the hub adds; wage earners are covered elsewhere',
  },
  shortOfTarget: { ...countOrNull, description: 'Covered memberships that the target still needs' },
})
const coverageFigures = object({
  date,
  countedAt: at('When the night’s run began; now without a date'),
  by: oneOf(DIMENSIONS),
  total: coverageRow,
  rows: list(coverageRow),
})
const targetsResult = object({
  accepted: count,
  refused: list(
    object({
      line: { type: 'integer', minimum: 2, description: 'Physical line of the file' },
      code: oneOf(Object.keys(TARGET_REFUSALS)),
      reason: text('What was expected'),
    }),
  ),
})

const keepRupiah = money('Price of the fewest months that keep from lapsing in this time, less credit')
const lapseGroups = list(object({ key: text('Of what'), count, keepRupiah }))
const lapses = object({
  asOf: at('When this was computed'),
  days: count,
  until: { ...date, description: 'The last day looked at' },
  totals: orNull(
    object(
      {
        complete: { ...flag, description: 'false where the table is larger than one call reads' },
        viewsRead: count,
        count,
        keepRupiah,
        byDay: lapseGroups,
        byProvince: lapseGroups,
        bySector: lapseGroups,
        byFunding: lapseGroups,
        byChannel: { ...orNull(lapseGroups), description: 'With by=channel, up to 10,000 memberships' },
      },
      'With the first page only',
    ),
  ),
  items: list(
    object({
      kpj,
      lapsesOn: { ...date, description: 'The first day on which it is lapsed if nothing more is paid' },
      status,
      paidThrough: orNull(month),
      keepMonths: { ...list(month), description: 'What must be paid, in this order' },
      keepRupiah,
      province: text('Name'),
      regionCode: text('Kemendagri code'),
      sector: oneOf(SECTORS),
      funding: oneOf(FUNDINGS),
      lastChannel: { type: ['string', 'null'], description: 'Where it was paid last; null: never' },
    }),
  ),
  next: { type: ['string', 'null'], description: 'Give it as `after` for the next page; null on the last' },
})

const tried = object({
  status,
  paidThrough: orNull(month),
  creditRupiah: money('Credit'),
  nextRupiah: money('Price of the first payable month, less credit'),
  notices: list(text('Stage and month of a notice in the next 31 days')),
})
const nowAndTried = object({ now: { type: 'integer' }, tried: { type: 'integer' } })
const ruleTrial = object({
  asOf: at('The instant at which both were computed'),
  checked: { ...count, description: 'Memberships in this call' },
  changed: count,
  changedIn: object(Object.fromEntries(TRIED_ASPECTS.map((aspect) => [aspect, count]))),
  credit: { ...nowAndTried, description: 'Sum of credits, whole rupiah' },
  nextPayments: { ...nowAndTried, description: 'Sum of the prices of the first payable months, whole rupiah' },
  statuses: list(object({ from: status, to: status, count })),
  notices: list(object({ stage: oneOf(NOTICE_STAGES), now: count, tried: count })),
  rows: {
    ...list(object({ kpj, changed: list(oneOf(TRIED_ASPECTS)), now: tried, tried })),
    description: 'The first 50',
  },
  next: { type: ['string', 'null'], description: 'Give it as `after`; null when all were looked at' },
})
const ruleTrialRequest: Schema = {
  ...object({
    rules: { type: 'object', description: 'Dated lists in place of the present ones; see docs/rule-simulation.md' },
    asOf: at('Instead of now'),
    after: kpj,
    limit: { type: 'integer', minimum: 1, maximum: TRY_LIMIT },
  }),
  required: ['rules'],
}

export const SCHEMAS = {
  CoverageFigures: coverageFigures,
  TargetsResult: targetsResult,
  Lapses: lapses,
  RuleTrial: ruleTrial,
  RuleTrialRequest: ruleTrialRequest,
  Problem: problem,
  ImportResult: importResult,
  Membership: membership,
  Participant: object({ memberships: list({ $ref: '#/components/schemas/Membership' }) }),
  Coverage: coverage,
  CoverageQuestion: coverageQuestion,
  CoverageKept: coverageKept,
  KeptAnswers: object({ items: list(keptAnswer) }),
  Payments: payments,
  Bill: bill,
  BillRequest: billRequest,
  ClosureRequest: closureRequest,
  ReopeningRequest: reopeningRequest,
  Journal: journal,
  ...settlementSchemas({ text, money, at, list, oneOf, orNull, object, count, date }),
  ...fileSchemas({ text, money, at, list, oneOf, orNull, object, count, date }),
  ...noticeSchemas({ text, money, at, list, oneOf, orNull, object, count, date }),
  Overview: overview,
  Queues: list(queueDepth),
  Redriven: object({ moved: { ...count, description: 'Messages put back; ask again while dead letters remain' } }),
  Repair: object({ queued: { ...count, description: 'Days of channels that will be folded again' } }),
  Health: object({ status: { const: 'ok' } }),
} as const satisfies Readonly<Record<string, Schema>>
