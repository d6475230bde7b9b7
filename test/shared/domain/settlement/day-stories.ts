/**
 * Stories of a channel-day, each with one defect at most, by what comes of them: nothing to ask, a question, an ambiguous pair, or
 * two sides that stand alone. Told by a person; nothing in here looks at how the hub judges.
 */
import { addDays } from '../../../../shared/domain/instant.ts'
import type { BridgeLabel, KnownDecision } from '../../../../shared/domain/settlement/day.ts'
import type { LineStatus, SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { at } from '../../../support/facts.ts'
import { DAY, lineOf, payment, type World } from '../../../support/settlement-world.ts'

export const BEFORE = addDays(DAY, -1)
export const AFTER = addDays(DAY, 1)
export const NIK = '1571010101900001'
const OTHER_NIK = '1571010101900002'
export const KPJ = '12345678901'
export const OTHER_KPJ = '12345678902'

export const P = payment('TRX-00000001')
const REVERSED = payment('TRX-00000001', { state: 'reversed' })
export const R = { status: 'reversed' as LineStatus }
/** Near midnight: the partner's clock may have had the next day, or the one before. */
export const LATE = payment('TRX-00000001', { decidedAt: at(`${DAY}T23:00`) })
export const YESTERDAYS = payment('TRX-00000009', { decidedAt: at(`${BEFORE}T23:59`) })
const decisions = (decision: KnownDecision) => new Map([['TRX-00000001', decision]])
export const on = (lines: readonly SettledLine[], more: Partial<World> = {}): World => ({
  files: { [DAY]: lines },
  ...more,
})

export type DayStory = {
  readonly story: string
  readonly world: World
  /** Class, reason, and what it moves. */
  readonly differences?: readonly (readonly [string, string, number])[]
  /** Beyond the totals. */
  readonly rows: Partial<Record<BridgeLabel, number>>
  readonly verdict?: string
}

export const FINE: readonly DayStory[] = [
  {
    story: 'settled twice, the second taken back, each with its own fee',
    rows: {},
    world: on([lineOf(P, 2), lineOf(P, 3, { fee: 1_000 }), lineOf(P, 4, { ...R, fee: 1_000 })], { payments: [P] }),
  },
  { story: 'payment and line agree', world: on([lineOf(P, 2)], { payments: [P] }), rows: {} },
  {
    story: 'reversed here, and settled and reversed in the same file',
    rows: { 'hub-reversed': -8_400 },
    world: on([lineOf(P, 2), lineOf(P, 3, R)], { payments: [REVERSED] }),
  },
  {
    story: 'reversed here, reversed line first',
    rows: { 'hub-reversed': -8_400 },
    world: on([lineOf(P, 2, R), lineOf(P, 3)], { payments: [REVERSED] }),
  },
  {
    story: 'reversed here before the file was cut',
    rows: { 'hub-reversed': -8_400 },
    world: on([], { payments: [REVERSED] }),
  },
  {
    story: 'settled, reversed and settled again in one file',
    rows: {},
    world: on([lineOf(P, 2), lineOf(P, 3, R), lineOf(P, 4)], { payments: [P] }),
  },
  {
    story: 'in the neighbouring file after midnight',
    rows: { 'settled-in-other-file': -8_400 },
    world: { payments: [LATE], files: { [DAY]: [], [AFTER]: [lineOf(LATE, 2)] } },
  },
  {
    story: 'in the file of the day before',
    rows: { 'settled-in-other-file': -8_400 },
    world: { payments: [P], files: { [DAY]: [], [BEFORE]: [lineOf(P, 2)] } },
  },
  {
    story: "yesterday's payment in today's file",
    rows: { 'carried-in': 8_400 },
    world: on([lineOf(YESTERDAYS, 2)], { payments: [YESTERDAYS] }),
  },
  {
    story: 'reversed here after their cut, the reversed line in the next file',
    rows: { 'hub-reversed': -8_400, 'reversed-here-settled-there': 8_400 },
    world: { payments: [REVERSED], files: { [DAY]: [lineOf(P, 2)], [AFTER]: [lineOf(P, 2, R)] } },
  },
  {
    story: "the reversed line of yesterday's reversed payment",
    rows: { 'reversed-earlier-line': -8_400 },
    world: {
      payments: [{ ...YESTERDAYS, state: 'reversed' }],
      files: { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2, R)] },
    },
  },
  {
    story: 'an unknown payment that the channel itself took back in the next file',
    rows: { 'missing-in-hub': 8_400 },
    world: { files: { [DAY]: [lineOf(P, 2)], [AFTER]: [lineOf(P, 2, R)] } },
  },
  {
    story: 'an unknown payment that the channel took back in the same file',
    rows: {},
    world: on([lineOf(P, 2), lineOf(P, 3, R)]),
  },
  {
    story: 'settled, then reversed and settled again in the next file',
    rows: {},
    world: { payments: [P], files: { [DAY]: [lineOf(P, 2)], [AFTER]: [lineOf(P, 2, R), lineOf(P, 3)] } },
  },
  {
    story: 'an id without a line that only its customer can name',
    rows: {},
    world: on([lineOf(P, 2, { paymentId: '' })], { payments: [P] }),
  },
  {
    story: 'a cut id, customer by NIK',
    rows: {},
    world: on([lineOf(P, 2, { paymentId: 'TRX-0000', customerId: NIK })], {
      payments: [P],
      accounts: new Map([[NIK, KPJ]]),
    }),
  },
  { story: 'a day without payments', rows: {}, world: on([]) },
]

