/**
 * Months and their prices as one short text, the same in facts, decisions and bills: `2026-11*2=5000+3400 2027-01*1=10000+6800`.
 * A run is first month, count, then JKK, JKM and, where there is one, JHT.
 *
 * Text and no binary packing: three runs are 80 bytes either way near enough, and it can still be read in ten years.
 */
import type { PricedRun } from '../../domain/fact.ts'
import { rupiah, ZERO } from '../../domain/money.ts'
import { month } from '../../domain/month.ts'

export function packRuns(runs: readonly PricedRun[]): string {
  return runs.map(packRun).join(' ')
}

/** Far more than a payment has, so that an item that somebody put by hand makes no millions of months. */
const LONGEST = 4_096
const RUN = /^(\d{4}-\d{2})\*(\d{1,3})=(\d{1,15})\+(\d{1,15})(?:\+(\d{1,15}))?$/

/** Throws a RangeError for text that `packRuns` does not write. */
export function unpackRuns(packed: string): readonly PricedRun[] {
  if (packed.length > LONGEST) throw notRuns()
  return packed === '' ? [] : packed.split(' ').map(unpackRun)
}

function packRun(run: PricedRun): string {
  const { jkk, jkm, jht } = run.price
  const packed = `${run.first}*${run.count}=${jkk}+${jkm}${jht === ZERO ? '' : `+${jht}`}`
  // What cannot be read back must not be written: such a price is a defect of the tariff.
  if (!RUN.test(packed)) throw new RangeError('expected months at whole prices of 0 or more')
  return packed
}

function unpackRun(packed: string): PricedRun {
  const match = RUN.exec(packed)
  if (!match) throw notRuns()
  const [, first = '', count, jkk, jkm, jht = '0'] = match
  return {
    first: month(first),
    count: Number(count),
    price: { jkk: rupiah(Number(jkk)), jkm: rupiah(Number(jkm)), jht: rupiah(Number(jht)) },
  }
}

function notRuns(): RangeError {
  return new RangeError('expected months like 2026-11*2=5000+3400')
}
