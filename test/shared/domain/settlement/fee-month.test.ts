/** A month's fees against what was taken, the taxes on them, and what of it is a case. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import {
  addFeeMonth,
  balancesAfter,
  entriesOf,
  type JournalSums,
  trialBalanceOf,
} from '../../../../shared/domain/journal.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import {
  type FeeDay,
  type FeeInvoice,
  feeDifferenceOf,
  feeMonthOf,
  isFeeCase,
  totalOf,
} from '../../../../shared/domain/settlement/fee-month.ts'
import { feePositionOf, NOTHING_BILLED } from '../../../../shared/domain/settlement/fee-position.ts'
import { VAT, vatOn, WITHHOLDING, withholdingOn } from '../../../../shared/domain/settlement/fee-taxes.ts'
import { stakeOf } from '../../../../shared/domain/settlement/resolution.ts'
import { at } from '../../../support/facts.ts'

const NOVEMBER = month('2026-11')
const REVIEWED = '2026-12-11' as BusinessDate
const date = (text: string) => text as BusinessDate
const party = {
  name: 'indomaret',
  channelFee: [{ from: '2020-01-01', value: rupiah(1_500), source: 'a test' }],
}
const day = (changed: Partial<FeeDay> = {}): FeeDay => ({
  date: date('2026-11-20'),
  payments: 100,
  reversedPayments: 0,
  hasFile: true,
  keptRupiah: rupiah(150_000),
  inDayCasesRupiah: rupiah(0),
  ...changed,
})
const invoice = (changed: Partial<FeeInvoice> = {}): FeeInvoice => ({
  channel: 'indomaret',
  number: 'INV-1',
  month: NOVEMBER,
  date: date('2026-12-03'),
  feeRupiah: rupiah(150_000),
  keptRupiah: rupiah(150_000),
  vatRupiah: rupiah(16_500),
  withholdingRupiah: rupiah(3_000),
  enteredBy: 'operator',
  enteredAt: at('2026-12-05T10:00'),
  ...changed,
})

describe('taxes on a fee', () => {
  test.each([
    ['2021-12-31', 150_000, 15_000],
    ['2022-03-31', 150_000, 15_000],
    ['2022-04-01', 150_000, 16_500],
    ['2024-12-31', 150_000, 16_500],
    ['2025-01-01', 150_000, 16_500],
    ['2026-11-30', 150, 17],
    ['2026-11-30', 50, 6],
    ['2026-11-30', -150, -17],
    ['2026-11-30', 0, 0],
  ])('VAT on %s of %i is %i', (on, fee, vat) => {
    expect(vatOn(rupiah(fee), date(on))).toBe(vat)
  })
  test('two in a hundred are withheld from a company, nothing from a bank', () => {
    expect(withholdingOn(rupiah(150_025), 'company', date('2026-11-30'))).toBe(3_001)
    expect(withholdingOn(rupiah(150_025), 'bank', date('2026-11-30'))).toBe(0)
  })
  test('are within half a rupiah of the exact figure', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fee) => {
        expect(Math.abs(vatOn(rupiah(fee), date('2026-11-30')) * 100 - fee * 11)).toBeLessThanOrEqual(50)
        expect(Math.abs(withholdingOn(rupiah(fee), 'company', date('2026-11-30')) * 100 - fee * 2)).toBeLessThanOrEqual(
          50,
        )
      }),
    )
  })
  test('every rate says where it is written and how certain it is', () => {
    for (const { source, value } of [...VAT, ...WITHHOLDING.company, ...WITHHOLDING.bank]) {
      expect(source).toMatch(/UU/)
      expect(value.certainty).toMatch(/^(enacted|assumed)$/)
    }
  })
})

describe('what was taken', () => {
  test('a fee that was kept and billed counts once', () => {
    const fees = feeMonthOf(party, NOVEMBER, [day()], [invoice()])
    expect(fees.taken).toEqual({ fee: 150_000, vat: 16_500, withholding: 3_000 })
    expect(fees.difference).toEqual({ fee: 0, vat: 0, withholding: 0 })
    expect(isFeeCase(fees, REVIEWED)).toBe(false)
  })
  test('a fee that is only billed counts too', () => {
    const fees = feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(0) })], [invoice({ keptRupiah: rupiah(0) })])
    expect(fees).toMatchObject({ keptRupiah: 0, billedRupiah: 150_000, difference: { fee: 0 } })
  })
  test('a credit note takes back an invoice', () => {
    const note = invoice({
      number: 'CN-1',
      feeRupiah: rupiah(-150_000),
      keptRupiah: rupiah(-150_000),
      vatRupiah: rupiah(-16_500),
      withholdingRupiah: rupiah(-3_000),
    })
    expect(feeMonthOf(party, NOVEMBER, [day()], [invoice(), note])).toMatchObject({
      taken: { fee: 150_000, vat: 0, withholding: 0 },
      difference: { fee: 0, vat: 0, withholding: 0 },
    })
  })
  test('what a day’s own fee differences hold is not asked a second time', () => {
    const fees = feeMonthOf(
      party,
      NOVEMBER,
      [day({ keptRupiah: rupiah(200_000), inDayCasesRupiah: rupiah(50_000) })],
      [],
    )
    expect(fees.difference.fee).toBe(0)
  })
  test('payments that were taken back cost nothing', () => {
    const fees = feeMonthOf(party, NOVEMBER, [day({ payments: 0, reversedPayments: 100, keptRupiah: rupiah(0) })], [])
    expect(fees).toMatchObject({ due: { fee: 0, vat: 0 }, reversedPayments: 100, difference: { fee: 0 } })
  })
  test('a month without payments and invoices is nothing', () => {
    const fees = feeMonthOf(party, NOVEMBER, [], [])
    expect(fees).toMatchObject({ due: { payments: 0, fee: 0 }, taken: { fee: 0 }, difference: { fee: 0 } })
    expect(isFeeCase(fees, REVIEWED)).toBe(false)
  })
})

describe('a case', () => {
  const tooMuch = feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(151_001) })], [])
  test.each([
    ['within the tolerance', feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(151_000) })], []), REVIEWED, false],
    ['above it', tooMuch, REVIEWED, true],
    ['before the month is reviewed', tooMuch, date('2026-12-10'), false],
    [
      'while a file is missing',
      feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(151_001) }), day({ hasFile: false })], []),
      date('2026-12-31'),
      false,
    ],
    ['too little taken', feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(148_000) })], []), REVIEWED, true],
    ['VAT too high', feeMonthOf(party, NOVEMBER, [day()], [invoice({ vatRupiah: rupiah(18_000) })]), REVIEWED, true],
    [
      'withheld too little',
      feeMonthOf(party, NOVEMBER, [day()], [invoice({ withholdingRupiah: rupiah(0) })]),
      REVIEWED,
      true,
    ],
    [
      'a fee too high that VAT too low hides',
      feeMonthOf(party, NOVEMBER, [day({ keptRupiah: rupiah(155_000) })], [invoice({ vatRupiah: rupiah(11_500) })]),
      REVIEWED,
      true,
    ],
  ])('%s', (_name, fees, today, isCase) => {
    expect(isFeeCase(fees, today)).toBe(isCase)
  })
  test('asks for what was taken to our loss, fee, VAT and withholding together', () => {
    const fees = feeMonthOf(
      party,
      NOVEMBER,
      [day({ keptRupiah: rupiah(155_000) })],
      [invoice({ vatRupiah: rupiah(18_500), withholdingRupiah: rupiah(1_000) })],
    )
    expect(totalOf(fees.difference)).toBe(5_000 + 2_000 + 2_000)
    expect(stakeOf(feeDifferenceOf(fees, () => '0'.repeat(64)))).toBe(9_000)
  })
})

describe('the books', () => {
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(rupiah)
  const anInvoice = fc
    .record({ feeRupiah: amount, keptRupiah: amount, vatRupiah: amount, withholdingRupiah: amount })
    .map(invoice)
  const aPosition = fc
    .tuple(
      fc.array(anInvoice, { maxLength: 4 }),
      fc.option(
        fc.record({
          action: fc.constantFrom('write-off' as const, 'charge-channel' as const),
          amounts: fc.record({ fee: amount, vat: amount, withholding: amount }),
        }),
      ),
    )
    .map(([invoices, resolution]) => ({ invoices, position: feePositionOf(invoices, resolution) }))

  test('balance after any versions, never touch the receivable, and end with the last version', () => {
    fc.assert(
      fc.property(fc.array(aPosition, { minLength: 1, maxLength: 5 }), (versions) => {
        const steps: JournalSums = new Map()
        let before = NOTHING_BILLED
        for (const { position } of versions) {
          addFeeMonth(steps, 'indomaret', before, position)
          before = position
        }
        const atOnce: JournalSums = new Map()
        addFeeMonth(atOnce, 'indomaret', NOTHING_BILLED, before)
        const balances = balancesAfter([], entriesOf(steps))
        expect(trialBalanceOf(entriesOf(steps))).toBe(0)
        expect(balances).toEqual(balancesAfter([], entriesOf(atOnce)))
        expect(balances.some(({ account }) => account === 'receivable' || account === 'bank')).toBe(false)
        const payable = balances.find(({ account }) => account === 'fees-payable')?.balance ?? 0
        const invoices = versions.at(-1)?.invoices ?? []
        const owed = invoices.reduce(
          (sum, i) => sum + i.feeRupiah - i.keptRupiah + i.vatRupiah - i.withholdingRupiah,
          0,
        )
        expect(payable + owed).toBe(0)
      }),
    )
  })
})
