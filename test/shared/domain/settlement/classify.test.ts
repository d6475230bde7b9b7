/** One defect per row: what a day is called, what it moves in the bridge, and whether anybody is asked. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import type { BridgeLabel, HubEntry, KnownDecision } from '../../../../shared/domain/settlement/day.ts'
import type { LineStatus, SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { at } from '../../../support/facts.ts'
import { DAY, FEE, LATER, lineOf, payment, settle, type World } from '../../../support/settlement-world.ts'

const BEFORE = addDays(DAY, -1)
const AFTER = addDays(DAY, 1)
const NIK = '1571010101900001'
const OTHER_NIK = '1571010101900002'
const KPJ = '12345678901'
const OTHER_KPJ = '12345678902'

const P = payment('TRX-00000001')
const REVERSED = payment('TRX-00000001', { state: 'reversed' })
const R = { status: 'reversed' as LineStatus }
/** Near midnight: the partner's clock may have had the next day, or the one before. */
const LATE = payment('TRX-00000001', { decidedAt: at(`${DAY}T23:00`) })
const YESTERDAYS = payment('TRX-00000009', { decidedAt: at(`${BEFORE}T23:59`) })
const decisions = (decision: KnownDecision) => new Map([['TRX-00000001', decision]])
const on = (lines: readonly SettledLine[], more: Partial<World> = {}): World => ({ files: { [DAY]: lines }, ...more })

type Row = {
  readonly story: string
  readonly world: World
  /** Class, reason, and what it moves. */
  readonly differences?: readonly (readonly [string, string, number])[]
  /** Beyond the totals. */
  readonly rows: Partial<Record<BridgeLabel, number>>
  readonly verdict?: string
}

