/** Which channels can take a payment of a certain amount: the protocol’s room, the contract’s limit, the fee on top. */
import { describe, expect, test } from 'vitest'
import { amountLimitOf, channelsTaking } from '../../../shared/channel-port/amount-limit.ts'
import { channels } from '../../../shared/channels/registry.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'

const TODAY = '2026-11-20' as BusinessDate
const PROFILES = channels.map(({ profile }) => profile)

describe('the channels that can take an amount', () => {
  test.each([
    [8_400, ['brilink', 'bni', 'alfamart', 'indomaret', 'pos']],
    // With the fee of Rp2,500 it is just as much as a counter of the retailers takes.
    [4_997_500, ['brilink', 'bni', 'alfamart', 'indomaret', 'pos']],
    [4_997_501, ['brilink', 'bni', 'pos']],
    [100_000_000, ['brilink', 'bni']],
    // 78,000 workers for a year.
    [15_724_800_000, ['brilink', 'bni']],
    [9_999_999_999_999, ['brilink', 'bni']],
    [10_000_000_000_000, []],
  ])('of Rp%i', (amount, expected) => {
    expect(channelsTaking(PROFILES, rupiah(amount), TODAY)).toEqual(expected)
  })
})

test('what a protocol carries and what a contract allows says since when, and where it comes from', () => {
  const limits = PROFILES.flatMap(({ amountLimit }) => amountLimit ?? [])
  expect(limits).toHaveLength(3)
  for (const { from, source } of limits)
    expect([from, source]).toEqual(['2020-01-01', expect.stringMatching(/assumption/)])
})

test('a contract lowers what the protocol carries, from its day on, and never raises it', () => {
  const [profile] = PROFILES
  if (!profile) throw new Error('expected a channel')
  const limits = [
    { from: '2020-01-01', value: rupiah(50_000_000_000_000), source: 'a wish' },
    { from: '2026-11-21', value: rupiah(1_000), source: 'a contract' },
  ]
  const limited = { ...profile, amountLimit: limits }
  expect(amountLimitOf(limited, TODAY)).toBe(9_999_999_999_999)
  expect(amountLimitOf(limited, '2026-11-21' as BusinessDate)).toBe(1_000)
})
