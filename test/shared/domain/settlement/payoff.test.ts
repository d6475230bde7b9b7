/** What is open of a charge or a fee invoice, whatever was charged and paid, in whatever order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { FeeInvoice } from '../../../../shared/domain/settlement/fee-month.ts'
import type { ChannelCharge } from '../../../../shared/domain/settlement/open-items.ts'
import { isPartOf } from '../../../../shared/domain/settlement/parts.ts'
import {
  openCharges,
  type Payoff,
  paidFor,
  paidOfInvoice,
  payableOf,
  payoffsOf,
} from '../../../../shared/domain/settlement/payoff.ts'

const ID = 'pos-20261120-0123456789ab'
const on = (text: string) => text as BusinessDate
const charge = (amount: number, day = '2026-11-27', differenceId = ID): ChannelCharge => ({
  differenceId,
  amountRupiah: rupiah(amount),
  chargedOn: on(day),
})
const payoff = (amount: number, bookedOn = '2026-12-01', item = ID): Payoff => ({
  kind: 'channel-charge',
  channel: 'pos',
  item,
  bookedOn: on(bookedOn),
  id: `${bookedOn} ${amount}`,
  amount: rupiah(amount),
})
const amountsOf = (charges: readonly ChannelCharge[], payoffs: readonly Payoff[]) =>
  openCharges(charges, payoffs).map(({ part, amountRupiah, paidRupiah }) => [part, amountRupiah, paidRupiah])

describe('a charge', () => {
  test.each([
    ['nothing was paid of is open', [charge(50)], [], [[0, 50, 0]]],
    ['is paid in part', [charge(50)], [payoff(20)], [[0, 30, 20]]],
    ['that is paid by two movements is in no list', [charge(50)], [payoff(20), payoff(30, '2026-12-02')], []],
    ['in two parts is paid from the oldest on', [charge(30), charge(50)], [payoff(40)], [[1, 40, 10]]],
    ['by which we owe the channel is paid by a debit', [charge(-50)], [payoff(-20)], [[0, -30, -20]]],
    ['that was undone after it was paid is owed back', [], [payoff(50)], [[0, -50, 50]]],
    ['that became smaller than what was paid is owed back', [charge(20)], [payoff(50)], [[1, -30, 30]]],
    [
      'that turned round leaves both',
      [charge(-20)],
      [payoff(50)],
      [
        [0, -20, 0],
        [1, -50, 50],
      ],
    ],
  ] as const)('%s', (_, charges, payoffs, expected) => {
    expect(amountsOf(charges, payoffs)).toEqual(expected)
  })

  test('that was undone ages from the day of its last payment', () => {
    expect(openCharges([], [payoff(20, '2026-12-09'), payoff(30, '2026-12-03')])).toMatchObject([
      { differenceId: ID, chargedOn: '2026-12-09', chargedRupiah: 0 },
    ])
  })

  test('of another difference, and a fee invoice of that number, pay nothing of it', () => {
    const other: Payoff = { ...payoff(50), kind: 'fee-invoice' }
    expect(amountsOf([charge(50)], [other, payoff(7, '2026-12-01', 'other')])).toEqual([
      [0, 50, 0],
      [0, -7, 7],
    ])
  })
})

const amount = fc.integer({ min: -90, max: 90 }).filter((value) => value !== 0)
const ids = fc.constantFrom('pos-20261120-00000000000a', 'pos-20261120-00000000000b')

test('what is open is what was charged less what was paid, whatever happened', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, ids)), fc.array(fc.tuple(amount, ids)), (charged, paid) => {
      const charges = charged.map(([value, id]) => charge(value, '2026-11-27', id))
      const payoffs = paid.map(([value, id]) => payoff(value, '2026-12-01', id))
      const lines = openCharges(charges, payoffs)
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      expect(sum(lines.map(({ amountRupiah }) => amountRupiah))).toBe(
        sum(charged.map(([value]) => value)) - sum(paid.map(([value]) => value)),
      )
      for (const { amountRupiah, chargedRupiah, paidRupiah } of lines) {
        expect(amountRupiah).not.toBe(0)
        expect(amountRupiah).toBe(chargedRupiah - paidRupiah)
      }
      expect(new Set(lines.map(({ differenceId, part }) => `${differenceId} ${part}`)).size).toBe(lines.length)
    }),
  )
})

test('what people may place never pays more than is open: charged - paid stays at 0 or above', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(
      parts,
      fc.array(fc.integer({ min: -120, max: 120 })),
      fc.constantFrom(1, -1),
      (charged, tries, sign) => {
        const charges = charged.map((value) => charge(sign * value))
        const payoffs: Payoff[] = []
        const total = charged.reduce((sum, value) => sum + value, 0)
        for (const value of tries) {
          const open = rupiah(sign * total - paidFor({ kind: 'channel-charge', channel: 'pos', item: ID }, payoffs))
          if (isPartOf(open, rupiah(sign * value))) payoffs.push(payoff(sign * value))
          const lines = openCharges(charges, payoffs)
          expect(lines.every(({ amountRupiah }) => Math.sign(amountRupiah) === sign)).toBe(true)
        }
      },
    ),
  )
})

describe('a fee invoice', () => {
  const invoice: FeeInvoice = {
    channel: 'pos',
    number: 'F/1',
    month: month('2026-11'),
    date: on('2026-12-02'),
    feeRupiah: rupiah(1_500),
    keptRupiah: rupiah(1_000),
    vatRupiah: rupiah(165),
    withholdingRupiah: rupiah(30),
    enteredBy: 'ani',
    enteredAt: 0 as Instant,
  }

  test('is owed for what was not kept, with VAT and without what is withheld', () => {
    expect(payableOf(invoice)).toBe(500 + 165 - 30)
    expect(paidOfInvoice(invoice, [])).toBe(0)
  })

  test('is paid by the debits that were placed on its number, of its channel', () => {
    const debit = { ...payoff(-200), kind: 'fee-invoice', item: 'F/1' } as const
    expect(paidOfInvoice(invoice, [debit, { ...debit, channel: 'bni' }, payoff(-7)])).toBe(200)
  })
})

test('a placement pays with what lies on charges and invoices, and with nothing else', () => {
  const places = [
    { kind: 'channel-charge', channel: 'pos', differenceId: ID, amount: rupiah(30) },
    { kind: 'fee-invoice', channel: 'bni', number: 'F/1', amount: rupiah(-10) },
    { kind: 'interest', amount: rupiah(5) },
  ] as const
  const placement = { id: 'C1', bookedOn: on('2026-12-01'), version: 1, recordedAt: 0 as Instant, places }
  expect(payoffsOf({ ...placement, by: 'resolution' })).toEqual([
    { kind: 'channel-charge', channel: 'pos', item: ID, bookedOn: '2026-12-01', id: 'C1', amount: 30 },
    { kind: 'fee-invoice', channel: 'bni', item: 'F/1', bookedOn: '2026-12-01', id: 'C1', amount: -10 },
  ])
  expect(payoffsOf(undefined)).toEqual([])
})
