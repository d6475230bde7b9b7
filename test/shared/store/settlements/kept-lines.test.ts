/** Lines that other days ask for: few or many, they are found by id, and keeping them again changes nothing. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import {
  elsewhereFor,
  keepElsewhere,
  keepUnknown,
  unknownFor,
} from '../../../../shared/store/settlements/kept-lines.ts'
import type { KeptLine } from '../../../../shared/store/settlements/records.ts'
import { at, date } from '../../../support/facts.ts'
import { memorySettledLines, memorySettlements } from '../../../support/memory-settlements.ts'

const DAY = date('2026-11-20')
const NEXT = date('2026-11-21')

const linesOf = (count: number, sha256 = 'a'.repeat(64)): readonly KeptLine[] =>
  Array.from({ length: count }, (_, i) => ({
    channel: 'pos',
    paymentId: `X#${i % (count - 1)}`,
    fileDate: NEXT,
    line: i + 2,
    sha256,
    amount: rupiah(8_400 + i),
    fee: rupiah(1_500),
    at: at('2026-11-20T10:00'),
    status: 'settled',
  }))

describe.each([10, 5_001])('%i lines of a file', (count) => {
  const ports = () => ({ settlements: memorySettlements(), lines: memorySettledLines() })
  const lines = linesOf(count)
  const ids = new Set(['X#0', 'X#7', 'nobody'])
  const found = (kept: ReadonlyMap<string, readonly KeptLine[]>) =>
    Object.fromEntries([...kept].map(([id, lines]) => [id, lines.map(({ line }) => line).sort((a, b) => a - b)]))
  const expected = { 'X#0': [2, count + 1], 'X#7': [9] }

  test('for payments of another day are found there by id, and nowhere else', async () => {
    const stores = ports()
    for (let times = 0; times < 2; times++) await keepElsewhere(stores, DAY, lines)
    const kept = await elsewhereFor(stores, 'pos', DAY, ids)
    expect(found(kept)).toEqual(expected)
    expect(kept.get('X#7')).toEqual([lines[7]])
    expect((await elsewhereFor(stores, 'pos', NEXT, ids)).size).toBe(0)
    expect((await elsewhereFor(stores, 'bni', DAY, ids)).size).toBe(0)
  })

  test('of payments that nobody has are found by id, however many are asked for', async () => {
    const stores = ports()
    for (let times = 0; times < 2; times++) await keepUnknown(stores, lines)
    expect(found(await unknownFor(stores, 'pos', ids))).toEqual(expected)
    const many = new Set([...ids, ...Array.from({ length: 1_001 }, (_, i) => `Y#${i}`)])
    expect(found(await unknownFor(stores, 'pos', many))).toEqual(expected)
    expect((await unknownFor(stores, 'bni', many)).size).toBe(0)
  })

  test('beside those of another file', async () => {
    const stores = ports()
    await keepUnknown(stores, lines)
    await keepUnknown(
      stores,
      linesOf(3, 'b'.repeat(64)).map((line) => ({ ...line, line: line.line + 90_000 })),
    )
    expect(found(await unknownFor(stores, 'pos', ids))['X#0']).toEqual([2, count + 1, 90_002, 90_004])
  })
})

test('many lines write few entries', async () => {
  const settlements = memorySettlements()
  const stores = { settlements, lines: memorySettledLines() }
  await keepUnknown(stores, linesOf(5_001))
  await keepElsewhere(stores, DAY, linesOf(5_001))
  expect([...settlements.everything().values()].reduce((sum, entries) => sum + entries.size, 0)).toBe(2)
})