export const ASKED: readonly DayStory[] = [
  {
    story: 'not in the file',
    world: on([], { payments: [P] }),
    rows: { 'missing-in-file': -8_400 },
    differences: [['missing-in-file', 'not-in-any-file', -8_400]],
  },
  {
    story: 'not in the file, near midnight, after the break date',
    world: on([], { payments: [LATE] }),
    rows: { 'missing-in-file': -8_400 },
    differences: [['missing-in-file', 'not-in-any-file', -8_400]],
  },
  {
    story: 'not in the hub',
    world: on([lineOf(P, 2)]),
    rows: { 'missing-in-hub': 8_400 },
    differences: [['missing-in-hub', 'decision-unknown', 8_400]],
  },
  {
    story: 'refused here, settled there',
    world: on([lineOf(P, 2)], { decisions: decisions({ kind: 'refused', code: 'wrong-amount' }) }),
    rows: { 'missing-in-hub': 8_400 },
    differences: [['missing-in-hub', 'decision-refused', 8_400]],
  },
  {
    story: 'decided here, its fact not in the index',
    world: on([lineOf(P, 2)], {
      decisions: decisions({ kind: 'accepted', businessDate: DAY, account: KPJ, amount: P.amount, reversed: false }),
    }),
    rows: { 'missing-in-hub': 8_400 },
    differences: [['missing-in-hub', 'decision-without-fact', 8_400]],
  },
  {
    story: 'amount off by the admin fee',
    world: on([lineOf(P, 2, { amount: 10_900 })], { payments: [P] }),
    rows: { 'amount-difference': 2_500 },
    differences: [['amount-difference', 'amounts-differ', 2_500]],
  },
  {
    story: "yesterday's payment with another amount",
    world: on([lineOf(YESTERDAYS, 2, { amount: 8_000 })], { payments: [YESTERDAYS] }),
    rows: { 'carried-in': 8_400, 'amount-difference': -400 },
    differences: [['amount-difference', 'amounts-differ', -400]],
  },
  {
    story: 'fee of the old contract',
    world: on([lineOf(P, 2, { fee: 1_000 })], { payments: [P] }),
    rows: {},
    differences: [['fee-difference', 'fee-differs', 0]],
  },
  {
    story: 'twice in the file',
    world: on([lineOf(P, 2), lineOf(P, 3)], { payments: [P] }),
    rows: { 'duplicate-in-file': 8_400 },
    differences: [['duplicate-in-file', 'settled-again', 8_400]],
  },
  {
    story: 'twice in the file, the second with the amount that is right',
    world: on([lineOf(P, 2, { amount: 16_800 }), lineOf(P, 3)], { payments: [P] }),
    rows: { 'duplicate-in-file': 16_800 },
    differences: [['duplicate-in-file', 'settled-again', 16_800]],
  },
  {
    story: 'unknown and twice in the file',
    world: on([lineOf(P, 2), lineOf(P, 3)]),
    rows: { 'missing-in-hub': 8_400, 'duplicate-in-file': 8_400 },
    differences: [
      ['missing-in-hub', 'decision-unknown', 8_400],
      ['duplicate-in-file', 'settled-again', 8_400],
    ],
  },
  {
    story: "yesterday's payment again, after its own file had it",
    world: { payments: [YESTERDAYS], files: { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2)] } },
    rows: { 'duplicate-across-files': 8_400 },
    differences: [['duplicate-across-files', 'settled-again', 8_400]],
  },
  {
    story: 'unknown, and again after another file had it',
    world: { files: { [BEFORE]: [lineOf(P, 2)], [DAY]: [lineOf(P, 2)] } },
    rows: { 'duplicate-across-files': 8_400 },
    differences: [['duplicate-across-files', 'settled-again', 8_400]],
  },
  {
    story: 'reversed here, settled there',
    world: on([lineOf(P, 2)], { payments: [REVERSED] }),
    rows: { 'hub-reversed': -8_400, 'reversed-here-settled-there': 8_400 },
    differences: [['reversed-here-settled-there', 'reversed-in-hub', 8_400]],
  },
  {
    story: 'reversed here before it came, settled there',
    world: on([lineOf(P, 2)], { decisions: decisions({ kind: 'reversed-first' }) }),
    rows: { 'reversed-here-settled-there': 8_400 },
    differences: [['reversed-here-settled-there', 'reversed-first-in-hub', 8_400]],
  },
  {
    story: "yesterday's reversed payment, settled today",
    world: on([lineOf(YESTERDAYS, 2)], { payments: [{ ...YESTERDAYS, state: 'reversed' }] }),
    rows: { 'reversed-here-settled-there': 8_400 },
    differences: [['reversed-here-settled-there', 'reversed-in-hub', 8_400]],
  },
  {
    story: 'accepted here, settled and reversed there',
    world: on([lineOf(P, 2), lineOf(P, 3, R)], { payments: [P] }),
    rows: { 'settled-here-reversed-there': -8_400 },
    differences: [['settled-here-reversed-there', 'reversed-in-file', -8_400]],
  },
  {
    story: 'accepted here, only reversed there',
    world: on([lineOf(P, 2, R)], { payments: [P] }),
    rows: { 'settled-here-reversed-there': -16_800 },
    differences: [['settled-here-reversed-there', 'reversed-in-file', -16_800]],
  },
  {
    story: "yesterday's payment, settled there, reversed in today's file",
    world: { payments: [YESTERDAYS], files: { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2, R)] } },
    rows: { 'settled-here-reversed-there': -8_400 },
    differences: [['settled-here-reversed-there', 'reversed-in-file', -8_400]],
  },
  {
    story: 'settled and reversed in the next file, never in its own',
    world: { payments: [P], files: { [DAY]: [], [AFTER]: [lineOf(P, 2), lineOf(P, 3, R)] } },
    rows: { 'settled-here-reversed-there': -8_400 },
    differences: [['settled-here-reversed-there', 'reversed-in-file', -8_400]],
  },
  {
    story: 'reversed twice there',
    world: {
      payments: [{ ...YESTERDAYS, state: 'reversed' }],
      files: { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2, R), lineOf(YESTERDAYS, 3, R)] },
    },
    rows: { 'reversed-earlier-line': -8_400, 'missing-in-file': -8_400 },
    differences: [['missing-in-file', 'settlement-of-reversed-line-missing', -8_400]],
  },
  {
    story: 'a reversed line of nobody',
    world: on([lineOf(P, 2, R)]),
    rows: { 'missing-in-hub': -8_400 },
    differences: [['missing-in-hub', 'reversal-of-unknown', -8_400]],
  },
  {
    story: 'reversed line with another amount than its settled one',
    world: on([lineOf(P, 2), lineOf(P, 3, { ...R, amount: 8_000 })], { payments: [REVERSED] }),
    rows: { 'hub-reversed': -8_400, 'amount-difference': 400 },
    differences: [['amount-difference', 'reversed-line-differs', 400]],
  },
  {
    story: 'reversed line in the next file with another amount',
    world: {
      payments: [{ ...YESTERDAYS, state: 'reversed' }],
      files: { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2, { ...R, amount: 8_000 })] },
    },
    rows: { 'reversed-earlier-line': -8_400, 'amount-difference': 400 },
    differences: [['amount-difference', 'reversed-line-differs', 400]],
  },
  {
    story: 'reversed line that gives back less fee',
    world: on([lineOf(P, 2), lineOf(P, 3, { ...R, fee: 1_000 })], { payments: [REVERSED] }),
    rows: { 'hub-reversed': -8_400 },
    differences: [['fee-difference', 'fee-differs', 0]],
  },
  {
    story: 'a line set aside',
    world: on([], {
      quarantined: [
        { line: 2, code: 'BAD_ID', field: 'transaction_id', amount: P.amount, fee: null, status: 'settled' },
      ],
    }),
    rows: { quarantined: 8_400 },
    differences: [['quarantined', 'line-set-aside', 8_400]],
  },
  {
    story: 'a line set aside whose amount nobody can read',
    world: on([], {
      quarantined: [{ line: 2, code: 'BAD_AMOUNT', field: 'amount', amount: null, fee: null, status: null }],
      quarantinedTotal: 12_345,
    }),
    rows: { quarantined: 12_345 },
    differences: [['quarantined', 'amount-unreadable', 12_345]],
  },
]