const FINE: readonly Row[] = [
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

const ASKED: readonly Row[] = [
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

const TWIN = payment('TRX-00000002', { decidedAt: at(`${DAY}T10:00`) })
const WHOLE = payment('TRX-000000017')

const AMBIGUOUS: readonly Row[] = [
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
const apart = (story: string, line: SettledLine, more: Partial<World> = {}): Row => ({
  story,
  world: on([line], { payments: [P], ...more }),
  rows: { 'missing-in-file': -8_400, 'missing-in-hub': line.amount },
  differences: [
    ['missing-in-file', 'not-in-any-file', -8_400],
    ['missing-in-hub', 'decision-unknown', line.amount],
  ],
})
const APART: readonly Row[] = [
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

describe('a channel-day is classified', () => {
  test.each([...FINE, ...ASKED, ...AMBIGUOUS, ...APART])('$story', ({ world, rows, differences = [], verdict }) => {
    const { statement } = settle(world)
    const totals = ['hub-payments', 'file-total', 'channel-fees', 'file-net', 'bank-credit']
    const shown = statement.bridge.filter(({ label }) => !totals.includes(label))
    expect(Object.fromEntries(shown.map(({ label, amountRupiah }) => [label, amountRupiah]))).toEqual(rows)
    const found = statement.differences.map((one) => [one.class, one.evidence.reason, one.effectRupiah])
    expect(found.toSorted()).toEqual(differences.toSorted())
    expect(statement.verdict).toBe(verdict ?? (differences.length > 0 ? 'differences' : 'reconciled'))
    expect(statement.unexplainedRupiah).toBe(0)
  })

  test('where two files settle a payment, that of its own day does and the other is the duplicate', () => {
    const world = { payments: [P], files: { [BEFORE]: [lineOf(P, 2)], [DAY]: [lineOf(P, 2)] } }
    expect(settle(world).statement.differences).toEqual([])
    expect(settle(world, BEFORE).statement.differences).toMatchObject([{ class: 'duplicate-across-files' }])
  })

  test('a reversed line takes back the latest of the settled ones that are too many', () => {
    const [second, third] = [addDays(DAY, 2), addDays(DAY, 3)]
    const files = {
      [DAY]: [lineOf(P, 2)],
      [AFTER]: [lineOf(P, 2)],
      [second]: [lineOf(P, 2)],
      [third]: [lineOf(P, 2, R)],
    }
    const askedDays = Object.keys(files).filter(
      (date) => settle({ payments: [P], files }, date as BusinessDate).statement.differences.length > 0,
    )
    expect(askedDays).toEqual([AFTER])
  })

  test('15 minutes apart still are one story', () => {
    const line = lineOf(P, 2, { paymentId: '', at: at(`${DAY}T10:15`) })
    expect([...settle(on([line], { payments: [P] })).result.matched()].map(({ how }) => how)).toEqual(['candidate'])
  })

  test.each([
    ['23:00', `${DAY}T23:00`, true],
    ['22:59:59', `${DAY}T22:59:59`, false],
    ['00:59', `${DAY}T00:59`, true],
    ['01:00', `${DAY}T01:00`, true],
    ['01:00:01', `${DAY}T01:00:01`, false],
  ])('a payment of %s that is not in the file waits for the next file or not', (_, decidedAt, waits) => {
    const world = on([], {
      payments: [payment('TRX-00000001', { decidedAt: at(decidedAt) })],
      now: at('2026-11-20T06:59'),
    })
    const { statement } = settle(world)
    expect(statement.pendings.map(({ breakDate }) => breakDate)).toEqual(waits ? ['2026-11-20'] : [])
    expect(statement.verdict).toBe(waits ? 'reconciled-with-pending' : 'differences')
  })

  test('a pending payment breaks when the next file is due', () => {
    const { statement } = settle(on([], { payments: [LATE], now: at('2026-11-20T07:00') }))
    expect(statement.differences).toMatchObject([{ class: 'missing-in-file', breakDate: '2026-11-20' }])
  })

  test('an approved match joins what was ambiguous, and only where it fits', () => {
    const world = on([lineOf(P, 2, { paymentId: '' })], { payments: [P, TWIN] })
    const identity = settle(world).statement.differences.find(({ evidence }) => evidence.lineIdentity)?.evidence
      .lineIdentity as string
    const decided = (paymentId: string) => settle({ ...world, matches: new Map([[identity, paymentId]]) })
    expect([...decided(TWIN.paymentId).result.matched()]).toMatchObject([
      { paymentId: TWIN.paymentId, how: 'resolution' },
    ])
    expect(decided(TWIN.paymentId).statement.differences).toMatchObject([
      { class: 'missing-in-file', paymentId: P.paymentId },
    ])
    expect([...decided('TRX-NOBODY').result.matched()]).toEqual([])
  })

  test('an approved match is for its own line, also where another says the same', () => {
    const lines = [lineOf(P, 2, { paymentId: '' }), lineOf(P, 3, { paymentId: '' })]
    const world = on(lines, { payments: [P, TWIN] })
    const question = settle(world).statement.differences.find((one) => one.lines[0] === 3)
    const matches = new Map([[question?.evidence.lineIdentity as string, TWIN.paymentId]])
    const matched = [...settle({ ...world, matches }).result.matched()].map(({ line, paymentId }) => [line, paymentId])
    expect(matched.toSorted()).toEqual([
      [2, P.paymentId],
      [3, TWIN.paymentId],
    ])
  })

  test('a reversed line that gives back another fee than the contract’s is asked about', () => {
    const files = { [BEFORE]: [lineOf(YESTERDAYS, 2)], [DAY]: [lineOf(YESTERDAYS, 2, { ...R, fee: 1_000 })] }
    const classes = (state: HubEntry['state']) =>
      settle({ payments: [{ ...YESTERDAYS, state }], files }).statement.differences.map((one) => one.class)
    expect(classes('reversed')).toEqual(['fee-difference'])
    expect(classes('accepted')).toEqual(['fee-difference', 'settled-here-reversed-there'])
  })

  test('a line of another member is matched when a person said so', () => {
    const world = on([lineOf(P, 2, { customerId: OTHER_KPJ })], { payments: [P] })
    const identity = settle(world).statement.differences.find(({ evidence }) => evidence.lineIdentity)?.evidence
      .lineIdentity as string
    expect(settle({ ...world, matches: new Map([[identity, P.paymentId]]) }).statement.verdict).toBe('reconciled')
  })

  test('a wrong fee schedule is one difference, a wrong fee here and there is one each', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => payment(`TRX-${String(i).padStart(8, '0')}`))
    const wrong = (payments: readonly HubEntry[]) =>
      settle(
        on(
          payments.map((one, i) => lineOf(one, i + 2, { fee: 1_000 })),
          { payments },
        ),
      ).statement.differences
    expect(wrong(many(100))).toHaveLength(100)
    const all = wrong(many(101))
    expect(all).toMatchObject([{ class: 'fee-difference', hubAmountRupiah: 101 * FEE, fileAmountRupiah: 101_000 }])
    expect(all[0]?.lines).toHaveLength(101)
  })

  test('the fee is that of the payment’s own day', () => {
    const old = payment('TRX-00000009', { decidedAt: at('2025-12-31T23:59') })
    const world = { payments: [old], files: { '2026-01-01': [lineOf(old, 2, { fee: 1_000 })] } }
    expect(settle(world, '2026-01-01' as BusinessDate).statement.differences).toEqual([])
  })

  test('names of differences survive a rerun, another order of lines and another hour', () => {
    const lines = [lineOf(P, 2), lineOf(P, 3), lineOf(TWIN, 4, { paymentId: '' })]
    const ids = (file: readonly SettledLine[], now = LATER) =>
      settle(
        on(file, { payments: [P, { ...TWIN, amount: payment('', { amount: 16_800 }).amount }], now }),
      ).statement.differences.map(({ id }) => id)
    expect(ids(lines.toReversed())).toEqual(ids(lines))
    expect(ids(lines.map((one) => ({ ...one, line: one.line + 7 })))).toEqual(ids(lines))
    expect(ids(lines, at('2026-11-25T10:00'))).toEqual(ids(lines))
  })

  test('no difference shows a NIK', () => {
    const world = on(
      [
        lineOf(P, 2, { paymentId: '', customerId: NIK }),
        lineOf(P, 3, { customerId: NIK }),
        lineOf(P, 4, { customerId: NIK }),
      ],
      { payments: [P, TWIN], accounts: new Map([[NIK, KPJ]]) },
    )
    expect(JSON.stringify(settle(world).statement)).not.toContain(NIK)
  })
})

/** Lines of one payment over three files that in the end come to what the hub has. */
const AGREEING = fc.constantFrom('S', 'S|R S', 'S R S', 'S||R S', 'S|R|S', '|S', '||S', 'S|S|R', 'S S R', '|S|R S')
const GONE = fc.constantFrom('', 'S R', 'R S', 'S|R', '|S R', '||S R', 'S|R S R', 'S|S R|R', 'R|S', 'S R|S|R')

test('files that in the end agree with the hub leave nobody to ask, whatever the way there', () => {
  const stories = fc.array(
    fc.oneof(
      AGREEING.map((way) => ({ way, gone: false })),
      GONE.map((way) => ({ way, gone: true })),
    ),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(stories, fc.boolean(), (story, isKnown) => {
      const files: Record<string, SettledLine[]> = { [DAY]: [], [AFTER]: [], [addDays(DAY, 2)]: [] }
      const payments = story.map(({ gone }, i) =>
        payment(`TRX-${String(i).padStart(8, '0')}`, { state: gone ? 'reversed' : 'accepted' }),
      )
      story.forEach(({ way }, i) => {
        way.split('|').forEach((file, days) => {
          const lines = files[addDays(DAY, days)] as SettledLine[]
          for (const letter of file.split(' ').filter(Boolean)) {
            lines.push(
              lineOf(payments[i] as HubEntry, lines.length + 2, { status: letter === 'S' ? 'settled' : 'reversed' }),
            )
          }
        })
      })
      // What the hub never heard of and the channel took back again is nobody's question either.
      const known = payments.filter(({ state }) => isKnown || state === 'accepted')
      for (const date of Object.keys(files)) {
        const { statement } = settle({ payments: known, files }, date as BusinessDate)
        expect(statement).toMatchObject({ differences: [], verdict: 'reconciled', unexplainedRupiah: 0 })
      }
    }),
    { numRuns: 600 },
  )
})
