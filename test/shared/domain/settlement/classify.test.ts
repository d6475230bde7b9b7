/** One defect per row: what a day is called, what it moves in the bridge, and whether anybody is asked. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import type { HubEntry } from '../../../../shared/domain/settlement/day.ts'
import type { SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { at } from '../../../support/facts.ts'
import { DAY, FEE, LATER, lineOf, payment, settle } from '../../../support/settlement-world.ts'
import {
  AFTER,
  AMBIGUOUS,
  APART,
  ASKED,
  BEFORE,
  FINE,
  KPJ,
  LATE,
  NIK,
  OTHER_KPJ,
  on,
  P,
  R,
  TWIN,
  YESTERDAYS,
} from './day-stories.ts'

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

  test.each([
    ['settled', 1, true],
    ['reversed', 1, false],
  ] as const)('a %s line of Rp%i of no known payment can be said to be one: %o', (status, amount, isTieable) => {
    const [one] = settle(on([lineOf(payment('NOBODY-0001'), 2, { status, amount })])).statement.differences
    expect(one?.evidence.lineIdentity !== undefined).toBe(isTieable)
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
