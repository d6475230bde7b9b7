/**
 * A census inside an item: one text per dimension, `15.71=3,20,4,1,0;31.74=…`, statuses in their order. 514 regencies take
 * about 10 KB, a tenth of what they would as maps of numbers. Promise: what was packed is read back or is a broken item.
 */
import { MEMBERSHIP_STATUSES } from '../../domain/coverage.ts'
import { type Month, parseMonth } from '../../domain/month.ts'
import type { Census, StatusCounts } from '../../domain/statistics.ts'
import { FUNDINGS, SECTORS } from '../../domain/tariff.ts'
import { type Item, type ItemReader, oneOf, text, whole } from '../attributes/item.ts'

export function censusItem({ creditRupiah, regency, sector, funding, paidThrough }: Census): Item {
  return {
    creditRupiah: whole(creditRupiah),
    byRegency: text(packed(regency)),
    bySector: text(packed(sector)),
    byFunding: text(packed(funding)),
    byPaidThrough: text(
      [...paidThrough]
        .sort()
        .map(([month, count]) => `${month}=${count}`)
        .join(';'),
    ),
  }
}

export function readCensus(read: ItemReader): Census {
  return {
    creditRupiah: read.whole('creditRupiah'),
    regency: read.parsed('byRegency', (value) => unpacked(value, (key) => key)),
    sector: read.parsed('bySector', (value) => unpacked(value, oneOf(SECTORS))),
    funding: read.parsed('byFunding', (value) => unpacked(value, oneOf(FUNDINGS))),
    // Censuses of before it was counted have none.
    paidThrough: read.optional('byPaidThrough', (name) => read.parsed(name, months)) ?? new Map(),
  }
}

function months(value: string): ReadonlyMap<Month, number> | undefined {
  const found = new Map<Month, number>()
  for (const part of value === '' ? [] : value.split(';')) {
    const [name = '', count = ''] = part.split('=')
    const month = parseMonth(name)
    if (month === undefined || !/^\d+$/.test(count)) return undefined
    found.set(month, Number(count))
  }
  return found
}

function packed(counts: ReadonlyMap<string, StatusCounts>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, row]) => `${key}=${row.join(',')}`)
    .join(';')
}

function unpacked<K extends string>(
  value: string,
  keyOf: (text: string) => K | undefined,
): ReadonlyMap<K, StatusCounts> | undefined {
  const found = new Map<K, StatusCounts>()
  for (const part of value === '' ? [] : value.split(';')) {
    const [name = '', numbers = ''] = part.split('=')
    const key = keyOf(name)
    const counts = /^\d+(,\d+)*$/.test(numbers) ? numbers.split(',').map(Number) : []
    if (key === undefined || counts.length !== MEMBERSHIP_STATUSES.length) return undefined
    found.set(key, counts)
  }
  return found
}
