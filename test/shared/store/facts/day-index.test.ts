/** The day index: a fact finds its partition by itself, payments spread, and a partition tells its day. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { dayOfPartition, dayPartition, dayPartitions } from '../../../../shared/store/facts/day-index.ts'

const DAY = '2026-11-20' as BusinessDate

test('every fact of a source and day lies in one of the partitions that the day is read from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (source, id) => {
      const partition = dayPartition(source, DAY, id)
      expect(dayPartitions(source, DAY)).toContain(partition)
      expect(dayOfPartition(partition)).toBe(DAY)
    }),
  )
})

test('a day has 16 partitions, and consecutive payment ids spread over all of them', () => {
  const counts = new Map(dayPartitions('bni', DAY).map((partition) => [partition, 0]))
  for (let i = 0; i < 16_000; i++) {
    const partition = dayPartition('bni', DAY, [`20261120${String(i).padStart(9, '0')}`])
    counts.set(partition, (counts.get(partition) ?? 0) + 1)
  }
  expect(counts.size).toBe(16)
  expect(Math.max(...counts.values())).toBeLessThan(1_500)
  expect(Math.min(...counts.values())).toBeGreaterThan(500)
})

test('what people decided on a day lies in one partition', () => {
  expect(dayPartitions('finance', DAY)).toEqual(['finance#2026-11-20#0'])
  expect(dayPartitions('settlement', DAY)).toEqual(['settlement#2026-11-20#0'])
})

test('the partition of an id never changes: facts of ten years lie by it', () => {
  expect(dayPartition('bni', DAY, ['T1'])).toBe('bni#2026-11-20#6')
})

test('text that is no partition names no day', () => {
  for (const text of ['', 'bni', 'bni#2026-11-20', 'bni#today#1', 'a#b#2026-11-20#1']) {
    expect(dayOfPartition(text)).toBeUndefined()
  }
})
