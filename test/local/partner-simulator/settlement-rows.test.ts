/** Mistakes of back offices: few, of each kind, the same each time, and never half of a payment that was taken back. */
import { describe, expect, test } from 'vitest'
import type { CollectedLine } from '../../../local/partner-simulator/collections.ts'
import { mistakeOf, rowsOfDay } from '../../../local/partner-simulator/settlement-rows.ts'
import { settlementChannelNamed } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'

const DAY = '2026-11-20' as BusinessDate
const NEXT = '2026-11-21' as BusinessDate
const { profile } = settlementChannelNamed('indomaret')
const line = (id: string, status: 'S' | 'R' = 'S'): CollectedLine => ({
  id,
  customer: '26010000001',
  outlet: 'T1',
  at: Date.parse('2026-11-20T10:00:00+07:00'),
  amount: 16_800,
  adminFee: 2_500,
  status,
})
const rows = (booked: readonly CollectedLine[], day: BusinessDate, oneIn = 20) =>
  rowsOfDay({ collections: { ofDay: (_, date) => (date === DAY ? booked : []) }, profile, oneIn: () => oneIn }, day)
const idWith = (mistake: string) => {
  for (let i = 0; ; i++) if (mistakeOf(`P${i}`, 20) === mistake) return `P${i}`
}

describe('a day’s rows', () => {
  test('are the booked lines with the contract’s fee', () => {
    expect(rows([line('good')], DAY, 1_000_000)).toEqual([{ ...line('good'), fee: 1_500 }])
  })

  test.each([
    ['left-out', [], []],
    ['late', [], [1_500]],
    ['wrong-fee', [2_000], []],
    ['unknown', [1_500, 1_500], []],
  ])('%s: fees %j in the file of its day, %j in the next', (mistake, today, tomorrow) => {
    const booked = [line(idWith(mistake))]
    expect(rows(booked, DAY).map(({ fee }) => fee)).toEqual(today)
    expect(rows(booked, NEXT).map(({ fee }) => fee)).toEqual(tomorrow)
  })

  test('hold both lines of a payment that was taken back, whatever its id', () => {
    for (const mistake of ['left-out', 'late', 'wrong-fee', 'unknown']) {
      const id = idWith(mistake)
      expect(rows([line(id), line(id, 'R')], DAY).map(({ status }) => status)).toEqual(['S', 'R'])
    }
  })

  test('have a mistake of each kind about once in the lines that were said', () => {
    const counts = Map.groupBy(
      Array.from({ length: 30_000 }, (_, i) => `TRAFFIC-${(i * 7_919).toString(36)}`.toUpperCase()),
      (id) => mistakeOf(id, 300),
    )
    for (const mistake of ['left-out', 'late', 'wrong-fee', 'unknown'] as const) {
      expect(counts.get(mistake)?.length).toBeGreaterThan(60)
      expect(counts.get(mistake)?.length).toBeLessThan(150)
    }
  })
})
