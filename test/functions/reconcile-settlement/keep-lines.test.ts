/** Lines that other days must hear of: kept where those look, and the two days made neighbours, both ways and once. */
import { describe, expect, test } from 'vitest'
import { keepLines } from '../../../functions/reconcile-settlement/keep-lines.ts'
import type { DayResult } from '../../../shared/domain/settlement/day.ts'
import { at, date } from '../../support/facts.ts'
import { memorySettledLines, memorySettlements } from '../../support/memory-settlements.ts'
import { lineOf, payment } from '../../support/settlement-world.ts'

const DAY = { channel: 'pos', date: date('2026-11-20') }
const BEFORE = date('2026-11-19')
const LONG_BEFORE = date('2026-11-12')

const line = (paymentId: string, number: number) => lineOf(payment(paymentId), number)
const kept = (paymentId: string, number: number) => ({
  channel: 'pos',
  paymentId,
  fileDate: DAY.date,
  line: number,
  sha256: 'a',
  amount: 8_400,
  fee: 1_500,
  at: at('2026-11-18T10:00'),
  status: 'settled',
})

function given(elsewhere: DayResult['elsewhere'] = [], unknown: DayResult['unknown'] = []): DayResult {
  return { elsewhere, unknown } as unknown as DayResult
}

function ports() {
  const settlements = memorySettlements()
  return { settlements, lines: memorySettledLines() } as never as Parameters<typeof keepLines>[0]
}

describe('the lines of an accepted file', () => {
  test('lie with the day that they are of, and those of nobody by their id', async () => {
    const all = ports()
    const elsewhere = [
      { hubDate: BEFORE, line: line('T1', 4) },
      { hubDate: LONG_BEFORE, line: line('T2', 5) },
      { hubDate: BEFORE, line: line('T3', 6) },
    ]
    const days = await keepLines(all, DAY, 'a', given(elsewhere, [line('X1', 7)]), [])
    expect(days).toEqual([LONG_BEFORE, BEFORE])
    expect(await all.settlements.elsewhereOf('pos', BEFORE)).toEqual([kept('T1', 4), kept('T3', 6)])
    expect(await all.settlements.elsewhereOf('pos', LONG_BEFORE)).toEqual([kept('T2', 5)])
    expect(await all.settlements.unknownOf('pos', 'X1')).toEqual([kept('X1', 7)])
    expect(await all.settlements.unknownOf('pos', 'T1')).toEqual([])
  })

  test('without a file nothing is kept, and the days of other files are neighbours all the same', async () => {
    const all = ports()
    const result = given([{ hubDate: LONG_BEFORE, line: line('T1', 4) }], [line('X1', 7)])
    expect(await keepLines(all, DAY, null, result, [BEFORE])).toEqual([BEFORE])
    expect(await all.settlements.elsewhereOf('pos', LONG_BEFORE)).toEqual([])
    expect(await all.settlements.unknownOf('pos', 'X1')).toEqual([])
  })
})

describe('neighbours', () => {
  test('are written on both sides, their own first, and never with themselves', async () => {
    const all = ports()
    const written: string[] = []
    const settlements = {
      ...all.settlements,
      putNeighbour: async (channel: string, day: string, other: string) => {
        written.push(`${channel} ${day} ${other}`)
        await all.settlements.putNeighbour(channel, day as never, other as never)
      },
    }
    const ownToo = given([{ hubDate: DAY.date, line: line('T1', 4) }])
    expect(await keepLines({ ...all, settlements }, DAY, 'a', ownToo, [BEFORE, DAY.date])).toEqual([BEFORE])
    expect(written).toEqual(['pos 2026-11-19 2026-11-20', 'pos 2026-11-20 2026-11-19'])
    expect(await all.settlements.neighbours('pos', DAY.date)).toEqual([BEFORE])
    expect(await all.settlements.neighbours('pos', BEFORE)).toEqual([DAY.date])

    written.splice(0)
    expect(await keepLines({ ...all, settlements }, DAY, 'a', given(), [BEFORE])).toEqual([BEFORE])
    expect(written).toEqual([])
  })

  test('once are neighbours for ever, in order of days, also where nothing names them any more', async () => {
    const all = ports()
    await keepLines(all, DAY, null, given(), [BEFORE])
    expect(await keepLines(all, DAY, null, given(), [LONG_BEFORE])).toEqual([LONG_BEFORE, BEFORE])
    expect(await keepLines(all, DAY, null, given(), [])).toEqual([LONG_BEFORE, BEFORE])
  })
})
