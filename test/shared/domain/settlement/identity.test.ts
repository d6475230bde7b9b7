/** Names that people's decisions hang on: the same for ever, whatever the order of lines and however often a file comes. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { lineColumns } from '../../../../shared/domain/settlement/columns.ts'
import { differenceId, identitiesOf, lineIdentities } from '../../../../shared/domain/settlement/identity.ts'
import type { SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { at } from '../../../support/facts.ts'

const AT = at('2026-11-20T14:03')
const line = (number: number, changed: Partial<SettledLine> = {}): SettledLine => ({
  line: number,
  paymentId: 'TRX 1|a',
  customerId: '3578011203850001',
  outlet: 'T/1',
  at: AT,
  amount: rupiah(8_400),
  adminFee: rupiah(2_500),
  fee: rupiah(1_500),
  status: 'settled',
  ...changed,
})

function columnsOf(...lines: readonly SettledLine[]) {
  const columns = lineColumns()
  for (const one of lines) columns.add(one)
  return columns
}

test('a line is named by what it says, without its customer and its place; equal ones by their order in the file', () => {
  const text = `TRX%201%7Ca|T%2F1|${AT}|8400|1500|settled`
  const columns = columnsOf(line(9), line(2), line(5, { status: 'reversed' }), line(7, { customerId: '1' }))
  expect([...lineIdentities(columns, [0, 1, 2, 3])]).toEqual([
    [1, `${text}|1`],
    [2, `${text.replace('settled', 'reversed')}|1`],
    [3, `${text}|2`],
    [0, `${text}|3`],
  ])
  expect(JSON.stringify([...lineIdentities(columns, [0, 1, 2, 3])])).not.toContain('3578')
})

test('what differs in time, amount, fee or outlet is another line', () => {
  const others: readonly Partial<SettledLine>[] = [
    { at: at('2026-11-20T14:04') },
    { amount: rupiah(8_401) },
    { fee: rupiah(1_501) },
    { outlet: 'T/2' },
    { paymentId: 'TRX 1' },
  ]
  const names = others.map((changed) => lineIdentities(columnsOf(line(2, changed)), [0]).get(0))
  expect(new Set([...names, lineIdentities(columnsOf(line(2)), [0]).get(0)]).size).toBe(6)
})

test('lines of several ids are numbered id by id', () => {
  const columns = columnsOf(line(2), line(3, { paymentId: 'B' }), line(4), line(5, { paymentId: 'B' }))
  const numbers = [...identitiesOf(columns, [0, 1, 2, 3])].map(([row, name]) => [row, name.split('|').at(-1)])
  expect(new Map(numbers as [number, string][])).toEqual(
    new Map([
      [0, '1'],
      [2, '2'],
      [1, '1'],
      [3, '2'],
    ]),
  )
})

test('a difference is named by its channel, its day and what it is about', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const setting = { channel: 'bni', date: '2026-11-20' as BusinessDate, sha256 }
  expect(differenceId(setting, 'missing-in-file', 'TRX-1')).toBe('bni-20261120-9674ecfb00b0')
  expect(differenceId(setting, 'missing-in-hub', 'TRX-1')).not.toBe(differenceId(setting, 'missing-in-file', 'TRX-1'))
})
