/** What the bank books for itself: each code and each word by itself, whole words only, and charges as debits alone. */
import { describe, expect, test } from 'vitest'
import type { BankCredit } from '../../../../shared/domain/settlement/bank.ts'
import { ownBookingOf } from '../../../../shared/domain/settlement/bank-texts.ts'
import { date } from '../../../support/facts.ts'

const booking = (amount: number, remittance: string, code?: string) =>
  ownBookingOf({ amount, remittance, bookedOn: date('2026-11-20'), code } as BankCredit)

const CHARGES = ['BIAYA', 'ADMINISTRASI', 'BEA METERAI', 'CHARGE', 'CHARGES', 'BANK FEE']
const INTEREST = ['BUNGA', 'INTEREST', 'JASA GIRO', 'PPH BUNGA']

describe('by its words', () => {
  test.each(CHARGES)('%s is a charge where money left', (word) => {
    expect([booking(-5, word), booking(-5, `x/${word.toLowerCase()}. 7`)]).toEqual(['bank-charges', 'bank-charges'])
    expect([booking(5, word), booking(0, word), booking(-5, `x${word}`), booking(-5, `${word}x`)]).toEqual(
      Array(4).fill(null),
    )
  })

  test.each(INTEREST)('%s is interest, given or taken back', (word) => {
    expect([booking(5, `1 ${word}-2`), booking(-5, word), booking(5, `${word}x`)]).toEqual([
      'interest',
      'interest',
      null,
    ])
  })

  test('tax on interest is of the interest, and anything else is somebody’s', () => {
    expect([booking(-5, 'BIAYA PPH BUNGA'), booking(-5, 'INDOMARET 20261120'), booking(-5, '')]).toEqual([
      'interest',
      null,
      null,
    ])
  })
})

describe('by its code', () => {
  test.each(['CHG', 'CHRG', 'COMM', 'FEES', 'NCHG'])('%s is a charge where money left', (code) => {
    expect([booking(-5, 'x', code), booking(5, 'x', code)]).toEqual(['bank-charges', null])
  })

  test.each(['INT', 'INTR', 'TAXE', 'NINT'])('%s is interest', (code) => {
    expect([booking(5, 'x', code), booking(-5, 'x', code)]).toEqual(['interest', 'interest'])
  })

  test.each(['TRF', 'NTRF', '', undefined])('%s is somebody’s', (code) => {
    expect(booking(-5, 'x', code)).toBeNull()
  })
})
