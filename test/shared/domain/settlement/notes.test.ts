/** Matched lines that say something else than their payments, without a rupiah between them: noted, and nobody is asked. */
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { DAY, lineOf, payment, settle } from '../../../support/settlement-world.ts'

const one = payment('T1')
const minutes = (count: number) => (one.decidedAt + count * 60_000) as Instant

describe('a matched line', () => {
  test.each([
    ['as it should be', {}, []],
    ['with another admin fee', { adminFee: rupiah(3_000) }, [['admin-fee', 500]]],
    ['without its admin fee', { adminFee: rupiah(0) }, [['admin-fee', -2_500]]],
    ['of a layout without admin fees', { adminFee: null }, []],
    ['of another outlet', { outlet: 'T002' }, [['outlet', 0]]],
    ['of no outlet', { outlet: '' }, []],
    ['half an hour later', { at: minutes(30) }, []],
    ['more than half an hour later', { at: minutes(31) }, [['time', 0]]],
    ['more than half an hour earlier', { at: minutes(-31) }, [['time', 0]]],
    [
      'with all of it',
      { adminFee: rupiah(0), outlet: 'X', at: minutes(60) },
      [
        ['admin-fee', -2_500],
        ['outlet', 0],
        ['time', 0],
      ],
    ],
  ] as const)('%s is matched and noted as such', (_, changed, expected) => {
    const { result, statement } = settle({ payments: [one], files: { [DAY]: [lineOf(one, 2, changed)] } })
    expect(result.notes.map(({ kind, items }) => [kind, items[0]?.amount])).toEqual(expected)
    expect(result.notes.every(({ items }) => items[0]?.paymentId === 'T1' && items[0].line === 2)).toBe(true)
    expect(result.differences).toEqual([])
    expect(statement.verdict).toBe('reconciled')
  })

  test('is listed in order of line, whatever the order of payments', () => {
    const two = payment('T2', { account: '22345678901' })
    const lines = [lineOf(two, 3, { outlet: 'X' }), lineOf(one, 2, { outlet: 'X' })]
    const { result } = settle({ payments: [two, one], files: { [DAY]: lines } })
    expect(result.notes[0]?.items.map(({ line }) => line)).toEqual([2, 3])
  })
})
