/** What a day takes into the journal: what was recorded from its beginning up to, not including, its end; of several, the last before. */
import { describe, expect, test } from 'vitest'
import { type Instant, instant } from '../../../../shared/domain/instant.ts'
import { entriesOf, type JournalSums, NOTHING_SETTLED, spanOf } from '../../../../shared/domain/journal.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import { NO_FEES } from '../../../../shared/domain/settlement/fee-month.ts'
import { addRecords } from '../../../../shared/store/journal/journal-day.ts'
import { date } from '../../../support/facts.ts'

const DAY = date('2026-11-20')
const SPAN = spanOf(DAY)
const MOMENTS = {
  'a moment before it': SPAN.from - 1,
  'its first moment': SPAN.from,
  'its last': SPAN.to - 1,
  'its end': SPAN.to,
}

/** One record of each kind, in versions of Rp100, Rp200 …, recorded at these moments. */
async function bookedOf(kind: 'statements' | 'fees' | 'movements', recordedAt: readonly number[]) {
  const versions = <T>(of: (rupiah: number) => T) =>
    recordedAt.map((at, i) => ({ ...of((i + 1) * 100), recordedAt: instant(at) as Instant }))
  const ports = {
    positions: async () => versions((fees) => ({ ...NOTHING_SETTLED, fees: rupiah(fees) })),
    feeMonths: async () =>
      versions((fee) => ({
        position: { billed: { ...NO_FEES, fee: rupiah(fee) }, writtenOff: NO_FEES, charged: NO_FEES },
      })),
    placements: async () => versions((amount) => ({ places: [{ kind: 'interest', amount: rupiah(amount) }] })),
  }
  const all = {
    statements: [{ channel: 'bni', date: DAY }],
    fees: [{ channel: 'bni', month: month('2026-11') }],
    movements: [{ bookedOn: DAY, id: 'C1' }],
  }
  const none = { statements: [], fees: [], movements: [] }
  const sums: JournalSums = new Map()
  await addRecords(ports as never, sums, { ...none, [kind]: all[kind] }, SPAN)
  return Math.max(0, ...entriesOf(sums).map(({ debit }) => debit))
}

describe.each(['statements', 'fees', 'movements'] as const)('of %s', (kind) => {
  test.each([
    ['a moment before it', 0],
    ['its first moment', 100],
    ['its last', 100],
    ['its end', 0],
  ] as const)('what was recorded at %s comes to Rp%i', async (moment, booked) => {
    expect(await bookedOf(kind, [MOMENTS[moment]])).toBe(booked)
  })

  test('the day books from the last version before it to the last one within it', async () => {
    expect(await bookedOf(kind, [SPAN.from - 2, SPAN.from - 1, SPAN.from, SPAN.to - 1, SPAN.to])).toBe(200)
  })
})
