/** Each record is counted once, however the batches are cut, repeated or raced; what cannot be read is left out and said. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityRecord, countActivity } from '../../../functions/count-activity/count-activity.ts'
import { readRecord } from '../../../functions/count-activity/read-record.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { factItem } from '../../../shared/store/facts/item.ts'
import { viewItem } from '../../../shared/store/memberships/item.ts'
import { itemAdds } from '../../../shared/store/rolling-counts/item.ts'
import { MOST_ITEMS, type RollingCountStore } from '../../../shared/store/rolling-counts/rolling-counts.ts'
import { at, date, pay, reverse } from '../../support/facts.ts'
import { memoryRollingCounts } from '../../support/memory-rolling-counts.ts'
import { viewOf } from '../sweep-memberships/sweep.ts'

const NOW = at('2026-11-20T10:01')
const DAY = date('2026-11-20')

function fact(serial: number, quarters = 0): ActivityRecord {
  return {
    sequence: String(99_999_990 + serial),
    kind: 'fact',
    source: 'bni',
    day: DAY,
    decidedAt: (at('2026-11-20T10:00') + quarters * 900_000) as Instant,
    entry: { kind: 'payment', id: [`P${serial}`], amount: rupiah(8_400), adminFee: rupiah(2_500) },
  }
}

const facts = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => fact(from + i))
const count = (counts: RollingCountStore, records: readonly ActivityRecord[]) =>
  countActivity({ counts, now: () => NOW }, 'facts', records)

async function paymentsIn(counts: RollingCountStore): Promise<number> {
  const { quarters } = await counts.intake(DAY)
  return quarters.reduce((sum, { channels }) => sum + (channels.get('bni')?.count ?? 0), 0)
}

describe('a batch', () => {
  test('that comes again adds nothing; a longer one from the same start adds what is new', async () => {
    const counts = memoryRollingCounts()
    expect(await count(counts, facts(1, 10))).toEqual({ counted: 10, repeated: 0, unreadable: 0 })
    expect(await count(counts, facts(1, 10))).toEqual({ counted: 0, repeated: 10, unreadable: 0 })
    expect(await count(counts, facts(1, 14))).toEqual({ counted: 4, repeated: 10, unreadable: 0 })
    expect(await paymentsIn(counts)).toBe(14)
  })

  test('whatever the cuts, and from whichever earlier start a delivery begins again, each record counts once', async () => {
    const cuts = fc.array(fc.record({ length: fc.integer({ min: 1, max: 9 }), back: fc.nat(3) }), { maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(cuts, async (deliveries) => {
        const counts = memoryRollingCounts()
        const starts = [0]
        let furthest = 0
        for (const { length, back } of deliveries) {
          const from = starts[Math.max(0, starts.length - 1 - back)] as number
          const to = Math.max(from + length, furthest)
          await count(counts, facts(from + 1, to))
          furthest = to
          starts.push(to)
        }
        expect(await paymentsIn(counts)).toBe(furthest)
      }),
    )
  })

  test('whose write failed, or whose answer was lost, is counted once when it comes again', async () => {
    for (const moment of ['before', 'after'] as const) {
      const counts = memoryRollingCounts()
      const dying = {
        ...counts,
        add: async (...args: Parameters<RollingCountStore['add']>) => {
          if (moment === 'after') await counts.add(...args)
          throw new Error('killed')
        },
      }
      await expect(count(dying, facts(1, 5))).rejects.toThrow('killed')
      await count(counts, facts(1, 5))
      expect(await paymentsIn(counts)).toBe(5)
    }
  })

  test('that somebody else counts at the same moment is counted by one of them', async () => {
    const counts = memoryRollingCounts()
    const racing = {
      ...counts,
      add: async (...args: Parameters<RollingCountStore['add']>) => {
        await counts.add(...args)
        return counts.add(...args)
      },
    }
    expect(await count(racing, facts(1, 5))).toEqual({ counted: 0, repeated: 5, unreadable: 0 })
    expect(await paymentsIn(counts)).toBe(5)
  })

  test('over more quarters than a transaction takes goes in several, each with a mark of its own', async () => {
    const counts = memoryRollingCounts()
    const sizes: number[] = []
    const watched = {
      ...counts,
      add: async (...[batch, adds]: Parameters<RollingCountStore['add']>) => {
        sizes.push(itemAdds(adds).length)
        return counts.add(batch, adds)
      },
    }
    const long = Array.from({ length: 300 }, (_, i) => fact(i + 1, -i))
    expect(await count(watched, long)).toMatchObject({ counted: 300 })
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_ITEMS)
    expect(await count(counts, long)).toEqual({ counted: 0, repeated: 300, unreadable: 0 })
  })
})

describe('a record of the stream', () => {
  const record = (SequenceNumber: string, images: object) => ({ dynamodb: { SequenceNumber, ...images } }) as never

  test('of a payment and its reversal is read from the fact itself', async () => {
    const payment = pay('P1', '2026-11-20T10:07', ['2026-11'])
    const counts = memoryRollingCounts()
    const records = [payment, reverse(payment, '2026-11-20T10:20')].map((each, i) =>
      readRecord('facts', record(String(i + 1), { NewImage: factItem(each) })),
    )
    await count(counts, records)
    const { quarters } = await counts.intake(DAY)
    expect(quarters.map(({ at: quarter, channels }) => [quarter, channels.get('bni')])).toEqual([
      [at('2026-11-20T10:00'), expect.objectContaining({ count: 1, amountRupiah: 8_400, reversedCount: 0 })],
      [at('2026-11-20T10:15'), expect.objectContaining({ count: 0, reversedCount: 1, reversedRupiah: 8_400 })],
    ])
  })

  test('of a view moves its membership from where it stood, and says how long its payment waited', async () => {
    const before = viewOf(1, { status: 'unpaid', paidThrough: null })
    const after = viewOf(1, { version: 2, activatedAfterMillis: 700, asOf: at('2026-11-20T10:08') })
    const counts = memoryRollingCounts()
    const images = [{ NewImage: viewItem(before) }, { OldImage: viewItem(before), NewImage: viewItem(after) }]
    const records = images.map((image, i) => readRecord('memberships', record(String(i + 1), image)))
    await countActivity({ counts, now: () => NOW }, 'memberships', records)
    expect(await counts.standing()).toMatchObject({
      changes: 2,
      provinces: new Map([['15', [0, 1, 0, 0, 0]]]),
      paidThrough: new Map([['2026-11', 1]]),
    })
    const [hour] = await counts.activations(DAY)
    expect(hour).toMatchObject({ hour: at('2026-11-20T10:00') })
    expect([...(hour?.durations.values() ?? [])]).toEqual([1])
  })

  test('that is none of ours is left out and said, and the others of its batch count', async () => {
    const counts = memoryRollingCounts()
    const broken = readRecord('facts', record('99999992', { NewImage: { account: { S: '?' }, day: { S: 'bni#?#1' } } }))
    expect(broken.kind).toBe('unreadable')
    expect(await count(counts, [fact(1), broken, fact(3)])).toEqual({ counted: 3, repeated: 0, unreadable: 1 })
    expect(await paymentsIn(counts)).toBe(2)
  })
})