export const TWIN = payment('TRX-00000002', { decidedAt: at(`${DAY}T10:00`) })
const WHOLE = payment('TRX-000000017')

export const AMBIGUOUS: readonly DayStory[] = [
  {
    story: 'one line without id, two payments that it may be',
    world: on([lineOf(P, 2, { paymentId: '' })], { payments: [P, TWIN] }),
    rows: { ambiguous: -8_400 },
    differences: [
      ['ambiguous', 'several-candidates', 8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
  {
    story: 'two lines without id, one payment',
    world: on([lineOf(P, 2, { paymentId: '' }), lineOf(P, 3, { paymentId: '' })], { payments: [P] }),
    rows: { ambiguous: 8_400 },
    differences: [
      ['ambiguous', 'candidate-wanted-twice', 8_400],
      ['ambiguous', 'candidate-wanted-twice', 8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
  {
    story: 'the id of one member with the number of another',
    world: on([lineOf(P, 2, { customerId: OTHER_KPJ })], { payments: [P] }),
    rows: { ambiguous: 0 },
    differences: [
      ['ambiguous', 'customer-differs', 8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
  {
    story: "a cut id that is another payment's whole id, of another customer",
    world: on([lineOf(P, 2, { customerId: NIK })], {
      payments: [P, { ...WHOLE, account: OTHER_KPJ }],
      accounts: new Map([[NIK, OTHER_KPJ]]),
    }),
    rows: { ambiguous: -8_400 },
    differences: [
      ['ambiguous', 'several-candidates', 8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
  {
    story: "a cut id that is another payment's whole id, of the same customer",
    world: on([lineOf(P, 2), lineOf(P, 3)], { payments: [P, WHOLE] }),
    rows: { ambiguous: 0 },
    differences: [
      ['ambiguous', 'several-candidates', 8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
  {
    story: 'a reversed line without id, and a payment that it may be',
    world: on([lineOf(P, 2, { ...R, paymentId: '' })], { payments: [P] }),
    rows: { ambiguous: -16_800 },
    differences: [
      ['ambiguous', 'reversed-without-id', -8_400],
      ['ambiguous', 'may-be-in-file', -8_400],
    ],
  },
]

/** Both sides stand alone: nothing is guessed. */
const apart = (story: string, line: SettledLine, more: Partial<World> = {}): DayStory => ({
  story,
  world: on([line], { payments: [P], ...more }),
  rows: { 'missing-in-file': -8_400, 'missing-in-hub': line.amount },
  differences: [
    ['missing-in-file', 'not-in-any-file', -8_400],
    ['missing-in-hub', 'decision-unknown', line.amount],
  ],
})
export const APART: readonly DayStory[] = [
  apart('no id and another customer', lineOf(P, 2, { paymentId: '', customerId: OTHER_KPJ })),
  apart('no id and a NIK that nobody has', lineOf(P, 2, { paymentId: '', customerId: OTHER_NIK })),
  apart('no id and a customer that is no number', lineOf(P, 2, { paymentId: '', customerId: '-' })),
  apart('no id and another amount', lineOf(P, 2, { paymentId: '', amount: 16_800 })),
  apart('no id and 16 minutes apart', lineOf(P, 2, { paymentId: '', at: at(`${DAY}T10:16`) })),
  apart('cut to seven characters', lineOf(P, 2, { paymentId: 'TRX-000' })),
  apart('an id in small letters', lineOf(P, 2, { paymentId: 'trx-00000001' })),
  apart('an id without its leading zeros', lineOf(P, 2, { paymentId: 'TRX-1' })),
  apart('an id with a blank at its end', lineOf(P, 2, { paymentId: 'TRX-00000001 ' })),
  apart('an id percent-encoded', lineOf(P, 2, { paymentId: 'TRX%2D00000001' })),
  apart('an id with a Cyrillic letter', lineOf(P, 2, { paymentId: 'TRХ-00000001' })),
  apart('the end of an id', lineOf(P, 2, { paymentId: '00000001' })),
  apart('an id that goes on', lineOf(P, 2, { paymentId: 'TRX-000000011' })),
]
