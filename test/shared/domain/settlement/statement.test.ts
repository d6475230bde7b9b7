/** The statement of a day: its verdict, its bank section, and the cases that move nothing. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { DayCredit } from '../../../../shared/domain/settlement/bank.ts'
import { statementOf } from '../../../../shared/domain/settlement/statement.ts'
import { at } from '../../../support/facts.ts'
import { DAY, lineOf, payment, setting, settle, type World } from '../../../support/settlement-world.ts'

const P = payment('TRX-00000001')
const NET = 6_900
const FINE: World = { payments: [P], files: { [DAY]: [lineOf(P, 2)] } }
const credit = (amount: number, id = 'C1'): DayCredit => ({ id, bookedOn: DAY, amount: rupiah(amount), how: 'named' })
/** The next working day of 18 November 2026 is the 19th. */
const BEFORE_DUE = at('2026-11-19T08:59')
const DUE = at('2026-11-19T09:00')

describe('the bank section', () => {
  test.each([
    ['the credit came', [credit(NET)], DUE, {}, 'reconciled'],
    ['two credits came', [credit(4_000), credit(2_900, 'C2')], DUE, {}, 'reconciled'],
    ['nothing came', [], DUE, { 'bank-awaited': -NET }, 'incomplete'],
    ['a part came and the rest is not due', [credit(4_000)], BEFORE_DUE, { 'bank-awaited': -2_900 }, 'incomplete'],
    ['a part came and the rest is due', [credit(4_000)], DUE, { 'bank-difference': -2_900 }, 'differences'],
    ['more came', [credit(7_000)], BEFORE_DUE, { 'bank-difference': 100 }, 'differences'],
    ['it came and was returned', [credit(NET), credit(-NET, 'C2')], DUE, { 'bank-difference': -NET }, 'differences'],
    ['it was returned and came again', [credit(NET), credit(-NET, 'C2'), credit(NET, 'C3')], DUE, {}, 'reconciled'],
  ] as const)('%s', (_, credits, now, rows, verdict) => {
    const { statement } = settle({ ...FINE, credits, now })
    const bank = statement.bridge.filter(({ label }) => label === 'bank-awaited' || label === 'bank-difference')
    expect(Object.fromEntries(bank.map(({ label, amountRupiah }) => [label, amountRupiah]))).toEqual(rows)
    expect(statement.verdict).toBe(verdict)
    expect(statement.unexplainedRupiah).toBe(0)
  })

  test.each([
    ['the debit came', [credit(-NET)], BEFORE_DUE, {}, 'reconciled'],
    ['a part came and the rest is not due', [credit(-4_000)], BEFORE_DUE, { 'bank-awaited': 2_900 }, 'incomplete'],
    ['a part came and the rest is due', [credit(-4_000)], DUE, { 'bank-difference': 2_900 }, 'differences'],
    ['more came', [credit(-7_000)], BEFORE_DUE, { 'bank-difference': -100 }, 'differences'],
  ] as const)('of a day whose file takes more back than it brings: %s', (_, credits, now, rows, verdict) => {
    const reversed = payment('TRX-00000001', { state: 'reversed' })
    const { statement } = settle({
      payments: [reversed],
      files: {
        [DAY]: [
          lineOf(reversed, 2),
          lineOf(reversed, 3, { status: 'reversed' }),
          lineOf(reversed, 4, { status: 'reversed' }),
        ],
      },
      credits,
      now,
    })
    const bank = statement.bridge.filter(({ label }) => label === 'bank-awaited' || label === 'bank-difference')
    expect(Object.fromEntries(bank.map(({ label, amountRupiah }) => [label, amountRupiah]))).toEqual(rows)
    if (verdict === 'incomplete') expect(statement.verdict).toBe(verdict)
    expect(statement.unexplainedRupiah).toBe(0)
  })

  test('a day on which nothing is owed waits for no credit', () => {
    expect(settle({ files: { [DAY]: [] }, credits: [] }).statement.verdict).toBe('reconciled')
  })
})

describe('the verdict', () => {
  const MISSING: World = { payments: [P], files: { [DAY]: [] } }
  const LATE = payment('TRX-00000001', { decidedAt: at(`${DAY}T23:59`) })

  test('is incomplete without a file, and shows what the hub has', () => {
    const { statement } = settle({ payments: [P], files: {}, credits: [] })
    expect(statement).toMatchObject({
      verdict: 'incomplete',
      unexplainedRupiah: 0,
      bridge: [{ label: 'hub-payments', amountRupiah: 8_400, count: 1 }],
      differences: [],
    })
  })

  test('is incomplete when the control total holds more than the lines, and says how much', () => {
    const { result, file } = settle(FINE)
    const totals = { ...file.totals, amount: rupiah(file.totals.amount + 5), net: rupiah(file.totals.net + 5) }
    const input = {
      questions: [],
      lateReversals: [],
      proposed: [],
      resolved: new Set<string>(),
      credits: [credit(NET + 5)],
    }
    const statement = statementOf({ setting: setting(), result, file: { totals, quarantined: [] }, ...input })
    expect(statement).toMatchObject({ verdict: 'incomplete', unexplainedRupiah: 5 })
  })

  test('is differences until every one of them is resolved', () => {
    const { statement } = settle(MISSING)
    const [difference] = statement.differences
    expect(statement.verdict).toBe('differences')
    expect(settle(MISSING, DAY, { resolved: new Set([difference?.id as string]) }).statement.verdict).toBe('reconciled')
    expect(settle(MISSING, DAY, { resolved: new Set(['another']) }).statement.verdict).toBe('differences')
  })

  test('is reconciled with pending while a payment near midnight may still come', () => {
    const world = { payments: [LATE], files: { [DAY]: [] }, now: DUE }
    expect(settle(world).statement).toMatchObject({
      verdict: 'reconciled-with-pending',
      pendings: [{ paymentId: LATE.paymentId }],
    })
  })
})

test('late reversals, corrected files and credits that nobody can place are cases and move nothing', () => {
  const { statement } = settle(FINE, DAY, {
    lateReversals: [{ paymentId: 'TRX-1', amount: rupiah(8_400), decidedAt: DUE }],
    proposed: [{ version: 2, amount: rupiah(9_000) }],
    questions: [credit(500)],
  })
  expect(statement.differences.map((one) => [one.class, one.evidence.reason, one.effectRupiah])).toEqual([
    ['bank-difference', 'credit-ambiguous', 0],
    ['late-reversal', 'asked-too-late', 0],
    ['corrected-file', 'file-replaced', 0],
  ])
  expect(new Set(statement.differences.map(({ id }) => id)).size).toBe(3)
  expect(statement.verdict).toBe('differences')
})

test('two of a kind on one day are two cases, each with an id of its own that stays when others come', () => {
  const reversal = (paymentId: string) => ({ paymentId, amount: rupiah(8_400), decidedAt: DUE })
  const idsOf = (count: number) =>
    settle(FINE, DAY, {
      lateReversals: ['TRX-1', 'TRX-2'].slice(0, count).map(reversal),
      proposed: [2, 3].slice(0, count).map((version) => ({ version, amount: rupiah(9_000) })),
      questions: ['C1', 'C2'].slice(0, count).map((id) => credit(500, id)),
    }).statement.differences.map(({ id }) => id)
  expect(new Set(idsOf(2)).size).toBe(6)
  expect(idsOf(2)).toEqual(expect.arrayContaining(idsOf(1)))
})
